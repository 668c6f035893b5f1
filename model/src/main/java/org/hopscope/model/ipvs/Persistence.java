package org.hopscope.model.ipvs;

import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.addr.Ipv6Address;

/**
 * Clients come back to the server they had ({@code ipvsadm -p}).
 *
 * @param seconds how long that is remembered after the last new connection
 * @param mask which clients count as one: for IPv4 a mask, for IPv6 the length of a prefix
 */
public record Persistence(int seconds, int mask) {
  /** The masks that tell each client apart: all of IPv4's bits, all of IPv6's 128. */
  public static final int EACH4 = -1;
  public static final int EACH6 = 128;

  /** Whom a client counts as (kernel ip_vs_sched_persist). */
  public IpAddress network(IpAddress client) {
    return switch (client) {
      case Ipv4Address(int bits) -> new Ipv4Address(bits & mask);
      case Ipv6Address six -> six.network(mask);
    };
  }
}
