package org.hopscope.model.sim;

import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.addr.MacAddress;

/** Small questions about addresses. */
final class Addresses {
  private static final long MULTICAST_PREFIX = 0x0100_5e00_0000L;

  private Addresses() {
  }

  /** The only family that headers carry so far. */
  static Ipv4Address v4(IpAddress address) {
    return switch (address) {
      case Ipv4Address v4 -> v4;
    };
  }

  /** 0.0.0.0/8: "this network" (RFC 1122 3.2.1.3). */
  static boolean isZeronet(Ipv4Address address) {
    return address.bits() >>> 24 == 0;
  }

  /** The hardware address of an IPv4 group: its low 23 bits behind 01:00:5e (RFC 1112 6.4). */
  static MacAddress ofGroup(Ipv4Address group) {
    return new MacAddress(MULTICAST_PREFIX | (group.bits() & 0x7f_ffff));
  }
}
