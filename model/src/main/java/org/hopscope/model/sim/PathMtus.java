package org.hopscope.model.sim;

import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.Route;
import org.hopscope.model.net.RouteException;
import org.hopscope.model.net.RouteException.PathMtu;
import org.hopscope.model.net.VirtualTime;
import org.hopscope.model.packet.Packet;
import org.hopscope.model.trace.Effect;

/** What a host notes of ways that are narrower than its links (kernel __ip_rt_update_pmtu, __ip6_rt_update_pmtu). */
final class PathMtus {
  /** How long it counts (kernel ip_rt_mtu_expires, net.ipv6.route.mtu_expires). */
  private static final long EXPIRES = 600 * VirtualTime.SECOND;
  /** What is told below this is not believed (kernel DEFAULT_MIN_PMTU, net.ipv4.route.min_pmtu). */
  private static final int LEAST_BELIEVED = 552;
  private final Run run;

  PathMtus(Run run) {
    this.run = run;
  }

  /** What is known of the way to a destination along a row, and not run out. */
  Optional<RouteException> known(NetnsId netns, IpAddress to, Route row) {
    return run.tables.exception(netns, to).filter(e -> e.isValidAt(run.queue.now()) && e.hangsOn(row));
  }

  /** Whether packets to a destination are sent without DF because a router told too little (kernel ip_mtu_locked). */
  boolean isLocked(NetnsId netns, IpAddress to, Dst dst) {
    return run.tables.hasExceptions(netns)
        && dst.route().flatMap(row -> known(netns, to, row)).filter(e -> e.mtu().locked()).isPresent();
  }

  /** A way turned out to be so wide: only ever downwards, and for IPv6 never below what every link carries. */
  Optional<Effect> narrowed(NetnsId netns, IpAddress to, int mtu) {
    return run.way(new RouteOutput.Flow(netns, to, Optional.empty(), Optional.empty(), 0,
        Packet.of(0))) instanceof RouteOutput.Answer.Found found
            ? found.dst().route().flatMap(row -> narrowed(netns, to, found.dst(), row, mtu))
            : Optional.empty();
  }

  private Optional<Effect> narrowed(NetnsId netns, IpAddress to, Dst dst, Route row, int mtu) {
    Optional<RouteException> known = known(netns, to, row);
    PathMtu before = known.map(RouteException::mtu).orElse(PathMtu.UNKNOWN);
    boolean locked = to.family() == IpFamily.INET && (row.origin().metrics().mtuLocked() || before.locked());
    PathMtu told = believed(to.family(), dst.mtu(), mtu);
    return locked || dst.mtu() < mtu || told.equals(before) ? Optional.empty()
        : Optional.of(new Effect.RouteExceptionSet(netns, new RouteException(to,
            known.flatMap(RouteException::gateway), told, run.queue.now().plus(EXPIRES), Optional.of(row))));
  }

  private static PathMtu believed(IpFamily family, int before, int told) {
    return switch (family) {
      case INET -> told < LEAST_BELIEVED ? new PathMtu(Math.min(before, LEAST_BELIEVED), true)
          : new PathMtu(told, false);
      case INET6 -> new PathMtu(Math.max(told, Route6Output.LEAST_MTU), false);
    };
  }
}
