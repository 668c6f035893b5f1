package org.hopscope.model.sim;

import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.net.Route;
import org.hopscope.model.net.RouteType;
import org.hopscope.model.trace.DropReason;
import org.hopscope.model.trace.Lookup;

/** Decides what to do with a packet that came in (kernel net/ipv4/route.c ip_route_input_slow). */
final class RouteInput {
  private static final Ipv4Address ALL_HOSTS = Ipv4Address.of("224.0.0.1");

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
     * @param sourceOnLink whether the sender is directly connected, so that it can be told of a better gateway
     */
    record Forward(List<Lookup> asked, Dst dst, boolean sourceOnLink) implements Answer {
    }

    /** It is thrown away; the sender is told by "unreachable" with the code {@code telling}, if at all. */
    record Refused(List<Lookup> asked, DropReason why, Optional<Integer> telling) implements Answer {
    }
  }

  Answer route(NetDev in, Ipv4Address source, Ipv4Address destination) {
    Optional<DropReason> martian = martian(in, source, destination);
    if (martian.isPresent()) {
      return silently(List.of(), martian.get());
    }
    if (destination.equals(Ipv4Address.LIMITED_BROADCAST) || destination.isUnspecified()
        || destination.equals(ALL_HOSTS)) {
      return new Answer.Local(List.of(), true);
    }
    if (destination.isMulticast()) {
      return silently(List.of(), DropReason.NOT_LOCAL);
    }
    Fib.Result result = run.fib.lookup(in.netns(), destination);
    Lookup lookup = new Lookup.RouteLookup(in.netns(), destination, Optional.of(source), Optional.of(in.id()),
        result.table(), result.route(), Optional.empty());
    boolean broadcast = result.is(RouteType.BROADCAST);
    if (broadcast && source.isUnspecified()) {
      return new Answer.Local(List.of(lookup), true);
    }
    if (broadcast || result.is(RouteType.LOCAL)) {
      SourceCheck check = check(in, source);
      return check.refused().<Answer>map(why -> silently(check.after(lookup), why))
          .orElseGet(() -> new Answer.Local(check.after(lookup), broadcast));
    }
    return run.fabric.forwarding(in)
        ? onward(in, source, destination, result, lookup)
        : silently(List.of(lookup), DropReason.FORWARDING_OFF);
  }

  private Answer onward(NetDev in, Ipv4Address source, Ipv4Address destination, Fib.Result result, Lookup lookup) {
    if (result.route().isEmpty()) {
      return new Answer.Refused(List.of(lookup), DropReason.NO_ROUTE, Optional.of(IcmpErrors.NET));
    }
    Route route = result.route().get();
    return switch (route.type()) {
      case BLACKHOLE -> silently(List.of(lookup), DropReason.BLACKHOLE_ROUTE);
      case UNREACHABLE ->
          new Answer.Refused(List.of(lookup), DropReason.UNREACHABLE_ROUTE, Optional.of(IcmpErrors.HOST));
      case PROHIBIT ->
          new Answer.Refused(List.of(lookup), DropReason.PROHIBIT_ROUTE, Optional.of(IcmpErrors.FILTERED));
      case THROW, LOCAL, BROADCAST, ANYCAST, MULTICAST -> silently(List.of(lookup), DropReason.NO_ROUTE);
      case UNICAST -> {
        SourceCheck check = check(in, source);
        yield check.refused().<Answer>map(why -> silently(check.after(lookup), why))
            .orElseGet(() -> new Answer.Forward(check.after(lookup),
                run.routeOutput.forwarded(in.netns(), destination, route), check.onLink()));
      }
    };
  }

  private static Answer silently(List<Lookup> asked, DropReason why) {
    return new Answer.Refused(asked, why, Optional.empty());
  }

  /** Addresses that never come in from outside. */
  private Optional<DropReason> martian(NetDev in, Ipv4Address source, Ipv4Address destination) {
    boolean localnet = run.fabric.maxConf(in, "route_localnet") != 0;
    if (source.isMulticast() || source.equals(Ipv4Address.LIMITED_BROADCAST)) {
      return Optional.of(DropReason.MARTIAN_SOURCE);
    }
    boolean fromNobodyToNobody = source.isUnspecified() && destination.isUnspecified();
    if (destination.equals(Ipv4Address.LIMITED_BROADCAST) || fromNobodyToNobody) {
      return Optional.empty();
    }
    if (Addresses.isZeronet(source) || (source.isLoopback() && !localnet)) {
      return Optional.of(DropReason.MARTIAN_SOURCE);
    }
    return Addresses.isZeronet(destination) || (destination.isLoopback() && !localnet)
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

  /** Kernel net/ipv4/fib_frontend.c fib_validate_source (sem-R7). */
  private SourceCheck check(NetDev in, Ipv4Address source) {
    Fib.Result back = run.fib.lookup(in.netns(), source);
    if (back.is(RouteType.LOCAL)) {
      boolean accepted = run.fabric.maxConf(in, "accept_local") != 0;
      return new SourceCheck(Optional.empty(),
          accepted ? Optional.empty() : Optional.of(DropReason.MARTIAN_SOURCE), false);
    }
    Optional<Route> row = back.route().filter(r -> r.type() == RouteType.UNICAST);
    boolean sameDevice = row.flatMap(Route::device).map(in.id()::equals).orElse(false);
    boolean onLink = sameDevice && row.flatMap(Route::via).isEmpty();
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
