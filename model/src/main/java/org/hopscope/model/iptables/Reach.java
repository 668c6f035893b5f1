package org.hopscope.model.iptables;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hopscope.model.netfilter.Chain;
import org.hopscope.model.netfilter.Failing;
import org.hopscope.model.netfilter.Hook;
import org.hopscope.model.netfilter.Rule;
import org.hopscope.model.netfilter.RuleTable;

/**
 * Which hooks lead to which chains of a table, and whether every rule may stand where packets can reach it (kernel
 * net/netfilter/nf_tables_api.c nft_table_validate). Sets of hooks are bits by {@link Hook#ordinal()}.
 */
final class Reach {
  private final RuleTable table;
  private final Map<String, Node> nodes = new HashMap<>();

  private Reach(RuleTable table) {
    this.table = table;
  }

  /** What is wrong with a table as a whole. */
  enum Fault {
    LOOP("Too many links"), WRONG_HOOK("Invalid argument");

    private final String error;

    Fault(String error) {
      this.error = error;
    }

    /** The kernel's word for it. */
    String error() {
      return error;
    }
  }

  /** A chain as far as it matters: where it leads, at which hooks its rules may stand, and from which it is reached. */
  private static final class Node {
    private final List<String> leads = new ArrayList<>();
    private int allowed = Validity.ANY;
    private int reached;
    private boolean entered;

    Node(Chain chain) {
      for (Rule rule : chain.rules()) {
        Failing.leads(rule).ifPresent(leads::add);
        allowed &= Validity.hooks(rule);
      }
    }
  }

  /** Looks at every rule that packets can reach. */
  static Optional<Fault> fault(RuleTable table) {
    Reach reach = new Reach(table);
    for (Hook hook : table.name().hooks()) {
      if (!reach.mark(hook.name(), Validity.bit(hook))) {
        return Optional.of(Fault.LOOP);
      }
    }
    return reach.nodes.values().stream().anyMatch(n -> (n.reached & ~n.allowed) != 0)
        ? Optional.of(Fault.WRONG_HOOK)
        : Optional.empty();
  }

  /** Marks what a hook leads to; false when a chain leads back into itself. */
  private boolean mark(String chain, int hook) {
    Node node = node(chain);
    if (node.entered) {
      return false;
    }
    if ((node.reached & hook) != 0) {
      return true;
    }
    node.reached |= hook;
    node.entered = true;
    for (String to : node.leads) {
      if (!mark(to, hook)) {
        return false;
      }
    }
    node.entered = false;
    return true;
  }

  private Node node(String chain) {
    return nodes.computeIfAbsent(chain, c -> new Node(table.chain(c).orElseThrow()));
  }

  /**
   * Whether a table that was faultless still is, seen from the rules that were put into it alone; false when only a look at
   * the whole of it can tell.
   *
   * @param before the table when it was faultless
   * @param put the new rules by their chains
   */
  static boolean holds(RuleTable before, RuleTable after, Map<String, List<Rule>> put) {
    Below now = new Below(after);
    Below then = new Below(before);
    for (Map.Entry<String, List<Rule>> entry : put.entrySet()) {
      Optional<Chain> chain = after.chain(entry.getKey());
      int allowed = now.of(entry.getKey(), entry.getValue(), 0);
      if (allowed == Validity.ANY || chain.isEmpty()) {
        continue;
      }
      Optional<Chain> old = before.chain(entry.getKey());
      boolean fits = chain.get().policy().isPresent()
          ? (Validity.bit(Hook.valueOf(entry.getKey())) & ~allowed) == 0
          : old.isEmpty() || (then.of(entry.getKey(), old.get().rules(), allowed) & ~allowed) == 0;
      if (!fits) {
        return false;
      }
    }
    return !now.doubtful && !then.doubtful;
  }

  /** The hooks at which everything that rules lead to may stand. */
  private static final class Below {
    private final RuleTable table;
    private final Map<String, Integer> known = new HashMap<>();
    private final Set<String> way = new HashSet<>();
    /** Whether a chain led back into itself. */
    private boolean doubtful;

    Below(RuleTable table) {
      this.table = table;
    }

    /** What rules of a chain allow; looked at only until no hook is left beside those that are {@code enough}. */
    int of(String chain, List<Rule> rules, int enough) {
      int allowed = Validity.ANY;
      if (!way.add(chain)) {
        doubtful = true;
        return allowed;
      }
      for (Rule rule : rules) {
        allowed &= Validity.hooks(rule);
        Optional<String> to = Failing.leads(rule);
        if (to.isPresent()) {
          allowed &= below(to.get());
        }
        if (enough != 0 && (allowed & ~enough) == 0) {
          break;
        }
      }
      way.remove(chain);
      return allowed;
    }

    private int below(String chain) {
      Integer before = known.get(chain);
      if (before != null) {
        return before;
      }
      int allowed = of(chain, table.chain(chain).map(Chain::rules).orElse(List.of()), 0);
      known.put(chain, allowed);
      return allowed;
    }
  }
}
