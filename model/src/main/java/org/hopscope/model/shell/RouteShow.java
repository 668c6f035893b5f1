package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.Netns;
import org.hopscope.model.net.Route;
import org.hopscope.model.net.RouteProtocol;
import org.hopscope.model.net.RouteType;
import org.hopscope.model.net.Scope;

/** {@code ip route show} and {@code ip route flush}: which rows are meant (ip/iproute.c iproute_list_flush_or_save). */
final class RouteShow {
  private static final Keywords WORDS = Keywords.of("table* vrf* cached* cloned tos dsfield*=tos protocol* scope* "
      + "type* dev oif=dev iif=dev mark metric* priority*=metric preference=metric via src realms* from* to* root* "
      + "match* exact* help*");

  private final Prompt prompt;
  private final Args args;
  private final List<Predicate<Route>> wanted = new ArrayList<>();
  private Optional<Integer> table = Optional.of(Netns.MAIN);
  private Optional<String> device = Optional.empty();
  private Optional<IpPrefix> exact = Optional.empty();
  private final Set<String> hidden = new TreeSet<>(Set.of("table"));

  private RouteShow(Prompt prompt, Args args) {
    this.prompt = prompt;
    this.args = args;
  }

  static Command list(Prompt prompt, IpProgram.Options options, Args args) throws Stop {
    return new RouteShow(prompt, args).words().list(options);
  }

  static Command flush(Prompt prompt, Args args) throws Stop {
    if (args.isEmpty()) {
      throw Stop.exit(1, "\"ip route flush\" requires arguments.");
    }
    return new RouteShow(prompt, args).words().flush();
  }

  private RouteShow words() throws Stop {
    while (!args.isEmpty()) {
      String typed = args.next();
      String word = WORDS.find(typed).orElse("");
      switch (word) {
        case "table" -> table(args.next());
        case "protocol" -> protocol(args.next());
        case "scope" -> {
          Scope scope = IpRoute.scope(args.next());
          wanted.add(r -> r.origin().scope() == scope);
          hidden.add("scope");
        }
        case "type" -> {
          String text = args.next();
          RouteType type = RouteWords.type(text).orElseThrow(() -> Stop.wrong(text, "node type value is invalid"));
          wanted.add(r -> r.type() == type);
        }
        case "dev" -> device(args.next());
        case "via" -> {
          IpAddress via = Addresses.address(args.next());
          wanted.add(r -> r.via().filter(via::equals).isPresent());
          hidden.add("via");
        }
        case "src" -> {
          IpAddress src = Addresses.address(args.next());
          wanted.add(r -> r.prefSrc().filter(src::equals).isPresent());
          hidden.add("src");
        }
        case "metric" -> {
          int metric = args.number(0, Integer.MAX_VALUE, "\"metric\" value is invalid");
          wanted.add(r -> r.metric() == metric);
          hidden.add("metric");
        }
        case "to" -> destination(args.next());
        case "root", "match", "exact", "" -> destination(typed);
        default -> throw Stop.unsupported(word);
      }
    }
    return this;
  }

  private void table(String text) throws Stop {
    if (text.equals("all")) {
      table = Optional.empty();
      hidden.remove("table");
    } else {
      table = Optional.of(RouteWords.table(text).filter(_ -> !text.equals("cache"))
          .orElseThrow(() -> text.equals("cache")
              ? Stop.unsupported("table cache")
              : Stop.wrong(text, "table id value is invalid")));
    }
  }

  private void protocol(String text) throws Stop {
    if (!text.equals("all")) {
      RouteProtocol protocol = IpRoute.protocol(text);
      wanted.add(r -> r.origin().protocol() == protocol);
      hidden.add("proto");
    }
  }

  private void device(String name) throws Stop {
    Device found = prompt.device(name);
    device = Optional.of(name);
    hidden.add("dev");
    wanted.add(r -> r.device().filter(found.id()::equals).isPresent());
  }

  /** {@code root P}: inside of P; {@code match P}: all that hold P; {@code P} or {@code exact P}: P itself. */
  private void destination(String typed) throws Stop {
    String word = Keywords.of("root* match* exact*").find(typed).orElse("");
    IpPrefix prefix = Addresses.prefix(word.isEmpty() ? typed : args.next());
    switch (word) {
      case "root" -> wanted.add(r -> prefix.length() <= r.destination().length()
          && prefix.contains(r.destination().address()));
      case "match" -> wanted.add(r -> r.destination().length() <= prefix.length()
          && r.destination().contains(prefix.address()));
      default -> {
        exact = Optional.of(prefix);
        wanted.add(r -> r.destination().equals(prefix));
      }
    }
  }

  private Command list(IpProgram.Options options) throws Stop {
    Netns netns = prompt.lab().find(prompt.at()).orElseThrow();
    if (table.filter(t -> t != Netns.MAIN && !netns.inet().has(t)).isPresent()) {
      throw Stop.exit(2, "Error: ipv4: FIB table does not exist.", "Dump terminated");
    }
    List<Answer.Routes.Row> rows = new ArrayList<>();
    List<Integer> numbers = table.map(List::of).orElseGet(() -> order(netns));
    for (int number : numbers) {
      netns.inet().table(number).rows().stream().filter(r -> wanted.stream().allMatch(w -> w.test(r)))
          .forEach(r -> rows.add(new Answer.Routes.Row(number, r)));
    }
    List<String> lines = options.json()
        ? List.of(RouteText.json(prompt.lab(), rows, hidden))
        : RouteText.of(prompt.lab(), rows, hidden, options.details());
    return Command.Said.answered(lines, new Answer.Routes(prompt.lab(), prompt.at(), rows, hidden));
  }

  /** All tables in the order in which the kernel dumps them: the main table, then local, then the others. */
  private static List<Integer> order(Netns netns) {
    List<Integer> numbers = new ArrayList<>(netns.inet().byNumber().keySet());
    numbers.sort(java.util.Comparator.comparingInt(n -> n == Netns.MAIN ? 0 : n == Netns.LOCAL ? 1 : 2 + n));
    return numbers;
  }

  private Command flush() throws Stop {
    int number = table.orElseThrow(() -> Stop.unsupported("ip route flush table all"));
    int said = (device.isPresent() ? 1 : 0) + (exact.isPresent() ? 1 : 0);
    if (wanted.size() != said) {
      throw Stop.unsupported("ip route flush by anything but table, dev and exact");
    }
    return Command.Change.of(new Edit.FlushRoutes(prompt.at(), number, exact, device));
  }
}
