package org.hopscope.model.net;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.MacAddress;

/**
 * A row of a neighbour table (kernel struct neighbour).
 *
 * @param key whom it is about
 * @param mac the hardware address, unknown while resolution is under way or after it failed
 * @param state the state it was last put into; what it is <em>now</em> follows from the clock: see {@link #stateAt}
 * @param confirmed when the neighbour was last known to answer
 * @param updated when the row last changed; {@link VirtualTime#NEVER} where no timer ends the state: see
 *     {@link #isUnasked}
 * @param flags what else is known of the neighbour, in the order they are printed in
 */
public record Neighbour(Key key, Optional<MacAddress> mac, State state, VirtualTime confirmed, VirtualTime updated,
    Set<Flag> flags) {
  public Neighbour {
    flags = flags.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(flags));
  }

  /** A row of which no more is known. */
  public Neighbour(Key key, Optional<MacAddress> mac, State state, VirtualTime confirmed, VirtualTime updated) {
    this(key, mac, state, confirmed, updated, Set.of());
  }

  /** What a row says besides (kernel include/uapi/linux/neighbour.h NTF_*). */
  public enum Flag {
    /** It forwards packets: told by itself over IPv6, or set by hand. */
    ROUTER,
    /** Another program looks after the row: it passes every filter of states. */
    EXTERN_LEARN;

    /** Its word for {@code ip neigh}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Whom a row is about.
   *
   * @param device the device the neighbour is reached by
   * @param address the neighbour's address
   */
  public record Key(DeviceId device, IpAddress address) implements Comparable<Key> {
    /** As of any record, written out: it is asked for with every packet. */
    @Override
    public boolean equals(Object other) {
      return other instanceof Key that && device.equals(that.device) && address.equals(that.address);
    }

    @Override
    public int hashCode() {
      return device.hashCode() * 31 + address.hashCode();
    }

    @Override
    public int compareTo(Key other) {
      int byDevice = device.compareTo(other.device);
      return byDevice != 0 ? byDevice : address.compareTo(other.address);
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

  /**
   * Whether it was put into INCOMPLETE by hand: nobody was asked and nobody will be, so that packets wait until the
   * neighbour is heard of in another way (kernel __neigh_update stops the timer, __neigh_event_send starts none).
   */
  public boolean isUnasked() {
    return state == State.INCOMPLETE && updated.equals(VirtualTime.NEVER);
  }

  public Neighbour withState(State value) {
    return value == state ? this : new Neighbour(key, mac, value, confirmed, updated, flags);
  }

  public Neighbour withFlags(Set<Flag> value) {
    return new Neighbour(key, mac, state, confirmed, updated, value);
  }

  /**
   * How long a device's neighbours stay in a state, in nanoseconds ({@code net.ipv4.neigh.DEVICE.*}).
   *
   * @param reachable how long a confirmation counts; the kernel takes a random time around this one, the model this one
   * @param delay how long after the use of a stale row it is checked
   * @param retransmit the time between two requests
   * @param broadcasts how many requests are broadcast before giving up
   * @param unicasts how many requests go to the known address before giving up
   */
  public record Timing(long reachable, long delay, long retransmit, int broadcasts, int unicasts) {
  }

  /**
   * The state it is in at an instant (kernel neigh_timer_handler). Timers that send packets run in simulations only: a
   * row that would have been checked since, and was not, counts as stale.
   */
  public State stateAt(VirtualTime now, Timing timing) {
    return switch (state) {
      case REACHABLE -> now.since(confirmed) <= timing.reachable() ? State.REACHABLE : State.STALE;
      case DELAY -> now.since(updated) < timing.delay() ? State.DELAY
          : confirmed.compareTo(updated) >= 0 && now.since(confirmed) <= timing.reachable() ? State.REACHABLE
          : State.STALE;
      case PROBE -> now.since(updated) < timing.retransmit() * timing.unicasts() ? State.PROBE : State.FAILED;
      case INCOMPLETE -> now.since(updated) < timing.retransmit() * timing.broadcasts()
          ? State.INCOMPLETE
          : State.FAILED;
      case STALE, FAILED, NOARP, PERMANENT -> state;
    };
  }
}
