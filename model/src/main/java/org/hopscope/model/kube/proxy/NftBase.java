package org.hopscope.model.kube.proxy;

import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.IpPrefix;

/** What kube-proxy writes in nftables mode whatever Services there are (setupNFTables in pkg/proxy/nftables/proxier.go). */
final class NftBase {
  private static final String MARK = "0x4000";

  private NftBase() {
  }

  /** The word for addresses in rules. */
  static String ip(ProxyConfig config) {
    return config.family() == IpFamily.INET6 ? "ip6" : "ip";
  }

  static void write(NftRules rules, ProxyConfig config, IpPrefix services) {
    chains(rules);
    Optional<List<IpAddress>> chosen = config.switches().nodePortAddresses();
    maps(rules, config.family() == IpFamily.INET6 ? "ipv6_addr" : "ipv4_addr", chosen.isPresent());
    String ip = ip(config);
    rules.rule("mark-for-masquerade", RuleReason.MARK, "mark set mark or " + MARK);
    rules.rule("masquerading", RuleReason.POSTROUTING_UNMARKED, "mark and " + MARK + " == 0 return");
    rules.rule("masquerading", RuleReason.POSTROUTING_UNMARK, "mark set mark xor " + MARK);
    rules.rule("masquerading", RuleReason.POSTROUTING_MASQUERADE, "masquerade fully-random");
    lookups(rules, ip, chosen.isPresent() ? ip + " daddr @nodeport-ips" : "fib daddr type local " + ip
        + " daddr != " + (config.family() == IpFamily.INET6 ? "::1" : "127.0.0.0/8"));
    rules.rule("reject-chain", RuleReason.NO_ENDPOINTS, "reject");
    rules.rule("cluster-ips-check", RuleReason.WRONG_PORT, ip
        + " daddr @cluster-ips reject comment \"Reject traffic to invalid ports of ClusterIPs\"");
    rules.rule("cluster-ips-check", RuleReason.UNALLOCATED, ip + " daddr { " + services
        + " } drop comment \"Drop traffic to unallocated ClusterIPs\"");
    chosen.ifPresent(all -> all.stream().filter(a -> a.family() == config.family() && !a.isLoopback())
        .forEach(a -> rules.element("nodeport-ips", a.toString(), "", "")));
  }

  private static void lookups(NftRules rules, String ip, String nodes) {
    String service = ip + " daddr . meta l4proto . th dport vmap @";
    String node = nodes + " meta l4proto . th dport vmap @";
    rules.rule("firewall-check", RuleReason.NOT_IN_RANGES, service + "firewall-ips");
    rules.rule("service-endpoints-check", RuleReason.NO_ENDPOINTS, service + "no-endpoint-services");
    rules.rule("nodeport-endpoints-check", RuleReason.NO_ENDPOINTS, node + "no-endpoint-nodeports");
    rules.rule("services", RuleReason.CLUSTER_IP, service + "service-ips");
    rules.rule("services", RuleReason.NODE_PORTS_LAST, node + "service-nodeports");
  }

  /**
   * Who may come is asked before a packet's destination is translated; whether there is anybody, behind that: what was
   * translated has somebody, even under policy Local (kubernetes/kubernetes 132456).
   */
  private static void chains(NftRules rules) {
    base(rules, "filter-prerouting-pre-dnat", "filter", "prerouting", -110, "ct state new jump firewall-check");
    base(rules, "filter-output-pre-dnat", "filter", "output", -110, "ct state new jump firewall-check");
    base(rules, "filter-input", "filter", "input", 0, "ct state new jump nodeport-endpoints-check",
        "ct state new jump service-endpoints-check");
    base(rules, "filter-forward", "filter", "forward", 0, "ct state new jump service-endpoints-check",
        "ct state new jump cluster-ips-check");
    base(rules, "filter-output", "filter", "output", 0, "ct state new jump service-endpoints-check",
        "ct state new jump cluster-ips-check");
    base(rules, "nat-prerouting", "nat", "prerouting", -100, "jump services");
    base(rules, "nat-output", "nat", "output", -100, "jump services");
    base(rules, "nat-postrouting", "nat", "postrouting", 100, "jump masquerading");
    rules.chain("services");
    rules.chain("mark-for-masquerade");
    rules.hooks().put("reject-chain", "{ comment \"helper for @no-endpoint-services / @no-endpoint-nodeports\" ; }");
  }

  private static void base(NftRules rules, String chain, String type, String hook, int priority, String... jumps) {
    rules.hook(chain, "{ type " + type + " hook " + hook + " priority " + priority + " ; }");
    for (String jump : jumps) {
      rules.rule(chain, RuleReason.ENTRY, jump);
    }
  }

  private static void maps(NftRules rules, String address, boolean chosen) {
    String of = "{ type " + address + " . inet_proto . inet_service : verdict ; comment \"";
    String ofPort = "{ type inet_proto . inet_service : verdict ; comment \"";
    rules.declare("set", "cluster-ips", "{ type " + address + " ; comment \"Active ClusterIPs\" ; }");
    if (chosen) {
      rules.declare("set", "nodeport-ips",
          "{ type " + address + " ; comment \"IPs that accept NodePort traffic\" ; }");
    }
    rules.declare("map", "firewall-ips", of + "destinations that are subject to LoadBalancerSourceRanges\" ; }");
    rules.declare("map", "no-endpoint-nodeports",
        ofPort + "vmap to drop or reject packets to service nodeports with no endpoints\" ; }");
    rules.declare("map", "no-endpoint-services",
        of + "vmap to drop or reject packets to services with no endpoints\" ; }");
    rules.declare("map", "service-ips", of + "ClusterIP, ExternalIP and LoadBalancer IP traffic\" ; }");
    rules.declare("map", "service-nodeports", ofPort + "NodePort traffic\" ; }");
  }
}
