package org.hopscope.model.sim;

import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.Ipv6Address;
import org.hopscope.model.net.Route;
import org.hopscope.model.net.RouteKey;
import org.hopscope.model.net.RouteType;
import org.hopscope.model.packet.Header;
import org.hopscope.model.packet.Packet;
import org.hopscope.model.trace.DropReason;
import org.hopscope.model.trace.Lookup;

/** Decides what to do with an IPv6 packet that came in (kernel net/ipv6/ip6_input.c, route.c ip6_route_input). */
final class Route6Input {
  private final Run run;

  Route6Input(Run run) {
    this.run = run;
  }

  /** For a packet from the link: addresses that no packet from there may have are looked at first (ip6_rcv_core). */
  RouteInput.Answer accept(NetDev in, Packet packet, int mark) {
    Header.Ipv6 ip = (Header.Ipv6) packet.ip().orElseThrow();
    Ipv6Address source = ip.source();
    Ipv6Address destination = ip.destination();
    if (source.isMulticast() || source.isLoopback()) {
      return silently(List.of(), DropReason.MARTIAN_SOURCE);
    }
    if (destination.isLoopback() || destination.isUnspecified()) {
      return silently(List.of(), DropReason.MARTIAN_DESTINATION);
    }
    return route(in, packet, mark);
  }

  /** What the tables say, whoever sent it. */
  RouteInput.Answer route(NetDev in, Packet packet, int mark) {
    Header.Ipv6 ip = (Header.Ipv6) packet.ip().orElseThrow();
    Ipv6Address source = ip.source();
    Ipv6Address destination = ip.destination();
    if (destination.isMulticast()) {
      return run.groups.isMember(in, destination)
          ? new RouteInput.Answer.Local(List.of(), true)
          : silently(List.of(), DropReason.NOT_LOCAL);
    }
    Optional<NetDev> strictly = Optional.of(in).filter(_ -> destination.isLinkLocal() || destination.isLoopback());
    RouteKey key = new RouteKey(destination, Optional.of(source), Optional.of(in.id()), strictly.map(NetDev::id), mark);
    Fib.Result result = chosen(in, run.fib.lookup(in.netns(), key), packet);
    Lookup lookup = new Lookup.RouteLookup(in.netns(), key, result.answer(), result.hop(), Optional.empty());
    if (result.route().isEmpty()) {
      if (result.refusedAs() == RouteType.BLACKHOLE) {
        return silently(List.of(lookup), DropReason.BLACKHOLE_ROUTE);
      }
      if (result.refusedAs() == RouteType.PROHIBIT) {
        return new RouteInput.Answer.Refused(List.of(lookup), DropReason.PROHIBIT_ROUTE,
            Optional.of(Icmpv6Errors.PROHIBITED));
      }
      return new RouteInput.Answer.Refused(List.of(lookup), DropReason.NO_ROUTE, Optional.of(Icmpv6Errors.NO_ROUTE));
    }
    return follow(in, destination, result.hop().map(result.route().get()::through).orElseGet(result.route()::get),
        lookup);
  }

  /** Of several next hops the one that the flow belongs to (kernel fib6_select_path). */
  private Fib.Result chosen(NetDev in, Fib.Result result, Packet packet) {
    return result.route().filter(Route::isMultipath).map(route -> new Fib.Result(result.answer(), Optional.of(
        run.multipath.forOther(in.netns(), run.fib.usable(route, Optional.empty()), packet)))).orElse(result);
  }

  private RouteInput.Answer follow(NetDev in, Ipv6Address destination, Route route, Lookup lookup) {
    List<Lookup> asked = List.of(lookup);
    return switch (route.type()) {
      case LOCAL, ANYCAST -> new RouteInput.Answer.Local(asked, false);
      case BLACKHOLE -> silently(asked, DropReason.BLACKHOLE_ROUTE);
      case UNREACHABLE -> new RouteInput.Answer.Refused(asked, DropReason.UNREACHABLE_ROUTE,
          Optional.of(Icmpv6Errors.NO_ROUTE));
      case PROHIBIT -> new RouteInput.Answer.Refused(asked, DropReason.PROHIBIT_ROUTE,
          Optional.of(Icmpv6Errors.PROHIBITED));
      case THROW, BROADCAST, MULTICAST -> silently(asked, DropReason.NO_ROUTE);
      case UNICAST -> onward(in, run.route6Output.forwarded(destination, route), asked);
    };
  }

  private RouteInput.Answer onward(NetDev in, Dst dst, List<Lookup> asked) {
    if (dst.discards()) {
      return new RouteInput.Answer.Refused(asked, DropReason.NO_ROUTE, Optional.of(Icmpv6Errors.NO_ROUTE));
    }
    return run.fabric.forwarding6(in)
        ? new RouteInput.Answer.Forward(asked, dst, false)
        : silently(asked, DropReason.FORWARDING_OFF);
  }

  private static RouteInput.Answer silently(List<Lookup> asked, DropReason why) {
    return new RouteInput.Answer.Refused(asked, why, Optional.empty());
  }
}
