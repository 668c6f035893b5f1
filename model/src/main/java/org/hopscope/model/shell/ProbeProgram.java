package org.hopscope.model.shell;

import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.Ipv6Address;
import org.hopscope.model.addr.PortNumber;
import org.hopscope.model.docker.linux.Sandbox;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.AssignedAddress;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.Inet6Address;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.Transport;
import org.hopscope.model.probe.Probe;

/**
 * {@code probe PLACE -> TARGET[:PORT[/tcp|/udp]] [n=N] [src=ADDR] [sport=P] [size=BYTES] [wait=SECONDS] [df] [seq]}:
 * a client talks to an address, or to a place, which means the first address that place has. Without a port it pings.
 */
final class ProbeProgram {
  static final String USAGE = "probe NS -> ADDR[:PORT[/tcp|/udp]] [n=N] [src=ADDR] [sport=P] [size=BYTES] "
      + "[wait=SECONDS] [df] [seq]";
  private static final int MAX_TRIES = 10_000;
  private static final int MAX_BYTES = 10_000_000;

  private final Prompt prompt;
  private NetnsId from;
  private int count = 1;
  private Optional<IpAddress> source = Optional.empty();
  private Optional<PortNumber> sourcePort = Optional.empty();
  private int size;
  private int waitMillis = 800;
  private boolean dontFragment;
  private boolean sequence;

  private ProbeProgram(Prompt prompt) {
    this.prompt = prompt;
    from = prompt.at();
  }

  /**
   * Whom to talk to.
   *
   * @param whom the address, or a name that is looked up first
   * @param port the port; none means ping
   * @param transport over what
   */
  private record Target(Whom whom, Optional<PortNumber> port, Transport transport) {
  }

  /** An address, or a name of one. */
  private sealed interface Whom {
    record Known(IpAddress address) implements Whom {
    }

    record Named(String name) implements Whom {
    }
  }

  static Command read(Prompt prompt, Args args) throws Stop {
    return new ProbeProgram(prompt).run(args);
  }

  private Command run(Args args) throws Stop {
    from = ServeProgram.place(prompt, args, USAGE);
    if (!args.take("->") || args.isEmpty()) {
      throw usage();
    }
    Target target = target(args.next());
    while (!args.isEmpty()) {
      option(args.next());
    }
    return switch (target.whom()) {
      case Whom.Known(IpAddress address) -> send(target, address);
      case Whom.Named(String name) -> HostNames.find(prompt.in(from), name, Optional.empty(),
          address -> send(target, address), why -> Stop.exit(2, "bad target '" + name + "'"
              + (new NameFiles(prompt.lab(), from).resolver().isPresent() ? ": " + why.words() : "")));
    };
  }

  private Command send(Target target, IpAddress address) throws Stop {
    Probe.Action action = action(target);
    if (source.filter(s -> s.family() != address.family()).isPresent()) {
      if (!(action instanceof Probe.Ping)) {
        throw Stop.exit(1, "Address family for hostname not supported");
      }
      source = PingProgram.chosen(prompt.in(from), address);
    }
    Command.Send.As as = sequence ? Command.Send.As.SEQUENCE : Command.Send.As.PROBE;
    return new Command.Send(new Probe(from, address, source, Optional.empty(), action),
        action instanceof Probe.Ping ? Command.Send.As.PING : as, address.toString());
  }

  private Probe.Action action(Target target) {
    if (target.port().isEmpty()) {
      return new Probe.Ping(count, 56, false, 100, 1000, Optional.empty(), false);
    }
    Probe.ClientOptions options = new Probe.ClientOptions(count, sourcePort, size, waitMillis, dontFragment);
    return switch (target.transport()) {
      case TCP -> new Probe.Connect(target.port().get(), options);
      case UDP -> new Probe.Datagram(target.port().get(), options);
    };
  }

  private static Stop usage() {
    return Stop.exit(2, "Usage: " + USAGE);
  }

  private Target target(String text) throws Stop {
    Optional<IpAddress> alone = IpAddress.parse(text);
    if (alone.isPresent()) {
      return new Target(new Whom.Known(alone.get()), Optional.empty(), Transport.TCP);
    }
    int colon = text.lastIndexOf(':');
    boolean bracketed = text.startsWith("[") && colon > 0 && text.charAt(colon - 1) == ']';
    int container = text.indexOf(Sandbox.PLACE);
    int first = text.indexOf(':', text.startsWith(Places.POD) ? Places.POD.length()
        : container < 0 ? 0 : container + Sandbox.PLACE.length());
    if (!bracketed && first < 0) {
      return new Target(whom(text, text), Optional.empty(), Transport.TCP);
    }
    if (!bracketed && colon != first) {
      throw Stop.exit(2, "bad target '" + text + "'");
    }
    String whom = bracketed ? text.substring(1, colon - 1) : colon < 0 ? text : text.substring(0, colon);
    Whom address = bracketed
        ? new Whom.Known(Ipv6Address.parse(whom).orElseThrow(() -> Stop.exit(2, "bad target '" + text + "'")))
        : whom(whom, text);
    if (colon < 0) {
      return new Target(address, Optional.empty(), Transport.TCP);
    }
    String tail = text.substring(colon + 1);
    ServeProgram.Listening to = ServeProgram.Listening.parse(tail.contains("/") ? tail : tail + "/tcp")
        .orElseThrow(() -> Stop.exit(2, "bad target '" + text + "'"));
    return new Target(address, Optional.of(to.port()), to.transport());
  }

  private Whom whom(String text, String typed) throws Stop {
    Optional<IpAddress> literal = IpAddress.parse(text);
    if (literal.isPresent()) {
      return new Whom.Known(literal.get());
    }
    Optional<NetnsId> named = Places.find(prompt.lab(), prompt.at().host(), text);
    if (named.isEmpty()) {
      return new Whom.Named(text);
    }
    return new Whom.Known(firstAddress(prompt.lab(), named.get())
        .orElseThrow(() -> Stop.exit(2, "bad target '" + typed + "': it has no address")));
  }

  /** The first address of a place that others can reach. */
  private static Optional<IpAddress> firstAddress(LabState lab, NetnsId place) {
    Optional<IpAddress> inet = lab.devicesOf(place).stream().map(Device::addresses).flatMap(List::stream)
        .map(AssignedAddress::address).filter(a -> !a.isLoopback()).findFirst();
    return inet.or(() -> lab.devicesOf(place).stream().flatMap(d -> d.inet6().addresses().stream())
        .<IpAddress>map(Inet6Address::address).filter(a -> !a.isLoopback() && !a.isLinkLocal()).findFirst());
  }

  private void option(String word) throws Stop {
    int equals = word.indexOf('=');
    String key = equals < 0 ? word : word.substring(0, equals);
    String value = equals < 0 ? "" : word.substring(equals + 1);
    if (equals < 0 != (key.equals("df") || key.equals("seq"))) {
      throw Stop.exit(2, "unknown probe option '" + word + "'");
    }
    switch (key) {
      case "n" -> count = number(value, 1, MAX_TRIES);
      case "src" -> source = Optional.of(HostNames.literal(value).orElseThrow(ProbeProgram::usage));
      case "sport" -> sourcePort = Optional.of(new PortNumber(number(value, 0, 65535))).filter(p -> p.value() > 0);
      case "size" -> size = number(value, 0, MAX_BYTES);
      case "wait" -> waitMillis = (int) (Numbers.seconds(value).filter(n -> n < 1_000_000_000_000L)
          .orElseThrow(ProbeProgram::usage) / 1_000_000);
      case "df" -> dontFragment = true;
      case "seq" -> sequence = true;
      default -> throw Stop.exit(2, "unknown probe option '" + word + "'");
    }
  }

  private static int number(String text, int min, int max) throws Stop {
    return Numbers.whole(text, min, max).orElseThrow(ProbeProgram::usage);
  }
}
