package org.hopscope.model.ipvs;

/**
 * A counter with what is estimated from it.
 *
 * @param stats what was counted
 * @param rates the estimate before the last that was counted
 */
public record IpvsMeter(IpvsStats stats, IpvsRates rates) {
  public static final IpvsMeter ZERO = new IpvsMeter(IpvsStats.ZERO, IpvsRates.NONE);

  /** With more counted at an instant of the lab's clock in nanoseconds. */
  IpvsMeter plus(IpvsStats more, long now) {
    return new IpvsMeter(stats.plus(more), rates.upTo(now, stats));
  }

  /** What happens in a second, as estimated at an instant. */
  public IpvsStats perSecond(long now) {
    return rates.upTo(now, stats).read();
  }
}
