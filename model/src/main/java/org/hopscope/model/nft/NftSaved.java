package org.hopscope.model.nft;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hopscope.model.netfilter.NetfilterState;
import org.hopscope.model.netfilter.Rulesets;

/** Tables as they are kept on disk: as they are listed, with the numbers that a list does not show beside them. */
public final class NftSaved {
  private NftSaved() {
  }

  /** A table as it is listed, without what was counted; times are those of the lab's clock. */
  public static List<String> lines(NftTable table, Devices devices) {
    return lines(table, devices, 0);
  }

  /** As above; times are from an instant on, in nanoseconds of the lab's clock. */
  public static List<String> lines(NftTable table, Devices devices, long now) {
    return new NftText(devices, NetfilterState.EMPTY, now, new NftText.Style(false, false, true, true)).table(table);
  }

  /** Number and handle of each counter, set, chain and rule, in the order of {@link #lines}. */
  public static List<NftSet.Place> places(NftTable table) {
    List<NftSet.Place> places = new ArrayList<>();
    table.counters().forEach(c -> places.add(c.place()));
    table.sets().forEach(s -> places.add(s.place()));
    table.chains().forEach(c -> places.add(c.place()));
    table.chains().forEach(c -> c.rules().forEach(r -> places.add(new NftSet.Place(r.id(), r.handle()))));
    return places;
  }

  /**
   * Reads a table.
   *
   * @param lines as {@link #lines} gives them
   * @param places as {@link #places} gives them; empty numbers all anew
   * @param handle the table's own
   * @param before the tables that are there already
   */
  public static NftFilter read(List<String> lines, List<NftSet.Place> places, int handle, NftFilter before,
      Devices devices) throws NftComplaint {
    Rulesets iptables = before.iptables();
    NftFilter made = Script.again(lines,
        new NftFilter(before.rules(), Rulesets.NONE.withNextHandle(iptables.nextHandle()), before.state()), devices);
    NftTable table = made.rules().tables().getLast();
    if (made.rules().tables().size() != before.rules().tables().size() + 1) {
      throw NftComplaint.unsupported("a table that is there already");
    }
    if (places.isEmpty()) {
      return new NftFilter(made.rules(), iptables.withNextHandle(made.iptables().nextHandle()), made.state());
    }
    if (places.size() != places(table).size()) {
      throw NftComplaint.unsupported("numbers that do not fit the table");
    }
    Map<Integer, NftSet.Place> renumbered = new HashMap<>();
    List<NftSet.Place> old = places(table);
    for (int i = 0; i < places.size(); i++) {
      renumbered.put(old.get(i).id(), places.get(i));
    }
    NftTable fresh = NftTable.fresh(table.key(),
        new NftTable.About(handle, table.about().dormant(), table.about().comment()));
    for (NftCounter counter : table.counters()) {
      fresh = fresh.with(new NftCounter(counter.name(), renumbered.get(counter.place().id()), counter.comment()));
    }
    for (NftSet set : table.sets()) {
      fresh = fresh.with(set.at(renumbered.get(set.place().id())));
    }
    for (NftChain chain : table.chains()) {
      List<NftRule> rules = new ArrayList<>();
      for (NftRule rule : chain.rules()) {
        NftSet.Place place = renumbered.get(rule.id());
        rules.add(rule.at(place.id(), place.handle()));
      }
      fresh = fresh.with(chain.at(renumbered.get(chain.place().id())).with(rules));
    }
    int next = places.stream().mapToInt(NftSet.Place::handle).max().orElse(0) + 1;
    int id = places.stream().mapToInt(NftSet.Place::id).max().orElse(0) + 1;
    return new NftFilter(made.rules().with(fresh.withNextHandle(next)),
        iptables.withNextHandle(Math.max(iptables.nextHandle(), id)), made.state());
  }

  /** The table with the number that its next thing gets. */
  public static NftRuleset numbered(NftRuleset rules, NftTable.Key key, int nextHandle) {
    Optional<NftTable> table = rules.table(key);
    return table.map(t -> rules.with(t.withNextHandle(Math.max(t.nextHandle(), nextHandle)))).orElse(rules);
  }

  /** The ruleset with the number that its next table gets. */
  public static NftRuleset numbered(NftRuleset rules, int nextHandle) {
    return rules.withNextHandle(nextHandle);
  }
}
