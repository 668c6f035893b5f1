package org.hopscope.model.sim;

import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.addr.Ipv6Address;
import org.hopscope.model.addr.MacAddress;

/** Small questions about addresses. */
final class Addresses {
  private static final long MULTICAST_PREFIX = 0x0100_5e00_0000L;
  private static final long MULTICAST6_PREFIX = 0x3333_0000_0000L;

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

  /** 0.0.0.0/8: "this network" (RFC 1122 3.2.1.3). */
  static boolean isZeronet(Ipv4Address address) {
    return address.bits() >>> 24 == 0;
  }

  /**
   * The hardware address of a group: of IPv4 its low 23 bits behind 01:00:5e (RFC 1112 6.4), of IPv6 its low 32 behind
   * 33:33 (RFC 2464 7).
   */
  static MacAddress ofGroup(IpAddress group) {
    return switch (group) {
      case Ipv4Address(int bits) -> new MacAddress(MULTICAST_PREFIX | bits & 0x7f_ffff);
      case Ipv6Address(long _, long low) -> new MacAddress(MULTICAST6_PREFIX | low & 0xffff_ffffL);
    };
  }
}
