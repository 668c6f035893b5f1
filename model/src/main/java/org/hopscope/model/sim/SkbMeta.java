package org.hopscope.model.sim;

import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.netfilter.CtZone;

/**
 * What a kernel notes on a packet and never sends.
 *
 * @param mark the number that MARK gave it
 * @param tracking its connection, once conntrack has looked at it
 * @param untracked whether a rule took it out of tracking
 * @param bridged by which port of a bridge it came, when br_netfilter saw it
 * @param reroutes whether a chain that may ask for another way has changed its mark
 * @param nextHop whom its route names, for a device that asks nobody for hardware addresses (kernel rt_nexthop)
 * @param balanced whether IPVS has dealt with it (kernel skb->ipvs_property)
 * @param zone the zone that CT laid down for it
 * @param own whether this host sent it itself (kernel skb->sk)
 * @param kept the way that it was sent on by over lo, which it takes again when it comes back (kernel loopback_xmit keeps skb_dst)
 * @param gathered where conntrack has put it together: how long the longest piece was (kernel frag_max_size)
 */
record SkbMeta(int mark, Optional<Ct.Of> tracking, boolean untracked, Optional<Bridged> bridged,
    boolean reroutes, Optional<IpAddress> nextHop, boolean balanced,
    Optional<CtZone> zone, boolean own, Optional<Dst> kept, Optional<Integer> gathered) {
  static final SkbMeta NONE =
      new SkbMeta(0, Optional.empty(), false, Optional.empty(), false, Optional.empty(), false,
          Optional.empty(), false, Optional.empty(), Optional.empty());

  /**
   * Kernel struct nf_bridge_info.
   *
   * @param in the port it came in by
   * @param prerouted whether it has been shown to PREROUTING and is not to be shown again
   */
  record Bridged(NetDev in, boolean prerouted) {
  }

  SkbMeta withMark(int value) {
    return new SkbMeta(value, tracking, untracked, bridged, reroutes, nextHop, balanced, zone, own, kept, gathered);
  }

  /** Sent by this host. */
  SkbMeta asOwn() {
    return own ? this
        : new SkbMeta(mark, tracking, untracked, bridged, reroutes, nextHop, balanced, zone, true, kept, gathered);
  }

  SkbMeta withTracking(Ct.Of value) {
    return new SkbMeta(mark, Optional.of(value), untracked, bridged, reroutes, nextHop, balanced, zone, own, kept,
        gathered);
  }

  SkbMeta asUntracked() {
    return new SkbMeta(mark, Optional.empty(), true, bridged, reroutes, nextHop, balanced, zone, own, kept, gathered);
  }

  SkbMeta withBridged(Optional<Bridged> value) {
    return new SkbMeta(mark, tracking, untracked, value, reroutes, nextHop, balanced, zone, own, kept, gathered);
  }

  /** Put together by conntrack of pieces of which the longest had so many bytes; empty: in pieces again. */
  SkbMeta withGathered(Optional<Integer> longest) {
    return new SkbMeta(mark, tracking, untracked, bridged, reroutes, nextHop, balanced, zone, own, kept, longest);
  }

  /** On its way to a next hop. */
  SkbMeta towards(IpAddress hop) {
    return new SkbMeta(mark, tracking, untracked, bridged, reroutes, Optional.of(hop), balanced, zone, own, kept,
        gathered);
  }

  /** Another way is to be looked for (kernel nft_chain_route.c, ipt_mangle_out). */
  SkbMeta rerouting() {
    return new SkbMeta(mark, tracking, untracked, bridged, true, nextHop, balanced, zone, own, kept, gathered);
  }

  /** Dealt with by IPVS, on the way that it found. */
  SkbMeta asBalanced() {
    return new SkbMeta(mark, tracking, untracked, bridged, false, nextHop, true, zone, own, kept, gathered);
  }

  SkbMeta withZone(CtZone value) {
    return new SkbMeta(mark, tracking, untracked, bridged, reroutes, nextHop, balanced, Optional.of(value), own,
        kept, gathered);
  }

  /** Sent on over lo by this way. */
  SkbMeta keeping(Dst way) {
    return new SkbMeta(mark, tracking, untracked, bridged, reroutes, nextHop, balanced, zone, own, Optional.of(way),
        gathered);
  }

  /** Without its connection (kernel nf_reset_ct). */
  SkbMeta withoutTracking() {
    return tracking.isEmpty() && !untracked ? this
        : new SkbMeta(mark, Optional.empty(), false, bridged, reroutes, nextHop, balanced, Optional.empty(), own,
            kept, gathered);
  }

  /** As it is handed to another device (kernel skb_scrub_packet): a mark stays within a namespace. */
  SkbMeta scrubbed(boolean otherNetns) {
    return mark == 0 || otherNetns ? NONE
        : new SkbMeta(mark, Optional.empty(), false, Optional.empty(), false, Optional.empty(), false,
            Optional.empty(), false, Optional.empty(), Optional.empty());
  }
}
