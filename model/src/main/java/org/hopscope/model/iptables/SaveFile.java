package org.hopscope.model.iptables;

import java.util.ArrayList;
import java.util.List;
import org.hopscope.model.netfilter.Chain;
import org.hopscope.model.netfilter.NetfilterState;
import org.hopscope.model.netfilter.Rule;
import org.hopscope.model.netfilter.RuleTable;
import org.hopscope.model.netfilter.Tally;

/** Writes whole tables as {@code iptables-save} does, and chains as {@code iptables -S} does. */
public final class SaveFile {
  private SaveFile() {
  }

  /** A table from its star to its COMMIT. */
  public static List<String> of(RuleTable table, NetfilterState state, boolean counters) {
    List<String> lines = new ArrayList<>();
    lines.add("*" + table.name().word());
    for (Chain chain : table.listed()) {
      Tally tally = chain.policy().isPresent() ? state.tally(chain.handle()) : Tally.ZERO;
      lines.add(":" + chain.name() + " " + chain.policy().map(Enum::name).orElse("-") + " " + bracket(tally));
    }
    for (Chain chain : table.listed()) {
      for (Rule rule : chain.rules()) {
        lines.add((counters ? bracket(state.tally(rule.handle())) + " " : "") + append(chain, rule, ""));
      }
    }
    lines.add("COMMIT");
    return lines;
  }

  private static String bracket(Tally tally) {
    return "[" + tally.packets() + ":" + tally.bytes() + "]";
  }

  private static String append(Chain chain, Rule rule, String counted) {
    return ("-A " + chain.name() + " " + SaveText.of(rule, counted)).stripTrailing();
  }

  /** The lines of {@code -S}: policies and names, then rules. */
  public static List<String> rules(List<Chain> chains, int number, boolean verbose, NetfilterState state) {
    List<String> lines = new ArrayList<>();
    if (number > 0) {
      for (Chain chain : chains) {
        if (number <= chain.rules().size()) {
          Rule rule = chain.rules().get(number - 1);
          lines.add(append(chain, rule, counted(verbose, state.tally(rule.handle()))));
        }
      }
      return lines;
    }
    for (Chain chain : chains) {
      lines.add(chain.policy().map(p -> "-P " + chain.name() + " " + p + " "
          + counted(verbose, state.tally(chain.handle()))).orElse("-N " + chain.name()).stripTrailing());
    }
    for (Chain chain : chains) {
      chain.rules().forEach(r -> lines.add(append(chain, r, counted(verbose, state.tally(r.handle())))));
    }
    return lines;
  }

  private static String counted(boolean verbose, Tally tally) {
    return verbose ? "-c " + tally.packets() + " " + tally.bytes() : "";
  }
}
