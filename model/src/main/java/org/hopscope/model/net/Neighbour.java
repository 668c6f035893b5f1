package org.hopscope.model.net;

import java.util.Comparator;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.MacAddress;

/**
 * A row of a neighbour table (kernel struct neighbour).
 *
 * @param key whom it is about
 * @param mac the hardware address, unknown while resolution is under way or after it failed
 * @param state the state it was last put into; what it is <em>now</em> follows from the clock: see
 *     {@link NeighbourTable}
 * @param confirmed when the neighbour was last known to answer
 * @param updated when the row last changed
 */
public record Neighbour(Key key, Optional<MacAddress> mac, State state, VirtualTime confirmed, VirtualTime updated) {
  /**
   * Whom a row is about.
   *
   * @param device the device the neighbour is reached by
   * @param address the neighbour's address
   */
  public record Key(DeviceId device, IpAddress address) implements Comparable<Key> {
    private static final Comparator<Key> ORDER = Comparator.comparing(Key::device).thenComparing(Key::address);

    @Override
    public int compareTo(Key other) {
      return ORDER.compare(this, other);
    }
  }

  /** Neighbour unreachability detection states (kernel include/uapi/linux/neighbour.h NUD_*, sem-A6). */
  public enum State {
    /** Asked, no answer yet: packets wait. */
    INCOMPLETE,
    /** Known to answer recently. */
    REACHABLE,
    /** Known, but not confirmed lately: used as it is, and then checked. */
    STALE,
    /** Used while stale; about to be checked. */
    DELAY,
    /** Being checked with unicast requests. */
    PROBE,
    /** Nobody answered. */
    FAILED,
    /** Never resolved on this device (lo, NOARP). */
    NOARP,
    /** Set by hand: never expires and no reply changes it. */
    PERMANENT;

    /** Whether a packet can be sent with the row's address (kernel NUD_CONNECTED | NUD_STALE | DELAY | PROBE). */
    public boolean isValid() {
      return switch (this) {
        case REACHABLE, STALE, DELAY, PROBE, NOARP, PERMANENT -> true;
        case INCOMPLETE, FAILED -> false;
      };
    }
  }
}
