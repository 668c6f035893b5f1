package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.PortNumber;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.net.Server;
import org.hopscope.model.net.Transport;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.probe.ProbeResult.Exchange;
import org.hopscope.model.probe.ProbeResult.ExchangeOutcome;
import org.hopscope.model.probe.ProbeResult.Exchanged;
import org.hopscope.model.probe.Talk;

/**
 * {@code nc} (netcat-openbsd 1.219, nc(1)): {@code nc [-u] [-z] [-v] [-n] [-w SECONDS] [-s ADDR] [-p PORT] HOST PORT} and
 * {@code nc -l [-k] [-u] [-s ADDR] [-p] PORT}. A listener begins to listen and stays, as with {@code -k}, until
 * {@code unserve}; a client without {@code -w} gives up listening after {@value #UNTIL_STOPPED} s, as if it had been
 * interrupted. What is piped into a client is what it says. Ranges of ports are refused by name.
 */
final class NcProgram {
  private static final int UNTIL_STOPPED = 10;
  /** A UDP client with {@code -z} tries so long when nothing is said (UDP_SCAN_TIMEOUT). */
  private static final int UDP_TEST_MILLIS = 3000;
  /** Names that services have by their ports (services(5)), for what learners reach for. */
  private static final Map<String, String> SERVICES = Map.of("tcp 22", "ssh", "tcp 23", "telnet", "tcp 25", "smtp",
      "tcp 53", "domain", "udp 53", "domain", "tcp 80", "http", "udp 123", "ntp", "tcp 443", "https", "tcp 8080",
      "http-alt");

  private final Prompt prompt;
  private final StringBuilder flags = new StringBuilder();
  private Optional<Integer> waitMillis = Optional.empty();
  private Optional<IpAddress> source = Optional.empty();
  private Optional<String> sourcePort = Optional.empty();
  private final List<String> words = new ArrayList<>();

  private NcProgram(Prompt prompt) {
    this.prompt = prompt;
  }

  static Command read(Prompt prompt, Args args) throws Stop {
    NcProgram nc = new NcProgram(prompt);
    while (!args.isEmpty()) {
      String word = args.next();
      if (word.startsWith("-") && word.length() > 1) {
        nc.options(word.substring(1), args);
      } else {
        nc.words.add(word);
      }
    }
    return nc.is('l') ? nc.listen() : nc.connect();
  }

  private boolean is(char letter) {
    return flags.indexOf(String.valueOf(letter)) >= 0;
  }

  private Transport transport() {
    return is('u') ? Transport.UDP : Transport.TCP;
  }

  /** The family that was asked for; the last letter counts. */
  private Optional<IpFamily> family() {
    int four = flags.lastIndexOf("4");
    int six = flags.lastIndexOf("6");
    return four == six ? Optional.empty() : Optional.of(four > six ? IpFamily.INET : IpFamily.INET6);
  }

  private void options(String letters, Args args) throws Stop {
    for (int i = 0; i < letters.length(); i++) {
      char letter = letters.charAt(i);
      if ("lkuzvnN46d".indexOf(letter) >= 0) {
        flags.append(letter);
      } else if ("wsp".indexOf(letter) >= 0) {
        String rest = letters.substring(i + 1);
        if (rest.isEmpty() && args.isEmpty()) {
          throw Stop.exit(1, "nc: option requires an argument -- '" + letter + "'", "usage: nc [options] host port");
        }
        value(letter, rest.isEmpty() ? args.next() : rest);
        return;
      } else {
        throw Stop.unsupported("nc -" + letter);
      }
    }
  }

  private void value(char letter, String value) throws Stop {
    switch (letter) {
      case 'w' -> waitMillis = Optional.of(1000 * Numbers.whole(value, 0, 100_000)
          .orElseThrow(() -> Stop.exit(1, "nc: timeout invalid: " + value)));
      case 's' -> source = Optional.of(Addresses.address(value));
      default -> sourcePort = Optional.of(value);
    }
  }

  private static PortNumber port(String text) throws Stop {
    if (text.matches("[0-9]+-[0-9]+")) {
      throw Stop.unsupported("nc with a range of ports: " + text);
    }
    return Numbers.whole(text, 1, 65535).map(PortNumber::new)
        .orElseThrow(
            () -> Stop.exit(1, "nc: port number " + (text.matches("[0-9]+") ? "too large: " : "invalid: ") + text));
  }

  private Command listen() throws Stop {
    String named = sourcePort.or(() -> words.isEmpty() ? Optional.empty() : Optional.of(words.getLast()))
        .orElseThrow(() -> Stop.exit(1, "nc: missing port number"));
    if (is('z')) {
      throw Stop.exit(1, "nc: cannot use -z and -l");
    }
    int hosts = sourcePort.isPresent() ? words.size() : words.size() - 1;
    if (hosts > 1) {
      throw Stop.exit(1, "usage: nc [options] host port");
    }
    PortNumber port = port(named);
    Optional<IpAddress> on = hosts == 1 ? Optional.of(Addresses.address(words.getFirst())) : source;
    Server server = new Server(port, transport(), on.filter(a -> !a.isUnspecified()),
        Places.name(prompt.lab(), prompt.at()), Server.Program.NC);
    List<String> said = is('v')
        ? List.of((is('u') ? "Bound on " : "Listening on ") + on.map(Object::toString).orElse("0.0.0.0") + " " + port)
        : List.of();
    return new Command.Change(new Edit.Serve(prompt.at(), server), 1,
        new Command.Said(0, List.of(), said, new Answer.Nothing()));
  }

  private Command connect() throws Stop {
    if (words.size() != 2) {
      throw Stop.exit(1, words.size() == 1 ? "nc: missing port number" : "usage: nc [options] host port");
    }
    PortNumber port = port(words.get(1));
    Optional<IpFamily> said = HostNames.literal(words.getFirst()).map(IpAddress::family);
    if (said.isPresent() && family().filter(f -> f != said.get()).isPresent()) {
      throw Stop.exit(1, "nc: getaddrinfo for host \"" + words.getFirst() + "\" port " + words.get(1)
          + ": Address family for hostname not supported");
    }
    return HostNames.find(prompt, words.getFirst(), family(),
        to -> connect(to, port), why -> Stop.exit(1, "nc: getaddrinfo for host \"" + words.getFirst() + "\" port "
            + words.get(1) + ": " + why.words()));
  }

  private Command connect(IpAddress to, PortNumber port) throws Stop {
    String said = prompt.input().isEmpty() ? "" : String.join("\n", prompt.input()) + "\n";
    boolean tests = is('z') || is('u') && is('v') && said.isEmpty();
    Talk talk = tests ? Talk.SILENCE : new Talk.Says(said);
    int patience = waitMillis
        .orElse(tests && is('u') ? UDP_TEST_MILLIS : is('z') ? 1_000_000 : 1000 * UNTIL_STOPPED);
    Optional<PortNumber> from = sourcePort.isPresent() ? Optional.of(port(sourcePort.get())) : Optional.empty();
    Probe.ClientOptions options = new Probe.ClientOptions(1, from, 0, patience, false, talk);
    Probe.Action action = is('u') ? new Probe.Datagram(port, options) : new Probe.Connect(port, options);
    if (source.filter(s -> s.family() != to.family()).isPresent()) {
      throw Stop.exit(1, "nc: getaddrinfo: Address family for hostname not supported");
    }
    Probe probe = new Probe(prompt.at(), to, source, Optional.empty(), action);
    if (is('u') && said.isEmpty() && !tests) {
      throw Stop.unsupported("nc -u with nothing to say: pipe something into it");
    }
    return new Command.Ask(probe, trace -> report((Exchanged) trace.result(), probe, port));
  }

  private Command.Said report(Exchanged result, Probe probe, PortNumber port) {
    Exchange one = result.tries().getFirst();
    if (is('u') && one.icmpFrom().isPresent() && one.outcome() != ExchangeOutcome.REFUSED) {
      // Of what comes back to its second letter it minds only a refusal (netcat.c udptest).
      return reached(one, probe, port, new Answer.Probed(probe, result, Answer.Probed.Detail.ALL));
    }
    String where = probe.to() + " port " + port + " (" + transport().word() + ")";
    Answer answer = new Answer.Probed(probe, result, Answer.Probed.Detail.ALL);
    return switch (one.outcome()) {
      case ANSWERED, STALLED, CLOSED, RESET -> reached(one, probe, port, answer);
      case TIMEOUT -> is('u')
          ? reached(one, probe, port, answer)
          : failed(waitMillis.isPresent()
              ? "nc: connect to " + where + " timed out: Operation now in progress"
              : "nc: connect to " + where + " failed: Connection timed out", answer);
      case REFUSED -> is('u')
          ? new Command.Said(1, List.of(), List.of(), answer)
          : failed("nc: connect to " + where + " failed: Connection refused", answer);
      case HOST_UNREACHABLE -> failed("nc: connect to " + where + " failed: No route to host", answer);
      case NET_UNREACHABLE -> failed("nc: connect to " + where + " failed: Network is unreachable", answer);
      case PROHIBITED -> is('u') ? new Command.Said(1, List.of(), List.of(), answer)
          : failed("nc: connect to " + where + " failed: Permission denied", answer);
      case FRAG_NEEDED -> failed("nc: connect to " + where + " failed: Message too long", answer);
      case PROTO_UNREACHABLE -> failed("nc: connect to " + where + " failed: Protocol not available", answer);
      case INVALID -> failed("nc: connect to " + where + " failed: Invalid argument", answer);
      case NO_BUFFER -> failed("nc: connect to " + where + " failed: No buffer space available", answer);
      case NO_SUCH_ADDRESS -> failed("nc: bind failed: Cannot assign requested address", answer);
    };
  }

  private Command.Said failed(String message, Answer answer) {
    boolean said = is('v') || message.startsWith("nc: bind");
    return new Command.Said(1, List.of(), said ? List.of(message) : List.of(), answer);
  }

  private Command.Said reached(Exchange one, Probe probe, PortNumber port, Answer answer) {
    String service = is('n') ? "*" : SERVICES.getOrDefault(transport().word() + " " + port, "*");
    List<String> err = is('v')
        ? List.of("Connection to " + probe.to() + " " + port + " port [" + transport().word() + "/" + service
            + "] succeeded!")
        : List.of();
    return new Command.Said(one.outcome() == ExchangeOutcome.RESET ? 1 : 0, one.heard().lines().toList(), err, answer);
  }
}
