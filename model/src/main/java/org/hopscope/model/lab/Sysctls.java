package org.hopscope.model.lab;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import org.hopscope.model.addr.IpFamily;
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
  private static final String[] NOBODY = {};
  private static final String IGNORE_LINKDOWN = "ignore_routes_with_linkdown";
  /** What the keys of connection tracking begin with; its times are in seconds. */
  static final String CT = "net.netfilter.nf_conntrack_";
  /** What the keys of IPVS begin with (Documentation/networking/ipvs-sysctl.rst). */
  static final String VS = "net.ipv4.vs.";
  /** Keys that a namespace has once. */
  static final Map<String, String> NETNS = new TreeMap<>(Map.ofEntries(Map.entry(IP_FORWARD, "0"),
      Map.entry("net.ipv4.icmp_echo_ignore_broadcasts", "1"), Map.entry("net.ipv4.icmp_echo_ignore_all", "0"),
      Map.entry("net.ipv4.icmp_errors_use_inbound_ifaddr", "0"),
      Map.entry("net.ipv4.ip_default_ttl", "64"), Map.entry("net.ipv4.ip_no_pmtu_disc", "0"),
      Map.entry("net.ipv4.ip_local_port_range", "32768\t60999"),
      Map.entry("net.bridge.bridge-nf-call-iptables", "1"), Map.entry("net.bridge.bridge-nf-call-ip6tables", "1"),
      Map.entry(CT + "icmp_timeout", "30"), Map.entry(CT + "icmpv6_timeout", "30"), Map.entry(CT + "udp_timeout", "30"),
      Map.entry(CT + "udp_timeout_stream", "120"), Map.entry(CT + "generic_timeout", "600"),
      Map.entry(CT + "tcp_timeout_syn_sent", "120"), Map.entry(CT + "tcp_timeout_syn_recv", "60"),
      Map.entry(CT + "tcp_timeout_established", "432000"), Map.entry(CT + "tcp_timeout_fin_wait", "120"),
      Map.entry(CT + "tcp_timeout_close_wait", "60"), Map.entry(CT + "tcp_timeout_last_ack", "30"),
      Map.entry(CT + "tcp_timeout_time_wait", "120"), Map.entry(CT + "tcp_timeout_close", "10"),
      Map.entry(CT + "tcp_loose", "1"), Map.entry(CT + "acct", "0"), Map.entry(CT + "tcp_be_liberal", "0"),
      Map.entry(VS + "conntrack", "0"),
      Map.entry(VS + "conn_reuse_mode", "1"),
      Map.entry(VS + "expire_nodest_conn", "0"), Map.entry(VS + "expire_quiescent_template", "0"),
      Map.entry(VS + "sloppy_tcp", "0"), Map.entry(VS + "snat_reroute", "1"),
      Map.entry("net.ipv4.fib_multipath_hash_policy", "0"), Map.entry("net.ipv4.fib_multipath_use_neigh", "0")));

  private Sysctls() {
  }

  /** A setting by its full key, of the namespace or of one of its devices; empty when the model does not know it. */
  public static Optional<String> find(LabState lab, NetnsId netns, String key) {
    if (NETNS.containsKey(key)) {
      return Optional.of(read(lab, netns, key));
    }
    if (key.equals(CT + "count")) {
      return Optional.of(Long.toString(lab.learned().netfilter(netns).conntrack().connections().values().stream()
          .filter(c -> c.livesAt(lab.now().nanos())).count()));
    }
    return DeviceKey.parse(key).filter(DeviceKey::isObeyed).flatMap(k -> switch (k.device()) {
      case "all" -> k.group().isConf()
          ? Optional.of(Integer.toString(all(lab, netns, k.group(), k.name())))
          : Optional.empty();
      case "default" -> k.group().isConf() ? Optional.of(defaultOf(lab, netns, k.group(), k.name())) : Optional.empty();
      default -> lab.find(new DeviceRef(netns, k.device()))
          .filter(d -> k.group().family() == IpFamily.INET || d.inet6().isRunning())
          .map(d -> onDevice(lab, d, k.group(), k.name()));
    });
  }

  /** The full keys of all settings that a namespace has, in order: what {@code sysctl -a} lists. */
  public static Set<String> keys(LabState lab, NetnsId netns) {
    Set<String> keys = new TreeSet<>(NETNS.keySet());
    Set<String> devices = lab.index().named(netns).keySet();
    for (SysctlGroup group : SysctlGroup.values()) {
      for (String name : group.defaults().keySet()) {
        devices.stream().map(d -> group.key(d, name)).filter(k -> find(lab, netns, k).isPresent()).forEach(keys::add);
        if (group.isConf()) {
          keys.add(group.key("all", name));
          keys.add(group.key("default", name));
        }
      }
    }
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
    boolean obeyed = NETNS.containsKey(key)
        || Arrays.stream(SysctlGroup.values()).anyMatch(group -> group.defaults().containsKey(name));
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
   * @param group the folder
   * @param device a device's name, {@code all} or {@code default}; it may have dots itself
   * @param name the setting
   */
  record DeviceKey(SysctlGroup group, String device, String name) {
    static Optional<DeviceKey> parse(String key) {
      String[] parts = key.split("\\.");
      if (parts.length < 5 || !parts[0].equals("net")) {
        return Optional.empty();
      }
      String device = String.join(".", Arrays.asList(parts).subList(3, parts.length - 1));
      return SysctlGroup.find(parts[1], parts[2]).filter(_ -> !device.isEmpty())
          .map(group -> new DeviceKey(group, device, parts[parts.length - 1]));
    }

    /** Whether the model acts on it. */
    boolean isObeyed() {
      return group.defaults().containsKey(name);
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
   * written follows the namespace's default (kernel devinet_copy_dflt_conf), except for forwarding; IPv6's are given to
   * a device when it is made and follow nothing (kernel ipv6_add_dev).
   *
   * @param name the last part of the key
   */
  public static String onDevice(LabState lab, Device device, SysctlGroup group, String name) {
    String own = device.conf().isEmpty() ? null : device.conf().get(group.onDevice(name));
    if (own != null) {
      return own;
    }
    Map<String, String> environment = lab.basis().environment();
    for (String who : environment.isEmpty() ? NOBODY : new String[] {device.name(), "*", "default"}) {
      String value = environment.get(group.key(who, name));
      if (value != null) {
        return value;
      }
    }
    return switch (group) {
      case NEIGH, NEIGH6, CONF6 -> group.builtIn(name);
      case CONF -> name.equals("forwarding")
          ? Optional.ofNullable(environment.get(IP_FORWARD)).orElseGet(() -> group.builtIn(name))
          : defaultOf(lab, device.netns(), group, name);
    };
  }

  /** What {@code net.ipv4.conf.default.NAME} says in a namespace: what its next device begins with. */
  static String defaultOf(LabState lab, NetnsId netns, SysctlGroup group, String name) {
    return written(lab, netns, group.key("default", name))
        .or(() -> Optional.ofNullable(lab.basis().environment().get(group.key("*", name))))
        .or(() -> Optional.ofNullable(lab.basis().environment()
            .get(group == SysctlGroup.CONF && name.equals("forwarding") ? IP_FORWARD : "")))
        .orElseGet(() -> group.builtIn(name));
  }

  /** What {@code net.ipv4.conf.all.NAME} says in a namespace. */
  public static int all(LabState lab, NetnsId netns, SysctlGroup group, String name) {
    return group == SysctlGroup.CONF && name.equals("forwarding")
        ? number(lab, netns, IP_FORWARD)
        : Integer.parseInt(written(lab, netns, group.key("all", name)).orElseGet(() -> group.builtInAll(name)));
  }

  /** A setting of IPv4 where the greater of {@code all} and the device counts: rp_filter, arp_ignore … */
  public static int maxConf(LabState lab, Device device, String name) {
    return maxConf(lab, device, SysctlGroup.CONF, name);
  }

  /** A setting where the greater of {@code all} and the device counts. */
  public static int maxConf(LabState lab, Device device, SysctlGroup group, String name) {
    return Math.max(all(lab, device.netns(), group, name), Integer.parseInt(onDevice(lab, device, group, name)));
  }

  /**
   * Whether routes through a device do not count while it has no carrier: for IPv4 one of {@code all} and the device
   * suffices (kernel ip_ignore_linkdown), for IPv6 the device decides (ip6_ignore_linkdown).
   */
  public static boolean ignoresLinkdown(LabState lab, Device device, IpFamily family) {
    return switch (family) {
      case INET -> maxConf(lab, device, IGNORE_LINKDOWN) != 0;
      case INET6 -> !onDevice(lab, device, SysctlGroup.CONF6, IGNORE_LINKDOWN).equals("0");
    };
  }

  /**
   * Whether packets that come in by a device may be sent on. Writing {@code ip_forward} sets every device at once
   * (kernel net/ipv4/devinet.c inet_forward_change); for IPv6 {@code all.forwarding} alone counts (kernel ip6_forward).
   */
  public static boolean forwards(LabState lab, Device device, IpFamily family) {
    return switch (family) {
      case INET -> !onDevice(lab, device, SysctlGroup.CONF, "forwarding").equals("0");
      case INET6 -> all(lab, device.netns(), SysctlGroup.CONF6, "forwarding") != 0;
    };
  }

  /** How long a device's neighbours of a family stay in a state. */
  public static Neighbour.Timing neighbourTiming(LabState lab, Device device, IpFamily family) {
    SysctlGroup group = SysctlGroup.neighboursOf(family);
    ToLongFunction<String> value = name -> Long.parseLong(onDevice(lab, device, group, name));
    return new Neighbour.Timing(value.applyAsLong("base_reachable_time_ms") * VirtualTime.MILLI,
        value.applyAsLong("delay_first_probe_time") * VirtualTime.SECOND,
        value.applyAsLong("retrans_time_ms") * VirtualTime.MILLI, (int) value.applyAsLong("mcast_solicit"),
        (int) value.applyAsLong("ucast_solicit"));
  }
}
