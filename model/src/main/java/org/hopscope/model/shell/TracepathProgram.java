package org.hopscope.model.shell;

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
  private static final GetOpt OPTIONS = new GetOpt("tracepath", "46nbl:m:p:Vh?", 255, USAGE);

  private final Prompt prompt;
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
    return tracepath.send(OPTIONS.each(args, tracepath::take));
  }

  private void take(char letter, String value) throws Stop {
    switch (letter) {
      case '4' -> family(IpFamily.INET);
      case '6' -> family(IpFamily.INET6);
      case 'n' -> numeric = true;
      case 'b' -> both = true;
      case 'l' -> length = Optional.of(number(value, Integer.MAX_VALUE)).filter(l -> l > 0);
      case 'm' -> hops = number(value, MOST_HOPS);
      case 'p' -> port = number(value, 65_535);
      case 'V' -> throw Stop.said(0, List.of("tracepath from iputils 20221126",
          "libcap: yes, IDN: yes, NLS: no, error.h: yes, getrandom(): yes, __fpending(): yes"));
      default -> throw usage();
    }
  }

  private void family(IpFamily value) throws Stop {
    if (family.filter(f -> f != value).isPresent()) {
      throw Stop.exit(2, "tracepath: Only one -4 or -6 option may be specified");
    }
    family = Optional.of(value);
  }

  private static Stop usage() {
    return Stop.exit(255, USAGE.toArray(String[]::new));
  }

  private static int number(String text, int most) throws Stop {
    if (!text.matches("[+-]?[0-9]+")) {
      throw Stop.exit(1, "tracepath: invalid argument: '" + text + "'");
    }
    return Numbers.whole(text, 0, most).orElseThrow(() -> Stop.exit(1,
        "tracepath: invalid argument: '" + text + "': out of range: 0 <= value <= " + most));
  }

  private Command send(List<String> names) throws Stop {
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
