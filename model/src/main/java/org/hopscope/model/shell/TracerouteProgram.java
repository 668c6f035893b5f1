package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.addr.Ipv6Address;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.probe.Probe.TraceMethod;

/** {@code traceroute} of Dmitry Butskoy 2.1.2 (traceroute(8)): by UDP, or with {@code -I} and {@code -T}. */
final class TracerouteProgram {
  private static final String WITH_VALUE = "fgimNpPqswztlMO";
  private static final int FIRST_PORT = 33434;
  private static final int HEADERS = 28;
  private static final int HEADERS6 = 48;
  private static final int USUAL = 60;
  private static final int USUAL6 = 80;
  private static final int MOST_HOPS = 255;
  private static final int MOST_QUERIES = 10;
  private static final int LARGEST = 65000;

  private final Prompt prompt;
  private final List<String> names = new ArrayList<>();
  private TraceMethod method = TraceMethod.UDP;
  private int firstHop = 1;
  private int maxHops = 30;
  private int queries = 3;
  private int waitMillis = 5000;
  private Optional<Integer> port = Optional.empty();
  private Optional<IpAddress> source = Optional.empty();
  private Optional<String> device = Optional.empty();
  private int atOnce = Probe.Traceroute.AT_ONCE;
  private boolean numeric;
  private Optional<IpFamily> family = Optional.empty();

  private TracerouteProgram(Prompt prompt) {
    this.prompt = prompt;
  }

  static Command read(Prompt prompt, Args args) throws Stop {
    TracerouteProgram traceroute = new TracerouteProgram(prompt);
    while (!args.isEmpty()) {
      String word = args.next();
      if (word.startsWith("--")) {
        throw Stop.unsupported(word);
      } else if (word.startsWith("-") && word.length() > 1) {
        traceroute.options(word, args);
      } else {
        traceroute.names.add(word);
      }
    }
    return traceroute.send();
  }

  private void options(String word, Args args) throws Stop {
    for (int i = 1; i < word.length(); i++) {
      char letter = word.charAt(i);
      if (WITH_VALUE.indexOf(letter) >= 0) {
        String rest = word.substring(i + 1);
        if (rest.isEmpty() && args.isEmpty()) {
          throw Stop.exit(2, "Option `-" + letter + "' requires an argument");
        }
        value(letter, rest.isEmpty() ? args.next() : rest);
        return;
      }
      switch (letter) {
        case '4' -> family(IpFamily.INET);
        case '6' -> family(IpFamily.INET6);
        case 'n' -> numeric = true;
        case 'I' -> method = TraceMethod.ICMP;
        case 'T' -> method = TraceMethod.TCP;
        case 'U' -> method = TraceMethod.UDP_TO_ONE;
        case 'F', 'd', 'r', 'e', 'A', 'V', 'D' -> throw Stop.unsupported("-" + letter);
        default -> throw Stop.exit(2, "Bad option `-" + letter + "' (argc " + i + ")");
      }
    }
  }

  private void value(char letter, String value) throws Stop {
    switch (letter) {
      case 'f' -> firstHop = number(value);
      case 'm' -> maxHops = number(value);
      case 'q' -> queries = number(value);
      case 'p' -> port = Optional.of(number(value));
      case 'N' -> atOnce = Math.clamp(number(value), 1, 65535);
      case 's' -> source = Optional.of(address(value));
      case 'i' -> device = Optional.of(value);
      case 'w' -> waitMillis = wait(value);
      default -> throw Stop.unsupported("-" + letter);
    }
  }

  /** The longest wait alone: shorter ones for hops whose neighbours answered sooner are not modelled. */
  private static int wait(String value) throws Stop {
    if (value.matches("[0-9.]+[,/][0-9.,/]+")) {
      throw Stop.unsupported("-w " + value);
    }
    return (int) Math.min(Integer.MAX_VALUE, Numbers.seconds(value)
        .orElseThrow(() -> Stop.exit(2, "Cannot handle `-w' option with arg `" + value + "' (argc 1)")) / 1_000_000);
  }

  private static int number(String text) throws Stop {
    return Numbers.whole(text, 0, 65535).orElseThrow(() -> Stop.exit(2, "Cannot handle argument `" + text + "'"));
  }

  private void family(IpFamily value) throws Stop {
    if (family.filter(f -> f != value).isPresent()) {
      throw Stop.exit(2, "IP version already specified");
    }
    family = Optional.of(value);
  }

  private IpAddress address(String text) throws Stop {
    boolean six = family.equals(Optional.of(IpFamily.INET6));
    Optional<IpAddress> found = text.equals("localhost")
        ? Optional.of(six ? Ipv6Address.LOOPBACK : Ipv4Address.of("127.0.0.1"))
        : HostNames.literal(text);
    boolean other = found.isPresent() && family.filter(f -> f != found.get().family()).isPresent();
    if (found.isEmpty() || other) {
      throw Stop.exit(2,
          text + ": " + (other ? "Address family for hostname not supported" : "Name or service not known"),
          "Cannot handle \"host\" cmdline arg `" + text + "' on position 1 (argc 1)");
    }
    return found.get();
  }

  private Command send() throws Stop {
    if (names.isEmpty()) {
      throw Stop.exit(2, "Specify \"host\" missing argument.");
    }
    IpAddress to = address(names.getFirst());
    boolean six = to.family() == IpFamily.INET6;
    if (firstHop < 1 || firstHop > maxHops) {
      throw Stop.exit(2, "first hop out of range");
    }
    if (maxHops > MOST_HOPS) {
      throw Stop.exit(2, "max hops cannot be more than " + MOST_HOPS);
    }
    if (queries < 1 || queries > MOST_QUERIES) {
      throw Stop.exit(2, "no more than " + MOST_QUERIES + " probes per hop");
    }
    if (source.filter(s -> s.family() != to.family()).isPresent()) {
      throw Stop.exit(2, "IP version mismatch in addresses specified");
    }
    int size = names.size() > 1 ? number(names.get(1)) : six ? USUAL6 : USUAL;
    if (size > LARGEST || names.size() > 2) {
      throw Stop.unsupported("a packet of " + size + " bytes");
    }
    if (device.isPresent() && prompt.lab().find(prompt.ref(device.get())).isEmpty()) {
      throw Stop.said(1, List.of(header(names.getFirst(), to, size)), "setsockopt SO_BINDTODEVICE: No such device");
    }
    int begin = port.orElse(switch (method) {
      case UDP, ICMP -> FIRST_PORT;
      case UDP_TO_ONE -> 53;
      case TCP -> 80;
    });
    Probe.Traceroute action =
        new Probe.Traceroute(method, firstHop, maxHops, queries, Math.max(six ? HEADERS6 : HEADERS, size),
            waitMillis, begin, atOnce);
    return new Command.Send(new Probe(prompt.at(), to, source, device, action),
        numeric ? Command.Send.As.PING : Command.Send.As.NAMED, names.getFirst());
  }

  private String header(String name, IpAddress to, int size) {
    return TracerouteText.header(name, to, maxHops, size);
  }
}
