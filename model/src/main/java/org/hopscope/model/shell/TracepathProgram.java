package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.dns.StubResolver;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.probe.ProbeResult;

/** {@code tracepath} of iputils 20221126 (tracepath(8)): the way to a host, and how long a packet may be on it. */
final class TracepathProgram {
  private static final int HEADERS = 28;
  private static final int HEADERS6 = 48;
  private static final int LENGTH = 65_535;
  private static final int LENGTH6 = 128_000;
  private static final int MOST_HOPS = 255;
  private static final List<String> USAGE = List.of("", "Usage", "  tracepath [options] <destination>", "", "Options:",
      "  -4             use IPv4", "  -6             use IPv6", "  -b             print both name and ip",
      "  -l <length>    use packet <length>", "  -m <hops>      use maximum <hops>",
      "  -n             no dns name resolution", "  -p <port>      use destination <port>",
      "  -V             print version and exit", "  <destination>  dns name or ip address", "",
      "For more details see tracepath(8).");

  private final Prompt prompt;
  private final List<String> names = new ArrayList<>();
  private Optional<IpFamily> family = Optional.empty();
  private Optional<Integer> length = Optional.empty();
  private int hops = 30;
  private int port;
  private boolean both;
  private boolean numeric;

  private TracepathProgram(Prompt prompt) {
    this.prompt = prompt;
  }

  static Command read(Prompt prompt, Args args) throws Stop {
    TracepathProgram tracepath = new TracepathProgram(prompt);
    boolean options = true;
    while (!args.isEmpty()) {
      String word = args.next();
      if (options && word.equals("--")) {
        options = false;
      } else if (options && word.startsWith("-") && word.length() > 1) {
        tracepath.options(word, args);
      } else {
        tracepath.names.add(word);
      }
    }
    return tracepath.send();
  }

  private void options(String word, Args args) throws Stop {
    for (int i = 1; i < word.length(); i++) {
      char letter = word.charAt(i);
      if ("lmp".indexOf(letter) >= 0) {
        String rest = word.substring(i + 1);
        if (rest.isEmpty() && args.isEmpty()) {
          throw usage("tracepath: option requires an argument -- '" + letter + "'");
        }
        value(letter, rest.isEmpty() ? args.next() : rest);
        return;
      }
      switch (letter) {
        case '4' -> family(IpFamily.INET);
        case '6' -> family(IpFamily.INET6);
        case 'n' -> numeric = true;
        case 'b' -> both = true;
        case 'V' -> throw Stop.said(0, List.of("tracepath from iputils 20221126",
            "libcap: yes, IDN: yes, NLS: no, error.h: yes, getrandom(): yes, __fpending(): yes"));
        case 'h', '?' -> throw usage();
        default -> throw usage("tracepath: invalid option -- '" + letter + "'");
      }
    }
  }

  private void family(IpFamily value) throws Stop {
    if (family.filter(f -> f != value).isPresent()) {
      throw Stop.exit(2, "tracepath: Only one -4 or -6 option may be specified");
    }
    family = Optional.of(value);
  }

  private void value(char letter, String value) throws Stop {
    switch (letter) {
      case 'l' -> length = Optional.of(number(value, Integer.MAX_VALUE)).filter(l -> l > 0);
      case 'm' -> hops = number(value, MOST_HOPS);
      default -> port = number(value, 65_535);
    }
  }

  private static Stop usage(String... first) {
    List<String> all = new ArrayList<>(List.of(first));
    all.addAll(USAGE);
    return Stop.exit(255, all.toArray(String[]::new));
  }

  private static int number(String text, int most) throws Stop {
    if (!text.matches("[+-]?[0-9]+")) {
      throw Stop.exit(1, "tracepath: invalid argument: '" + text + "'");
    }
    return Numbers.whole(text, 0, most).orElseThrow(() -> Stop.exit(1,
        "tracepath: invalid argument: '" + text + "': out of range: 0 <= value <= " + most));
  }

  private Command send() throws Stop {
    if (names.size() != 1) {
      throw usage();
    }
    String whole = names.getFirst();
    int slash = port == 0 ? whole.indexOf('/') : -1;
    int behind = slash < 0 ? 0 : number(whole.substring(slash + 1), 65_535);
    String name = slash < 0 ? whole : whole.substring(0, slash);
    int first = port > 0 ? port : slash < 0 ? Probe.Tracepath.PORT : behind;
    if (first + 63 > 65_535 || first == 0) {
      throw Stop.unsupported("-p " + first);
    }
    return HostNames.find(prompt, name, family, to -> send(to, name, first), why -> unknown(name, why));
  }

  private Command send(IpAddress to, String name, int first) throws Stop {
    if (family.filter(f -> f != to.family()).isPresent()) {
      throw Stop.exit(1, "tracepath: " + name + ": Address family for hostname not supported");
    }
    boolean six = to.family() == IpFamily.INET6;
    int headers = six ? HEADERS6 : HEADERS;
    int bytes = length.orElse(six ? LENGTH6 : LENGTH);
    if (bytes <= headers) {
      throw Stop.exit(1, "tracepath: pktlen must be within: " + headers + " < value <= " + Integer.MAX_VALUE);
    }
    Probe probe = new Probe(prompt.at(), to, Optional.empty(), Optional.empty(),
        new Probe.Tracepath(hops, bytes, first));
    TracepathText text = new TracepathText(both, numeric);
    return new Command.Ask(probe, trace -> text.of(probe, (ProbeResult.Paced) trace.result()));
  }

  private static Stop unknown(String name, StubResolver.Outcome why) {
    return Stop.exit(1, "tracepath: " + name + ": " + why.words());
  }
}
