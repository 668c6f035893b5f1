package org.hopscope.model.shell;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.addr.Ipv6Address;
import org.hopscope.model.dns.StubResolver;
import org.hopscope.model.net.RouteKey;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.probe.ProbeResult;
import org.hopscope.model.sim.RouteQuestion;
import org.hopscope.model.sim.RouteQuestion.Answer.Goes;
import org.hopscope.model.sim.Simulator;
import org.hopscope.model.trace.Trace;

/**
 * {@code ping} (iputils 20221126, ping(8)). Without a count the real one goes on until it is interrupted; here that is
 * after {@value #UNTIL_STOPPED} requests.
 */
final class PingProgram {
  private static final String WITH_VALUE = "ceFiIlmMNpQsSTtwW";
  private static final String KNOWN = "46aAbBcCdDefhHiIlLmMnNOpqQrRsStTUvVwWF";
  private static final int UNTIL_STOPPED = 3;
  private static final int MAX_PAYLOAD = 65527;

  private final Prompt prompt;
  private int count = UNTIL_STOPPED;
  private int size = 56;
  private Optional<Probe.PathMtu> pathMtu = Optional.empty();
  private int deadlineMillis;
  private boolean counted;
  private int intervalMillis = 1000;
  private int waitMillis = 10_000;
  private Optional<Integer> ttl = Optional.empty();
  private boolean broadcast;
  private boolean quiet;
  private boolean outstanding;
  private boolean stamped;
  private boolean audible;
  private boolean sticky;
  private boolean loopless;
  private int mark;
  private int tos;
  private int preload = 1;
  private Optional<String> pattern = Optional.empty();
  private Optional<String> bound = Optional.empty();
  private Optional<String> target = Optional.empty();
  private Optional<IpFamily> family = Optional.empty();

  private PingProgram(Prompt prompt) {
    this.prompt = prompt;
  }

  /** {@code ping6} is the same program, which then takes IPv6 for granted. */
  static Command read6(Prompt prompt, Args args) throws Stop {
    PingProgram ping = new PingProgram(prompt);
    ping.family = Optional.of(IpFamily.INET6);
    return ping.read(args);
  }

  static Command read(Prompt prompt, Args args) throws Stop {
    return new PingProgram(prompt).read(args);
  }

  private Command read(Args args) throws Stop {
    PingProgram ping = this;
    while (!args.isEmpty()) {
      String word = args.next();
      if (word.startsWith("--") && word.length() > 2) {
        throw invalidOption("-");
      } else if (word.startsWith("-") && word.length() > 1 && !word.equals("--")) {
        ping.options(word.substring(1), args);
      } else if (!word.equals("--")) {
        ping.destination(word);
      }
    }
    return ping.send();
  }

  private void destination(String word) throws Stop {
    if (target.isPresent()) {
      throw Stop.unsupported("ping by way of several hosts");
    }
    target = Optional.of(word);
  }

  /** One word of options: letters in a row, the last of which may have its value in the same word or the next one. */
  private void options(String letters, Args args) throws Stop {
    for (int i = 0; i < letters.length(); i++) {
      char letter = letters.charAt(i);
      if (KNOWN.indexOf(letter) < 0) {
        throw invalidOption(String.valueOf(letter));
      }
      if (WITH_VALUE.indexOf(letter) < 0) {
        flag(letter);
      } else {
        String rest = letters.substring(i + 1);
        if (rest.isEmpty() && args.isEmpty()) {
          throw Stop.exit(2, "ping: option requires an argument -- '" + letter + "'");
        }
        value(letter, rest.isEmpty() ? args.next() : rest);
        return;
      }
    }
  }

  private static Stop invalidOption(String letter) {
    return Stop.exit(2, "ping: invalid option -- '" + letter + "'", "", "Usage", "  ping [options] <destination>");
  }

  private void flag(char letter) throws Stop {
    switch (letter) {
      // Names are never asked for, times are the path's own, and the address to speak from does not change meanwhile.
      // Nor is there anything to debug.
      case 'n', 'U', 'd' -> {
      }
      case 'a' -> audible = true;
      case 'B' -> sticky = true;
      case 'L' -> loopless = true;
      case 'V' -> throw Stop.said(0, List.of("ping from iputils 20221126",
          "libcap: yes, IDN: yes, NLS: no, error.h: yes, getrandom(): yes, __fpending(): yes"));
      case 'O' -> outstanding = true;
      case 'D' -> stamped = true;
      case 'A' -> intervalMillis = 0;
      case 'f' -> {
        intervalMillis = 0;
        quiet = true;
      }
      case '4' -> family = Optional.of(IpFamily.INET);
      case '6' -> family = Optional.of(IpFamily.INET6);
      case 'b' -> broadcast = true;
      case 'q' -> quiet = true;
      default -> throw Stop.unsupported("-" + letter);
    }
  }

  private void value(char letter, String value) throws Stop {
    switch (letter) {
      case 'c' -> {
        counted = true;
        count = number(value, 1, Integer.MAX_VALUE, "9223372036854775807");
      }
      case 's' -> {
        size = number(value, 0, Integer.MAX_VALUE, "2147483647");
        if (size > MAX_PAYLOAD) {
          throw Stop.unsupported("-s " + value);
        }
      }
      case 't' -> {
        ttl = Optional.of(number(value, 0, 255, "255"));
      }
      case 'i' -> intervalMillis = value.matches("-[0-9.]+") ? 0 : millis(value, "ping: bad timing interval: " + value);
      case 'W' -> {
        // A timer of 0 never runs out.
        int millis = millis(value, "ping: bad linger time: " + value);
        waitMillis = millis == 0 ? waitMillis : millis;
      }
      case 'M' -> pathMtu = Optional.of(pathMtu(value));
      case 'w' -> {
        deadlineMillis = (int) Math.min(Integer.MAX_VALUE, 1000L * number(value, 0, Integer.MAX_VALUE, "2147483647"));
      }
      case 'I' -> bound = Optional.of(value);
      case 'p' -> pattern = Optional.of(pattern(value));
      case 'F' -> flow(value);
      case 'e' -> number(value, 0, 65_535, "65535");
      case 'm' -> mark = mark(value);
      case 'Q' -> tos = tos(value);
      case 'l' -> preload = number(value, 1, 65_536, "65536");
      case 'S' -> number(value, 1, Integer.MAX_VALUE, "2147483647");
      default -> throw Stop.unsupported("-" + letter);
    }
  }

  /** Up to 16 bytes to fill the packet with, in hexadecimal digits; an odd one stands for itself (ping_common.c fill). */
  private static String pattern(String text) throws Stop {
    if (!text.matches("[0-9a-fA-F]+")) {
      throw Stop.exit(2, "ping: patterns must be specified as hex digits: " + text);
    }
    StringBuilder bytes = new StringBuilder();
    for (int at = 0; at < text.length() && bytes.length() < 32; at += 2) {
      String two = text.substring(at, Math.min(at + 2, text.length()));
      bytes.append(two.length() == 1 ? "0" : "").append(two);
    }
    return bytes.toString().toLowerCase(Locale.ROOT);
  }

  /** A flow label: nobody along the way looks at it (ping_common.c parseflow). */
  private static void flow(String text) throws Stop {
    if (!text.matches("(0[xX])?[0-9a-fA-F]{1,5}")) {
      throw Stop.exit(2, "ping: Invalid flowinfo " + text);
    }
  }

  private static int mark(String text) throws Stop {
    if (!text.matches("-?[0-9]+")) {
      throw Stop.exit(1, "ping: invalid argument: '" + text + "'");
    }
    return Numbers.unsigned(text).orElseThrow(() -> Stop.exit(1,
        "ping: invalid argument: '" + text + "': out of range: 0 <= value <= 4294967295"));
  }

  /** A type of service, decimal or in hexadecimal behind {@code 0x} (ping_common.c parse_tos). */
  private static int tos(String text) throws Stop {
    Optional<Integer> value = text.matches("0[xX][0-9a-fA-F]{1,7}") ? Optional.of(Integer.decode(text))
        : Optional.of(text).filter(t -> t.matches("[0-9]{1,9}")).map(Integer::valueOf);
    int tos = value.orElseThrow(() -> Stop.exit(2, "ping: bad TOS value: " + text));
    if (tos > 255) {
      throw Stop.exit(2, "ping: the decimal value of TOS bits must be in range 0-255: " + tos);
    }
    return tos;
  }

  private static int number(String text, int min, int max, String shownMax) throws Stop {
    if (!text.matches("-?[0-9]+")) {
      throw Stop.exit(1, "ping: invalid argument: '" + text + "'");
    }
    return Numbers.whole(text, min, max).orElseThrow(() -> Stop.exit(1, "ping: invalid argument: '" + text
        + "': out of range: " + min + " <= value <= " + shownMax));
  }

  private static int millis(String text, String bad) throws Stop {
    long nanos = Numbers.seconds(text).orElseThrow(() -> Stop.exit(2, bad));
    return (int) Math.min(Integer.MAX_VALUE, nanos / 1_000_000);
  }

  private static Probe.PathMtu pathMtu(String text) throws Stop {
    return switch (text) {
      case "do" -> Probe.PathMtu.DO;
      case "want" -> Probe.PathMtu.WANT;
      case "dont" -> Probe.PathMtu.DONT;
      default -> throw Stop.exit(2, "ping: invalid -M argument: " + text);
    };
  }

  private Command send() throws Stop {
    String name = target.orElseThrow(() -> Stop.exit(1, "ping: usage error: Destination address required"));
    int percent = name.indexOf('%');
    Optional<String> zone = percent < 0 ? Optional.empty() : Optional.of(name.substring(percent + 1));
    String host = percent < 0 ? name : name.substring(0, percent);
    Optional<IpAddress> literal = host.equals("localhost")
        ? Optional.of(localhost())
        : Ipv6Address.parse(host).map(a -> a);
    HostNames.Found found = to -> send(to, name, zone);
    return literal.isPresent() ? found.of(literal.get())
        : HostNames.find(prompt, host, family, found, why -> unknown(name, why));
  }

  /** The first of the two in /etc/hosts that there is a way to; where there is none to either, IPv6's (RFC 6724 6, rule 1). */
  private IpAddress localhost() {
    List<IpAddress> both = Stream.<IpAddress>of(Ipv6Address.LOOPBACK, Ipv4Address.of("127.0.0.1"))
        .filter(a -> family.isEmpty() || family.get() == a.family()).toList();
    return both.stream().filter(a -> RouteQuestion.ask(prompt.lab(), prompt.at(), RouteKey.to(a)) instanceof Goes)
        .findFirst().orElse(both.getFirst());
  }

  /** The address that connect(2) finds, for who says that any will do. */
  static Optional<IpAddress> chosen(Prompt prompt, IpAddress to) {
    return RouteQuestion.ask(prompt.lab(), prompt.at(), RouteKey.to(to)) instanceof Goes way
        ? way.lookup().sourceChosen()
        : Optional.empty();
  }

  private Command send(IpAddress to, String name, Optional<String> zone) throws Stop {
    if (family.filter(f -> f != to.family()).isPresent()) {
      throw Stop.exit(2, "ping: " + name + ": Address family for hostname not supported");
    }
    if (zone.isPresent() && !takesZone(to, zone.get())) {
      throw unknown(name, StubResolver.Outcome.NOT_FOUND);
    }
    Optional<IpAddress> said = bound.flatMap(HostNames::presented);
    // An address of the other family only says that any of the own will do (iputils ping/ping.c main).
    Optional<IpAddress> source =
        said.flatMap(s -> s.isUnspecified() || s.family() != to.family() ? chosen(prompt, to) : Optional.of(s));
    Optional<String> device = bound.filter(_ -> said.isEmpty());
    if (device.isPresent() && prompt.lab().find(prompt.ref(device.get())).isEmpty()) {
      throw Stop.exit(2, to.family() == IpFamily.INET6
          ? "ping: unknown iface: " + device.get()
          : "ping: SO_BINDTODEVICE " + device.get() + ": No such device");
    }
    // What is for many is never cut, unless it is said (iputils ping/ping.c ping4_run, ping6_common.c ping6_run).
    boolean many = broadcast && to.family() == IpFamily.INET || to.isMulticast();
    Probe.Ping action = new Probe.Ping(counted || deadlineMillis == 0 ? count : Integer.MAX_VALUE, size,
        pathMtu.orElse(many ? Probe.PathMtu.DO : Probe.PathMtu.WANT), intervalMillis, waitMillis, ttl, broadcast,
        deadlineMillis, new Probe.Stamp(mark, tos));
    if (preload > 1 && action.count() > 1) {
      throw Stop.unsupported("-l " + preload);
    }
    if (loopless && to.isMulticast()) {
      throw Stop.unsupported("-L towards a group");
    }
    Probe probe = new Probe(prompt.at(), to, source, device.or(() -> zone), action);
    if (ttl.equals(Optional.of(0)) && to.family() == IpFamily.INET && connects(probe)) {
      throw Stop.exit(2, "ping: cannot set unicast time-to-live: Invalid argument");
    }
    PingManner manner = new PingManner(pattern, stamped, outstanding, new PingManner.Voice(audible, sticky));
    if (!manner.isPlain()) {
      return new Command.Ask(probe, trace -> {
        ProbeResult.Pinged result = (ProbeResult.Pinged) trace.result();
        Command.Said plain = PingText.of(trace.start(), probe, result, name, quiet);
        return manner.on(plain, action, result, trace.start().now());
      });
    }
    Command.Send.As as = quiet ? Command.Send.As.QUIET_PING : Command.Send.As.PING;
    return new Command.Send(probe, as, name);
  }

  /** Whether a connect(2) to the target succeeds: before that the kernel is not asked for anything else (ping4_run). */
  private boolean connects(Probe probe) {
    Probe once = new Probe(probe.from(), probe.to(), probe.source(), probe.device(),
        new Probe.Ping(1, 0, false, 0, 0, Optional.empty(), broadcast));
    Trace trial = Simulator.run(prompt.lab(), once);
    return PingText.of(trial.start(), once, (ProbeResult.Pinged) trial.result(), "", true).exit() != 2;
  }

  private boolean takesZone(IpAddress to, String zone) {
    boolean scoped = to.isLinkLocal() || to instanceof Ipv6Address v6 && v6.isMulticast() && v6.groupScope() <= 2;
    return scoped && prompt.lab().find(prompt.ref(zone)).isPresent();
  }

  private Stop unknown(String name, StubResolver.Outcome why) {
    boolean six = family.filter(f -> f == IpFamily.INET6).isPresent() || name.indexOf('%') >= 0;
    boolean nobody = six && why == StubResolver.Outcome.TRY_AGAIN;
    return Stop.exit(2, "ping: " + name + ": " + (nobody ? StubResolver.Outcome.NOT_FOUND : why).words());
  }
}
