package org.hopscope.model.sim;

import java.util.Optional;

/**
 * What a kernel notes on a packet and never sends.
 *
 * @param mark the number that MARK gave it
 * @param tracking its connection, once conntrack has looked at it
 * @param untracked whether a rule took it out of tracking
 * @param bridged by which port of a bridge it came, when br_netfilter saw it
 */
record SkbMeta(int mark, Optional<Ct.Of> tracking, boolean untracked, Optional<Bridged> bridged) {
  static final SkbMeta NONE = new SkbMeta(0, Optional.empty(), false, Optional.empty());

  /**
   * Kernel struct nf_bridge_info.
   *
   * @param in the port it came in by
   * @param prerouted whether it has been shown to PREROUTING and is not to be shown again
   */
  record Bridged(NetDev in, boolean prerouted) {
  }

  SkbMeta withMark(int value) {
    return new SkbMeta(value, tracking, untracked, bridged);
  }

  SkbMeta withTracking(Ct.Of value) {
    return new SkbMeta(mark, Optional.of(value), untracked, bridged);
  }

  SkbMeta asUntracked() {
    return new SkbMeta(mark, Optional.empty(), true, bridged);
  }

  SkbMeta withBridged(Optional<Bridged> value) {
    return new SkbMeta(mark, tracking, untracked, value);
  }

  /** Without its connection (kernel nf_reset_ct). */
  SkbMeta withoutTracking() {
    return tracking.isEmpty() && !untracked ? this : new SkbMeta(mark, Optional.empty(), false, bridged);
  }

  /** As it is handed to another device (kernel skb_scrub_packet): a mark stays within a namespace. */
  SkbMeta scrubbed(boolean otherNetns) {
    return mark == 0 || otherNetns ? NONE : new SkbMeta(mark, Optional.empty(), false, Optional.empty());
  }
}
