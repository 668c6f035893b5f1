package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.RouteFilter;
import org.hopscope.model.net.Netns;
import org.hopscope.model.net.Route;
import org.hopscope.model.net.RouteProtocol;
import org.hopscope.model.net.RouteType;
import org.hopscope.model.net.RoutingTables;
import org.hopscope.model.net.Scope;

/** {@code ip route show} and {@code ip route flush}: which rows are meant (ip/iproute.c iproute_list_flush_or_save). */
final class RouteShow {
  private static final Keywords WORDS = Keywords.of("table* vrf* cached* cloned tos dsfield*=tos protocol* scope* "
      + "type* dev oif=dev iif=dev mark metric* priority*=metric preference=metric via src realms* from* to* root* "
      + "match* exact* help*");

  private static final int LOW_BYTE = 0xff;

  private final Prompt prompt;
  private final Args args;
  private final Optional<IpFamily> family;
  private Optional<Integer> table = Optional.of(Netns.MAIN);
  private boolean cache;
  private Optional<String> device = Optional.empty();
  private Optional<IpPrefix> root = Optional.empty();
  private Optional<IpPrefix> match = Optional.empty();
  private Optional<IpPrefix> via = Optional.empty();
  private Optional<IpPrefix> source = Optional.empty();
  private Optional<RouteType> type = Optional.empty();
  private Optional<Scope> scope = Optional.empty();
  private Optional<RouteProtocol> protocol = Optional.empty();
  private Optional<Integer> metric = Optional.empty();
  private final Set<String> hidden = new TreeSet<>(Set.of("table"));

  private RouteShow(Prompt prompt, Optional<IpFamily> family, Args args) {
    this.prompt = prompt;
    this.family = family;
    this.args = args;
  }

  static Command list(Prompt prompt, IpProgram.Options options, Args args) throws Stop {
    return new RouteShow(prompt, options.family(), args).words().list(options);
  }

  static Command flush(Prompt prompt, IpProgram.Options options, Args args) throws Stop {
    if (args.isEmpty()) {
      throw Stop.exit(1, "\"ip route flush\" requires arguments.");
    }
    return new RouteShow(prompt, options.family(), args).words().flush(options);
  }

  private RouteShow words() throws Stop {
    while (!args.isEmpty()) {
      String typed = args.next();
      String word = WORDS.find(typed).orElse("");
      switch (word) {
        case "table" -> table(args.next());
        case "cached" -> cache = true;
        case "protocol" -> protocol(args.next());
        case "scope" -> {
          scope = Optional.of(IpRoute.scope(args.next()));
          hidden.add("scope");
        }
        case "type" -> {
          String text = args.next();
          type = Optional.of(RouteWords.type(text).orElseThrow(() -> Stop.wrong(text, "node type value is invalid")));
        }
        case "dev" -> {
          device = Optional.of(args.next());
          hidden.add("dev");
          hidden.add(typed);
        }
        case "via" -> via = host("via", args.next());
        case "src" -> source = host("src", args.next());
        case "metric" -> {
          metric = Optional.of(args.unsigned("\"metric\" value is invalid"));
          hidden.add("metric");
        }
        case "to" -> destination(args.next());
        case "root", "match", "exact", "" -> destination(typed);
        default -> throw Stop.unsupported(word);
      }
    }
    if (device.isPresent()) {
      prompt.device(device.get());
    }
    return this;
  }

  private void table(String text) throws Stop {
    if (text.equals("all")) {
      table = Optional.empty();
      hidden.remove("table");
    } else if (text.equals("cache")) {
      cache = true;
    } else {
      table = Optional.of(RouteWords.table(text).orElseThrow(() -> Stop.wrong(text, "table id value is invalid")));
    }
  }

  private void protocol(String text) throws Stop {
    if (!text.equals("all")) {
      protocol = Optional.of(IpRoute.protocol(text));
      hidden.add("proto");
    }
  }

  /** One address is no news in the rows that it chose; all of them choose also rows that have none. */
  private Optional<IpPrefix> host(String word, String text) throws Stop {
    IpPrefix prefix = Addresses.prefix(text, family);
    if (prefix.length() == 0) {
      return Optional.empty();
    }
    if (prefix.isHost()) {
      hidden.add(word);
    }
    return Optional.of(prefix);
  }

  /**
   * {@code root P}: inside of P; {@code match P}: all that hold P; {@code P} or {@code exact P}: P itself. {@code any} and
   * {@code all} choose nothing, unlike {@code default} (lib/utils.c get_prefix_1, which notes a length of that alone).
   */
  private void destination(String typed) throws Stop {
    String word = Keywords.of("root* match* exact*").find(typed).orElse("");
    String text = word.isEmpty() ? typed : args.next();
    Optional<IpPrefix> prefix = text.equals("any") || text.equals("all")
        ? Optional.empty()
        : Optional.of(Addresses.prefix(text, family));
    root = word.equals("match") ? root : prefix;
    match = word.equals("root") ? match : prefix;
  }

  private RouteFilter filter() {
    return new RouteFilter(table, root, match, device,
        new RouteFilter.Traits(via, source, type, scope, protocol, metric));
  }

  private Command list(IpProgram.Options options) throws Stop {
    LabState lab = prompt.lab();
    Netns netns = lab.find(prompt.at()).orElseThrow();
    RouteFilter filter = filter();
    if (cache) {
      return RouteCache.show(lab, prompt.at(), families(), filter, options);
    }
    List<Answer.Routes.Row> rows = new ArrayList<>();
    for (IpFamily each : families()) {
      check(netns, each, "Dump terminated");
      RoutingTables tables = netns.tables(each);
      for (int number : table.map(List::of).orElseGet(() -> order(tables, each))) {
        for (Route row : tables.table(number).rows()) {
          if (filter.admits(row, d -> lab.device(d).name())) {
            rows.add(new Answer.Routes.Row(number, row));
          }
        }
      }
    }
    List<String> lines = options.json()
        ? List.of(RouteText.json(lab, rows, hidden, options.details()))
        : RouteText.of(lab, rows, hidden, options);
    return Command.Said.answered(lines, new Answer.Routes(lab, prompt.at(), rows, hidden));
  }

  /** Main is always there, and of IPv6 local too; any other table is when somebody has put a row into it. */
  private void check(Netns netns, IpFamily each, String then) throws Stop {
    boolean always = each == IpFamily.INET6 && table.filter(t -> t == Netns.LOCAL).isPresent();
    if (!always && table.filter(t -> t != Netns.MAIN && !netns.tables(each).has(t)).isPresent()) {
      throw missing(each, then);
    }
  }

  private static Stop missing(IpFamily family, String then) {
    return Stop.exit(2, "Error: " + family.protocol() + ": FIB table does not exist.", then);
  }

  /** Without a family all tables mean those of both, and one table means IPv4's (iproute_list_flush_or_save). */
  private List<IpFamily> families() {
    return family.map(List::of)
        .orElseGet(() -> table.isPresent() ? List.of(IpFamily.INET) : List.of(IpFamily.values()));
  }

  /**
   * All tables in the order in which the kernel dumps them: of IPv4 by the low byte of their numbers (fib_table_hash), of
   * IPv6 by number.
   */
  private static List<Integer> order(RoutingTables tables, IpFamily family) {
    List<Integer> numbers = new ArrayList<>(tables.byNumber().keySet());
    if (family == IpFamily.INET) {
      numbers.sort(Comparator.comparingInt((Integer n) -> n & LOW_BYTE).thenComparing(n -> -n));
    }
    return numbers;
  }

  private Command flush(IpProgram.Options options) throws Stop {
    if (cache) {
      Edit edit = new Edit.FlushRouteCache(prompt.at());
      return options.stats() ? FlushText.said(edit, List.of("*** IPv4 routing cache is flushed."))
          : Command.Change.of(edit);
    }
    Netns netns = prompt.lab().find(prompt.at()).orElseThrow();
    IpFamily flushed = family.orElse(IpFamily.INET);
    check(netns, flushed, "Flush terminated");
    // Who only looks takes an IPv4 main that was never made for an empty one; who flushes is told.
    boolean never = flushed == IpFamily.INET && netns.inet().byNumber().isEmpty();
    if (never && table.isPresent()) {
      throw missing(flushed, "Flush terminated");
    }
    return FlushText.of(prompt, options, new Edit.FlushRoutes(prompt.at(), flushed, filter()), "entries",
        lab -> lab.find(prompt.at()).orElseThrow().tables(flushed).byNumber().values().stream()
            .mapToInt(t -> t.rows().size()).sum());
  }
}
