package org.hopscope.app.desktop.inspector;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.RandomAccess;
import java.util.function.Supplier;
import org.hopscope.app.desktop.inspector.Row.Form;
import org.hopscope.app.desktop.inspector.Row.Mood;
import org.hopscope.app.desktop.kit.Messages;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.iptables.SaveText;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.NftEdits;
import org.hopscope.model.net.Netns;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.netfilter.Chain;
import org.hopscope.model.netfilter.NetfilterState;
import org.hopscope.model.netfilter.Policy;
import org.hopscope.model.netfilter.Rule;
import org.hopscope.model.netfilter.RuleTable;
import org.hopscope.model.netfilter.Rulesets;
import org.hopscope.model.netfilter.Tally;
import org.hopscope.model.nft.Devices;
import org.hopscope.model.nft.NftChain;
import org.hopscope.model.nft.NftRule;
import org.hopscope.model.nft.NftTable;
import org.hopscope.model.nft.NftText;
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
    /** A chain by its number, as the title of its rules. */
    record OfChain(String name, Optional<Policy> policy, int id) implements Line {
    }

    /** A rule by its number, with its place in its chain. */
    record OfRule(int place, int id, Supplier<String> text) implements Line {
    }

    /** A chain that has none. */
    record NoRule() implements Line {
    }
  }

  private RuleList(NetfilterState state, NetnsId netns) {
    this.state = state;
    this.netns = netns;
  }

  static RuleList of(LabState lab, NetnsId netns) {
    RuleList list = new RuleList(lab.learned().netfilter(netns), netns);
    Netns stack = lab.find(netns).orElseThrow();
    Rulesets rulesets = stack.rulesets();
    for (IpFamily family : IpFamily.values()) {
      for (RuleTable table : rulesets.of(family).tables().values()) {
        String name = (family == IpFamily.INET6 ? "ip6 " : "") + table.name().word();
        table.listed().forEach(chain -> list.add(name, chain));
      }
    }
    Devices devices = NftEdits.devices(lab, netns);
    for (NftTable table : stack.nft().tables()) {
      table.chains().forEach(chain -> list.add(table.key().toString(), chain, devices));
    }
    return list;
  }

  private void add(String table, Chain chain) {
    lines.add(new Line.OfChain(table + " › " + chain.name(), chain.policy(), chain.handle()));
    int place = 1;
    for (Rule rule : chain.rules()) {
      lines.add(new Line.OfRule(place++, rule.handle(), () -> SaveText.of(rule)));
    }
    none(place);
  }

  private void add(String table, NftChain chain, Devices devices) {
    lines.add(new Line.OfChain(table + " › " + chain.name(), chain.base().map(NftChain.Base::policy),
        chain.place().id()));
    int place = 1;
    for (NftRule rule : chain.rules()) {
      lines.add(new Line.OfRule(place++, rule.id(), () -> NftText.rule(rule, devices)));
    }
    none(place);
  }

  private void none(int next) {
    if (next == 1) {
      lines.add(new Line.NoRule());
    }
  }

  @Override
  public int size() {
    return lines.size();
  }

  @Override
  public Row get(int index) {
    return switch (lines.get(index)) {
      case Line.OfChain(String name, var policy, int id) -> new Row(
          name + policy.map(p -> " · " + Messages.text("inspector.policy", p)).orElse(""),
          "", policy.isPresent() ? count(id) : "", Mood.PLAIN, Optional.of(row(id)), Optional.empty(), Form.TITLE);
      case Line.OfRule(int place, int id, var text) -> new Row(place + "  " + text.get(), "", count(id), Mood.PLAIN,
          Optional.of(row(id)), Optional.empty());
      case Line.NoRule() -> Row.plain("", Messages.text("inspector.norules"));
    };
  }

  /** Where a row is, without writing any. */
  int find(RowRef wanted) {
    for (int i = 0; i < lines.size(); i++) {
      boolean here = switch (lines.get(i)) {
        case Line.OfChain(var _, var _, int id) -> row(id).equals(wanted);
        case Line.OfRule(var _, int id, var _) -> row(id).equals(wanted);
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
