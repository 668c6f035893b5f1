package org.hopscope.model.sim;

import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.Ipv6Address;
import org.hopscope.model.lab.Errno;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.Route;
import org.hopscope.model.net.RouteException;
import org.hopscope.model.trace.DropReason;

/** Finds the way of the own host's IPv6 packets (kernel net/ipv6/route.c ip6_route_output_flags, ip6_output.c ip6_dst_lookup_tail). */
final class Route6Output {
  /** The least MTU of a link that carries IPv6 (RFC 8200 5). */
  static final int LEAST_MTU = 1280;
  private final Run run;

  Route6Output(Run run) {
    this.run = run;
  }

  /** {@code ::} stands for the own host (kernel tcp_v6_connect, ip6_datagram_connect). */
  RouteOutput.Answer route(RouteOutput.Flow flow) {
    if (flow.destination().isUnspecified()) {
      return route(new RouteOutput.Flow(flow.netns(), Ipv6Address.LOOPBACK, flow.source(), flow.device(),
          flow.mark(), flow.packet()));
    }
    Fib.Result result = run.fib.lookup(flow.netns(), flow.key());
    if (flow.source().isEmpty() && source(flow, result.route()).isUnspecified()) {
      return RouteOutput.failed(flow, result, Errno.EADDRNOTAVAIL, DropReason.NO_SOURCE);
    }
    if (result.route().filter(Route::isMultipath).isEmpty()) {
      return result.route().map(route -> follow(flow, result, route))
          .orElseGet(() -> RouteOutput.nowhere(flow, result));
    }
    Route route = result.route().get();
    Route.NextHop hop = flow.device().isPresent()
        ? result.hop().orElseThrow()
        : run.multipath.forOther(flow.netns(), run.fib.usable(route, Optional.empty()), flow.packet());
    return follow(flow, new Fib.Result(result.answer(), Optional.of(hop)), route.through(hop));
  }

  /** The address to speak from is looked for first, even where there is no way (kernel ip6_dst_lookup_tail). */
  IpAddress source(RouteOutput.Flow flow, Optional<Route> route) {
    Optional<NetDev> speaking = route.flatMap(Route::device).map(run.fabric::device);
    return route.flatMap(Route::prefSrc)
        .orElseGet(() -> run.sources6.select(flow.netns(), speaking, Addresses.v6(flow.destination())));
  }

  private RouteOutput.Answer follow(RouteOutput.Flow flow, Fib.Result result, Route route) {
    return switch (route.type()) {
      case LOCAL, ANYCAST -> found(flow, result, local(flow.netns(), flow.destination(), route), route);
      case UNICAST, MULTICAST -> found(flow, result, dst(flow.netns(), flow.destination(), route), route);
      case BLACKHOLE, UNREACHABLE, PROHIBIT, THROW, BROADCAST -> RouteOutput.nowhere(flow, result);
    };
  }

  private RouteOutput.Answer found(RouteOutput.Flow flow, Fib.Result result, Dst dst, Route route) {
    return RouteOutput.found(flow, result, dst, source(flow, Optional.of(route)));
  }

  /** What is for an own address leaves by lo, whatever device has the address (kernel ip6_rt_get_dev_rcu). */
  private Dst local(NetnsId netns, IpAddress destination, Route route) {
    NetDev lo = run.fabric.loopback(netns);
    return new Dst(Dst.Kind.LOCAL, lo, destination, lo.mtu(), Optional.of(route));
  }

  /** The way along a route, with what ICMP told about this destination. */
  Dst dst(NetnsId netns, IpAddress destination, Route route) {
    Dst plain = forwarded(destination, route);
    Optional<RouteException> told = run.pathMtus.known(netns, destination, route);
    int mtu = told.map(e -> e.mtu().bytes()).filter(m -> m > 0).map(m -> Math.min(m, plain.mtu())).orElse(plain.mtu());
    return new Dst(plain.kind(), plain.device(), told.flatMap(RouteException::gateway).orElse(plain.nextHop()), mtu,
        plain.route());
  }

  /** As {@link #dst} for what is sent on for others, of which nothing was told (kernel ip6_dst_mtu_maybe_forward). */
  Dst forwarded(IpAddress destination, Route route) {
    NetDev device = run.fabric.device(route.device().orElseThrow());
    Dst.Kind kind = destination.isMulticast() ? Dst.Kind.MULTICAST : Dst.Kind.UNICAST;
    int mtu = route.origin().mtu() > 0 ? route.origin().mtu() : device.mtu();
    return new Dst(kind, device, route.via().orElse(destination), mtu, Optional.of(route));
  }
}
