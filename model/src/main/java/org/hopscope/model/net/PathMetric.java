package org.hopscope.model.net;

import java.util.Locale;

/**
 * What a route can say about TCP's timing and windows on its path, in the kernel's order (RTAX_*, ip-route(8)). The model
 * keeps and shows it: its own TCP has neither windows nor timers that it would set.
 */
public enum PathMetric {
  WINDOW(3), RTT(4), RTTVAR(5), SSTHRESH(6), CWND(7), REORDERING(9), INITCWND(11), FEATURES(12), RTO_MIN(13), INITRWND(
      14),
  QUICKACK(15), CONGCTL(16);

  private final int number;

  PathMetric(int number) {
    this.number = number;
  }

  /** The kernel's number: in this order they are shown. */
  public int number() {
    return number;
  }

  /** The word of ip-route(8). */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
