package org.hopscope.model.kube.linux;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.kube.Choices;
import org.hopscope.model.kube.object.KubeNode;
import org.hopscope.model.kube.object.ObjectKey;
import org.hopscope.model.kube.policy.FelixIpvs;
import org.hopscope.model.kube.policy.FelixRows;
import org.hopscope.model.kube.policy.NodeRows;
import org.hopscope.model.kube.policy.Policies;
import org.hopscope.model.kube.proxy.BaseRules;
import org.hopscope.model.kube.proxy.BaseRules.ChainKey;
import org.hopscope.model.kube.proxy.ProxyRule;
import org.hopscope.model.kube.proxy.RuleReason;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.netfilter.TableName;

/**
 * What Felix writes on a node: policies in the table filter ({@link FelixRows}), and in the table nat that what leaves the
 * pods' network gets the node's address (felix/rules/nat.go NATOutgoingChain, static.go StaticNATTableChains).
 *
 * @param family of whose packets they are
 * @param rules all rules
 * @param sets the sets that they look into, by name
 * @param because for which policy or pod a rule was written
 */
record CalicoRules(IpFamily family, NodeRules rules, SequencedMap<String, NodeRows.AddressSet> sets,
    Map<ProxyRule, ObjectKey> because) {
  private static final String OUTGOING = "cali-nat-outgoing";
  private static final Set<String> IPVS = Set.of("cali-forward-check", "cali-forward-endpoint-mark",
      "cali-set-endpoint-mark", "cali-from-endpoint-mark");

  /**
   * All that Felix writes on a node.
   *
   * @param ipvs the node's addresses where kube-proxy uses IPVS, which Felix knows by its device
   */
  static CalicoRules of(Policies policies, KubeNode node, Choices.Blocks blocks, Optional<List<IpAddress>> ipvs) {
    IpFamily family = blocks.family();
    String name = node.meta().name();
    NodeRows rows = FelixRows.of(policies, name, family, ipvs.map(a -> new FelixIpvs(name, family, a)));
    SequencedMap<ChainKey, List<ProxyRule>> chains = new LinkedHashMap<>();
    Map<ProxyRule, ObjectKey> because = new IdentityHashMap<>();
    for (NodeRows.PolicyChain chain : rows.chains()) {
      List<ProxyRule> rules = new ArrayList<>();
      for (NodeRows.Row row : chain.rows()) {
        ProxyRule rule = new ProxyRule(TableName.FILTER, chain.name(), row.words(), why(chain.name(), row));
        row.because().ifPresent(o -> because.put(rule, o));
        rules.add(rule);
      }
      chains.put(new ChainKey(TableName.FILTER, chain.name()), rules);
    }
    List<BaseRules.Jump> first = new ArrayList<>();
    List<BaseRules.Jump> last = new ArrayList<>();
    rows.hooks().forEach(h -> (h.first() ? first : last).add(new BaseRules.Jump(TableName.FILTER, h.chain(), h
        .words())));
    nat(family, chains, first);
    SequencedMap<String, NodeRows.AddressSet> sets = new LinkedHashMap<>();
    String pool = blocks.pods().toString();
    for (String set : List.of(pools(family, "all"), pools(family, "masq"))) {
      sets.put(set, new NodeRows.AddressSet(set, "hash:net", List.of(pool), node.key()));
    }
    rows.sets().forEach(s -> sets.put(s.name(), s));
    return new CalicoRules(family, new NodeRules(chains, first, last), sets, because);
  }

  /** The set of the blocks of all pods, or of those that are masqueraded outside. */
  private static String pools(IpFamily family, String which) {
    return (family == IpFamily.INET ? "cali40" : "cali60") + which + "-ipam-pools";
  }

  private static void nat(IpFamily family, SequencedMap<ChainKey, List<ProxyRule>> chains, List<BaseRules.Jump> first) {
    chains.put(new ChainKey(TableName.NAT, "cali-fip-dnat"), List.of());
    chains.put(new ChainKey(TableName.NAT, "cali-fip-snat"), List.of());
    chains.put(new ChainKey(TableName.NAT, OUTGOING), List.of(rule(OUTGOING, RuleReason.CALICO_OUT, "-m", "set",
        "--match-set", pools(family, "masq"), "src", "-m", "set", "!", "--match-set", pools(family, "all"), "dst", "-j",
        "MASQUERADE",
        "--random-fully")));
    for (String hook : List.of("PREROUTING", "OUTPUT", "POSTROUTING")) {
      String chain = "cali-" + hook;
      chains.put(new ChainKey(TableName.NAT, chain), hook.equals("POSTROUTING")
          ? List.of(rule(chain, RuleReason.CALICO_FRAME, "-j", "cali-fip-snat"),
              rule(chain, RuleReason.CALICO_FRAME, "-j", OUTGOING))
          : List.of(rule(chain, RuleReason.CALICO_FRAME, "-j", "cali-fip-dnat")));
      first.add(new BaseRules.Jump(TableName.NAT, hook, List.of("-j", chain)));
    }
  }

  private static ProxyRule rule(String chain, RuleReason why, String... words) {
    return new ProxyRule(TableName.NAT, chain, List.of(words), why);
  }

  private static RuleReason why(String chain, NodeRows.Row row) {
    if (chain.startsWith("cali-pi-") || chain.startsWith("cali-po-")) {
      return RuleReason.CALICO_POLICY;
    }
    if (chain.startsWith("cali-pri-") || chain.startsWith("cali-pro-")) {
      return RuleReason.CALICO_PROFILE;
    }
    if (IPVS.contains(chain)) {
      return RuleReason.CALICO_IPVS;
    }
    return row.rule().contains("Drop if no policies") ? RuleReason.CALICO_DROP
        : row.because().isPresent() ? RuleReason.CALICO_POD
        : RuleReason.CALICO_FRAME;
  }

  /** What brings sets and members that were not there before. */
  List<Edit> setsAfter(String node, Optional<CalicoRules> before) {
    List<Edit> edits = new ArrayList<>();
    for (NodeRows.AddressSet set : sets.values()) {
      Optional<NodeRows.AddressSet> old = before.flatMap(b -> Optional.ofNullable(b.sets.get(set.name())));
      if (old.isEmpty()) {
        edits.add(ipset(node, "create", set.name(), set.type(), "family", family.word(), "maxelem", "1048576"));
      }
      Set<String> there = new HashSet<>(old.map(NodeRows.AddressSet::members).orElse(List.of()));
      set.members().stream().filter(m -> !there.contains(m)).forEach(m -> edits.add(ipset(node, "add", set.name(), m)));
    }
    return edits;
  }

  /** What takes away sets and members that are not wanted any more. */
  List<Edit> setsGone(String node, Optional<CalicoRules> before) {
    List<Edit> edits = new ArrayList<>();
    for (NodeRows.AddressSet old : before.map(b -> b.sets.values().stream().toList()).orElse(List.of())) {
      Optional<NodeRows.AddressSet> now = Optional.ofNullable(sets.get(old.name()));
      if (now.isEmpty()) {
        edits.add(ipset(node, "destroy", old.name()));
      } else {
        Set<String> kept = new HashSet<>(now.get().members());
        old.members().stream().filter(m -> !kept.contains(m))
            .forEach(m -> edits.add(ipset(node, "del", old.name(), m)));
      }
    }
    return edits;
  }

  private static Edit ipset(String node, String... words) {
    return new Edit.Ipset(NetnsId.root(node), List.of(words));
  }
}
