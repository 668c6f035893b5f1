package org.hopscope.model.lab;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hopscope.model.addr.IpFamily;

/**
 * Settings that each device has for itself, with the kernel's defaults (Documentation/networking/ip-sysctl.rst): the
 * folders {@code /proc/sys/net/FAMILY/conf} and {@code neigh}.
 */
public enum SysctlGroup {
  /** {@code net.ipv4.conf} (kernel struct ipv4_devconf). */
  CONF(IpFamily.INET, "conf", Map.ofEntries(Map.entry("forwarding", "0"), Map.entry("rp_filter", "0"),
      Map.entry("arp_ignore", "0"), Map.entry("arp_announce", "0"), Map.entry("proxy_arp", "0"),
      Map.entry("route_localnet", "0"), Map.entry("accept_local", "0"), Map.entry("promote_secondaries", "0"),
      Map.entry("ignore_routes_with_linkdown", "0"), Map.entry("accept_redirects", "1"),
      Map.entry("send_redirects", "1"), Map.entry("src_valid_mark", "0"), Map.entry("arp_accept", "0"),
      Map.entry("arp_filter", "0"), Map.entry("drop_gratuitous_arp", "0"),
      Map.entry("secure_redirects", "1"), Map.entry("shared_media", "1"), Map.entry("proxy_arp_pvlan", "0"),
      Map.entry("log_martians", "0"))),
  /** {@code net.ipv4.neigh} (kernel arp_tbl). */
  NEIGH(IpFamily.INET, "neigh", neighbours()),
  /** {@code net.ipv6.conf} (kernel struct ipv6_devconf). */
  CONF6(IpFamily.INET6, "conf", Map.ofEntries(Map.entry("forwarding", "0"), Map.entry("disable_ipv6", "0"),
      Map.entry("accept_dad", "1"), Map.entry("dad_transmits", "1"), Map.entry("keep_addr_on_down", "0"),
      Map.entry("hop_limit", "64"), Map.entry("addr_gen_mode", "0"), Map.entry("proxy_ndp", "0"),
      Map.entry("ignore_routes_with_linkdown", "0"))),
  /** {@code net.ipv6.neigh} (kernel nd_tbl). */
  NEIGH6(IpFamily.INET6, "neigh", neighbours());

  private final IpFamily family;
  private final String folder;
  private final SortedMap<String, String> defaults;

  SysctlGroup(IpFamily family, String folder, Map<String, String> defaults) {
    this.family = family;
    this.folder = folder;
    this.defaults = new TreeMap<>(defaults);
  }

  private static Map<String, String> neighbours() {
    return Map.of("retrans_time_ms", "1000", "base_reachable_time_ms", "30000", "delay_first_probe_time", "5",
        "mcast_solicit", "3", "ucast_solicit", "3", "gc_stale_time", "60", "proxy_delay", "80");
  }

  /** The group of a family's neighbour settings. */
  public static SysctlGroup neighboursOf(IpFamily family) {
    return switch (family) {
      case INET -> NEIGH;
      case INET6 -> NEIGH6;
    };
  }

  static Optional<SysctlGroup> find(String family, String folder) {
    for (SysctlGroup group : values()) {
      if (group.family.protocol().equals(family) && group.folder.equals(folder)) {
        return Optional.of(group);
      }
    }
    return Optional.empty();
  }

  public IpFamily family() {
    return family;
  }

  /** Whether it is one of the two that have {@code all} and {@code default}. */
  boolean isConf() {
    return folder.equals("conf");
  }

  /** The settings that the model obeys, with what they begin with. */
  SortedMap<String, String> defaults() {
    return defaults;
  }

  /** What a setting begins with; it must be one of the group's. */
  String builtIn(String name) {
    return Optional.ofNullable(defaults.get(name)).orElseThrow(() -> new IllegalArgumentException(name));
  }

  /** What a setting of {@code all} begins with: it asks for no detection of duplicates (kernel struct ipv6_devconf). */
  String builtInAll(String name) {
    return this == CONF6 && name.equals("accept_dad") ? "0" : builtIn(name);
  }

  /** As a device keeps a setting: {@code ipv4.conf.rp_filter}. */
  String onDevice(String name) {
    return family.protocol() + "." + folder + "." + name;
  }

  /** The full key of a device's setting: {@code net.ipv4.conf.eth0.rp_filter}. */
  String key(String device, String name) {
    return "net." + family.protocol() + "." + folder + "." + device + "." + name;
  }
}
