package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hopscope.model.addr.InterfaceAddress;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.lab.Errno;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.Netns;
import org.hopscope.model.net.Protocol;
import org.hopscope.model.net.Route;
import org.hopscope.model.net.RouteException;
import org.hopscope.model.net.RouteKey;
import org.hopscope.model.net.RouteProtocol;
import org.hopscope.model.net.RouteType;
import org.hopscope.model.net.Scope;
import org.hopscope.model.net.VirtualTime;
import org.hopscope.model.sim.RouteQuestion;
import org.hopscope.model.sim.RouteQuestion.Type;
import org.hopscope.model.trace.Lookup;

/**
 * {@code ip route get}: which way a packet of this host would take (ip/iproute.c iproute_get). It is asked of the packet
 * path itself, so it cannot say anything else than what a packet would meet.
 */
final class RouteGet {
  private static final Keywords WORDS =
      Keywords.of("tos dsfield*=tos from* iif* mark* oif* dev=oif notify* connected* vrf* "
          + "uid* fibmatch* as* sport* dport* ipproto* to help*");

  /** A multicast route's flag has the bit that iproute2 knows by this name. */
  private static final String OFFLOAD_FAILED = "rt_offload_failed";

  private static final int HIGHEST_PORT = 65535;

  private final Prompt prompt;
  private final IpProgram.Options options;
  private final Args args;
  private Optional<InterfaceAddress> to = Optional.empty();
  private Optional<IpAddress> from = Optional.empty();
  private Optional<Device> incoming = Optional.empty();
  private Optional<Device> outgoing = Optional.empty();
  private int mark;
  private RouteKey.Upper upper = RouteKey.Upper.NONE;
  private boolean fibMatch;
  private boolean notify;
  private boolean as;

  private RouteGet(Prompt prompt, IpProgram.Options options, Args args) {
    this.prompt = prompt;
    this.options = options;
    this.args = args;
  }

  static Command read(Prompt prompt, IpProgram.Options options, Args args) throws Stop {
    return new RouteGet(prompt, options, args).words().answer();
  }

  private RouteGet words() throws Stop {
    String in = "";
    String out = "";
    while (!args.isEmpty()) {
      String typed = args.next();
      String word = WORDS.find(typed).orElse("");
      switch (word) {
        case "from" -> from = Optional.of(Addresses.withLength(args.next(), options.family()).address());
        case "iif" -> in = args.next();
        case "oif" -> out = args.next();
        case "mark" -> mark = args.unsigned("invalid mark value");
        case "ipproto" -> {
          String text = args.next();
          int protocol = Protocol.parse(text).orElseThrow(() -> Stop.wrong(text, "Invalid \"ipproto\" value"));
          upper = new RouteKey.Upper(protocol, upper.sourcePort(), upper.destinationPort(), upper.tos());
        }
        case "sport" -> upper =
            new RouteKey.Upper(upper.protocol(), args.number(0, HIGHEST_PORT, "invalid sport"),
                upper.destinationPort(), upper.tos());
        case "dport" -> upper =
            new RouteKey.Upper(upper.protocol(), upper.sourcePort(), args.number(0, HIGHEST_PORT, "invalid dport"),
                upper.tos());
        case "tos" -> upper = new RouteKey.Upper(upper.protocol(), upper.sourcePort(), upper.destinationPort(),
            IpRule.tos(args.next()));
        case "uid" -> {
          if (args.unsigned("invalid UID") != 0) {
            throw Stop.unsupported("ip route get uid");
          }
        }
        case "fibmatch" -> fibMatch = true;
        case "notify" -> notify = true;
        case "vrf" -> throw Stop.wrong(args.next(), "Invalid VRF");
        case "as" -> {
          Addresses.address(args.next(), family());
          as = true;
        }
        case "to" -> to = Optional.of(Addresses.withLength(args.next(), family()));
        case "" -> to = Optional.of(Addresses.withLength(typed, family()));
        case "help" -> throw Stop.exit(255, "Usage: ip route get ADDRESS [ from ADDRESS iif STRING ] [ oif STRING ]");
        default -> throw Stop.unsupported(word);
      }
    }
    if (to.isEmpty()) {
      throw Stop.exit(1, "need at least a destination address");
    }
    incoming = in.isEmpty() ? Optional.empty() : Optional.of(prompt.device(in));
    outgoing = out.isEmpty() ? Optional.empty() : Optional.of(prompt.device(out));
    return this;
  }

  /** The family of what was read so far, if none was said. */
  private Optional<IpFamily> family() {
    return options.family().or(() -> to.map(a -> a.address().family())).or(() -> from.map(IpAddress::family));
  }

  private IpAddress target() {
    return to.orElseThrow().address();
  }

  /** What a kernel reads and has no answer for (inet_rtm_valid_getroute_req, inet6_rtm_valid_getroute_req). */
  private void refuse() throws Stop {
    boolean inet6 = target().family() == IpFamily.INET6;
    if (notify && inet6) {
      throw Stop.exit(2, "Error: ipv6: Invalid flags for get route request.");
    }
    if (as) {
      throw Stop.exit(2, "Error: " + (inet6 ? "ipv6: Unsupported attribute in get route request."
          : "ipv4: Unsupported attribute in route get request."));
    }
  }

  private Command answer() throws Stop {
    refuse();
    int length = to.orElseThrow().length();
    List<String> warning = length == target().width() || length == 0
        ? List.of()
        : List.of(
            "Warning: /" + length + " as prefix is invalid, only /" + target().width() + " (or none) is supported.");
    RouteKey key = new RouteKey(target(), from.filter(f -> !f.isUnspecified()), incoming.map(Device::id),
        outgoing.map(Device::id), mark, upper);
    return switch (RouteQuestion.ask(prompt.lab(), prompt.at(), key)) {
      case RouteQuestion.Answer.Fails(Errno errno) -> throw Stop.exit(2, "RTNETLINK answers: " + errno.text());
      case RouteQuestion.Answer.Goes(var lookup, var type, boolean redirects) -> fibMatch
          ? row(lookup, warning)
          : said(way(lookup, type, redirects), warning);
    };
  }

  /** {@code fibmatch}: the row itself. */
  private Command row(Lookup.RouteLookup lookup, List<String> warning) throws Stop {
    Route winner = lookup.winner().orElseThrow(() -> Stop.exit(2, "RTNETLINK answers: " + Errno.EHOSTUNREACH.text()));
    // Until somebody made a rule, IPv4's tables local and main are one (net/ipv4/fib_frontend.c fib_unmerge).
    boolean apart = lookup.table() != Netns.LOCAL || target().family() == IpFamily.INET6 || isRuled();
    // Of IPv4 a kernel does not repeat by which device the packet was said to come in (fib_dump_info).
    Optional<String> iif = incoming.map(Device::name).filter(_ -> target().family() == IpFamily.INET6);
    List<Answer.Routes.Row> rows = List.of(new Answer.Routes.Row(apart ? lookup.table() : Netns.MAIN, winner, iif));
    List<String> lines = options.json()
        ? List.of(RouteText.json(prompt.lab(), rows, Set.of(), options.details()))
        : RouteText.of(prompt.lab(), rows, Set.of(), options);
    return new Command.Said(0, lines, warning, new Answer.RouteMatched(prompt.lab(), rows.getFirst()));
  }

  private Command said(Answer.Way way, List<String> warning) {
    boolean inet6 = target().family() == IpFamily.INET6;
    List<String> lines = inet6 ? List.of(options.json() ? new Json.Rows().add(row6(way)).toString() : line6(way))
        : options.json()
            ? List.of(new Json.Rows().add(row(way)).toString())
        : options.oneLine() ? List.of(first(way) + "\\" + second(way)) : List.of(first(way), second(way));
    return new Command.Said(0, lines, warning, new Answer.RouteGot(prompt.lab(), way));
  }

  private Answer.Way way(Lookup.RouteLookup lookup, Type type, boolean redirects) {
    Optional<RouteException> told = prompt.lab().learned().exception(prompt.at(), target())
        .filter(e -> e.isValidAt(prompt.lab().now()) && lookup.winner().filter(e::hangsOn).isPresent());
    Optional<IpAddress> better = told.flatMap(RouteException::gateway);
    Optional<IpAddress> chosen = lookup.sourceChosen().filter(a -> !a.isUnspecified());
    boolean local = type == Type.LOCAL;
    Optional<IpAddress> gateway = type != Type.UNICAST
        ? Optional.empty()
        : better.or(() -> lookup.hop().flatMap(Route.NextHop::gateway));
    Optional<Device> leaves = lookup.hop().map(Route.NextHop::device).map(prompt.lab()::device).or(() -> outgoing);
    return new Answer.Way(target(), type, gateway,
        leaves.filter(_ -> !local && !toGroupOfOwn(lookup) && !(type == Type.BROADCAST && incoming.isPresent()))
            .map(Device::name).orElse(loopback()),
        from.isPresent() && target().family() == IpFamily.INET ? Optional.empty() : chosen,
        from.filter(f -> !f.isUnspecified()),
        detail(lookup, told, redirects));
  }

  /** The name of the namespace's loopback, which may be another than {@code lo}. */
  private String loopback() {
    return prompt.lab().devicesOf(prompt.at()).stream().filter(Device::isLoopback).findFirst().orElseThrow().name();
  }

  /** Whether a group stands as an address on a device here: the way is the own host's then, whatever it is called. */
  private boolean toGroupOfOwn(Lookup.RouteLookup lookup) {
    return target().isMulticast() && lookup.winner().filter(r -> r.type() == RouteType.LOCAL).isPresent();
  }

  private boolean isRuled() {
    return prompt.lab().find(prompt.at()).orElseThrow().tables(target().family()).rules().custom();
  }

  private Answer.Way.Detail detail(Lookup.RouteLookup lookup, Optional<RouteException> told, boolean redirects) {
    boolean ruled = isRuled() && lookup.winner().isPresent()
        && !target().isUnspecified();
    Route.Metrics own = lookup.winner().map(r -> r.origin().metrics()).orElse(Route.Metrics.NONE);
    Route.Metrics metrics = told.map(RouteException::mtu).filter(m -> m.bytes() > 0)
        .map(m -> own.withMtu(m.bytes(), m.locked())).orElse(own);
    boolean shown = ruled || target().family() == IpFamily.INET6;
    return new Answer.Way.Detail(Optional.of(lookup.table()).filter(t -> shown && t != Netns.MAIN),
        incoming.map(Device::name), mark, metrics, redirects, told.flatMap(RouteException::gateway).isPresent(),
        told.map(e -> e.expires().since(prompt.lab().now()) / VirtualTime.SECOND), lookup.winner());
  }

  /** The flags of the answer (kernel RTCF_*). */
  private List<String> cache(Answer.Way way) {
    List<String> flags = new ArrayList<>();
    boolean here = way.device().equals(loopback()) || way.type() == Type.BROADCAST
        || way.to().equals(Ipv4Address.of("224.0.0.1"));
    if (here) {
      flags.add("local");
    }
    switch (way.type()) {
      case BROADCAST -> flags.add("brd");
      case MULTICAST -> flags.add("mc");
      case UNICAST -> {
        if (way.detail().redirects()) {
          flags.add("redirect");
        }
      }
      case LOCAL -> {
      }
    }
    if (way.detail().redirected()) {
      flags.add("redirected");
    }
    if (notify) {
      flags.add("notify");
    }
    return flags;
  }

  private String first(Answer.Way way) {
    Answer.Way.Detail detail = way.detail();
    return (isPlain(way.type() == Type.UNICAST) ? "" : word(way.type()) + " ") + way.to()
        + way.from().map(f -> " from " + f).orElse("") + way.via().map(v -> " via " + v).orElse("") + " dev "
        + way.device() + table(detail).map(t -> " table " + t).orElse("")
        + way.source().map(s -> " src " + s).orElse("")
        + flags(way).stream().map(f -> " " + f).collect(Collectors.joining())
        + (detail.mark() == 0 ? "" : " mark " + mark(detail.mark()))
        + (detail.incoming().isPresent() ? " " : " uid 0 ");
  }

  /** The flags of a row that iproute2 finds in the answer's. */
  private List<String> flags(Answer.Way way) {
    List<String> flags = new ArrayList<>();
    if (notify) {
      flags.add("notify");
    }
    if (way.type() == Type.MULTICAST) {
      flags.add(OFFLOAD_FAILED);
    }
    return flags;
  }

  private static String word(Type type) {
    return type.name().toLowerCase(Locale.ROOT);
  }

  private static String mark(int mark) {
    return mark > 0 && mark < 16 ? Integer.toString(mark) : "0x" + Integer.toHexString(mark);
  }

  private String second(Answer.Way way) {
    List<String> cache = cache(way);
    return "    cache " + (cache.isEmpty() ? "" : "<" + String.join(",", cache) + "> ")
        + way.detail().expiresIn().map(s -> "expires " + s + "sec ").orElse("")
        + RouteMetrics.words(way.detail().metrics()).stream().map(m -> m + " ").collect(Collectors.joining())
        + from(way);
  }

  private static String from(Answer.Way way) {
    return way.detail().incoming().map(i -> "iif " + i + " ").orElse("");
  }

  /** What goes without saying is said only to {@code -d}. */
  private boolean isPlain(boolean usual) {
    return usual && !options.details();
  }

  private Optional<String> table(Answer.Way.Detail detail) {
    return detail.table().or(() -> Optional.of(Netns.MAIN).filter(_ -> options.details())).map(RouteWords::table);
  }

  /** IPv6 tells of the row itself: who made it, its metric and its preference. */
  private String line6(Answer.Way way) {
    Answer.Way.Detail detail = way.detail();
    return (isPlain(type6(way) == RouteType.UNICAST) ? "" : type6(way).word() + " ") + way.to() + " from "
        + way.from().map(Object::toString).orElse("::") + way.via().map(v -> " via " + v).orElse("") + " dev "
        + way.device() + table(detail).map(t -> " table " + t).orElse("")
        + protocol6(way).map(p -> " proto " + p).orElse("") + scope6(way).map(s -> " scope " + s).orElse("")
        + way.source().map(s -> " src " + s).orElse("")
        + " metric " + metric6(way) + " " + detail.expiresIn().map(s -> "expires " + s + "sec ").orElse("")
        + RouteMetrics.words(detail.metrics()).stream().map(m -> m + " ").collect(Collectors.joining())
        + from(way) + "pref medium";
  }

  private static RouteType type6(Answer.Way way) {
    return way.detail().row().map(Route::type).orElse(RouteType.UNICAST);
  }

  private Optional<String> protocol6(Answer.Way way) {
    return way.detail().row().map(r -> r.origin().protocol()).filter(p -> !isPlain(p.equals(RouteProtocol.BOOT)))
        .map(RouteProtocol::word);
  }

  private Optional<String> scope6(Answer.Way way) {
    return way.detail().row().map(r -> r.origin().scope()).filter(s -> !isPlain(s == Scope.GLOBAL)).map(Scope::word);
  }

  private static long metric6(Answer.Way way) {
    return way.detail().row().map(r -> Integer.toUnsignedLong(r.metric())).orElse(0L);
  }

  private Json.Row row6(Answer.Way way) {
    Answer.Way.Detail detail = way.detail();
    return new Json.Row().putIf(!isPlain(type6(way) == RouteType.UNICAST), "type", type6(way).word())
        .put("dst", way.to().toString()).put("from", way.from().map(Object::toString).orElse("::"))
        .put("gateway", way.via().map(Object::toString)).put("dev", way.device())
        .put("table", table(detail)).put("protocol", protocol6(way)).put("scope", scope6(way))
        .put("prefsrc", way.source().map(Object::toString)).put("metric", metric6(way)).put("flags", List.of())
        .putIf(detail.expiresIn().isPresent(), "expires", detail.expiresIn().orElse(0L))
        .putIf(!detail.metrics().equals(Route.Metrics.NONE), "metrics", RouteMetrics.json(detail.metrics()))
        .put("iif", detail.incoming()).put("pref", "medium");
  }

  private Json.Row row(Answer.Way way) {
    Answer.Way.Detail detail = way.detail();
    return new Json.Row().putIf(!isPlain(way.type() == Type.UNICAST), "type", word(way.type()))
        .put("dst", way.to().toString())
        .put("from", way.from().map(Object::toString)).put("gateway", way.via().map(Object::toString))
        .put("dev", way.device()).put("table", table(detail))
        .put("prefsrc", way.source().map(Object::toString))
        .put("flags", flags(way))
        .putIf(detail.mark() != 0, "mark", Integer.toUnsignedLong(detail.mark()))
        .putIf(detail.incoming().isEmpty(), "uid", 0).put("cache", cache(way))
        .putIf(!detail.metrics().equals(Route.Metrics.NONE), "metrics", RouteMetrics.json(detail.metrics()))
        .put("iif", detail.incoming());
  }
}
