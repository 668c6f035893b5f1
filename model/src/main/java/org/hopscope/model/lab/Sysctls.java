package org.hopscope.model.lab;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.Neighbour;
import org.hopscope.model.net.Netns;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.VirtualTime;

/**
 * The kernel settings that the model obeys, with the kernel's defaults (Documentation/networking/ip-sysctl.rst). A value
 * is what was written on the device or the namespace, else what the lab's environment says, else the default here.
 */
public final class Sysctls {
  /** The switch that {@code net.ipv4.conf.all.forwarding} is another name for. */
  static final String IP_FORWARD = "net.ipv4.ip_forward";
  /** Keys that a namespace has once. */
  static final Map<String, String> NETNS = new TreeMap<>(Map.ofEntries(Map.entry(IP_FORWARD, "0"),
      Map.entry("net.ipv4.icmp_echo_ignore_broadcasts", "1"), Map.entry("net.ipv4.icmp_echo_ignore_all", "0"),
      Map.entry("net.ipv4.ip_default_ttl", "64"), Map.entry("net.ipv4.ip_local_port_range", "32768\t60999"),
      Map.entry("net.ipv4.fib_multipath_hash_policy", "0"), Map.entry("net.ipv4.fib_multipath_use_neigh", "0")));
  /** Per-device settings: the last part of {@code net.ipv4.conf.DEVICE.NAME}. */
  static final Map<String, String> CONF = new TreeMap<>(Map.ofEntries(Map.entry("forwarding", "0"),
      Map.entry("rp_filter", "0"), Map.entry("arp_ignore", "0"), Map.entry("arp_announce", "0"),
      Map.entry("proxy_arp", "0"), Map.entry("route_localnet", "0"), Map.entry("accept_local", "0"),
      Map.entry("promote_secondaries", "0"), Map.entry("ignore_routes_with_linkdown", "0"),
      Map.entry("src_valid_mark", "0"), Map.entry("accept_redirects", "1"), Map.entry("send_redirects", "1")));
  /** Per-device neighbour settings: the last part of {@code net.ipv4.neigh.DEVICE.NAME}. */
  static final Map<String, String> NEIGH = new TreeMap<>(Map.ofEntries(Map.entry("retrans_time_ms", "1000"),
      Map.entry("base_reachable_time_ms", "30000"), Map.entry("delay_first_probe_time", "5"),
      Map.entry("mcast_solicit", "3"), Map.entry("ucast_solicit", "3"), Map.entry("gc_stale_time", "60")));
  private static final String PER_DEVICE = "net.ipv4.";

  private Sysctls() {
  }

  /** A setting by its full key, of the namespace or of one of its devices; empty when the model does not know it. */
  public static Optional<String> find(LabState lab, NetnsId netns, String key) {
    if (NETNS.containsKey(key)) {
      return Optional.of(read(lab, netns, key));
    }
    return DeviceKey.parse(key).filter(k -> k.settings().containsKey(k.name())).flatMap(k -> switch (k.device()) {
      case "all" -> k.isConf() ? Optional.of(Integer.toString(all(lab, netns, k.name()))) : Optional.empty();
      case "default" -> k.isConf() ? Optional.of(defaultOf(lab, netns, k.name())) : Optional.empty();
      default -> lab.find(new DeviceRef(netns, k.device())).map(d -> onDevice(lab, d, k.family(), k.name()));
    });
  }

  /** The full keys of all settings that a namespace has, in order: what {@code sysctl -a} lists. */
  public static Set<String> keys(LabState lab, NetnsId netns) {
    Set<String> keys = new TreeSet<>(NETNS.keySet());
    Set<String> devices = lab.index().named(netns).keySet();
    for (String name : CONF.keySet()) {
      keys.add(PER_DEVICE + "conf.all." + name);
      keys.add(PER_DEVICE + "conf.default." + name);
      devices.forEach(d -> keys.add(PER_DEVICE + "conf." + d + "." + name));
    }
    NEIGH.keySet().forEach(n -> devices.forEach(d -> keys.add(PER_DEVICE + "neigh." + d + "." + n)));
    return keys;
  }

  /**
   * Whether a setting can have a value: numbers, and for a range of ports two of them. Of a key that the model does not
   * obey, nothing is asked.
   *
   * @param key a full key, or as a device keeps it: without {@code net.} and the device
   */
  public static boolean canBe(String key, String value) {
    String name = key.substring(key.lastIndexOf('.') + 1);
    boolean obeyed = NETNS.containsKey(key) || CONF.containsKey(name) || NEIGH.containsKey(name);
    String[] words = value.strip().split("\\s+");
    return !obeyed || words.length == (name.equals("ip_local_port_range") ? 2 : 1)
        && Arrays.stream(words).allMatch(Sysctls::isNumber);
  }

  private static boolean isNumber(String word) {
    return word.matches("-?[0-9]{1,10}") && Math.abs(Long.parseLong(word)) <= Integer.MAX_VALUE;
  }

  /**
   * The parts of a key such as {@code net.ipv4.conf.eth0.rp_filter}.
   *
   * @param family {@code conf} or {@code neigh}
   * @param device a device's name, {@code all} or {@code default}; it may have dots itself
   * @param name the setting
   */
  record DeviceKey(String family, String device, String name) {
    static Optional<DeviceKey> parse(String key) {
      int first = key.indexOf('.', PER_DEVICE.length());
      int last = key.lastIndexOf('.');
      String family = first < 0 || !key.startsWith(PER_DEVICE) ? "" : key.substring(PER_DEVICE.length(), first);
      return last > first + 1 && (family.equals("conf") || family.equals("neigh"))
          ? Optional.of(new DeviceKey(family, key.substring(first + 1, last), key.substring(last + 1)))
          : Optional.empty();
    }

    boolean isConf() {
      return family.equals("conf");
    }

    Map<String, String> settings() {
      return isConf() ? CONF : NEIGH;
    }
  }

  /** A namespace-wide setting as text; the key must be one of the model's. */
  public static String read(LabState lab, NetnsId netns, String key) {
    return written(lab, netns, key)
        .orElseGet(() -> Optional.ofNullable(NETNS.get(key)).orElseThrow(() -> new IllegalArgumentException(key)));
  }

  private static Optional<String> written(LabState lab, NetnsId netns, String key) {
    return lab.find(netns).map(Netns::sysctls).map(s -> s.get(key))
        .or(() -> Optional.ofNullable(lab.basis().environment().get(key)));
  }

  /** A namespace-wide setting that is a number. */
  public static int number(LabState lab, NetnsId netns, String key) {
    return Integer.parseInt(read(lab, netns, key).strip());
  }

  /**
   * A per-device setting as it stands on the device, before {@code all} is looked at. A device on which nothing was
   * written follows the namespace's default (kernel devinet_copy_dflt_conf), except for forwarding.
   *
   * @param family {@code conf} or {@code neigh}
   * @param name the last part of the key
   */
  public static String onDevice(LabState lab, Device device, String family, String name) {
    String own = device.conf().get("ipv4." + family + "." + name);
    if (own != null) {
      return own;
    }
    Map<String, String> environment = lab.basis().environment();
    for (String who : new String[] {device.name(), "*", "default"}) {
      String value = environment.get(PER_DEVICE + family + "." + who + "." + name);
      if (value != null) {
        return value;
      }
    }
    if (family.equals("neigh")) {
      return builtIn(NEIGH, name);
    }
    return name.equals("forwarding")
        ? Optional.ofNullable(environment.get(IP_FORWARD)).orElseGet(() -> builtIn(CONF, name))
        : defaultOf(lab, device.netns(), name);
  }

  /** What {@code net.ipv4.conf.default.NAME} says in a namespace: what its next device begins with. */
  static String defaultOf(LabState lab, NetnsId netns, String name) {
    return written(lab, netns, PER_DEVICE + "conf.default." + name)
        .or(() -> Optional.ofNullable(lab.basis().environment().get(name.equals("forwarding") ? IP_FORWARD : "")))
        .orElseGet(() -> builtIn(CONF, name));
  }

  private static String builtIn(Map<String, String> settings, String name) {
    return Optional.ofNullable(settings.get(name)).orElseThrow(() -> new IllegalArgumentException(name));
  }

  /** What {@code net.ipv4.conf.all.NAME} says in a namespace. */
  public static int all(LabState lab, NetnsId netns, String name) {
    return name.equals("forwarding")
        ? number(lab, netns, IP_FORWARD)
        : Integer.parseInt(written(lab, netns, PER_DEVICE + "conf.all." + name).orElseGet(() -> builtIn(CONF, name)));
  }

  /** A {@code conf} setting where the greater of {@code all} and the device counts: rp_filter, arp_ignore … */
  public static int maxConf(LabState lab, Device device, String name) {
    return Math.max(all(lab, device.netns(), name), Integer.parseInt(onDevice(lab, device, "conf", name)));
  }

  /**
   * Whether packets that come in by a device may be sent on. Writing {@code ip_forward} sets every device at once
   * (kernel net/ipv4/devinet.c inet_forward_change).
   */
  public static boolean forwards(LabState lab, Device device) {
    return !onDevice(lab, device, "conf", "forwarding").equals("0");
  }

  /** A {@code neigh} setting of a device. */
  public static long neigh(LabState lab, Device device, String name) {
    return Long.parseLong(onDevice(lab, device, "neigh", name));
  }

  /** How long a device's neighbours stay in a state. */
  public static Neighbour.Timing neighbourTiming(LabState lab, Device device) {
    return new Neighbour.Timing(neigh(lab, device, "base_reachable_time_ms") * VirtualTime.MILLI,
        neigh(lab, device, "delay_first_probe_time") * VirtualTime.SECOND,
        neigh(lab, device, "retrans_time_ms") * VirtualTime.MILLI, (int) neigh(lab, device, "mcast_solicit"),
        (int) neigh(lab, device, "ucast_solicit"));
  }
}
