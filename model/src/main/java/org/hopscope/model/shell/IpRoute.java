package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hopscope.model.addr.InterfaceAddress;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.Errno;
import org.hopscope.model.lab.NewHop;
import org.hopscope.model.lab.NewRoute;
import org.hopscope.model.lab.RouteMode;
import org.hopscope.model.lab.RouteOptions;
import org.hopscope.model.net.RouteProtocol;
import org.hopscope.model.net.RouteType;
import org.hopscope.model.net.Scope;

/** {@code ip route add|append|replace|change|del} (iproute2 6.1 ip/iproute.c iproute_modify, ip-route(8)). */
final class IpRoute {
  private static final Keywords VERBS = Keywords.of("list* show*=list lst*=list add* change* chg*=change replace* "
      + "prepend* append* test* delete* get* flush* save* restore* showdump* help*");
  private static final Keywords WORDS = Keywords.of("src as via from tos dsfield*=tos expires metric* "
      + "priority*=metric preference=metric scope mtu hoplimit advmss reordering* rtt* rto_min* window* cwnd* "
      + "initcwnd* initrwnd* features* quickack* congctl* rttvar* ssthresh* realms* onlink nexthop nhid protocol* "
      + "table* vrf* dev oif=dev pref* encap ttl-propagate fastopen_no_cookie to help*");

  /** Families of gateways that are not the destination's. */
  private static final Set<String> OTHER_FAMILIES = Set.of("inet6", "link", "mpls", "bridge");
  /** Words of a next hop that the model does not follow. */
  private static final Set<String> NEXTHOP_ONLY = Set.of("encap", "realms", "as");
  private static final int MAX_WEIGHT = 256;

  /** Types that iproute2 knows and no kernel takes, whatever their scope (net/ipv4/fib_semantics.c fib_props). */
  private static final Keywords NO_ROUTE_OF = Keywords.of("nat xresolve*");

  private final Prompt prompt;
  private final Args args;
  /** The family of the option, or of the first address that was read. */
  private Optional<IpFamily> family;
  private boolean everything;
  private Optional<InterfaceAddress> destination = Optional.empty();
  private Optional<RouteType> type = Optional.empty();
  private boolean untakeable;
  private Optional<IpAddress> via = Optional.empty();
  private Optional<String> device = Optional.empty();
  private Optional<IpAddress> src = Optional.empty();
  private Optional<Integer> metric = Optional.empty();
  private Optional<Integer> table = Optional.empty();
  private Optional<Scope> scope = Optional.empty();
  private Optional<RouteProtocol> protocol = Optional.empty();
  private final RouteMetrics metrics = new RouteMetrics();
  private final List<NewHop> more = new ArrayList<>();
  private boolean onlink;
  private Optional<String> forInet6 = Optional.empty();

  private IpRoute(Prompt prompt, Optional<IpFamily> family, Args args) {
    this.prompt = prompt;
    this.family = family;
    this.args = args;
  }

  static Command read(Prompt prompt, IpProgram.Options options, Args args) throws Stop {
    if (args.isEmpty()) {
      return RouteShow.list(prompt, options, args);
    }
    String typed = args.next();
    String verb = VERBS.find(typed)
        .orElseThrow(() -> Stop.exit(255, "Command \"" + typed + "\" is unknown, try \"ip route help\"."));
    return switch (verb) {
      case "list" -> RouteShow.list(prompt, options, args);
      case "get" -> RouteGet.read(prompt, options, args);
      case "flush" -> RouteShow.flush(prompt, options, args);
      case "add" -> new IpRoute(prompt, options.family(), args).words().change(RouteMode.ADD);
      case "prepend" -> new IpRoute(prompt, options.family(), args).words().change(RouteMode.PREPEND);
      case "append" -> new IpRoute(prompt, options.family(), args).words().change(RouteMode.APPEND);
      case "replace" -> new IpRoute(prompt, options.family(), args).words().change(RouteMode.REPLACE);
      case "change" -> new IpRoute(prompt, options.family(), args).words().change(RouteMode.CHANGE);
      case "delete" -> new IpRoute(prompt, options.family(), args).words().delete();
      case "help" -> throw usage();
      default -> throw Stop.unsupported("ip route " + verb);
    };
  }

  private static Stop usage() {
    return Stop.exit(255, "Usage: ip route { list | flush } SELECTOR", "       ip route get ADDRESS",
        "       ip route { add | del | change | append | prepend | replace } ROUTE");
  }

  private IpRoute words() throws Stop {
    while (!args.isEmpty()) {
      String typed = args.next();
      String word = WORDS.find(typed).orElse("");
      switch (word) {
        case "src" -> src = Optional.of(seen(Addresses.address(args.next(), family)));
        case "via" -> {
          if (via.isPresent()) {
            throw Stop.wrong("via", "use nexthop syntax to specify multiple via");
          }
          via = Optional.of(gateway());
        }
        case "metric" -> metric = Optional.of(args.unsigned("\"metric\" value is invalid"));
        case "scope" -> scope = Optional.of(scope(args.next()));
        case "mtu", "advmss", "hoplimit", "reordering", "rtt", "rto_min", "window", "cwnd", "initcwnd", "initrwnd",
            "features", "quickack", "congctl", "rttvar", "ssthresh" ->
            metrics.read(word, args);
        case "expires" -> ignored(word, args.next(), "[0-9]{1,9}");
        case "pref" -> ignored(word, args.next(), "low|medium|high");
        case "ttl-propagate" -> ignored(word, args.next(), "enabled|disabled");
        case "nexthop" -> nexthops();
        case "onlink" -> onlink = true;
        case "protocol" -> protocol = Optional.of(protocol(args.next()));
        case "table" -> table = Optional.of(table(args.next()));
        case "dev" -> device = Optional.of(args.next());
        case "to", "" -> destination(word.isEmpty() ? typed : args.next());
        default -> throw Stop.unsupported(word);
      }
    }
    if (destination.isEmpty()) {
      throw usage();
    }
    if (device.isPresent()) {
      prompt.device(device.get());
    }
    return this;
  }

  /** What the kernel looks at for IPv6 only: of an IPv4 route it is read, and nothing comes of it (fib_frontend.c). */
  private void ignored(String word, String value, String fits) throws Stop {
    if (!value.matches(fits)) {
      throw Stop.unsupported(word + " " + value);
    }
    forInet6 = Optional.of(word);
  }

  /** {@code nexthop}, up to the end of the line (iproute.c parse_nexthops). */
  private void nexthops() throws Stop {
    do {
      if (args.isEmpty()) {
        throw Stop.exit(255, "Error: unexpected end of line after \"nexthop\"");
      }
      more.add(nexthop());
    } while (args.take("nexthop"));
    if (!args.isEmpty()) {
      throw Stop.exit(255, "Error: \"nexthop\" or end of line is expected instead of \"" + args.next() + "\"");
    }
  }

  private NewHop nexthop() throws Stop {
    Optional<IpAddress> gateway = Optional.empty();
    Optional<String> leaves = Optional.empty();
    boolean here = false;
    int weight = 1;
    while (!args.isEmpty()) {
      if (args.take("via")) {
        gateway = Optional.of(gateway());
      } else if (args.take("dev")) {
        leaves = Optional.of(args.next());
        if (prompt.lab().find(prompt.ref(leaves.get())).isEmpty()) {
          throw Stop.exit(255, "Cannot find device \"" + leaves.get() + "\"", "Error: cannot parse nexthop");
        }
      } else if (args.take("weight")) {
        weight = args.number(1, MAX_WEIGHT, "\"weight\" is invalid");
      } else if (args.take("onlink")) {
        here = true;
      } else if (args.peek().filter(NEXTHOP_ONLY::contains).isPresent()) {
        throw Stop.unsupported(args.next());
      } else {
        break;
      }
    }
    return new NewHop(gateway, leaves, here, weight);
  }

  private IpAddress gateway() throws Stop {
    Optional<String> said = args.peek().filter(OTHER_FAMILIES::contains);
    if (said.isEmpty()) {
      args.take("inet");
      return seen(Addresses.address(args.next(), family));
    }
    args.next();
    String text = args.next();
    throw switch (said.get()) {
      case "bridge" -> Stop.exit(1, "Error: bridge address is expected rather than \"" + text + "\".");
      case "mpls" -> Stop.exit(2, "Error: Unsupported address family in RTA_VIA.");
      default -> Stop.unsupported("via " + said.get());
    };
  }

  private IpAddress seen(IpAddress address) {
    family = Optional.of(address.family());
    return address;
  }

  private void destination(String first) throws Stop {
    String text = first;
    // What begins with a digit is taken for an address (iproute.c iproute_modify).
    Optional<RouteType> named = Optional.of(first).filter(f -> !f.matches("[0-9].*")).flatMap(RouteWords::type);
    untakeable |= NO_ROUTE_OF.find(first).isPresent();
    if (named.isPresent() || untakeable) {
      type = named;
      text = args.next();
    }
    if (destination.isPresent()) {
      throw Stop.garbage("to", text);
    }
    everything = Addresses.isEverything(text);
    destination = Optional.of(Addresses.withLength(text, family));
    if (!everything) {
      seen(destination.get().address());
    }
  }

  static Scope scope(String text) throws Stop {
    return RouteWords.scope(text).orElseThrow(() -> RouteWords.isScope(text)
        ? Stop.unsupported("scope " + text)
        : Stop.wrong(text, "invalid \"scope\" value"));
  }

  static int table(String text) throws Stop {
    return RouteWords.table(text).orElseThrow(() -> Stop.wrong(text, "\"table\" value is invalid"));
  }

  static RouteProtocol protocol(String text) throws Stop {
    return RouteProtocol.parse(text).orElseThrow(() -> Stop.wrong(text, "\"protocol\" value is invalid"));
  }

  /** Bits behind the length are for the kernel to refuse, after all words are read (fib_valid_key_len). */
  private NewRoute route() throws Stop {
    InterfaceAddress to = everything
        ? new InterfaceAddress(family.orElse(IpFamily.INET).unspecified(), 0)
        : destination.orElseThrow();
    if (forInet6.isPresent() && to.address().family() == IpFamily.INET6) {
      throw Stop.unsupported(forInet6.get());
    }
    if (to.address().family() == IpFamily.INET && !to.network().address().equals(to.address())) {
      throw Stop.exit(2, "Error: Invalid prefix for given prefix length.");
    }
    RouteOptions options = new RouteOptions(src, metric, table, scope, protocol, metrics.value());
    NewHop only = new NewHop(via, device, onlink, 1);
    if (!more.isEmpty() && device.isPresent() && !more.getFirst().device().equals(device)) {
      throw Stop.exit(2, "Error: Nexthop device index does not match RTA_OIF.");
    }
    if (!more.isEmpty() && via.isPresent() && !more.getFirst().via().equals(via)) {
      throw Stop.exit(2, "Error: Nexthop gateway does not match RTA_GATEWAY or RTA_VIA.");
    }
    if (more.size() == 1 && to.address().family() == IpFamily.INET6 && more.getFirst().via().isEmpty()) {
      throw Stop.exit(2, "Error: Device only routes can not be added for IPv6 using the multipath API.");
    }
    return new NewRoute(to.network(), type.orElse(RouteType.UNICAST), more.isEmpty() ? List.of(only) : more,
        options);
  }

  private Command change(RouteMode mode) throws Stop {
    if (untakeable) {
      throw Stop.exit(2, "Error: Invalid scope.");
    }
    return Command.Change.of(new Edit.AddRoute(prompt.at(), route(), mode));
  }

  private Command delete() throws Stop {
    if (more.size() == 1) {
      throw Stop.unsupported("nexthop");
    }
    if (untakeable) {
      throw Stop.exit(2, "RTNETLINK answers: " + Errno.ESRCH.text());
    }
    return Command.Change.of(new Edit.DeleteRoute(prompt.at(), route(), type.isPresent()));
  }
}
