package org.hopscope.model.lab;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.Neighbour;
import org.hopscope.model.net.Netns;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.VirtualTime;

/**
 * The kernel settings that the model obeys, with the kernel's defaults (Documentation/networking/ip-sysctl.rst). A value
 * is what was written on the device or the namespace, else what the lab's environment says, else the default here.
 */
public final class Sysctls {
  /** Keys that a namespace has once. */
  private static final Map<String, String> NETNS = new TreeMap<>(Map.ofEntries(Map.entry("net.ipv4.ip_forward", "0"),
      Map.entry("net.ipv4.icmp_echo_ignore_broadcasts", "1"), Map.entry("net.ipv4.icmp_echo_ignore_all", "0"),
      Map.entry("net.ipv4.ip_default_ttl", "64"), Map.entry("net.ipv4.ip_local_port_range", "32768\t60999")));
  /** Per-device settings: the last part of {@code net.ipv4.conf.DEVICE.NAME}. */
  private static final Map<String, String> CONF = new TreeMap<>(Map.ofEntries(Map.entry("forwarding", "0"),
      Map.entry("rp_filter", "0"), Map.entry("arp_ignore", "0"), Map.entry("arp_announce", "0"),
      Map.entry("proxy_arp", "0"), Map.entry("route_localnet", "0"), Map.entry("accept_local", "0"),
      Map.entry("promote_secondaries", "0"), Map.entry("ignore_routes_with_linkdown", "0"),
      Map.entry("accept_redirects", "1"), Map.entry("send_redirects", "1")));
  /** Per-device neighbour settings: the last part of {@code net.ipv4.neigh.DEVICE.NAME}. */
  private static final Map<String, String> NEIGH = new TreeMap<>(Map.ofEntries(Map.entry("retrans_time_ms", "1000"),
      Map.entry("base_reachable_time_ms", "30000"), Map.entry("delay_first_probe_time", "5"),
      Map.entry("mcast_solicit", "3"), Map.entry("ucast_solicit", "3"), Map.entry("gc_stale_time", "60")));

  private Sysctls() {
  }

  /** A namespace-wide setting as text; the key must be one of the model's. */
  public static String read(LabState lab, NetnsId netns, String key) {
    return lab.find(netns).map(Netns::sysctls).map(s -> s.get(key))
        .or(() -> Optional.ofNullable(lab.basis().environment().get(key)))
        .orElseGet(() -> Optional.ofNullable(NETNS.get(key)).orElseThrow(() -> new IllegalArgumentException(key)));
  }

  /** A namespace-wide setting that is a number. */
  public static int number(LabState lab, NetnsId netns, String key) {
    return Integer.parseInt(read(lab, netns, key).strip());
  }

  /**
   * A per-device setting as it stands on the device, before {@code all} is looked at.
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
      String value = environment.get("net.ipv4." + family + "." + who + "." + name);
      if (value != null) {
        return value;
      }
    }
    return Optional.ofNullable((family.equals("conf") ? CONF : NEIGH).get(name))
        .orElseThrow(() -> new IllegalArgumentException(name));
  }

  /** What {@code net.ipv4.conf.all.NAME} says in a namespace. */
  public static int all(LabState lab, NetnsId netns, String name) {
    String key = "net.ipv4.conf.all." + name;
    return Integer.parseInt(lab.find(netns).map(Netns::sysctls).map(s -> s.get(key))
        .or(() -> Optional.ofNullable(lab.basis().environment().get(key))).orElseGet(() -> CONF.get(name)));
  }

  /** A {@code conf} setting where the greater of {@code all} and the device counts: rp_filter, arp_ignore … */
  public static int maxConf(LabState lab, Device device, String name) {
    return Math.max(all(lab, device.netns(), name), Integer.parseInt(onDevice(lab, device, "conf", name)));
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
