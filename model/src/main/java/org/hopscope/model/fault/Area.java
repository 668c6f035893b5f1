package org.hopscope.model.fault;

import java.util.Arrays;
import java.util.List;

/** Where in the stack a fault lies. The order is the order in which people learn it. */
public enum Area {
  /** Switches, cables, addresses, bridges. */
  LINKS("link-down", "arp-off", "mtu", "mtu-small", "no-master", "wrong-bridge", "enslaved", "port-state",
      "port-locked",
      "port-flood", "port-bcast", "isolated", "stp", "address-missing", "mask", "address-host", "address-net",
      "duplicate-address", "same-mac", "loopback-down", "moved", "vlan-id", "macvlan-mode",
      "vlan-filtering-off", "vlan-missing", "vlan-pvid", "vlan-number", "vlan-tagged", "ipv6-disabled"),
  /** Routes, policy rules, forwarding, neighbours and rows of bridges. */
  ROUTES("connected-route-missing", "route-missing", "wrong-gateway", "specific-route", "blackhole", "unreachable",
      "captured", "rule-blackhole", "rule-prohibit-to", "rule-main-gone", "rule-missing", "rule-table",
      "forwarding-off", "forwarding6-off", "forwarding-of-device", "neighbour", "fdb", "ttl", "sysctl-rp_filter",
      "sysctl-arp_ignore", "sysctl-disable_policy"),
  /** Packet filters, translation, and the servers behind them. */
  FILTERS("drop-all", "drop-icmp", "drop-tcp", "reject", "policy-drop", "drop-in-chain", "drop6", "drop-invalid-match",
      "raw-drop", "mangle-ttl", "snat-wrong", "dnat-astray", "masquerade-missing", "masquerade-port",
      "masquerade-net", "dnat-missing", "dnat-port", "dnat-target", "accept-missing", "accept-port", "echo-ignored",
      "server-gone", "server-port", "server-local", "nft-drop", "nft-drop-tcp", "nft-policy", "nft-accept-missing",
      "nft-masquerade-missing", "nft-dnat-missing", "nft-dnat-target", "nft-dnat-port"),
  /** Packets in packets, those who share out connections, and what Docker and clusters make. */
  TUNNELS("vni", "vxlan-remote", "vxlan-port", "vxlan-fdb", "vxlan-fdb-missing", "wireguard-allowed",
      "wireguard-endpoint", "wireguard-no-peer", "wireguard-port", "service-rule-missing", "service-rule-target",
      "ipvs-gone", "ipvs-weight", "ipvs-no-server", "ipvs-port", "ipvs-stranger", "ipvs-forwarding",
      "docker-disconnected", "docker-stopped", "endpoint-unready", "endpoint-label", "endpoint-none", "policy-label",
      "policy-deny");

  private final List<String> kinds;

  Area(String... kinds) {
    this.kinds = List.of(kinds);
  }

  /** The kinds of fault that lie here, by their words. */
  public List<String> kinds() {
    return kinds;
  }

  /** Where a kind of fault lies. */
  public static Area of(String kind) {
    return Arrays.stream(values()).filter(a -> a.kinds.contains(kind)).findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no kind of fault: " + kind));
  }
}
