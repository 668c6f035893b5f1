package org.hopscope.model.netfilter;

import java.util.Optional;

/** What a packet costs a key of {@code hashlimit} (kernel net/netfilter/xt_hashlimit.c). */
final class Purses {
  private static final long NANOS = 1_000_000_000L;
  /** XT_HASHLIMIT_BYTE_SHIFT: how many bytes are paid for together, as a power of two. */
  private static final int CHUNK = 4;

  private Purses() {
  }

  /**
   * What became of a packet.
   *
   * @param within whether it was not too many
   */
  record Paid(boolean within, MatchState.Purse left) {
  }

  static Paid pay(Condition.Pace pace, Optional<MatchState.Purse> before, long now, int length) {
    return switch (pace) {
      case Condition.Pace.Packets packets -> packet(packets, before, now);
      case Condition.Pace.Bytes bytes -> bytes(bytes, before, now, length);
      case Condition.Pace.Windows windows -> window(windows, before, now, length);
    };
  }

  private static Paid packet(Condition.Pace.Packets pace, Optional<MatchState.Purse> before, long now) {
    long saved = before.map(p -> Math.min(pace.most(), p.tokens() + now - p.at())).orElse(pace.most());
    boolean within = saved >= pace.cost();
    return new Paid(within, new MatchState.Purse(within ? saved - pace.cost() : saved, now, 0, now));
  }

  /** Kernel rateinfo_recalc and hashlimit_byte_cost. */
  private static Paid bytes(Condition.Pace.Bytes pace, Optional<MatchState.Purse> before, long now, int length) {
    long full = Condition.Pace.Bytes.SECOND;
    long saved = before.map(p -> now - p.at() >= NANOS ? full
        : Math.min(full, p.tokens() + (now - p.at()) * (full / 1000) / (NANOS / 1000))).orElse(full);
    long spare = before.map(MatchState.Purse::spare).orElse(pace.refills());
    long cost = Math.min(full, ((length >> CHUNK) + 1) * pace.cost());
    if (saved < cost && spare > 0) {
      spare--;
      saved = full;
    }
    boolean within = saved >= cost;
    return new Paid(within, new MatchState.Purse(within ? saved - cost : saved, now, spare, now));
  }

  private static Paid window(Condition.Pace.Windows pace, Optional<MatchState.Purse> before, long now, int length) {
    MatchState.Purse purse = before.orElseGet(() -> new MatchState.Purse(0, now, 0, now));
    long passed = now - purse.at();
    if (passed >= pace.interval()) {
      boolean over = (double) purse.tokens() * pace.interval() > (double) passed * pace.rate();
      purse = new MatchState.Purse(0, now, over ? 1 : 0, now);
    }
    long came = purse.tokens() + (pace.bytes() ? length : 1);
    return new Paid(purse.spare() == 0 && came <= pace.burst(),
        new MatchState.Purse(came, purse.at(), purse.spare(), now));
  }
}
