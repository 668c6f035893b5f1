package org.hopscope.model.net;

import java.util.Optional;
import org.hopscope.model.addr.IpAddress;

/**
 * What a host was told by ICMP about the way to one destination (kernel struct fib_nh_exception). It stands beside the
 * routing tables, changes none of their rows, and is what {@code ip route get} shows behind {@code cache}.
 *
 * @param destination the one address it is about
 * @param gateway a better gateway, told by a redirect (sem-R10)
 * @param mtu the path's MTU, told by "fragmentation needed" (sem-R5); 0 when unknown
 * @param expires when it counts no more
 */
public record RouteException(IpAddress destination, Optional<IpAddress> gateway, int mtu, VirtualTime expires) {
  public boolean isValidAt(VirtualTime now) {
    return now.compareTo(expires) < 0;
  }
}
