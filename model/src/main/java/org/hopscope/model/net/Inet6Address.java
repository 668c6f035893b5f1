package org.hopscope.model.net;

import java.util.Optional;
import org.hopscope.model.addr.InterfaceAddress;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.addr.Ipv6Address;

/**
 * An IPv6 address on a device (kernel struct inet6_ifaddr).
 *
 * @param local the address itself, with the length of its subnet (of the peer's, when there is a peer)
 * @param peer the far end of a point-to-point address
 * @param traits what was said about it when it was made
 * @param detection what is known about others who might have it
 */
public record Inet6Address(InterfaceAddress local, Optional<IpAddress> peer, Traits traits, Detection detection) {
  /**
   * What is said about an address when it is made.
   *
   * @param nodad whether nobody is asked for duplicates
   * @param noprefixroute whether the kernel shall not make the connected route
   * @param lifetime how long it counts
   * @param metric the metric of the routes that the kernel makes for it, 0 for the usual 256
   * @param kept whether it outlived its device being switched off, and has no routes since (keep_addr_on_down)
   */
  public record Traits(boolean nodad, boolean noprefixroute, Lifetime lifetime, int metric, boolean kept) {
    /** Nothing said. */
    public static final Traits NONE = new Traits(false, false, Lifetime.FOREVER, 0, false);

    public Traits asKept(boolean value) {
      return new Traits(nodad, noprefixroute, lifetime, metric, value);
    }
  }

  /** How far duplicate address detection has come (RFC 4862 5.4, sem-X1). */
  public sealed interface Detection {
    /** It is over, or was never begun: the address is usable. */
    record Done() implements Detection {
    }

    /** The device cannot send yet: the address is tentative until it can. */
    record Waiting() implements Detection {
    }

    /**
     * Others are asked.
     *
     * @param until when it is over
     * @param duplicate whether somebody has the address: it becomes unusable then
     */
    record Asking(VirtualTime until, boolean duplicate) implements Detection {
    }
  }

  /** The address, without a length. */
  public Ipv6Address address() {
    return (Ipv6Address) local.address();
  }

  /** The network it stands in: its first address is the subnet-router anycast address. */
  public Ipv6Address network() {
    return address().network(local.length());
  }

  /** The network that is directly connected through it: around the peer if there is one, else around itself. */
  public IpPrefix connected() {
    return IpPrefix.around(peer.orElse(local.address()), local.length());
  }

  /** Whether nothing new shall begin with it any more. */
  public boolean isDeprecatedAt(VirtualTime now) {
    return traits.lifetime().isDeprecatedAt(now);
  }

  /** How far it is valid (kernel rt_scope). */
  public Scope scope() {
    Ipv6Address address = address();
    if (address.isLinkLocal()) {
      return Scope.LINK;
    }
    if (address.isLoopback()) {
      return Scope.HOST;
    }
    return address.isSiteLocal() ? Scope.SITE : Scope.GLOBAL;
  }

  /** Whether it cannot be used yet, or not at all since somebody else has it. */
  public boolean isTentativeAt(VirtualTime now) {
    return switch (detection) {
      case Detection.Done() -> false;
      case Detection.Waiting() -> true;
      case Detection.Asking(VirtualTime until, boolean duplicate) -> duplicate || now.compareTo(until) < 0;
    };
  }

  /**
   * Whether the kernel takes packets for it: not while it cannot ask for duplicates yet, nor ever once somebody else has it
   * (kernel ipv6_ifa_notify). While it asks counts as taken, which is over within a second or two.
   */
  public boolean isTaken() {
    return switch (detection) {
      case Detection.Done() -> true;
      case Detection.Waiting() -> false;
      case Detection.Asking(VirtualTime _, boolean duplicate) -> !duplicate;
    };
  }

  /** Whether somebody else was found to have it. */
  public boolean isDuplicateAt(VirtualTime now) {
    return detection instanceof Detection.Asking(VirtualTime until, boolean duplicate) && duplicate
        && now.compareTo(until) >= 0;
  }

  public Inet6Address withTraits(Traits value) {
    return new Inet6Address(local, peer, value, detection);
  }

  public Inet6Address withDetection(Detection value) {
    return new Inet6Address(local, peer, traits, value);
  }
}
