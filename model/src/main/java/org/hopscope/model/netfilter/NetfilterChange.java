package org.hopscope.model.netfilter;

import java.util.List;
import org.hopscope.model.ipvs.IpvsMemory;

/** One change that a packet makes to what the filter remembers. */
public sealed interface NetfilterChange {
  /** The state with this change made. */
  NetfilterState applyTo(NetfilterState before);

  /** Rules, and perhaps a policy, count a packet. */
  record Counted(List<Integer> handles, long bytes) implements NetfilterChange {
    public Counted {
      handles = List.copyOf(handles);
    }

    @Override
    public NetfilterState applyTo(NetfilterState before) {
      NetfilterState after = before;
      for (int handle : handles) {
        after = after.withTally(handle, after.tally(handle).plus(bytes));
      }
      return after;
    }
  }

  /** A match remembers something. */
  record Remembered(MatchState.Key key, MatchState state) implements NetfilterChange {
    @Override
    public NetfilterState applyTo(NetfilterState before) {
      return before.withMatch(key, state);
    }
  }

  /** A list of {@code -m recent} changes. */
  record RecentSet(String list, RecentList rows) implements NetfilterChange {
    @Override
    public NetfilterState applyTo(NetfilterState before) {
      return before.withRecent(list, rows);
    }
  }

  /** A rule of iptables puts something into a set of {@code ipset}, or takes it out. */
  record SetFilled(IpSet set) implements NetfilterChange {
    @Override
    public NetfilterState applyTo(NetfilterState before) {
      return before.withSets(before.sets().plus(set.name(), set));
    }
  }

  /**
   * A rule of nftables puts an element into a set.
   *
   * @param set the number of the set
   * @param key the element as it is written
   * @param expires when it goes, in nanoseconds of the lab's clock
   */
  record SetRemembered(int set, String key, long expires) implements NetfilterChange {
    @Override
    public NetfilterState applyTo(NetfilterState before) {
      return before.withMemory(set, before.memory(set).plus(key, expires));
    }
  }

  /** A connection is written into the table, or changes. */
  record ConnectionSet(Connection connection) implements NetfilterChange {
    @Override
    public NetfilterState applyTo(NetfilterState before) {
      return before.withConntrack(before.conntrack().with(connection));
    }
  }

  /** IPVS balances a packet: all that it remembers from then on. */
  record Balanced(IpvsMemory after) implements NetfilterChange {
    @Override
    public NetfilterState applyTo(NetfilterState before) {
      return before.withIpvs(after);
    }
  }

  /** A connection goes. */
  record ConnectionGone(Tuple original) implements NetfilterChange {
    @Override
    public NetfilterState applyTo(NetfilterState before) {
      return before.withConntrack(before.conntrack().without(original));
    }
  }
}
