package org.hopscope.model.netfilter;

import org.pcollections.PSortedMap;
import org.pcollections.TreePVector;

/** What a match remembers from packet to packet. */
public sealed interface MatchState {
  /** {@code statistic}: how many packets it was asked about. */
  record Asked(long packets) implements MatchState {
  }

  /**
   * {@code limit} (kernel net/netfilter/nft_limit.c).
   *
   * @param tokens nanoseconds saved up
   * @param at when that was
   */
  record Bucket(long tokens, long at) implements MatchState {
  }

  /**
   * What {@code hashlimit} remembers of one key.
   *
   * @param tokens nanoseconds or credits saved up, or what came in this window
   * @param at when that was, or when the window began
   * @param spare how often credits may still be lent, or 1 when too much came in the window before
   * @param seen when the last packet came
   */
  record Purse(long tokens, long at, long spare, long seen) {
  }

  /** {@code hashlimit}: a purse for each key, as it is written. */
  record Buckets(PSortedMap<String, Purse> byKey) implements MatchState {
  }

  /** {@code connlimit}: by network the original tuples of the connections that were seen. */
  record Flows(PSortedMap<String, TreePVector<Tuple>> byNetwork) implements MatchState {
  }

  /** {@code quota}: how many bytes may still pass, unsigned. */
  record Left(long bytes) implements MatchState {
  }

  /**
   * Which match.
   *
   * @param rule the handle of its rule
   * @param index its place among the rule's matches, from 0
   */
  record Key(int rule, int index) implements Comparable<Key> {
    /**
     * A number from 0 to 2^31 - 1 that follows from the lab's seed, the match and how often it was asked before (SplitMix64): the
     * kernel's own random numbers follow from nothing.
     */
    public int roll(long seed, long asked) {
      long z = seed + rule * 0x9e37_79b9_7f4a_7c15L + index * 31L + asked * 0xd1b5_4a32_d192_ed03L;
      z = (z ^ (z >>> 30)) * 0xbf58_476d_1ce4_e5b9L;
      z = (z ^ (z >>> 27)) * 0x94d0_49bb_1331_11ebL;
      return (int) ((z ^ (z >>> 31)) & Integer.MAX_VALUE);
    }

    @Override
    public int compareTo(Key other) {
      return rule != other.rule ? Integer.compare(rule, other.rule) : Integer.compare(index, other.index);
    }
  }
}
