package org.hopscope.model.netfilter;

import java.util.Optional;
import org.hopscope.model.ipvs.IpvsMemory;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/**
 * What packets have left behind in the filter of a namespace.
 *
 * @param tallies by the handle of a rule or chain
 * @param matches what matches remember
 * @param recent the lists of {@code -m recent} by name
 * @param conntrack the tracked connections
 * @param memories what rules of nftables put into sets: by the set's number, keys as they are written with the instants at
 *     which they go
 * @param sets the sets of {@code ipset} that rules filled or emptied since {@code ipset} last changed one, by name
 * @param ipvs what IPVS remembers
 */
public record NetfilterState(PSortedMap<Integer, Tally> tallies, PSortedMap<MatchState.Key, MatchState> matches,
    PSortedMap<String, RecentList> recent, ConntrackTable conntrack,
    PSortedMap<Integer, PSortedMap<String, Long>> memories, PSortedMap<String, IpSet> sets, IpvsMemory ipvs) {
  public static final NetfilterState EMPTY =
      new NetfilterState(TreePMap.empty(), TreePMap.empty(), TreePMap.empty(), ConntrackTable.EMPTY, TreePMap.empty(),
          TreePMap.empty(), IpvsMemory.EMPTY);

  /** What a rule or a chain's policy has counted. */
  public Tally tally(int handle) {
    return Optional.ofNullable(tallies.get(handle)).orElse(Tally.ZERO);
  }

  public NetfilterState withTally(int handle, Tally value) {
    return new NetfilterState(value.equals(Tally.ZERO) ? tallies.minus(handle) : tallies.plus(handle, value), matches,
        recent, conntrack, memories, sets, ipvs);
  }

  public NetfilterState withMatch(MatchState.Key key, MatchState value) {
    return new NetfilterState(tallies, matches.plus(key, value), recent, conntrack, memories, sets, ipvs);
  }

  public RecentList recent(String list) {
    return Optional.ofNullable(recent.get(list)).orElse(RecentList.EMPTY);
  }

  public NetfilterState withRecent(String list, RecentList value) {
    return new NetfilterState(tallies, matches, value.rows().isEmpty() ? recent.minus(list) : recent.plus(list, value),
        conntrack, memories, sets, ipvs);
  }

  public NetfilterState withConntrack(ConntrackTable value) {
    return new NetfilterState(tallies, matches, recent, value, memories, sets, ipvs);
  }

  /** What rules put into a set. */
  public PSortedMap<String, Long> memory(int set) {
    return Optional.ofNullable(memories.get(set)).orElse(TreePMap.empty());
  }

  public NetfilterState withMemory(int set, PSortedMap<String, Long> value) {
    return new NetfilterState(tallies, matches, recent, conntrack,
        value.isEmpty() ? memories.minus(set) : memories.plus(set, value), sets, ipvs);
  }

  public NetfilterState withSets(PSortedMap<String, IpSet> value) {
    return new NetfilterState(tallies, matches, recent, conntrack, memories, value, ipvs);
  }

  public NetfilterState withIpvs(IpvsMemory value) {
    return new NetfilterState(tallies, matches, recent, conntrack, memories, sets, value);
  }

  /** Without anything that a rule or chain counted or remembered. */
  public NetfilterState forget(int handle) {
    PSortedMap<MatchState.Key, MatchState> left = matches;
    for (MatchState.Key key : matches.tailMap(new MatchState.Key(handle, 0)).keySet()) {
      if (key.rule() != handle) {
        break;
      }
      left = left.minus(key);
    }
    return left == matches && !tallies.containsKey(handle) && !memories.containsKey(handle)
        ? this
        : new NetfilterState(tallies.minus(handle), left, recent, conntrack, memories.minus(handle),
            sets, ipvs);
  }
}
