package org.hopscope.model.iptables;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.netfilter.Chain;
import org.hopscope.model.netfilter.Handles;
import org.hopscope.model.netfilter.IpSet;
import org.hopscope.model.netfilter.NetfilterState;
import org.hopscope.model.netfilter.RuleTable;
import org.hopscope.model.netfilter.Ruleset;
import org.hopscope.model.netfilter.TableName;
import org.hopscope.model.netfilter.Tally;
import org.pcollections.PSortedMap;

/** The filter of a namespace while commands change it; chains that changed are written into their tables together. */
final class Draft {
  private final IpFamily family;
  private final Filter before;
  private Ruleset ruleset;
  private NetfilterState state;
  private int nextHandle;
  /** Chains of a table as they were last seen or put. */
  private final Map<TableName, Map<String, Chain>> latest = new EnumMap<>(TableName.class);
  /** Those that the tables do not have yet. */
  private final Map<TableName, Map<String, Chain>> pending = new EnumMap<>(TableName.class);
  /** The numbers of what was made in tables. */
  private final Map<TableName, Handles> handles = new EnumMap<>(TableName.class);
  /** Counted when somebody first asks. */
  private final Map<TableName, JumpCount> jumps = new EnumMap<>(TableName.class);

  Draft(Filter before, IpFamily family) {
    this.before = before;
    this.family = family;
    ruleset = before.rules().of(family);
    state = before.state();
    nextHandle = before.rules().nextHandle();
  }

  Filter filter() {
    pending.keySet().stream().toList().forEach(this::table);
    handles
        .forEach((name, value) -> ruleset = ruleset.table(name).map(t -> ruleset.with(t.with(value))).orElse(ruleset));
    return new Filter(before.rules().with(family, ruleset, nextHandle), state);
  }

  IpFamily family() {
    return family;
  }

  /** The sets that are there, by name. */
  PSortedMap<String, IpSet> sets() {
    return before.rules().sets();
  }

  /** Whether somebody has used a table. */
  boolean isMade(TableName name) {
    return ruleset.table(name).isPresent();
  }

  /** The table as it is, or as it is made when it is written to. */
  RuleTable table(TableName name) {
    Map<String, Chain> waiting = pending.remove(name);
    RuleTable table = ruleset.table(name).orElseGet(() -> RuleTable.fresh(name));
    if (waiting == null) {
      return table;
    }
    RuleTable whole = new RuleTable(name, table.chains().plusAll(new TreeMap<>(waiting)), table.handles());
    ruleset = ruleset.with(whole);
    return whole;
  }

  Optional<Chain> chain(TableName name, String called) {
    Map<String, Chain> seen = latest.computeIfAbsent(name, _ -> new HashMap<>());
    Chain last = seen.get(called);
    if (last != null) {
      return Optional.of(last);
    }
    Optional<Chain> found = ruleset.table(name).isPresent() ? ruleset.table(name).get().chain(called)
        : table(name).chain(called);
    found.ifPresent(c -> seen.put(called, c));
    return found;
  }

  /** Makes a table if nobody has used it. */
  void make(TableName name) {
    if (!isMade(name)) {
      ruleset = ruleset.with(table(name));
      latest.remove(name);
    }
  }

  /** As {@link #make(TableName)}; the chain takes a handle if it is a built-in one that nobody has named. */
  void make(TableName name, String called) {
    make(name);
    chain(name, called).filter(c -> !c.isMade()).ifPresent(c -> put(name, c.withHandle(takeHandle(name))));
  }

  /** Writes a chain into a table that is made. */
  void put(TableName name, Chain chain) {
    JumpCount count = jumps.get(name);
    if (count != null) {
      count.replaced(chain(name, chain.name()).orElse(Chain.named(chain.name(), 0)), chain);
    }
    latest.computeIfAbsent(name, _ -> new HashMap<>()).put(chain.name(), chain);
    pending.computeIfAbsent(name, _ -> new HashMap<>()).put(chain.name(), chain);
  }

  /** Writes a whole table back. */
  void put(RuleTable table) {
    ruleset = ruleset.with(table);
    changed(table.name());
  }

  /** Takes a table away with all its chains. */
  void drop(TableName name) {
    ruleset = ruleset.without(name);
    handles.put(name, Handles.NONE);
    changed(name);
  }

  private void changed(TableName name) {
    latest.remove(name);
    pending.remove(name);
    jumps.remove(name);
  }

  /** How many rules lead to a chain. */
  int jumps(TableName name, String chain) {
    return jumps.computeIfAbsent(name, n -> JumpCount.of(table(n))).to(chain);
  }

  /** The number of a chain or rule that comes into a table. */
  int takeHandle(TableName name) {
    Handles before = handles.computeIfAbsent(name, n -> table(n).handles());
    handles.put(name, before.taken(nextHandle));
    return nextHandle++;
  }

  /** The number of a rule that takes the place of another. */
  int replaceHandle(TableName name, int old) {
    Handles before = handles.computeIfAbsent(name, n -> table(n).handles());
    handles.put(name, before.replaced(nextHandle, old));
    return nextHandle++;
  }

  void count(int handle, Tally tally) {
    state = state.withTally(handle, tally);
  }

  /** Forgets what rules and chains of these handles counted and remembered. */
  void forget(Chain chain) {
    chain.rules().forEach(r -> forget(r.handle()));
  }

  void forget(int handle) {
    state = state.forget(handle);
  }
}
