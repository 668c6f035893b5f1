package org.hopscope.model.shell;

import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.InterfaceAddress;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.lab.Errno;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.Route;
import org.hopscope.model.net.RouteException;
import org.hopscope.model.net.RouteType;
import org.hopscope.model.net.VirtualTime;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.probe.ProbeResult;
import org.hopscope.model.sim.Simulator;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Lookup;
import org.hopscope.model.trace.Trace;

/**
 * {@code ip route get}: which way a packet of this host would take (ip/iproute.c iproute_get). It is asked of the packet
 * path itself, so it cannot say anything else than what a packet would meet.
 */
final class RouteGet {
  private static final Keywords WORDS = Keywords.of("tos dsfield*=tos iif* mark* oif* dev=oif notify* connected* vrf* "
      + "uid fibmatch as sport dport ipproto from to help*");

  private final Prompt prompt;
  private final boolean json;
  private final Optional<IpAddress> from;
  private final IpAddress to;
  private final Trace trace;

  private RouteGet(Prompt prompt, boolean json, Optional<IpAddress> from, Optional<String> device, IpAddress to) {
    this.prompt = prompt;
    this.json = json;
    this.from = from;
    this.to = to;
    Probe.Ping once = new Probe.Ping(1, 0, false, 1, 1, Optional.empty(), true);
    trace = Simulator.run(prompt.lab(), new Probe(prompt.at(), to, from, device, once));
  }

  static Command read(Prompt prompt, IpProgram.Options options, Args args) throws Stop {
    Optional<InterfaceAddress> destination = Optional.empty();
    Optional<IpAddress> from = Optional.empty();
    Optional<String> device = Optional.empty();
    while (!args.isEmpty()) {
      String typed = args.next();
      String word = WORDS.find(typed).orElse("");
      switch (word) {
        case "from" -> from = Optional.of(Addresses.withLength(args.next()).address());
        case "oif" -> device = Optional.of(args.next());
        case "to" -> destination = Optional.of(Addresses.withLength(args.next()));
        case "" -> destination = Optional.of(Addresses.withLength(typed));
        default -> throw Stop.unsupported(word);
      }
    }
    InterfaceAddress to = destination.orElseThrow(() -> Stop.exit(1, "need at least a destination address"));
    if (device.isPresent()) {
      prompt.device(device.get());
    }
    List<String> warning = to.length() == 32
        ? List.of()
        : List.of("Warning: /" + to.length() + " as prefix is invalid, only /32 (or none) is supported.");
    return new RouteGet(prompt, options.json(), from, device, to.address()).answer(warning);
  }

  private Command answer(List<String> warning) throws Stop {
    Optional<Lookup.RouteLookup> lookup = lookup();
    if (isRefused(ProbeResult.FailureKind.INVALID)) {
      throw Stop.exit(2, "RTNETLINK answers: " + Errno.EINVAL.text());
    }
    Optional<Route> winner = lookup.flatMap(Lookup.RouteLookup::winner);
    if (winner.isEmpty()) {
      throw Stop.exit(2, "RTNETLINK answers: " + Errno.ENETUNREACH.text());
    }
    return switch (winner.get().type()) {
      case UNICAST, LOCAL, BROADCAST, ANYCAST, MULTICAST -> said(lookup.get(), winner.get(), warning);
      case BLACKHOLE -> throw Stop.exit(2, "RTNETLINK answers: " + Errno.EINVAL.text());
      case UNREACHABLE -> throw Stop.exit(2, "RTNETLINK answers: " + Errno.EHOSTUNREACH.text());
      case PROHIBIT -> throw Stop.exit(2, "RTNETLINK answers: " + Errno.EACCES.text());
      case THROW -> throw Stop.exit(2, "RTNETLINK answers: " + Errno.ENETUNREACH.text());
    };
  }

  private Optional<Lookup.RouteLookup> lookup() {
    return trace.steps().stream().<Lookup.RouteLookup>mapMulti((step, found) -> {
      if (step.event() instanceof Event.Looked(Lookup.RouteLookup asked) && asked.netns().equals(prompt.at())) {
        found.accept(asked);
      }
    }).findFirst();
  }

  private boolean isRefused(ProbeResult.FailureKind kind) {
    return trace.result() instanceof ProbeResult.Pinged pinged
        && pinged.errors().stream().anyMatch(e -> e.sequence() == 0 && e.kind() == kind);
  }

  /** A gateway that is an address of one's own is none (kernel rt_set_nexthop). */
  private boolean isForeign(IpAddress gateway) {
    return prompt.lab().find(prompt.at()).orElseThrow().inet().local().lookup(gateway, _ -> true)
        .filter(r -> r.type() == RouteType.LOCAL).isEmpty();
  }

  private Command said(Lookup.RouteLookup lookup, Route route, List<String> warning) {
    Answer.Way way = way(lookup, route);
    List<String> lines = json ? List.of(new Json.Rows().add(row(way)).toString()) : List.of(first(way), second(way));
    return new Command.Said(0, lines, warning, new Answer.RouteGot(prompt.lab(), way));
  }

  private Answer.Way way(Lookup.RouteLookup lookup, Route route) {
    Optional<RouteException> told = prompt.lab().learned().exception(prompt.at(), to)
        .filter(e -> e.isValidAt(prompt.lab().now()));
    Optional<IpAddress> better = told.flatMap(RouteException::gateway);
    Optional<IpAddress> chosen = lookup.sourceChosen()
        .map(a -> to.isUnspecified() ? Ipv4Address.of("127.0.0.1") : a).filter(a -> !a.isUnspecified());
    boolean local = route.type() == RouteType.LOCAL;
    return new Answer.Way(to, route.type(), better.or(() -> route.via().filter(this::isForeign)),
        route.device().filter(_ -> !local).map(prompt.lab()::device).map(Device::name).orElse("lo"),
        from.isPresent() ? Optional.empty() : chosen, from,
        told.filter(e -> e.mtu() > 0).map(RouteException::mtu).orElse(route.origin().mtu()), better.isPresent(),
        told.map(e -> e.expires().since(prompt.lab().now()) / VirtualTime.SECOND));
  }

  private static List<String> cache(Answer.Way way) {
    return switch (way.type()) {
      case LOCAL -> List.of("local");
      case BROADCAST -> List.of("local", "brd");
      case UNICAST, ANYCAST, MULTICAST, BLACKHOLE, UNREACHABLE, PROHIBIT, THROW ->
          way.redirected() ? List.of("redirected") : List.of();
    };
  }

  private static String first(Answer.Way way) {
    return (way.type() == RouteType.UNICAST ? "" : way.type().word() + " ") + way.to()
        + way.from().map(f -> " from " + f).orElse("") + way.via().map(v -> " via " + v).orElse("") + " dev "
        + way.device() + way.source().map(s -> " src " + s).orElse("") + " uid 0 ";
  }

  private static String second(Answer.Way way) {
    List<String> cache = cache(way);
    return "    cache " + (cache.isEmpty() ? "" : "<" + String.join(",", cache) + "> ")
        + way.expiresIn().map(s -> "expires " + s + "sec ").orElse("")
        + (way.mtu() > 0 ? "mtu " + way.mtu() + " " : "");
  }

  private static Json.Row row(Answer.Way way) {
    return new Json.Row().putIf(way.type() != RouteType.UNICAST, "type", way.type().word())
        .put("dst", way.to().toString()).put("from", way.from().map(Object::toString))
        .put("gateway", way.via().map(Object::toString)).put("dev", way.device())
        .put("prefsrc", way.source().map(Object::toString)).put("flags", List.of()).put("uid", 0)
        .put("cache", cache(way))
        .putIf(way.mtu() > 0, "metrics", new Json.Rows().add(new Json.Row().put("mtu", way.mtu())));
  }
}
