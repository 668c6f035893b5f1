package org.hopscope.model.shell;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.netfilter.Connection;
import org.hopscope.model.netfilter.ConnectionUpdate;

/**
 * {@code conntrack -L|-G|-D|-U|-F|-C|-S|-E} of conntrack-tools 1.4.7 (conntrack(8)). {@code -E} tells what happened in the
 * traces of the terminal up to now; it does not wait for more. What is written into the table by hand ({@code -I},
 * {@code -A}) is not supported.
 */
final class ConntrackProgram {
  private static final String VERSION = "conntrack v1.4.7 (conntrack-tools)";
  private static final String NAME = VERSION + ": ";

  /** Options that choose, in the order in which the program looks whether a command may have them (conntrack.c optflags). */
  private static final List<String> OPTIONS = List.of("src", "dst", "reply-src", "reply-dst", "protonum", "timeout",
      "status", "mask-src", "mask-dst", "mark", "family", "src-nat", "dst-nat", "any-nat", "zone", "orig-zone",
      "reply-zone");

  private final Prompt prompt;
  private final ConntrackFilter filter = new ConntrackFilter();
  private final Set<ConntrackText.Part> parts = EnumSet.noneOf(ConntrackText.Part.class);
  private final Set<ConntrackEvents.Kind> kinds = EnumSet.noneOf(ConntrackEvents.Kind.class);
  private Optional<String> order = Optional.empty();
  private boolean expectations;

  private ConntrackProgram(Prompt prompt) {
    this.prompt = prompt;
  }

  static Command read(Prompt prompt, Args args) throws Stop {
    return new ConntrackProgram(prompt).run(args);
  }

  static Stop problem(String message) {
    return Stop.exit(2, NAME + message, "Try `conntrack -h' or 'conntrack --help' for more information.");
  }

  private Command run(Args args) throws Stop {
    if (args.isEmpty()) {
      return Command.Said.answered(Help.of("conntrack"), new Answer.Nothing());
    }
    while (!args.isEmpty()) {
      word(args.next(), args);
    }
    if (!kinds.isEmpty() && !order.equals(Optional.of("-E"))) {
      throw illegal("event-mask");
    }
    for (String option : OPTIONS) {
      if (filter.used().contains(option) && order.filter(o -> mayChoose(o, option)).isEmpty()) {
        throw illegal(option);
      }
    }
    String what = order.orElseThrow(() -> illegal("output"));
    if (what.equals("-G") && !filter.used().contains("protonum")) {
      throw problem("You need to supply the `--protonum' option for this command");
    }
    return command(what);
  }

  /** Which options may choose connections for which command (conntrack.c commands_v_options). */
  private static boolean mayChoose(String what, String option) {
    return switch (what) {
      case "-C", "-S", "-V" -> false;
      case "-F" -> option.equals("family");
      case "-D" -> !option.equals("any-nat");
      case "-E" -> !option.equals("status") && !option.equals("timeout");
      case "-U" -> !option.endsWith("zone") && !option.equals("any-nat");
      default -> !option.equals("timeout");
    };
  }

  private static Stop illegal(String option) {
    return problem("Illegal option `--" + option + "' with this command");
  }

  private Command command(String what) throws Stop {
    long now = prompt.lab().now().nanos();
    List<Connection> living = prompt.lab().learned().netfilter(prompt.at()).conntrack().connections().values().stream()
        .filter(c -> c.livesAt(now)).toList();
    if (what.equals("-U")) {
      return update(living.stream().filter(filter::isMeant).toList(), now);
    }
    if (what.equals("-D") && filter.used().contains("timeout")) {
      throw Stop.unsupported("-D --timeout");
    }
    if (filter.isByNoStatus()) {
      throw Stop.exit(1,
          Stream.concat(filter.remarks().stream(), Stream.of(NAME + "Operation failed: invalid parameters"))
              .toArray(String[]::new));
    }
    List<Connection> found = living.stream().filter(filter::holds).toList();
    return switch (what) {
      case "-L" -> expectations
          ? new Command.Said(0, List.of(), List.of(NAME + "0 expectations have been shown."),
              new Answer.Connections(List.of()))
          : new Command.Said(0, lines(found), List.of(NAME + found.size() + " flow entries have been shown."),
              new Answer.Connections(found));
      case "-G" -> found.isEmpty() ? said(1, List.of(), "Operation failed: such conntrack doesn't exist")
          : said(0, lines(found.subList(0, 1)), "1 flow entries have been shown.");
      case "-C" -> Command.Said.answered(List.of(Integer.toString(found.size())), new Answer.Nothing());
      case "-S" -> Command.Said.answered(List.of("cpu=0   \tfound=0 invalid=0 insert=0 insert_failed=0 drop=0 "
          + "early_drop=0 error=0 search_restart=0 clash_resolve=0 chaintoolong=0 "), new Answer.Nothing());
      case "-V" -> Command.Said.answered(List.of(VERSION), new Answer.Nothing());
      case "-E" -> {
        List<String> events = new ConntrackEvents(prompt, filter, kinds, parts).lines();
        yield said(0, events, events.size() + " flow events have been shown.");
      }
      case "-D" -> {
        Command.Said said =
            said(found.isEmpty() ? 1 : 0, lines(found), found.size() + " flow entries have been deleted.");
        yield found.isEmpty() ? said : forget(found, said);
      }
      default -> {
        Command.Said said = said(0, List.of(), "connection tracking table has been emptied.");
        yield found.isEmpty() ? said : forget(found, said);
      }
    };
  }

  private List<String> lines(List<Connection> connections) {
    ConntrackText text = new ConntrackText(prompt.lab().basis().seed(), parts);
    return connections.stream().map(c -> text.line(c, prompt.lab().now().nanos())).toList();
  }

  private static Command.Said said(int status, List<String> out, String err) {
    return new Command.Said(status, out, List.of(NAME + err), new Answer.Nothing());
  }

  /**
   * Connections that are as they shall be are left alone; of others the kernel wants to know the family first (conntrack.c
   * update_cb, libmnl's message has it from the options).
   */
  private Command update(List<Connection> meant, long now) throws Stop {
    if (!filter.lasting().isEmpty()) {
      throw Stop.unsupported("-U --status " + filter.lasting().getFirst());
    }
    ConnectionUpdate update = filter.update();
    List<Connection> changed = meant.stream().filter(c -> !update.of(c, now).equals(c)).toList();
    if (!changed.isEmpty() && !filter.knowsFamily()) {
      throw Stop.exit(1, "Operation failed: Operation not supported",
          NAME + "Operation failed: Operation not supported");
    }
    List<String> err = Stream.concat(filter.remarks().stream(),
        Stream.of(NAME + changed.size() + " flow entries have been updated.")).toList();
    Command.Said said = new Command.Said(changed.isEmpty() ? 1 : 0,
        lines(changed.stream().map(c -> update.of(c, now)).toList()), err, new Answer.Nothing());
    return changed.isEmpty() ? said : new Command.Change(new Edit.UpdateConnections(prompt.at(),
        changed.stream().map(Connection::original).toList(), update), 1, said);
  }

  private Command forget(List<Connection> connections, Command.Said said) {
    return new Command.Change(
        new Edit.ForgetConnections(prompt.at(), connections.stream().map(Connection::original).toList()), 1, said);
  }

  private void word(String word, Args args) throws Stop {
    switch (word) {
      case "-L", "--dump" -> order("-L", args);
      case "-G", "--get" -> order("-G", args);
      case "-D", "--delete" -> order("-D", args);
      case "-U", "--update" -> order("-U", args);
      case "-F", "--flush" -> order("-F", args);
      case "-C", "--count" -> order("-C", args);
      case "-S", "--stats" -> order("-S", args);
      case "-E", "--event" -> order("-E", args);
      case "-V", "--version" -> order("-V", args);
      case "-o", "--output" -> output(value(word, args));
      case "-e", "--event-mask" -> events(value(word, args));
      case "-I", "--create", "-A", "--add", "-R", "--load-file", "-h", "--help", "-z", "--zero" ->
          throw Stop.unsupported(word);
      default -> {
        if (!filter.take(word, args)) {
          throw word.startsWith("-") ? problem("unknown option `" + word + "'") : Stop.unsupported(word);
        }
      }
    }
  }

  private static String value(String option, Args args) throws Stop {
    if (args.isEmpty()) {
      throw problem("option `" + option + "' requires an argument");
    }
    return args.next();
  }

  private void order(String value, Args args) throws Stop {
    if (order.isPresent()) {
      throw problem("Invalid commands combination");
    }
    order = Optional.of(value);
    if (value.equals("-L") && args.take("expect")) {
      expectations = true;
    } else if (value.equals("-U") && args.take("expect")) {
      throw problem("Can't do --update on expectations");
    } else if (!args.take("conntrack") && args.peek().filter(w -> !w.startsWith("-")).isPresent()) {
      throw Stop.unsupported(args.next());
    }
  }

  private void output(String words) throws Stop {
    for (String word : words.split(",")) {
      switch (word) {
        case "extended" -> parts.add(ConntrackText.Part.FAMILY);
        case "id" -> parts.add(ConntrackText.Part.ID);
        case "timestamp" -> parts.add(ConntrackText.Part.TIME);
        case "ktimestamp" -> {
        }
        case "xml", "save", "labels", "userspace" -> throw Stop.unsupported("-o " + word);
        default -> throw problem("Bad parameter `" + word + "'");
      }
    }
  }

  private void events(String words) throws Stop {
    for (String word : words.split(",")) {
      switch (word) {
        case "ALL" -> kinds.addAll(EnumSet.allOf(ConntrackEvents.Kind.class));
        case "NEW" -> kinds.add(ConntrackEvents.Kind.NEW);
        case "UPDATES" -> kinds.add(ConntrackEvents.Kind.UPDATE);
        case "DESTROY" -> kinds.add(ConntrackEvents.Kind.DESTROY);
        default -> throw problem("Bad parameter `" + word + "'");
      }
    }
  }
}
