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
import java.util.function.BiFunction;
import org.hopscope.model.kube.object.ObjectKey;
import org.hopscope.model.kube.policy.NodeRows;
import org.hopscope.model.kube.proxy.BaseRules;
import org.hopscope.model.kube.proxy.BaseRules.ChainKey;
import org.hopscope.model.kube.proxy.ProxyRule;
import org.hopscope.model.kube.proxy.RuleReason;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.netfilter.TableName;

/**
 * What a plugin that enforces policies writes on a node: {@link CalicoRules}, {@link WeaveRules}.
 *
 * @param rules all rules
 * @param sets the sets that they look into, by name, those that others hold before these
 * @param because for which policy, pod or namespace a rule was written
 */
record PolicyRules(NodeRules rules, SequencedMap<String, NodeRows.AddressSet> sets, Map<ProxyRule, ObjectKey> because) {
  /**
   * Rows for policies, in the table filter, with what else the plugin has on each node.
   *
   * @param why what a row of a chain is for
   * @param more its other rules
   * @param first its other sets
   */
  static PolicyRules of(NodeRows rows, BiFunction<String, NodeRows.Row, RuleReason> why, NodeRules more,
      List<NodeRows.AddressSet> first) {
    SequencedMap<ChainKey, List<ProxyRule>> chains = new LinkedHashMap<>();
    Map<ProxyRule, ObjectKey> because = new IdentityHashMap<>();
    for (NodeRows.PolicyChain chain : rows.chains()) {
      List<ProxyRule> rules = new ArrayList<>();
      for (NodeRows.Row row : chain.rows()) {
        ProxyRule rule = new ProxyRule(TableName.FILTER, chain.name(), row.words(), why.apply(chain.name(), row));
        row.because().ifPresent(o -> because.put(rule, o));
        rules.add(rule);
      }
      chains.put(new ChainKey(TableName.FILTER, chain.name()), rules);
    }
    List<BaseRules.Jump> front = new ArrayList<>();
    List<BaseRules.Jump> last = new ArrayList<>();
    rows.hooks().forEach(h -> (h.first() ? front : last).add(new BaseRules.Jump(TableName.FILTER, h.chain(), h
        .words())));
    SequencedMap<String, NodeRows.AddressSet> sets = new LinkedHashMap<>();
    first.forEach(s -> sets.put(s.name(), s));
    rows.sets().forEach(s -> sets.put(s.name(), s));
    return new PolicyRules(new NodeRules(chains, front, last).and(more), sets, because);
  }

  /** What brings sets and members that were not there before. */
  List<Edit> setsAfter(String node, Optional<PolicyRules> before) {
    List<Edit> edits = new ArrayList<>();
    for (NodeRows.AddressSet set : sets.values()) {
      Optional<NodeRows.AddressSet> old = before.flatMap(b -> Optional.ofNullable(b.sets.get(set.name())));
      if (old.isEmpty()) {
        edits.add(ipset(node, set.create()));
      }
      Set<String> there = old.map(PolicyRules::elements).orElse(Set.of());
      set.members().stream().filter(m -> !there.contains(m.getFirst())).forEach(m -> edits.add(ipset(node, set.add(
          m))));
    }
    return edits;
  }

  /** What takes away sets and members that are not wanted any more: those that hold others first. */
  List<Edit> setsGone(String node, Optional<PolicyRules> before) {
    List<Edit> edits = new ArrayList<>();
    for (NodeRows.AddressSet old : before.map(b -> b.sets.reversed().values().stream().toList()).orElse(List.of())) {
      Optional<NodeRows.AddressSet> now = Optional.ofNullable(sets.get(old.name()));
      if (now.isEmpty()) {
        edits.add(ipset(node, List.of("destroy", old.name())));
      } else {
        Set<String> kept = elements(now.get());
        elements(old).stream().filter(m -> !kept.contains(m)).sorted()
            .forEach(m -> edits.add(ipset(node, List.of("del", old.name(), m))));
      }
    }
    return edits;
  }

  private static Set<String> elements(NodeRows.AddressSet set) {
    Set<String> elements = new HashSet<>();
    set.members().forEach(m -> elements.add(m.getFirst()));
    return elements;
  }

  private static Edit ipset(String node, List<String> words) {
    return new Edit.Ipset(NetnsId.root(node), words);
  }
}
