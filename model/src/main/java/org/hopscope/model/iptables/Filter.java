package org.hopscope.model.iptables;

import java.util.List;
import org.hopscope.model.netfilter.Chain;
import org.hopscope.model.netfilter.NetfilterState;
import org.hopscope.model.netfilter.Rule;
import org.hopscope.model.netfilter.RuleTable;
import org.hopscope.model.netfilter.Ruleset;
import org.hopscope.model.netfilter.Rulesets;

/**
 * The packet filter of a namespace, both what is configured and what packets have left in it: a rule that goes takes what
 * it counted along.
 *
 * @param rules what is configured
 * @param state what packets have left
 */
public record Filter(Rulesets rules, NetfilterState state) {
  /** What packets have left, without what rules and chains of iptables counted and remembered. */
  public NetfilterState forgotten() {
    NetfilterState left = state;
    for (Ruleset ruleset : List.of(rules.ipv4(), rules.ipv6())) {
      for (RuleTable table : ruleset.tables().values()) {
        for (Chain chain : table.chains().values()) {
          left = left.forget(chain.handle());
          for (Rule rule : chain.rules()) {
            left = left.forget(rule.handle());
          }
        }
      }
    }
    return left;
  }
}
