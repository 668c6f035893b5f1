package org.hopscope.model.sim;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.Route;
import org.hopscope.model.net.Route.NextHop;
import org.hopscope.model.net.RouteKey;
import org.hopscope.model.net.RouteType;
import org.hopscope.model.packet.Header;
import org.hopscope.model.packet.Packet;
import org.hopscope.model.trace.DropReason;
import org.hopscope.model.trace.Lookup;

/** Decides what to do with a packet that came in (kernel net/ipv4/route.c ip_route_input_slow). */
final class RouteInput {
  private static final IpPrefix OF_LINK = IpPrefix.of("224.0.0.0/24");
  private static final Ipv4Address ALL_HOSTS = Ipv4Address.of("224.0.0.1");

  private static final Set<RouteType> FOR_ALL =
      Set.of(RouteType.BROADCAST, RouteType.ANYCAST, RouteType.MULTICAST);

  private final Run run;

  RouteInput(Run run) {
    this.run = run;
  }

  /** What came out of it. */
  sealed interface Answer {
    /** What the tables were asked for, in order: the way, and the way back to the source where that is checked. */
    List<Lookup> asked();

    /** It is for this host; {@code broadcast} when not for it alone. */
    record Local(List<Lookup> asked, boolean broadcast) implements Answer {
    }

    /**
     * It is to be sent on.
     *
     * @param redirects whether the sender is told of a better gateway: it is directly connected, and the packet leaves by the
     *     device it came in by, whose media are shared or whose subnet has both (net/ipv4/route.c __mkroute_input)
     */
    record Forward(List<Lookup> asked, Dst dst, boolean redirects) implements Answer {
    }

    /** It is thrown away; the sender is told by "unreachable" with the code {@code telling}, if at all. */
    record Refused(List<Lookup> asked, DropReason why, Optional<Integer> telling) implements Answer {
    }
  }

  Answer route(NetDev in, Ipv4Address source, Ipv4Address destination) {
    return route(in, probing(source, destination));
  }

  private static Packet probing(Ipv4Address source, Ipv4Address destination) {
    return Packet.of(0, new Header.Ipv4(source, destination, Header.Ipv4.UDP, 1, 0, false, Header.Fragment.WHOLE));
  }

  /** As {@link #route(NetDev, Packet, int)}, for a packet that wears no mark. */
  Answer route(NetDev in, Packet packet) {
    return route(in, packet, 0);
  }

  /**
   * Whether a packet from one address to another would be for this host alone. Who is asked for an address that is not
   * its own need not ask for more.
   */
  boolean delivers(NetDev in, Ipv4Address source, Ipv4Address destination) {
    if (!in.net().mayBeLocal(destination)) {
      return false;
    }
    Packet packet = probing(source, destination);
    return run.fib.lookup(in.netns(), key(in, packet, 0)).is(RouteType.LOCAL)
        && find(in, packet, 0) instanceof Answer.Local local && !local.broadcast();
  }

  private static RouteKey key(NetDev in, Packet packet, int mark) {
    Header.Ipv4 ip = packet.ipv4().orElseThrow();
    return new RouteKey(ip.destination(), Optional.of(ip.source()), in.some(), Optional.empty(), mark,
        RouteOutput.upper(packet));
  }

  /** Which way a packet goes. What follows from the tables alone is worked out once (kernel rt_cache_route). */
  Answer route(NetDev in, Packet packet, int mark) {
    if (run.tables.hasExceptions(in.netns())) {
      return find(in, packet, mark);
    }
    RouteKey key = key(in, packet, mark);
    Optional<Answer> last = in.wayIn.to(key);
    if (last.isPresent()) {
      return last.get();
    }
    Map<RouteKey, Answer> ways = run.fabric.configured().waysIn();
    Answer known = ways.get(key);
    if (known == null) {
      known = find(in, packet, mark);
      if (known.asked().stream().anyMatch(RouteInput::mayBeAnother)) {
        return known;
      }
      ways.put(key, known);
    }
    in.wayIn.keep(key, known);
    return known;
  }

  private static boolean mayBeAnother(Lookup lookup) {
    return lookup instanceof Lookup.RouteLookup way && way.winner().filter(Route::isOneOfSeveral).isPresent();
  }

  /** Of several next hops the one that the packet's flow belongs to. */
  private Answer find(NetDev in, Packet packet, int mark) {
    Ipv4Address source = packet.ipv4().orElseThrow().source();
    Ipv4Address destination = packet.ipv4().orElseThrow().destination();
    Optional<DropReason> martian = martian(in, source, destination);
    if (martian.isPresent()) {
      return silently(List.of(), martian.get());
    }
    RouteKey key = key(in, packet, mark);
    if (destination.equals(Ipv4Address.LIMITED_BROADCAST) || destination.isUnspecified()
        || destination.equals(ALL_HOSTS) || destination.isMulticast() && run.groups.isMember(in, destination)) {
      return forAll(in, key);
    }
    if (destination.isMulticast()) {
      return silently(List.of(), DropReason.NOT_LOCAL);
    }
    Fib.Result result = chosen(in, run.fib.lookup(in.netns(), key), packet);
    Lookup lookup = new Lookup.RouteLookup(in.netns(), key, result.answer(), result.hop(), Optional.empty());
    boolean broadcast = result.is(RouteType.BROADCAST);
    if (broadcast && source.isUnspecified()) {
      return new Answer.Local(List.of(lookup), true);
    }
    if (broadcast || result.is(RouteType.LOCAL)) {
      SourceCheck check = check(in, key, Optional.empty());
      return check.refused().<Answer>map(why -> silently(check.after(lookup), why))
          .orElseGet(() -> new Answer.Local(check.after(lookup), broadcast));
    }
    return run.fabric.forwarding(in)
        ? onward(in, key, result, lookup)
        : silently(List.of(lookup), DropReason.FORWARDING_OFF);
  }

  /** For all on the link or in a group: only the source is looked at (kernel ip_mc_validate_source). */
  private Answer forAll(NetDev in, RouteKey key) {
    if (key.source().filter(IpAddress::isUnspecified).isPresent()) {
      return new Answer.Local(List.of(), true);
    }
    SourceCheck check = check(in, key, Optional.empty());
    List<Lookup> asked = check.lookup().map(List::of).orElse(List.of());
    return check.refused().<Answer>map(why -> silently(asked, why)).orElseGet(() -> new Answer.Local(asked, true));
  }

  private Fib.Result chosen(NetDev in, Fib.Result result, Packet packet) {
    return result.route().filter(Route::isMultipath).map(route -> new Fib.Result(result.answer(), Optional.of(
        run.multipath.forOther(in.netns(), run.fib.usable(route, Optional.empty()), packet)))).orElse(result);
  }

  private Answer onward(NetDev in, RouteKey key, Fib.Result result, Lookup lookup) {
    return switch (result.refusedAs()) {
      case BLACKHOLE -> silently(List.of(lookup), DropReason.BLACKHOLE_ROUTE);
      case UNREACHABLE -> new Answer.Refused(List.of(lookup), DropReason.UNREACHABLE_ROUTE,
          Optional.of(result.route().isPresent() ? IcmpErrors.HOST : IcmpErrors.NET));
      case PROHIBIT ->
          new Answer.Refused(List.of(lookup), DropReason.PROHIBIT_ROUTE, Optional.of(IcmpErrors.FILTERED));
      case THROW -> new Answer.Refused(List.of(lookup), DropReason.NO_ROUTE, Optional.of(IcmpErrors.NET));
      case LOCAL, BROADCAST, ANYCAST, MULTICAST -> silently(List.of(lookup), DropReason.NO_ROUTE);
      case UNICAST -> {
        NextHop hop = result.hop().orElseThrow();
        SourceCheck check = check(in, key, Optional.of(hop.device()));
        yield check.refused().<Answer>map(why -> silently(check.after(lookup), why))
            .orElseGet(() -> new Answer.Forward(check.after(lookup), run.routeOutput.forwarded(in.netns(),
                Addresses.v4(key.destination()), result.route().orElseThrow(), hop),
                check.onLink() && hop.device().equals(in.id()) && redirects(in)
                    && (run.fabric.maxConf(in, "shared_media") != 0
                        || in.isOnLink(key.source().orElseThrow(), hop.via()))));
      }
    };
  }

  private static Answer silently(List<Lookup> asked, DropReason why) {
    return new Answer.Refused(asked, why, Optional.empty());
  }

  /**
   * Addresses that never come in from outside. Of 0.0.0.0/8 that is only 0.0.0.0 itself (include/linux/in.h
   * ipv4_is_zeronet).
   */
  private Optional<DropReason> martian(NetDev in, Ipv4Address source, Ipv4Address destination) {
    boolean localnet = run.fabric.maxConf(in, "route_localnet") != 0;
    if (source.isMulticast() || source.equals(Ipv4Address.LIMITED_BROADCAST)) {
      return Optional.of(DropReason.MARTIAN_SOURCE);
    }
    boolean fromNobody = source.isUnspecified() && (destination.isUnspecified() || OF_LINK.contains(destination));
    if (destination.equals(Ipv4Address.LIMITED_BROADCAST) || fromNobody) {
      return Optional.empty();
    }
    if (source.isUnspecified() || (source.isLoopback() && !localnet)) {
      return Optional.of(DropReason.MARTIAN_SOURCE);
    }
    return destination.isUnspecified() || (destination.isLoopback() && !localnet)
        ? Optional.of(DropReason.MARTIAN_DESTINATION)
        : Optional.empty();
  }

  /**
   * What is thought of a source.
   *
   * @param lookup the question to the tables, when rp_filter made it count
   * @param refused why it is not believed; empty when it is
   * @param onLink whether it is directly connected by the device it came in by
   */
  private record SourceCheck(Optional<Lookup> lookup, Optional<DropReason> refused, boolean onLink) {
    List<Lookup> after(Lookup first) {
      return lookup.map(second -> List.of(first, second)).orElse(List.of(first));
    }
  }

  private boolean redirects(NetDev in) {
    return run.fabric.maxConf(in, "send_redirects") != 0;
  }

  /**
   * Kernel net/ipv4/fib_frontend.c fib_validate_source (sem-R7): as long as nobody could tell the difference only an address
   * that a device here holds is refused as a source; with rp_filter, with rules or local routes made by hand, and for what
   * may be told of a better gateway, everything that the tables do not call another's.
   *
   * @param out the device it will leave by; empty when it is for this host
   */
  private SourceCheck check(NetDev in, RouteKey key, Optional<DeviceId> out) {
    IpAddress source = key.source().orElseThrow();
    RouteKey reversed = new RouteKey(source, Optional.of(key.destination()), out, Optional.empty(),
        run.fabric.maxConf(in, "src_valid_mark") != 0 ? key.mark() : 0);
    Fib.Result back = run.fib.lookup(in.netns(), reversed);
    boolean full = run.fabric.maxConf(in, "rp_filter") != 0 || run.fabric.netns(in.netns()).inet().rules().custom()
        || in.net().hasLocalRoutesByHand() || out.filter(in.id()::equals).isPresent() && redirects(in);
    boolean own = full ? back.is(RouteType.LOCAL) : run.fabric.holds(in.netns(), source);
    boolean forAll = full && FOR_ALL.stream().anyMatch(back::is);
    if (own || forAll) {
      boolean accepted = own && run.fabric.maxConf(in, "accept_local") != 0;
      return new SourceCheck(Optional.empty(),
          accepted ? Optional.empty() : Optional.of(DropReason.MARTIAN_SOURCE), false);
    }
    Optional<Route> row = back.route().filter(r -> r.type() == RouteType.UNICAST);
    boolean sameDevice = row.filter(r -> r.leavesBy(in.id())).isPresent();
    boolean onLink = sameDevice && back.hop().flatMap(NextHop::via).isEmpty();
    int mode = run.fabric.maxConf(in, "rp_filter");
    if (mode == 0) {
      return new SourceCheck(Optional.empty(), Optional.empty(), onLink);
    }
    boolean strict = mode == 1;
    boolean loosely = !strict && row.isPresent() && !in.device().addresses().isEmpty();
    boolean passed = sameDevice || loosely;
    Lookup lookup = new Lookup.ReversePathLookup(in.netns(), source, in.id(), strict, row, passed);
    return new SourceCheck(Optional.of(lookup), passed ? Optional.empty() : Optional.of(DropReason.REVERSE_PATH),
        onLink);
  }
}
