package org.hopscope.model.netfilter;

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
   * Which match.
   *
   * @param rule the handle of its rule
   * @param index its place among the rule's matches, from 0
   */
  record Key(int rule, int index) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      return rule != other.rule ? Integer.compare(rule, other.rule) : Integer.compare(index, other.index);
    }
  }
}
