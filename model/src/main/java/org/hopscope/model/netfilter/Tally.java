package org.hopscope.model.netfilter;

/**
 * What a rule or a policy has counted.
 *
 * @param packets how many came by
 * @param bytes their bytes, from the IP header on
 */
public record Tally(long packets, long bytes) {
  public static final Tally ZERO = new Tally(0, 0);

  /** Both together. */
  public Tally plus(Tally other) {
    return new Tally(packets + other.packets, bytes + other.bytes);
  }

  /** With one more packet. */
  public Tally plus(long moreBytes) {
    return new Tally(packets + 1, bytes + moreBytes);
  }
}
