package org.hopscope.model.kube.proxy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.netfilter.TableName;

/** What kube-proxy writes on a node whatever Services there are (appendix A, 1 to 4, 7 and 8). */
public final class BaseRules {
  private static final String MARK = "0x4000";
  private static final String BOTH = MARK + "/" + MARK;
  private static final List<String> NEW = List.of("-m", "conntrack", "--ctstate", "NEW");

  private BaseRules() {
  }

  /** A jump from a built-in chain, put in front of all that is there. */
  public record Jump(TableName table, String from, List<String> words) {
  }

  /** The jumps in the order in which they are made; since each is put in front, the last stands first. */
  public static List<Jump> jumps() {
    List<Jump> jumps = new ArrayList<>();
    add(jumps, "KUBE-EXTERNAL-SERVICES", "kubernetes externally-visible service portals", NEW, "INPUT", "FORWARD");
    add(jumps, "KUBE-NODEPORTS", "kubernetes health check service ports", List.of(), "INPUT");
    add(jumps, "KUBE-SERVICES", "kubernetes service portals", NEW, "FORWARD", "OUTPUT");
    add(jumps, "KUBE-FORWARD", "kubernetes forwarding rules", List.of(), "FORWARD");
    add(jumps, "KUBE-PROXY-FIREWALL", "kubernetes load balancer firewall", NEW, "INPUT", "OUTPUT", "FORWARD");
    jumps.add(nat("OUTPUT", "kubernetes service portals", "KUBE-SERVICES"));
    jumps.add(nat("PREROUTING", "kubernetes service portals", "KUBE-SERVICES"));
    jumps.add(nat("POSTROUTING", "kubernetes postrouting rules", "KUBE-POSTROUTING"));
    for (String from : List.of("INPUT", "OUTPUT")) {
      jumps.add(new Jump(TableName.FILTER, from, List.of("-j", "KUBE-FIREWALL")));
    }
    return jumps;
  }

  private static void add(List<Jump> jumps, String to, String why, List<String> asks, String... from) {
    for (String chain : from) {
      jumps.add(new Jump(TableName.FILTER, chain, PortRules.words(asks, PortRules.comment(why), "-j", to)));
    }
  }

  private static Jump nat(String from, String why, String to) {
    return new Jump(TableName.NAT, from, PortRules.words(PortRules.comment(why), "-j", to));
  }

  /**
   * The chains that are always there, of both tables, with the rules in them that stand in front of those of Services; see
   * {@link #last} for what stands behind.
   */
  public static SequencedMap<ChainKey, List<ProxyRule>> chains(ProxyConfig config) {
    SequencedMap<ChainKey, List<ProxyRule>> chains = new LinkedHashMap<>();
    for (String chain : List.of("KUBE-SERVICES", "KUBE-EXTERNAL-SERVICES", "KUBE-FORWARD", "KUBE-NODEPORTS",
        "KUBE-PROXY-FIREWALL", "KUBE-FIREWALL")) {
      chains.put(new ChainKey(TableName.FILTER, chain), new ArrayList<>());
    }
    for (String chain : List.of("KUBE-SERVICES", "KUBE-NODEPORTS", "KUBE-POSTROUTING", "KUBE-MARK-MASQ")) {
      chains.put(new ChainKey(TableName.NAT, chain), new ArrayList<>());
    }
    for (ProxyRule rule : first(config)) {
      chains.get(new ChainKey(rule.table(), rule.chain())).add(rule);
    }
    return chains;
  }

  /** A chain of a table. */
  public record ChainKey(TableName table, String chain) {
    /** As of any record, written out: rules are kept by it. */
    @Override
    public boolean equals(Object other) {
      return other instanceof ChainKey that && table == that.table && chain.equals(that.chain);
    }

    @Override
    public int hashCode() {
      return table.ordinal() * 31 + chain.hashCode();
    }
  }

  private static List<ProxyRule> first(ProxyConfig config) {
    List<ProxyRule> rules = new ArrayList<>();
    rules.add(PortRules.nat(RuleReason.POSTROUTING_UNMARKED, "KUBE-POSTROUTING",
        List.of("-m", "mark", "!", "--mark", BOTH, "-j", "RETURN")));
    rules.add(
        PortRules.nat(RuleReason.POSTROUTING_UNMARK, "KUBE-POSTROUTING", List.of("-j", "MARK", "--xor-mark", MARK)));
    rules.add(PortRules.nat(RuleReason.POSTROUTING_MASQUERADE, "KUBE-POSTROUTING", PortRules.words(
        PortRules.comment("kubernetes service traffic requiring SNAT"), "-j", "MASQUERADE",
        config.switches().randomFully() ? List.of("--random-fully") : List.of())));
    rules.add(PortRules.nat(RuleReason.MARK, "KUBE-MARK-MASQ", List.of("-j", "MARK", "--or-mark", MARK)));
    if (config.family() == IpFamily.INET && config.switches().localhostNodePorts()) {
      rules.add(PortRules.filter(RuleReason.LOCALNET_GUARD, "KUBE-FIREWALL", PortRules.words(
          PortRules.comment("block incoming localnet connections"), "-d", "127.0.0.0/8", "!", "-s", "127.0.0.0/8", "-m",
          "conntrack", "!", "--ctstate", "RELATED,ESTABLISHED,DNAT", "-j", "DROP")));
    }
    if (!config.switches().liberal()) {
      rules.add(PortRules.filter(RuleReason.FORWARD_INVALID, "KUBE-FORWARD",
          List.of("-m", "conntrack", "--ctstate", "INVALID", "-j", "DROP")));
    }
    rules.add(PortRules.filter(RuleReason.FORWARD_MARKED, "KUBE-FORWARD",
        PortRules.words(PortRules.comment("kubernetes forwarding rules"), "-m",
            "mark", "--mark", BOTH, "-j", "ACCEPT")));
    rules.add(PortRules.filter(RuleReason.FORWARD_RELATED, "KUBE-FORWARD", PortRules.words(
        PortRules.comment("kubernetes forwarding conntrack rule"), "-m", "conntrack", "--ctstate",
        "RELATED,ESTABLISHED", "-j", "ACCEPT")));
    return rules;
  }

  /**
   * The rules that stand behind all Services in nat KUBE-SERVICES: they lead to the node ports (sem-K10), by one rule for all
   * addresses of the node, or by one for each that was chosen.
   */
  public static List<ProxyRule> last(ProxyConfig config) {
    List<String> why =
        PortRules.comment("kubernetes service nodeports; NOTE: this must be the last rule in this chain");
    Optional<List<IpAddress>> chosen = config.switches().nodePortAddresses();
    if (chosen.isPresent()) {
      return chosen.get().stream().filter(a -> a.family() == config.family()).filter(a -> !a.isLoopback()
          || config.family() == IpFamily.INET && config.switches().localhostNodePorts())
          .map(a -> PortRules.nat(RuleReason.NODE_PORTS_LAST, "KUBE-SERVICES",
              PortRules.words(why, "-d", a.toString(), "-j", "KUBE-NODEPORTS")))
          .toList();
    }
    boolean inet6 = config.family() == IpFamily.INET6;
    List<String> but = inet6 ? List.of("!", "-d", "::1/128")
        : config.switches().localhostNodePorts() ? List.of() : List.of("!", "-d", "127.0.0.0/8");
    return List.of(PortRules.nat(RuleReason.NODE_PORTS_LAST, "KUBE-SERVICES",
        PortRules.words(why, "-m", "addrtype", "--dst-type", "LOCAL", but, "-j", "KUBE-NODEPORTS")));
  }
}
