package org.hopscope.model.sim;

import java.util.Optional;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.net.Route;
import org.hopscope.model.net.RouteType;
import org.hopscope.model.trace.DropReason;
import org.hopscope.model.trace.Lookup;

/** Decides what to do with a packet that came in (kernel net/ipv4/route.c ip_route_input_slow). */
final class RouteInput {
  private final Run run;

  RouteInput(Run run) {
    this.run = run;
  }

  /** What came out of it; the lookups that were made are in {@link Answer#lookups}. */
  sealed interface Answer {
    /** The row that decided, when a table was asked. */
    Optional<Lookup> lookup();

    /** The check of the source, when it needed a table. */
    Optional<Lookup> sourceCheck();

    /** It is for this host. */
    record Local(Optional<Lookup> lookup, Optional<Lookup> sourceCheck, boolean broadcast) implements Answer {
    }

    /**
     * It is to be sent on.
     *
     * @param sourceOnLink whether the sender is directly connected, so that it can be told of a better gateway
     */
    record Forward(Optional<Lookup> lookup, Optional<Lookup> sourceCheck, Dst dst, boolean sourceOnLink)
        implements Answer {
    }

    /** It is thrown away; the sender is told what {@code telling} says, if anything. */
    record Refused(Optional<Lookup> lookup, Optional<Lookup> sourceCheck, DropReason why, Optional<Integer> telling)
        implements Answer {
    }
  }

  private record SourceCheck(boolean passed, boolean onLink, DropReason otherwise, Optional<Lookup> lookup) {
  }

  Answer route(NetDev in, Ipv4Address source, Ipv4Address destination) {
    Optional<DropReason> martian = martian(in, source, destination);
    if (martian.isPresent()) {
      return refused(Optional.empty(), martian.get());
    }
    if (destination.equals(Ipv4Address.LIMITED_BROADCAST) || destination.isUnspecified()) {
      return new Answer.Local(Optional.empty(), Optional.empty(), true);
    }
    if (destination.isMulticast()) {
      return destination.equals(ALL_HOSTS)
          ? new Answer.Local(Optional.empty(), Optional.empty(), true)
          : refused(Optional.empty(), DropReason.NOT_LOCAL);
    }
    Fib.Result result = run.fib.lookup(in.netns(), destination);
    Optional<Lookup> lookup = Optional.of(new Lookup.RouteLookup(in.netns(), destination, Optional.of(source),
        Optional.of(in.id()), result.table(), result.route(), Optional.empty()));
    if (result.is(RouteType.BROADCAST)) {
      SourceCheck check = source.isUnspecified() ? new SourceCheck(true, false, DropReason.MARTIAN_SOURCE,
          Optional.empty()) : check(in, source);
      return check.passed()
          ? new Answer.Local(lookup, check.lookup(), true)
          : new Answer.Refused(lookup, check.lookup(), check.otherwise(), Optional.empty());
    }
    if (result.is(RouteType.LOCAL)) {
      SourceCheck check = check(in, source);
      return check.passed()
          ? new Answer.Local(lookup, check.lookup(), false)
          : new Answer.Refused(lookup, check.lookup(), check.otherwise(), Optional.empty());
    }
    return run.fabric.forwarding(in) ? onward(in, source, destination, result, lookup)
        : refused(lookup, DropReason.FORWARDING_OFF);
  }

  private static final Ipv4Address ALL_HOSTS = Ipv4Address.of("224.0.0.1");

  private Answer onward(NetDev in, Ipv4Address source, Ipv4Address destination, Fib.Result result,
      Optional<Lookup> lookup) {
    if (result.route().isEmpty()) {
      return new Answer.Refused(lookup, Optional.empty(), DropReason.NO_ROUTE, Optional.of(IcmpErrors.NET));
    }
    Route route = result.route().get();
    return switch (route.type()) {
      case BLACKHOLE -> refused(lookup, DropReason.BLACKHOLE_ROUTE);
      case UNREACHABLE -> new Answer.Refused(lookup, Optional.empty(), DropReason.UNREACHABLE_ROUTE,
          Optional.of(IcmpErrors.HOST));
      case PROHIBIT -> new Answer.Refused(lookup, Optional.empty(), DropReason.PROHIBIT_ROUTE,
          Optional.of(IcmpErrors.FILTERED));
      case THROW, LOCAL, BROADCAST -> refused(lookup, DropReason.NO_ROUTE);
      case UNICAST -> {
        SourceCheck check = check(in, source);
        yield check.passed()
            ? new Answer.Forward(lookup, check.lookup(),
                run.routeOutput.dst(in.netns(), destination, route, Dst.Kind.UNICAST), check.onLink())
            : new Answer.Refused(lookup, check.lookup(), check.otherwise(), Optional.empty());
      }
    };
  }

  /** Addresses that never come in from outside. */
  private Optional<DropReason> martian(NetDev in, Ipv4Address source, Ipv4Address destination) {
    boolean localnet = run.fabric.maxConf(in, "route_localnet") != 0;
    if (source.isMulticast() || source.equals(Ipv4Address.LIMITED_BROADCAST)) {
      return Optional.of(DropReason.MARTIAN_SOURCE);
    }
    if (destination.equals(Ipv4Address.LIMITED_BROADCAST) || source.isUnspecified() && destination.isUnspecified()) {
      return Optional.empty();
    }
    if (Addresses.isZeronet(source) || source.isLoopback() && !localnet) {
      return Optional.of(DropReason.MARTIAN_SOURCE);
    }
    return Addresses.isZeronet(destination) || destination.isLoopback() && !localnet
        ? Optional.of(DropReason.MARTIAN_DESTINATION)
        : Optional.empty();
  }

  /** Kernel net/ipv4/fib_frontend.c fib_validate_source (sem-R7). */
  private SourceCheck check(NetDev in, Ipv4Address source) {
    int mode = run.fabric.maxConf(in, "rp_filter");
    boolean acceptLocal = run.fabric.maxConf(in, "accept_local") != 0;
    Fib.Result back = run.fib.lookup(in.netns(), source);
    if (back.is(RouteType.LOCAL)) {
      return new SourceCheck(acceptLocal, false, DropReason.MARTIAN_SOURCE, Optional.empty());
    }
    Optional<Route> row = back.route().filter(r -> r.type() == RouteType.UNICAST);
    boolean sameDevice = row.flatMap(Route::device).map(in.id()::equals).orElse(false);
    boolean onLink = sameDevice && row.flatMap(Route::via).isEmpty();
    if (mode == 0) {
      return new SourceCheck(true, onLink, DropReason.REVERSE_PATH, Optional.empty());
    }
    boolean strict = mode == 1;
    boolean passed = sameDevice || row.isPresent() && !strict && !in.device().addresses().isEmpty();
    return new SourceCheck(passed, onLink, DropReason.REVERSE_PATH, Optional
        .of(new Lookup.ReversePathLookup(in.netns(), source, in.id(), strict, row, passed)));
  }

  private static Answer refused(Optional<Lookup> lookup, DropReason why) {
    return new Answer.Refused(lookup, Optional.empty(), why, Optional.empty());
  }
}
