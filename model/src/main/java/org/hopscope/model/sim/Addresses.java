package org.hopscope.model.sim;

import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.addr.Ipv6Address;

/** Small questions about addresses. */
final class Addresses {
  private Addresses() {
  }

  /** For the parts of the kernel that serve IPv4 alone. */
  static Ipv4Address v4(IpAddress address) {
    return switch (address) {
      case Ipv4Address v4 -> v4;
      case Ipv6Address v6 -> throw new IllegalArgumentException("not an IPv4 address: " + v6);
    };
  }

  /** For the parts of the kernel that serve IPv6 alone. */
  static Ipv6Address v6(IpAddress address) {
    return switch (address) {
      case Ipv6Address v6 -> v6;
      case Ipv4Address v4 -> throw new IllegalArgumentException("not an IPv6 address: " + v4);
    };
  }
}
