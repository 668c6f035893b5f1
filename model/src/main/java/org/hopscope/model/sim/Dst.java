package org.hopscope.model.sim;

import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.net.Route;

/**
 * Where a packet goes on (kernel struct rtable, rt6_info).
 *
 * @param kind for whom it is
 * @param device the device it leaves by; lo for the own host
 * @param nextHop whom to resolve on that device: the gateway, or the destination itself
 * @param mtu the longest packet that may go this way, in bytes
 * @param route the row that said so; empty where no table was needed
 */
record Dst(Kind kind, NetDev device, IpAddress nextHop, int mtu, Optional<Route> route) {
  /** Kernel rtnetlink.h RTN_*, as far as packets are sent on. */
  enum Kind {
    LOCAL, UNICAST, BROADCAST, MULTICAST
  }

  /** Whether an IPv6 row leads to lo for what is not this host's: it would loop there, so nothing goes that way (kernel fib6_is_reject). */
  boolean discards() {
    return kind != Kind.LOCAL && device.isLoopback() && nextHop.family() == IpFamily.INET6;
  }
}
