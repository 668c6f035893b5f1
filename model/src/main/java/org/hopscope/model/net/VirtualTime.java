package org.hopscope.model.net;

/**
 * An instant on the lab's own clock, which moves only when told.
 *
 * @param nanos nanoseconds since the lab began, from 0
 */
public record VirtualTime(long nanos) implements Comparable<VirtualTime> {
  /** When every lab begins. */
  public static final VirtualTime START = new VirtualTime(0);
  /** An instant that no lab comes to. */
  public static final VirtualTime NEVER = new VirtualTime(Long.MAX_VALUE);
  /** Nanoseconds in a millisecond. */
  public static final long MILLI = 1_000_000;
  /** Nanoseconds in a second. */
  public static final long SECOND = 1_000_000_000;

  public VirtualTime plus(long moreNanos) {
    return new VirtualTime(nanos + moreNanos);
  }

  /** How many nanoseconds have passed since {@code earlier}. */
  public long since(VirtualTime earlier) {
    return nanos - earlier.nanos;
  }

  @Override
  public int compareTo(VirtualTime other) {
    return Long.compare(nanos, other.nanos);
  }
}
