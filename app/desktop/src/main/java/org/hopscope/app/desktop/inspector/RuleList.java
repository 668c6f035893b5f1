package org.hopscope.app.desktop.inspector;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.RandomAccess;
import org.hopscope.app.desktop.inspector.Row.Form;
import org.hopscope.app.desktop.inspector.Row.Mood;
import org.hopscope.app.desktop.kit.Messages;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.iptables.SaveText;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.netfilter.Chain;
import org.hopscope.model.netfilter.NetfilterState;
import org.hopscope.model.netfilter.Rule;
import org.hopscope.model.netfilter.RuleTable;
import org.hopscope.model.netfilter.Rulesets;
import org.hopscope.model.netfilter.Tally;
import org.hopscope.model.trace.RowRef;

/**
 * The chains of a namespace and their rules as rows. There may be tens of thousands: a row is written when it comes into
 * sight.
 */
final class RuleList extends AbstractList<Row> implements RandomAccess {
  private final List<Line> lines = new ArrayList<>();
  private final NetfilterState state;
  private final NetnsId netns;

  /** What a row is about. */
  private sealed interface Line {
    /** A chain, as the title of its rules. */
    record OfChain(String table, Chain chain) implements Line {
    }

    /** A rule, with its number in its chain. */
    record OfRule(int number, Rule rule) implements Line {
    }

    /** A chain that has none. */
    record NoRule() implements Line {
    }
  }

  private RuleList(NetfilterState state, NetnsId netns) {
    this.state = state;
    this.netns = netns;
  }

  static RuleList of(Rulesets rulesets, NetfilterState state, NetnsId netns) {
    RuleList list = new RuleList(state, netns);
    for (IpFamily family : IpFamily.values()) {
      for (RuleTable table : rulesets.of(family).tables().values()) {
        String name = (family == IpFamily.INET6 ? "ip6 " : "") + table.name().word();
        table.listed().forEach(chain -> list.add(name, chain));
      }
    }
    return list;
  }

  private void add(String table, Chain chain) {
    lines.add(new Line.OfChain(table, chain));
    if (chain.rules().isEmpty()) {
      lines.add(new Line.NoRule());
    }
    int number = 1;
    for (Rule rule : chain.rules()) {
      lines.add(new Line.OfRule(number++, rule));
    }
  }

  @Override
  public int size() {
    return lines.size();
  }

  @Override
  public Row get(int index) {
    return switch (lines.get(index)) {
      case Line.OfChain(String table, Chain chain) -> new Row(
          table + " › " + chain.name()
              + chain.policy().map(p -> " · " + Messages.text("inspector.policy", p)).orElse(""),
          "", chain.policy().isPresent() ? count(chain.handle()) : "", Mood.PLAIN, Optional.of(row(chain.handle())),
          Optional.empty(), Form.TITLE);
      case Line.OfRule(int number, Rule rule) -> new Row(number + "  " + SaveText.of(rule), "", count(rule.handle()),
          Mood.PLAIN, Optional.of(row(rule.handle())), Optional.empty());
      case Line.NoRule() -> Row.plain("", Messages.text("inspector.norules"));
    };
  }

  /** Where a row is, without writing any. */
  int find(RowRef wanted) {
    for (int i = 0; i < lines.size(); i++) {
      boolean here = switch (lines.get(i)) {
        case Line.OfChain(var _, Chain chain) -> row(chain.handle()).equals(wanted);
        case Line.OfRule(var _, Rule rule) -> row(rule.handle()).equals(wanted);
        case Line.NoRule() -> false;
      };
      if (here) {
        return i;
      }
    }
    return -1;
  }

  private RowRef row(int handle) {
    return new RowRef.FilterRow(netns, handle);
  }

  private String count(int handle) {
    Tally tally = state.tally(handle);
    return tally.packets() == 0 ? "" : Messages.text("inspector.packets", tally.packets());
  }
}
