package org.hopscope.model.iptables;

import java.util.HashMap;
import java.util.Map;
import org.hopscope.model.netfilter.Chain;
import org.hopscope.model.netfilter.Failing;
import org.hopscope.model.netfilter.Rule;
import org.hopscope.model.netfilter.RuleTable;

/** How many rules of a table lead to each of its chains (the kernel's {@code chain->use}). */
final class JumpCount {
  private final Map<String, Integer> counts = new HashMap<>();

  private JumpCount() {
  }

  static JumpCount of(RuleTable table) {
    JumpCount count = new JumpCount();
    table.chains().values().forEach(c -> count.add(c, 1));
    return count;
  }

  /** How many rules lead to a chain. */
  int to(String chain) {
    return counts.getOrDefault(chain, 0);
  }

  /** A chain now has other rules. */
  void replaced(Chain old, Chain fresh) {
    add(old, -1);
    add(fresh, 1);
  }

  private void add(Chain chain, int each) {
    for (Rule rule : chain.rules()) {
      Failing.leads(rule).ifPresent(to -> counts.merge(to, each, Integer::sum));
    }
  }
}
