package org.hopscope.model.ipvs;

/**
 * What the kernel estimates from counters every two seconds (net/netfilter/ipvs/ip_vs_est.c ip_vs_chain_estimation): a
 * quarter of what happened in the last two seconds and three quarters of the estimate before. The kernel's two seconds begin
 * when a counter is made, those of the model with the lab's clock.
 *
 * @param tick how many times two seconds had passed when it was last estimated
 * @param last the counters at that time
 * @param connections new connections in a second, times 1024
 * @param inPackets packets from clients in a second, times 1024
 * @param outPackets packets back in a second, times 1024
 * @param inBytes bytes of the former in a second, times 32
 * @param outBytes bytes of the latter in a second, times 32
 */
public record IpvsRates(long tick, IpvsStats last, long connections, long inPackets, long outPackets, long inBytes,
    long outBytes) {
  public static final IpvsRates NONE = new IpvsRates(0, IpvsStats.ZERO, 0, 0, 0, 0, 0);
  private static final long TICK = 2_000_000_000L;

  /** The estimate at an instant of the lab's clock in nanoseconds, up to which the counters were these. */
  IpvsRates upTo(long now, IpvsStats stats) {
    IpvsRates rates = this;
    long ticks = now / TICK;
    for (long each = tick; each < ticks && !(rates.isIdle() && rates.last.equals(stats)); each++) {
      rates = rates.estimated(stats);
    }
    return rates.at(Math.max(tick, ticks));
  }

  private boolean isIdle() {
    return (connections | inPackets | outPackets | inBytes | outBytes) == 0;
  }

  private IpvsRates at(long value) {
    return new IpvsRates(value, last, connections, inPackets, outPackets, inBytes, outBytes);
  }

  private IpvsRates estimated(IpvsStats now) {
    return new IpvsRates(tick, now, moved(connections, now.connections() - last.connections() << 9),
        moved(inPackets, now.inPackets() - last.inPackets() << 9),
        moved(outPackets, now.outPackets() - last.outPackets() << 9),
        moved(inBytes, now.inBytes() - last.inBytes() << 4), moved(outBytes, now.outBytes() - last.outBytes() << 4));
  }

  private static long moved(long estimate, long rate) {
    return estimate + (rate - estimate >> 2);
  }

  /** As they are read: in a second, rounded (ip_vs_read_estimator). */
  IpvsStats read() {
    return new IpvsStats(connections + 0x1ff >> 10, inPackets + 0x1ff >> 10, outPackets + 0x1ff >> 10,
        inBytes + 0xf >> 5, outBytes + 0xf >> 5);
  }
}
