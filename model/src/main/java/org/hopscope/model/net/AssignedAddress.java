package org.hopscope.model.net;

import java.util.Optional;
import org.hopscope.model.addr.InterfaceAddress;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpPrefix;

/**
 * An address on a device (kernel struct in_ifaddr).
 *
 * @param local the address itself, with the length of its subnet (of the peer's, when there is a peer)
 * @param peer the far end of a point-to-point address ({@code ip addr add A peer B})
 * @param scope how far it is valid
 * @param secondary whether an earlier address of the same subnet is the primary one (sem-L13)
 * @param label the label, the device's name unless given
 * @param broadcast the broadcast address shown behind {@code brd}, if any
 * @param traits what else was said about it when it was made
 */
public record AssignedAddress(InterfaceAddress local, Optional<IpAddress> peer, Scope scope, boolean secondary,
    String label, Optional<IpAddress> broadcast, Traits traits) {
  /**
   * What is said about an address when it is made.
   *
   * @param noprefixroute whether the kernel shall not make the connected route
   * @param metric the metric of the connected route
   * @param lifetime how long it counts
   */
  public record Traits(boolean noprefixroute, int metric, Lifetime lifetime) {
    /** Nothing said. */
    public static final Traits NONE = new Traits(false, 0, Lifetime.FOREVER);
  }

  /** The address, without a length. */
  public IpAddress address() {
    return local.address();
  }

  /** The far end as a kernel tells of it: one without an address is left out (devinet.c inet_fill_ifaddr). */
  public Optional<IpAddress> toldPeer() {
    return peer.filter(p -> !p.isUnspecified());
  }

  /** The network that is directly connected through it: around the peer if there is one, else around itself. */
  public IpPrefix connected() {
    return IpPrefix.around(peer.orElse(local.address()), local.length());
  }

  public AssignedAddress withSecondary(boolean value) {
    return new AssignedAddress(local, peer, scope, value, label, broadcast, traits);
  }

  public boolean noprefixroute() {
    return traits.noprefixroute();
  }

  public AssignedAddress withTraits(Traits value) {
    return new AssignedAddress(local, peer, scope, secondary, label, broadcast, value);
  }

  public AssignedAddress withLabel(String value) {
    return new AssignedAddress(local, peer, scope, secondary, value, broadcast, traits);
  }
}
