package org.hopscope.model.netfilter;

import java.util.Optional;

/**
 * What {@code conntrack -U} makes of tracked connections (kernel nf_conntrack_netlink.c ctnetlink_change_conntrack).
 *
 * @param mark the number that they wear from now on
 * @param seconds how long they stay if nothing more comes
 * @param seenReply whether they count as answered
 * @param assured whether they are not thrown out early
 * @param state their TCP state
 */
public record ConnectionUpdate(Optional<Marking> mark, Optional<Long> seconds, boolean seenReply, boolean assured,
    Optional<TcpState> state) {
  public static final ConnectionUpdate NOTHING =
      new ConnectionUpdate(Optional.empty(), Optional.empty(), false, false, Optional.empty());
  private static final long SECOND = 1_000_000_000L;

  /** The bits of the mask are set to zero, then the value is laid over (exclusive or). */
  public record Marking(int value, int mask) {
  }

  public ConnectionUpdate withMark(Marking value) {
    return new ConnectionUpdate(Optional.of(value), seconds, seenReply, assured, state);
  }

  public ConnectionUpdate withSeconds(long value) {
    return new ConnectionUpdate(mark, Optional.of(value), seenReply, assured, state);
  }

  public ConnectionUpdate withSeenReply() {
    return new ConnectionUpdate(mark, seconds, true, assured, state);
  }

  public ConnectionUpdate withAssured() {
    return new ConnectionUpdate(mark, seconds, seenReply, true, state);
  }

  public ConnectionUpdate withState(TcpState value) {
    return new ConnectionUpdate(mark, seconds, seenReply, assured, Optional.of(value));
  }

  /** A connection after it, at an instant of the lab's clock in nanoseconds. */
  public Connection of(Connection connection, long now) {
    Connection.Flags flags = connection.flags();
    flags = seenReply ? flags.withSeenReply() : flags;
    flags = assured ? flags.withAssured() : flags;
    return connection.withFlags(flags)
        .withTcp(state.orElse(connection.tcp()))
        .withMark(mark.map(m -> connection.mark() & ~m.mask() ^ m.value()).orElse(connection.mark()))
        .expiringAt(seconds.map(s -> now + s * SECOND).orElse(connection.times().expires()));
  }
}
