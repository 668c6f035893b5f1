package org.hopscope.model.sim;

import java.util.Map;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.lab.Errno;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.Route;
import org.hopscope.model.net.Route.NextHop;
import org.hopscope.model.net.RouteException;
import org.hopscope.model.net.RouteKey;
import org.hopscope.model.net.Scope;
import org.hopscope.model.packet.Header;
import org.hopscope.model.packet.Packet;
import org.hopscope.model.trace.DropReason;
import org.hopscope.model.trace.Lookup;

/** Finds the way of the own host's packets (kernel net/ipv4/route.c ip_route_output_key_hash_rcu). */
final class RouteOutput {
  private static final Ipv4Address LOOPBACK = Ipv4Address.of("127.0.0.1");
  private static final int LONGEST_PACKET = 65535;

  private final Run run;

  RouteOutput(Run run) {
    this.run = run;
  }

  /**
   * What a packet of the own host wants.
   *
   * @param netns where it is made
   * @param destination where to
   * @param source the address it must come from, or one that the kernel chooses
   * @param device the device it must leave by, or any
   * @param mark the mark it wears, 0 for none
   * @param packet the packet itself: flows are spread by what it says
   */
  record Flow(NetnsId netns, IpAddress destination, Optional<IpAddress> source, Optional<NetDev> device, int mark,
      Packet packet) {
    RouteKey key() {
      return new RouteKey(destination, source, Optional.empty(), device.map(NetDev::id), mark, upper(packet));
    }
  }

  /** What a packet carries, as policy rules ask for it. */
  static RouteKey.Upper upper(Packet packet) {
    Optional<Header.Ip> ip = packet.ip();
    if (ip.isEmpty()) {
      return RouteKey.Upper.NONE;
    }
    int protocol = ip.get().protocol();
    int tos = ip.get().trafficClass();
    Header upper = packet.upper();
    if (upper instanceof Header.Udp u) {
      return new RouteKey.Upper(protocol, u.sourcePort(), u.destinationPort(), tos);
    }
    return upper instanceof Header.Tcp t
        ? new RouteKey.Upper(protocol, t.sourcePort(), t.destinationPort(), tos)
        : new RouteKey.Upper(protocol, 0, 0, tos);
  }

  /** What came out of it. */
  sealed interface Answer {
    /** The question as the trace keeps it. */
    Lookup.RouteLookup lookup();

    /**
     * There is a way.
     *
     * @param source the address the packet comes from
     * @param destination where it really goes: 0.0.0.0 stands for the own host
     */
    record Found(Lookup.RouteLookup lookup, Dst dst, IpAddress source, IpAddress destination) implements Answer {
    }

    /** There is none: what the program is told, and why. */
    record Failed(Lookup.RouteLookup lookup, Errno errno, DropReason why) implements Answer {
    }
  }

  record Asked(NetnsId netns, RouteKey key) {
    /** As of any record, written out: it is asked for with every packet. */
    @Override
    public boolean equals(Object other) {
      return other instanceof Asked that && netns.equals(that.netns) && key.equals(that.key);
    }

    @Override
    public int hashCode() {
      return netns.hashCode() * 31 + key.hashCode();
    }
  }

  /** The way of a flow. What follows from the tables alone is worked out once. */
  Answer route(Flow flow) {
    if (run.tables.hasExceptions(flow.netns())) {
      return find(flow);
    }
    RouteKey key = flow.key();
    Latest<RouteKey, Answer> latest = run.fabric.net(flow.netns()).wayOut;
    Optional<Answer> last = latest.to(key);
    if (last.isPresent()) {
      return last.get();
    }
    Asked asked = new Asked(flow.netns(), key);
    Map<Asked, Answer> ways = run.fabric.configured().waysOut();
    Answer known = ways.get(asked);
    if (known == null) {
      known = find(flow);
      if (known.lookup().winner().filter(Route::isOneOfSeveral).isPresent()) {
        return known;
      }
      ways.put(asked, known);
    }
    latest.keep(key, known);
    return known;
  }

  private Answer find(Flow flow) {
    if (flow.destination().isUnspecified()) {
      IpAddress self = self(flow);
      if (!run.fib.isLocal(flow.netns(), self)) {
        return failed(flow, Fib.Result.UNASKED, Errno.ENETUNREACH, DropReason.NO_ROUTE);
      }
      return route(new Flow(flow.netns(), self, Optional.of(self), Optional.empty(), flow.mark(), flow.packet()));
    }
    Optional<NetDev> down = flow.device().filter(d -> !d.isUp());
    if (down.isPresent()) {
      return failed(flow, Fib.Result.UNASKED, Errno.ENETUNREACH, DropReason.DEVICE_DOWN);
    }
    if (flow.destination().equals(Ipv4Address.LIMITED_BROADCAST) && flow.device().isPresent()) {
      return onLink(flow, flow.device().get());
    }
    Optional<NetDev> speaker = speaker(flow);
    if (speaker.isPresent()) {
      return onLink(flow, speaker.get());
    }
    Fib.Result result = run.fib.lookup(flow.netns(), flow.key());
    if (result.hop().isEmpty()) {
      return flow.device().map(device -> onLink(flow, device)).orElseGet(() -> nowhere(flow, result));
    }
    Fib.Result chosen = chosen(flow, result);
    return follow(flow, chosen, chosen.route().orElseThrow());
  }

  /** What 0.0.0.0 stands for: the packet's own source, an address of the device it must leave by, or 127.0.0.1. */
  private IpAddress self(Flow flow) {
    return flow.source().or(() -> flow.device().map(d -> run.sources.select(d, Optional.empty(), Scope.HOST)))
        .filter(a -> !a.isUnspecified()).orElse(LOOPBACK);
  }

  /** 0.0.0.0 as {@code ip route get} asks for it: no table is looked at. */
  Answer here(Flow flow) {
    NetDev loopback = run.fabric.loopback(flow.netns());
    return found(flow, Fib.Result.UNASKED,
        new Dst(Dst.Kind.LOCAL, loopback, flow.destination(), loopback.mtu(), Optional.empty()), self(flow));
  }

  /** A row that leads nowhere, a rule that refuses (kernel fib_props, fib4_rule_action), or no row at all. */
  static Answer nowhere(Flow flow, Fib.Result result) {
    return switch (result.refusedAs()) {
      case BLACKHOLE -> failed(flow, result, Errno.EINVAL, DropReason.BLACKHOLE_ROUTE);
      case PROHIBIT -> failed(flow, result, Errno.EACCES, DropReason.PROHIBIT_ROUTE);
      case UNREACHABLE -> failed(flow, result,
          result.route().isPresent() ? Errno.EHOSTUNREACH : Errno.ENETUNREACH, DropReason.UNREACHABLE_ROUTE);
      case UNICAST, LOCAL, BROADCAST, ANYCAST, MULTICAST, THROW ->
          failed(flow, result, Errno.ENETUNREACH, DropReason.NO_ROUTE);
    };
  }

  /** Of several next hops the one that the flow belongs to (kernel fib_select_path). */
  private Fib.Result chosen(Flow flow, Fib.Result result) {
    Route route = result.route().orElseThrow();
    if (flow.device().isPresent()) {
      return result;
    }
    if (!route.isMultipath()) {
      return run.defaults.choose(flow.netns(), result);
    }
    NextHop hop = run.multipath.forOwn(flow.netns(), route, run.fib.usable(route, Optional.empty()), flow.source(),
        flow.packet());
    return new Fib.Result(result.answer(), Optional.of(hop));
  }

  /** The longest packet that may go from one address to another. */
  int mtu(NetnsId netns, IpAddress destination, Optional<IpAddress> source) {
    Packet packet = Packet.of(0);
    return switch (run.way(new Flow(netns, destination, source, Optional.empty(), 0, packet))) {
      case Answer.Found found -> found.dst().mtu();
      case Answer.Failed _ -> run.fabric.loopback(netns).mtu();
    };
  }

  /** The largest TCP segment that a route lets a host announce; empty where none says so ({@code advmss}). */
  Optional<Integer> advmss(NetnsId netns, IpAddress destination, Optional<IpAddress> source) {
    Flow flow = new Flow(netns, destination, source, Optional.empty(), 0, Packet.of(0));
    return run.way(flow) instanceof Answer.Found found
        ? found.dst().route().map(r -> r.origin().metrics().advmss()).filter(m -> m > 0)
        : Optional.empty();
  }

  private Answer follow(Flow flow, Fib.Result result, Route route) {
    return switch (route.type()) {
      case LOCAL -> found(flow, result, new Dst(Dst.Kind.LOCAL, run.fabric.loopback(flow.netns()), flow.destination(),
          run.fabric.loopback(flow.netns()).mtu(), Optional.of(route)),
          route.prefSrc().orElse(flow.destination()));
      case BROADCAST -> throughRoute(flow, result, route, Dst.Kind.BROADCAST);
      case UNICAST -> throughRoute(flow, result, route, kindOf(flow.destination()));
      case MULTICAST -> throughRoute(flow, result, route, Dst.Kind.MULTICAST);
      case BLACKHOLE, UNREACHABLE, PROHIBIT, THROW, ANYCAST -> nowhere(flow, result);
    };
  }

  static Dst.Kind kindOf(IpAddress destination) {
    if (destination.equals(Ipv4Address.LIMITED_BROADCAST)) {
      return Dst.Kind.BROADCAST;
    }
    return destination.isMulticast() ? Dst.Kind.MULTICAST : Dst.Kind.UNICAST;
  }

  /** From 127.0.0.0/8 nothing leaves the host (kernel route.c __mkroute_output). */
  private Answer throughRoute(Flow flow, Fib.Result result, Route route, Dst.Kind kind) {
    NextHop hop = result.hop().orElseThrow();
    NetDev device = run.fabric.device(hop.device());
    Ipv4Address chosen = run.sources.forRoute(route, hop, device);
    if (flow.source().orElse(chosen).isLoopback() && !device.isLoopback()
        && run.fabric.maxConf(device, "route_localnet") == 0) {
      return failed(flow, result, Errno.EINVAL, DropReason.MARTIAN_SOURCE);
    }
    return found(flow, result, dst(flow.netns(), flow.destination(), route, hop, kind), chosen);
  }

  /** The way along a route, with what ICMP told about this destination (kernel rt_set_nexthop). */
  Dst dst(NetnsId netns, IpAddress destination, Route route, NextHop hop, Dst.Kind kind) {
    NetDev device = run.fabric.device(hop.device());
    Optional<RouteException> told = run.pathMtus.known(netns, destination, route);
    int mtu = mtu(route, device);
    int toldMtu = told.map(e -> e.mtu().bytes()).filter(m -> m > 0).orElse(mtu);
    Optional<IpAddress> gateway = told.flatMap(RouteException::gateway).or(hop::gateway);
    return new Dst(kind, device, gateway.orElse(destination), Math.min(mtu, toldMtu),
        Optional.of(route));
  }

  /** As {@link #dst} for what is sent on for others: a told MTU is for the own packets only (ip_forward_use_pmtu=0). */
  Dst forwarded(NetnsId netns, IpAddress destination, Route route, NextHop hop) {
    Dst own = dst(netns, destination, route, hop, Dst.Kind.UNICAST);
    return new Dst(own.kind(), own.device(), own.nextHop(), mtu(route, own.device()), own.route());
  }

  private static int mtu(Route route, NetDev device) {
    return route.origin().mtu() > 0 ? Math.min(route.origin().mtu(), LONGEST_PACKET) : device.mtu();
  }

  /**
   * What is for a group or for everybody leaves by the device that holds the address it is to come from, whatever the tables
   * say (kernel ip_route_output_key_hash_rcu).
   */
  private Optional<NetDev> speaker(Flow flow) {
    return flow.device().isEmpty() && kindOf(flow.destination()) != Dst.Kind.UNICAST
        ? flow.source().flatMap(s -> run.fabric.holder(run.fabric.net(flow.netns()), s)).map(run.fabric::device)
        : Optional.empty();
  }

  /** Bound to a device, and no table knows better: the destination is taken to be on the link. */
  private Answer onLink(Flow flow, NetDev device) {
    Dst dst = new Dst(kindOf(flow.destination()), device, flow.destination(), device.mtu(), Optional.empty());
    Fib.Result unasked = new Fib.Result(Fib.Result.UNASKED.answer(),
        Optional.of(new NextHop(Optional.empty(), device.id(), false)));
    return found(flow, unasked, dst, run.sources.select(device, Optional.empty(), Scope.LINK));
  }

  static Answer found(Flow flow, Fib.Result result, Dst dst, IpAddress chosen) {
    IpAddress source = flow.source().orElse(chosen);
    return new Answer.Found(lookup(flow, result, Optional.of(source)), dst, source, flow.destination());
  }

  static Answer failed(Flow flow, Fib.Result result, Errno errno, DropReason why) {
    return new Answer.Failed(lookup(flow, result, Optional.empty()), errno, why);
  }

  private static Lookup.RouteLookup lookup(Flow flow, Fib.Result result, Optional<IpAddress> chosen) {
    return new Lookup.RouteLookup(flow.netns(), flow.key(), result.answer(), result.hop(), chosen);
  }
}
