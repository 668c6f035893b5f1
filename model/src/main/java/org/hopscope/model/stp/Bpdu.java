package org.hopscope.model.stp;

import org.hopscope.model.net.SpanningTree;

/** A message of the protocol (IEEE 802.1D-1998 clause 9). It takes no time on its way, and no trace shows it. */
sealed interface Bpdu {
  /**
   * A bridge says what it knows of the tree.
   *
   * @param claim the way to the root bridge
   * @param age how old that is, in nanoseconds
   * @param times the root bridge's times
   * @param change whether the tree is changing
   * @param acknowledge whether a {@link Change} was heard at this port
   */
  record Config(SpanningTree.Claim claim, long age, SpanningTree.Times times, boolean change, boolean acknowledge)
      implements Bpdu {
  }

  /** The tree has changed below. */
  record Change() implements Bpdu {
  }
}
