package org.hopscope.model.net;

import java.util.function.Predicate;
import org.hopscope.model.addr.IpFamily;
import org.pcollections.PVector;
import org.pcollections.TreePVector;

/**
 * The policy rules of a namespace for one address family (kernel struct fib_rules_ops).
 *
 * @param rows in the order in which they are asked: by priority, then the older one first
 * @param custom whether somebody ever changed them: until then the kernel keeps the tables local and main as one
 *     (net/ipv4/fib_trie.c fib_trie_unmerge), and afterwards never again
 */
public record PolicyRules(PVector<PolicyRule> rows, boolean custom) {
  /** What every namespace begins with (sem-R1). */
  public static final PolicyRules IPV4 = new PolicyRules(TreePVector.<PolicyRule>empty()
      .plus(PolicyRule.all(0, Netns.LOCAL)).plus(PolicyRule.all(32766, Netns.MAIN))
      .plus(PolicyRule.all(32767, Netns.DEFAULT)), false);

  /** The same without a default table (kernel net/ipv6/fib6_rules.c). */
  public static final PolicyRules IPV6 = new PolicyRules(TreePVector.<PolicyRule>empty()
      .plus(PolicyRule.all(0, Netns.LOCAL)).plus(PolicyRule.all(32766, Netns.MAIN)), false);

  /** What every namespace begins with for a family. */
  public static PolicyRules of(IpFamily family) {
    return switch (family) {
      case INET -> IPV4;
      case INET6 -> IPV6;
    };
  }

  /** With one more rule, behind those of its priority. */
  public PolicyRules with(PolicyRule rule) {
    int at = 0;
    while (at < rows.size() && Integer.compareUnsigned(rows.get(at).priority(), rule.priority()) <= 0) {
      at++;
    }
    return new PolicyRules(rows.plus(at, rule), true);
  }

  /** Without the first rule of which {@code gone} holds; the same when there is none. */
  public PolicyRules withoutFirst(Predicate<PolicyRule> gone) {
    for (PolicyRule rule : rows) {
      if (gone.test(rule)) {
        return new PolicyRules(rows.minus(rule), true);
      }
    }
    return this;
  }

  /** Whether there is a rule of a priority. */
  public boolean has(int priority) {
    return rows.stream().anyMatch(r -> r.priority() == priority);
  }

  /** The priority of a rule that says none: one before the second rule (fib_default_rule_pref). */
  public int nextPriority() {
    return rows.size() > 1 && rows.get(1).priority() != 0 ? rows.get(1).priority() - 1 : 0;
  }
}
