package org.hopscope.model.net;

import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;

/**
 * What a host was told by ICMP about the way to one destination (kernel struct fib_nh_exception, rt6_exception). It hangs
 * on the route that was in use then, goes with it, changes no row, and is what {@code ip route get} shows behind
 * {@code cache}.
 *
 * @param destination the one address it is about
 * @param gateway a better gateway, told by a redirect (sem-R10)
 * @param mtu how wide the path is, told by "fragmentation needed" (sem-R5)
 * @param expires when it counts no more
 * @param route the row it hangs on; empty for any, as in labs that were saved without it
 */
public record RouteException(IpAddress destination, Optional<IpAddress> gateway, PathMtu mtu, VirtualTime expires,
    Optional<Route> route) {
  /**
   * How wide a path is.
   *
   * @param bytes the longest packet that gets through, 0 when unknown
   * @param locked whether a router told less than the kernel believes in, so that packets are sent without DF instead
   *     (kernel ip_rt_min_pmtu, fnhe_mtu_locked)
   */
  public record PathMtu(int bytes, boolean locked) {
    public static final PathMtu UNKNOWN = new PathMtu(0, false);

    /** After the MTU of the device below went from one value to another (kernel nh_update_mtu). */
    PathMtu after(int before, int now) {
      boolean follows = locked ? now <= bytes : now < bytes || before == bytes;
      return follows && bytes > 0 ? new PathMtu(now, false) : this;
    }
  }

  public boolean isValidAt(VirtualTime now) {
    return now.compareTo(expires) < 0;
  }

  /** Whether it is about packets that take this row: rows of IPv4 that say the same share what was told (fib_find_info). */
  public boolean hangsOn(Route row) {
    return route.filter(r -> !isSame(r, row)).isEmpty();
  }

  private static boolean isSame(Route one, Route other) {
    return one.type() == other.type() && one.metric() == other.metric() && one.prefSrc().equals(other.prefSrc())
        && one.origin().equals(other.origin()) && overlap(living(one).hops(), living(other).hops())
        && (one.destination().address().family() == IpFamily.INET || one.destination().equals(other.destination()));
  }

  /** A row of several next hops is the same as by way of one of them alone. */
  private static boolean overlap(List<Route.NextHop> one, List<Route.NextHop> other) {
    return one.containsAll(other) || other.containsAll(one);
  }

  private static Route living(Route row) {
    return row.mapHops(h -> h.withDead(false));
  }

  /** After the MTU of a device that the way leaves by was changed. */
  public RouteException afterMtu(DeviceId device, int before, int now) {
    return route.filter(r -> r.leavesBy(device)).isPresent()
        ? new RouteException(destination, gateway, mtu.after(before, now), expires, route)
        : this;
  }
}
