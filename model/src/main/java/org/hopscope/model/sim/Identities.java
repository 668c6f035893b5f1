package org.hopscope.model.sim;

import org.hopscope.model.net.NetnsId;

/**
 * The numbers that a kernel would draw at random: IP identifications, client ports, ping identifiers. Here they follow
 * from the lab's seed and from how many packets the namespace has made.
 */
final class Identities {
  private static final int MASK = 0xffff;

  private final long seed;
  private final Run run;

  Identities(long seed, Run run) {
    this.seed = seed;
    this.run = run;
  }

  /** An IP identification, 1 to 65535. */
  int identification(NetnsId netns) {
    return Math.max(1, (mix(netns, 1) + run.tables.packetIds(netns)) & MASK);
  }

  /** A client port out of ip_local_port_range. */
  int clientPort(NetnsId netns, int low, int high) {
    return low + Math.floorMod(mix(netns, 2) + run.tables.packetIds(netns), high - low + 1);
  }

  /** What tells one ping program from another, 1 to 65535. */
  int pingIdentifier(NetnsId netns) {
    return Math.max(1, (mix(netns, 3) + run.tables.packetIds(netns)) & MASK);
  }

  /** An initial TCP sequence number, 0 to 2^32 - 1. */
  long initialSequence(NetnsId netns) {
    return Integer.toUnsignedLong(mix(netns, 4) + run.tables.packetIds(netns) * 64_007);
  }

  /** A number by which WireGuard finds a key. */
  int index(NetnsId netns) {
    return mix(netns, 6) + run.tables.packetIds(netns) * 64_007;
  }

  /** A number that differs from packet to packet without an order: which of several is drawn. */
  int draw(NetnsId netns) {
    long z = (Integer.toUnsignedLong(mix(netns, 9)) << 32) + run.tables.packetIds(netns) * 0x9e37_79b9_7f4a_7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58_476d_1ce4_e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d0_49bb_1331_11ebL;
    return (int) (z ^ (z >>> 31)) & Integer.MAX_VALUE;
  }

  /** A number for a flow, the same for the same flow: which of several ways it takes. */
  int flow(NetnsId netns, int flow) {
    return mix(netns, 7 + flow);
  }

  /** SplitMix64's finalizer over seed, namespace and purpose. */
  private int mix(NetnsId netns, int purpose) {
    long z = seed + purpose * 0x9e37_79b9_7f4a_7c15L + netns.host().hashCode() * 31L + netns.name().hashCode();
    z = (z ^ (z >>> 30)) * 0xbf58_476d_1ce4_e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d0_49bb_1331_11ebL;
    return (int) (z ^ (z >>> 31));
  }
}
