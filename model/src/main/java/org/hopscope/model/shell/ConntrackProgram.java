package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.netfilter.Connection;
import org.hopscope.model.netfilter.Protocols;
import org.hopscope.model.netfilter.TcpState;

/** {@code conntrack -L|-D|-F|-C} of conntrack-tools 1.4.7 (conntrack(8)). */
final class ConntrackProgram {
  private static final String NAME = "conntrack v1.4.7 (conntrack-tools): ";

  private final Prompt prompt;
  private final List<Predicate<Connection>> wanted = new ArrayList<>();
  private Optional<String> order = Optional.empty();

  private ConntrackProgram(Prompt prompt) {
    this.prompt = prompt;
  }

  static Command read(Prompt prompt, Args args) throws Stop {
    return new ConntrackProgram(prompt).run(args);
  }

  private Command run(Args args) throws Stop {
    while (!args.isEmpty()) {
      word(args.next(), args);
    }
    long now = prompt.lab().now().nanos();
    List<Connection> found = prompt.lab().learned().netfilter(prompt.at()).conntrack().connections().values().stream()
        .filter(c -> c.livesAt(now)).filter(c -> wanted.stream().allMatch(w -> w.test(c))).toList();
    List<String> lines = found.stream().map(c -> ConntrackText.line(c, now)).toList();
    return switch (order.orElseThrow(() -> problem("No command specified"))) {
      case "-L" -> new Command.Said(0, lines, List.of(NAME + found.size() + " flow entries have been shown."),
          new Answer.Connections(found));
      case "-C" -> Command.Said.answered(List.of(Integer.toString(found.size())), new Answer.Nothing());
      case "-D" -> {
        Command.Said said = new Command.Said(found.isEmpty() ? 1 : 0, lines,
            List.of(NAME + found.size() + " flow entries have been deleted."), new Answer.Nothing());
        yield found.isEmpty() ? said : forget(found, said);
      }
      default -> {
        Command.Said said = new Command.Said(0, List.of(),
            List.of(NAME + "connection tracking table has been emptied."), new Answer.Nothing());
        yield found.isEmpty() ? said : forget(found, said);
      }
    };
  }

  private Command forget(List<Connection> connections, Command.Said said) {
    return new Command.Change(
        new Edit.ForgetConnections(prompt.at(), connections.stream().map(Connection::original).toList()), 1, said);
  }

  private static Stop problem(String message) {
    return Stop.exit(2, NAME + message, "Try `conntrack -h' or 'conntrack --help' for more information.");
  }

  private void word(String word, Args args) throws Stop {
    switch (word) {
      case "-L", "--dump" -> order("-L", args);
      case "-D", "--delete" -> order("-D", args);
      case "-F", "--flush" -> order("-F", args);
      case "-C", "--count" -> order("-C", args);
      case "-p", "--proto", "--protonum" -> {
        int protocol = protocol(value(word, args));
        wanted.add(c -> c.original().protocol() == protocol);
      }
      case "-s", "--src", "--orig-src" -> address(value(word, args), c -> c.original().source());
      case "-d", "--dst", "--orig-dst" -> address(value(word, args), c -> c.original().destination());
      case "-r", "--reply-src" -> address(value(word, args), c -> c.reply().source());
      case "-q", "--reply-dst" -> address(value(word, args), c -> c.reply().destination());
      case "--sport", "--orig-port-src" -> port(word, args, c -> c.original().sourcePort());
      case "--dport", "--orig-port-dst" -> port(word, args, c -> c.original().destinationPort());
      case "--reply-port-src" -> port(word, args, c -> c.reply().sourcePort());
      case "--reply-port-dst" -> port(word, args, c -> c.reply().destinationPort());
      case "--icmp-type" -> port(word, args, c -> c.original().destinationPort() >> 8);
      case "--icmp-code" -> port(word, args, c -> c.original().destinationPort() & 255);
      case "--icmp-id" -> port(word, args, c -> c.original().sourcePort());
      case "--state" -> state(value(word, args));
      case "-m", "--mark" -> mark(value(word, args));
      case "-u", "--status" -> status(value(word, args));
      case "-n", "--src-nat" -> wanted.add(c -> c.flags().sourceNat());
      case "-g", "--dst-nat" -> wanted.add(c -> c.flags().destinationNat());
      case "-f", "--family" -> {
        String family = value(word, args);
        if (!family.equals("ipv4") && !family.equals("ipv6")) {
          throw problem("Unknown layer 3 protocol name: `" + family + "'");
        }
        int width = family.equals("ipv4") ? 32 : 128;
        wanted.add(c -> c.original().source().width() == width);
      }
      default -> throw Stop.unsupported(word);
    }
  }

  private void order(String value, Args args) throws Stop {
    if (order.isPresent()) {
      throw problem("Can't use -" + value.charAt(1) + " with -" + order.get().charAt(1));
    }
    order = Optional.of(value);
    if (!args.take("conntrack") && args.peek().filter(w -> !w.startsWith("-")).isPresent()) {
      throw Stop.unsupported(args.next());
    }
  }

  private static String value(String option, Args args) throws Stop {
    if (args.isEmpty()) {
      throw problem("option `" + option + "' requires an argument");
    }
    return args.next();
  }

  private static int protocol(String word) throws Stop {
    return switch (word) {
      case "tcp" -> Protocols.TCP;
      case "udp" -> Protocols.UDP;
      case "icmp" -> Protocols.ICMP;
      case "icmpv6" -> Protocols.ICMPV6;
      case "sctp" -> Protocols.SCTP;
      default -> Numbers.whole(word, 0, 255).orElseThrow(() -> problem("`" + word + "' unsupported protocol"));
    };
  }

  private interface Part<T> {
    T of(Connection connection);
  }

  private void address(String text, Part<org.hopscope.model.addr.IpAddress> part) throws Stop {
    IpPrefix prefix = IpPrefix.parse(text).orElseThrow(() -> problem("Invalid IP address '" + text + "'"));
    wanted.add(c -> part.of(c).width() == prefix.address().width() && prefix.contains(part.of(c)));
  }

  private void port(String option, Args args, Part<Integer> part) throws Stop {
    String text = value(option, args);
    int port = Numbers.whole(text, 0, 0xffff).orElseThrow(() -> problem("`" + text + "' unsupported port"));
    wanted.add(c -> part.of(c) == port);
  }

  private void state(String word) throws Stop {
    TcpState state;
    try {
      state = TcpState.valueOf(word);
    } catch (IllegalArgumentException none) {
      throw problem("Unknown TCP state `" + word + "'");
    }
    wanted.add(c -> c.tcp() == state);
  }

  private void mark(String text) throws Stop {
    String[] parts = text.split("/", 2);
    int value = Numbers.whole(parts[0], 0, Integer.MAX_VALUE).orElseThrow(() -> problem("bad mark"));
    int mask = parts.length < 2 ? -1
        : Numbers.whole(parts[1], 0, Integer.MAX_VALUE).orElseThrow(() -> problem("bad mark"));
    wanted.add(c -> (c.mark() & mask) == value);
  }

  private void status(String words) throws Stop {
    for (String word : words.split(",")) {
      wanted.add(switch (word.toUpperCase(java.util.Locale.ROOT)) {
        case "ASSURED" -> c -> c.flags().assured();
        case "SEEN_REPLY" -> c -> c.flags().seenReply();
        case "UNSET", "CONFIRMED" -> _ -> true;
        case "SRC_NAT" -> c -> c.flags().sourceNat();
        case "DST_NAT" -> c -> c.flags().destinationNat();
        default -> throw problem("Bad status `" + word + "'");
      });
    }
  }
}
