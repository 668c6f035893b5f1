package org.hopscope.model.kube.proxy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.kube.proxy.BaseRules.ChainKey;
import org.hopscope.model.kube.proxy.BaseRules.Jump;
import org.hopscope.model.kube.proxy.IpvsTable.KubeSet;
import org.hopscope.model.netfilter.TableName;

/**
 * The rules of iptables that kube-proxy writes in IPVS mode (pkg/proxy/ipvs/proxier.go writeIptablesRules): as many for a
 * thousand Services as for one, since they look into sets.
 */
public final class IpvsRules {
  private static final String SERVICES = "KUBE-SERVICES";
  private static final String NODE_PORT = "KUBE-NODE-PORT";
  private static final String BALANCER = "KUBE-LOAD-BALANCER";
  private static final String MARK_MASQ = "KUBE-MARK-MASQ";
  private static final String POSTROUTING = "KUBE-POSTROUTING";
  private static final String FORWARD = "KUBE-FORWARD";
  private static final String FIREWALL = "KUBE-PROXY-FIREWALL";
  private static final String RANGES = "KUBE-SOURCE-RANGES-FIREWALL";
  private static final String FILTER = "KUBE-IPVS-FILTER";
  private static final String OUT_FILTER = "KUBE-IPVS-OUT-FILTER";
  private static final String MARK = "0x00004000";
  private static final String BOTH = MARK + "/" + MARK;

  private final ProxyConfig config;
  private final IpvsTable table;
  private final SequencedMap<ChainKey, List<ProxyRule>> chains = new LinkedHashMap<>();

  private IpvsRules(ProxyConfig config, IpvsTable table) {
    this.config = config;
    this.table = table;
  }

  /** The jumps in the order in which they are made; since each is put in front, the last stands first. */
  public static List<Jump> jumps() {
    return List.of(jump(TableName.NAT, "OUTPUT", SERVICES, "kubernetes service portals"),
        jump(TableName.NAT, "PREROUTING", SERVICES, "kubernetes service portals"),
        jump(TableName.NAT, "POSTROUTING", POSTROUTING, "kubernetes postrouting rules"),
        jump(TableName.FILTER, "FORWARD", FORWARD, "kubernetes forwarding rules"),
        jump(TableName.FILTER, "INPUT", NODE_PORT, "kubernetes health check rules"),
        jump(TableName.FILTER, "INPUT", FIREWALL, "kube-proxy firewall rules"),
        jump(TableName.FILTER, "FORWARD", FIREWALL, "kube-proxy firewall rules"),
        jump(TableName.FILTER, "INPUT", FILTER, "kubernetes ipvs access filter"),
        jump(TableName.FILTER, "OUTPUT", OUT_FILTER, "kubernetes ipvs access filter"));
  }

  private static Jump jump(TableName table, String from, String to, String why) {
    return new Jump(table, from, PortRules.words(PortRules.comment(why), "-j", to));
  }

  /** All chains with their rules. */
  public static SequencedMap<ChainKey, List<ProxyRule>> of(ProxyConfig config, IpvsTable table) {
    IpvsRules rules = new IpvsRules(config, table);
    for (String chain : List.of(SERVICES, POSTROUTING, NODE_PORT, BALANCER, MARK_MASQ)) {
      rules.chains.put(new ChainKey(TableName.NAT, chain), new ArrayList<>());
    }
    for (String chain : List.of(FORWARD, NODE_PORT, FIREWALL, RANGES, FILTER, OUT_FILTER)) {
      rules.chains.put(new ChainKey(TableName.FILTER, chain), new ArrayList<>());
    }
    rules.nat();
    rules.filter();
    return rules.chains;
  }

  private void nat(RuleReason why, String chain, Object... words) {
    add(TableName.NAT, why, chain, words);
  }

  private void filter(RuleReason why, String chain, Object... words) {
    add(TableName.FILTER, why, chain, words);
  }

  private void add(TableName in, RuleReason why, String chain, Object... words) {
    chains.get(new ChainKey(in, chain)).add(new ProxyRule(in, chain, PortRules.words(words), why));
  }

  private List<String> match(KubeSet set, String sides) {
    return List.of("-m", "set", "--match-set", set.title(config.family()), sides);
  }

  private List<String> said(KubeSet set, String sides) {
    return PortRules.words(PortRules.comment(set.comment()), match(set, sides));
  }

  private void nat() {
    nat(RuleReason.IPVS_LOOPBACK, SERVICES, "-s", config.family() == IpFamily.INET ? "127.0.0.0/8" : "::1/128", "-j",
        "RETURN");
    unlessEmpty(KubeSet.LOOP_BACK, RuleReason.HAIRPIN, POSTROUTING, "", "dst,dst,src", "MASQUERADE");
    unlessEmpty(KubeSet.LOAD_BALANCER, RuleReason.BALANCER_IP, SERVICES, "", "dst,dst", BALANCER);
    unlessEmpty(KubeSet.LOAD_BALANCER_LOCAL, RuleReason.EXTERNAL_POLICY, BALANCER, "", "dst,dst", "RETURN");
    nodePorts(KubeSet.NODE_PORT_LOCAL_TCP, KubeSet.NODE_PORT_TCP, "tcp", "dst");
    nodePorts(KubeSet.NODE_PORT_LOCAL_UDP, KubeSet.NODE_PORT_UDP, "udp", "dst");
    nodePorts(KubeSet.NODE_PORT_LOCAL_SCTP_HASH, KubeSet.NODE_PORT_SCTP_HASH, "sctp", "dst,dst");
    clusterIps();
    externalIps();
    nat(RuleReason.NODE_PORTS_LAST, SERVICES, "-m", "addrtype", "--dst-type", "LOCAL", "-j", NODE_PORT);
    nat(RuleReason.MASQUERADE_EXTERNAL, BALANCER, "-j", MARK_MASQ);
    for (KubeSet set : List.of(KubeSet.CLUSTER_IP, KubeSet.LOAD_BALANCER)) {
      if (!table.isEmpty(set)) {
        nat(RuleReason.IPVS_ACCEPT, SERVICES, match(set, "dst,dst"), "-j", "ACCEPT");
      }
    }
    nat(RuleReason.POSTROUTING_UNMARKED, POSTROUTING, "-m", "mark", "!", "--mark", BOTH, "-j", "RETURN");
    nat(RuleReason.POSTROUTING_UNMARK, POSTROUTING, "-j", "MARK", "--xor-mark", MARK);
    nat(RuleReason.POSTROUTING_MASQUERADE, POSTROUTING,
        PortRules.comment("kubernetes service traffic requiring SNAT"), "-j", "MASQUERADE",
        config.switches().randomFully() ? List.of("--random-fully") : List.of());
    nat(RuleReason.MARK, MARK_MASQ, "-j", "MARK", "--or-mark", MARK);
  }

  private void unlessEmpty(KubeSet set, RuleReason why, String chain, String protocol, String sides, String to) {
    if (!table.isEmpty(set)) {
      nat(why, chain, protocol.isEmpty() ? List.of() : List.of("-p", protocol), said(set, sides), "-j", to);
    }
  }

  private void nodePorts(KubeSet local, KubeSet all, String protocol, String sides) {
    unlessEmpty(local, RuleReason.EXTERNAL_POLICY, NODE_PORT, protocol, sides, "RETURN");
    unlessEmpty(all, RuleReason.MASQUERADE_EXTERNAL, NODE_PORT, protocol, sides, MARK_MASQ);
  }

  private void clusterIps() {
    if (table.isEmpty(KubeSet.CLUSTER_IP)) {
      return;
    }
    boolean all = config.switches().masqueradeAll();
    List<String> outside = all || config.pods().isEmpty() ? List.of()
        : List.of("!", "-s", config.pods().get().toString());
    nat(RuleReason.MASQUERADE_OUTSIDE, SERVICES,
        said(KubeSet.CLUSTER_IP, all || config.pods().isPresent() ? "dst,dst" : "src,dst"), outside, "-j", MARK_MASQ);
  }

  /** What comes from another machine, or to an address that is the node's own, goes on to IPVS. */
  private void externalIps() {
    if (!table.isEmpty(KubeSet.EXTERNAL_IP)) {
      nat(RuleReason.MASQUERADE_EXTERNAL, SERVICES, said(KubeSet.EXTERNAL_IP, "dst,dst"), "-j", MARK_MASQ);
    }
    for (KubeSet set : List.of(KubeSet.EXTERNAL_IP, KubeSet.EXTERNAL_IP_LOCAL)) {
      if (!table.isEmpty(set)) {
        nat(RuleReason.EXTERNAL_IP, SERVICES, said(set, "dst,dst"), "-m", "physdev", "!", "--physdev-is-in", "-m",
            "addrtype", "!", "--src-type", "LOCAL", "-j", "ACCEPT");
        nat(RuleReason.EXTERNAL_IP, SERVICES, said(set, "dst,dst"), "-m", "addrtype", "--dst-type", "LOCAL", "-j",
            "ACCEPT");
      }
    }
  }

  private void filter() {
    if (!table.isEmpty(KubeSet.LOAD_BALANCER_FW)) {
      filter(RuleReason.NOT_IN_RANGES, FIREWALL, said(KubeSet.LOAD_BALANCER_FW, "dst,dst"), "-j", RANGES);
    }
    for (KubeSet set : List.of(KubeSet.LOAD_BALANCER_SOURCE_CIDR, KubeSet.LOAD_BALANCER_SOURCE_IP)) {
      if (!table.isEmpty(set)) {
        filter(RuleReason.SOURCE_RANGE, RANGES, said(set, "dst,dst,src"), "-j", "RETURN");
      }
    }
    filter(RuleReason.NOT_IN_RANGES, RANGES, "-j", "DROP");
    filter(RuleReason.FORWARD_MARKED, FORWARD, PortRules.comment("kubernetes forwarding rules"), "-m", "mark", "--mark",
        BOTH, "-j", "ACCEPT");
    filter(RuleReason.FORWARD_RELATED, FORWARD, PortRules.comment("kubernetes forwarding conntrack rule"), "-m",
        "conntrack", "--ctstate", "RELATED,ESTABLISHED", "-j", "ACCEPT");
    filter(RuleReason.HEALTH_CHECK, NODE_PORT, said(KubeSet.HEALTH_CHECK_NODE_PORT, "dst"), "-j", "ACCEPT");
    for (KubeSet set : List.of(KubeSet.LOAD_BALANCER, KubeSet.CLUSTER_IP, KubeSet.EXTERNAL_IP,
        KubeSet.EXTERNAL_IP_LOCAL)) {
      filter(RuleReason.IPVS_FILTER, FILTER, match(set, "dst,dst"), "-j", "RETURN");
    }
    filter(RuleReason.IPVS_FILTER, FILTER, match(KubeSet.HEALTH_CHECK_NODE_PORT, "dst"), "-j", "RETURN");
    filter(RuleReason.IPVS_FILTER, FILTER, "-m", "conntrack", "--ctstate", "NEW", match(KubeSet.IPVS_IPS, "dst"), "-j",
        "REJECT");
  }
}
