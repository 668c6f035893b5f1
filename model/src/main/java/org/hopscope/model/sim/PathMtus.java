package org.hopscope.model.sim;

import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.RouteException;
import org.hopscope.model.net.RouteKey;
import org.hopscope.model.net.VirtualTime;
import org.hopscope.model.trace.Effect;

/** What a host notes of ways that are narrower than its links (kernel __ip_rt_update_pmtu, __ip6_rt_update_pmtu). */
final class PathMtus {
  /** How long it counts (kernel ip_rt_mtu_expires, net.ipv6.route.mtu_expires). */
  private static final long EXPIRES = 600 * VirtualTime.SECOND;
  private final Run run;

  PathMtus(Run run) {
    this.run = run;
  }

  /** What is known of the way to a destination, and not run out. */
  Optional<RouteException> known(NetnsId netns, IpAddress to) {
    return run.tables.exception(netns, to).filter(e -> e.isValidAt(run.queue.now()));
  }

  /** A way turned out to be so wide: only ever downwards, and for IPv6 never below what every link carries. */
  Optional<Effect> narrowed(NetnsId netns, IpAddress to, int mtu) {
    boolean locked = to.family() == IpFamily.INET && run.fib.lookup(netns, RouteKey.to(to)).route()
        .filter(r -> r.origin().metrics().mtuLocked()).isPresent();
    Optional<RouteException> known = known(netns, to);
    int before = known.map(RouteException::mtu).filter(m -> m > 0).orElse(Integer.MAX_VALUE);
    int width = to.family() == IpFamily.INET6 ? Math.max(mtu, Route6Output.LEAST_MTU) : mtu;
    return locked || width >= before ? Optional.empty()
        : Optional.of(new Effect.RouteExceptionSet(netns,
            new RouteException(to, known.flatMap(RouteException::gateway), width, run.queue.now().plus(EXPIRES))));
  }
}
