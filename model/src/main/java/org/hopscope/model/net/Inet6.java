package org.hopscope.model.net;

import org.pcollections.PVector;
import org.pcollections.TreePVector;

/**
 * What a device has of IPv6 (kernel struct inet6_dev).
 *
 * @param state how far IPv6 has come on the device
 * @param addresses its addresses in the kernel's order: those of wider scope first
 * @param again whether it will say once more which groups it listens to, as it has said so a moment ago (RFC 3810 9.1)
 */
public record Inet6(State state, PVector<Inet6Address> addresses, boolean again) {
  /** No IPv6 at all: the MTU is below 1280. */
  public static final Inet6 NONE = new Inet6(State.NONE, TreePVector.empty(), false);
  /** As a device begins. */
  public static final Inet6 IDLE = new Inet6(State.IDLE, TreePVector.empty(), false);

  /** How far IPv6 has come on a device. */
  public enum State {
    /** There is none: the MTU is below 1280, the least that IPv6 works with (RFC 8200 5). */
    NONE,
    /** The device was not up with carrier since it was last switched on. */
    IDLE,
    /** Neither, but somebody gave it an address while it was up: there is a row for its groups (addrconf_add_dev). */
    JOINED,
    /** It was up with carrier, and has got its link-local address then (kernel IF_READY); losing carrier changes nothing. */
    READY
  }

  /** Whether it takes IPv6 packets. */
  public boolean isRunning() {
    return state != State.NONE;
  }

  public boolean isReady() {
    return state == State.READY;
  }

  /** Whether groups are reached by it (kernel addrconf_add_mroute). */
  public boolean hasGroups() {
    return state == State.JOINED || state == State.READY;
  }

  public Inet6 withState(State value) {
    return new Inet6(value, addresses, again);
  }

  public Inet6 withAddresses(PVector<Inet6Address> value) {
    return new Inet6(state, value, again);
  }

  public Inet6 withAgain(boolean value) {
    return new Inet6(state, addresses, value);
  }
}
