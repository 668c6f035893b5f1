package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.lab.AddressTypes;
import org.hopscope.model.lab.Errno;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.Driver;
import org.hopscope.model.net.RouteKey;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.probe.Probe.ArpMode;
import org.hopscope.model.probe.ProbeResult;
import org.hopscope.model.sim.RouteQuestion;

/** {@code arping} (iputils 20221126, arping(8)). Without a count it goes on until its deadline, or asks three times. */
final class ArpingProgram {
  private static final List<String> USAGE = List.of("", "Usage:", "  arping [options] <destination>", "", "Options:",
      "  -f            quit on first reply", "  -q            be quiet",
      "  -b            keep on broadcasting, do not unicast", "  -D            duplicate address detection mode",
      "  -U            unsolicited ARP mode, update your neighbours",
      "  -A            ARP answer mode, update your neighbours", "  -V            print version and exit",
      "  -c <count>    how many packets to send", "  -w <timeout>  how long to wait for a reply",
      "  -i <interval> set interval between packets (default: 1 second)",
      "  -I <device>   which ethernet device to use", "  -s <source>   source ip address",
      "  <destination> dns name or ip address", "", "For more details see arping(8).");
  private static final GetOpt OPTIONS = new GetOpt("arping", "fqbDUAVhc:w:i:I:s:", 2, USAGE);
  private static final int UNTIL_STOPPED = 3;
  private static final int MILLIS = 1000;

  private final Prompt prompt;
  private ArpMode mode = ArpMode.ASK;
  private Optional<Integer> count = Optional.empty();
  private int deadline;
  private int interval = 1;
  private boolean broadcasting;
  private boolean first;
  private boolean quiet;
  private Optional<String> device = Optional.empty();
  private Optional<String> source = Optional.empty();

  private ArpingProgram(Prompt prompt) {
    this.prompt = prompt;
  }

  static Command read(Prompt prompt, Args args) throws Stop {
    ArpingProgram arping = new ArpingProgram(prompt);
    List<String> targets = OPTIONS.each(args, arping::take);
    if (targets.size() != 1) {
      throw usage();
    }
    return arping.send(targets.getFirst());
  }

  private static Stop usage() {
    return Stop.exit(2, USAGE.toArray(String[]::new));
  }

  private void take(char letter, String value) throws Stop {
    switch (letter) {
      case 'f' -> first = true;
      case 'q' -> quiet = true;
      case 'b' -> broadcasting = true;
      case 'D' -> mode = ArpMode.DETECT;
      case 'U' -> mode = ArpMode.ANNOUNCE;
      case 'A' -> mode = ArpMode.ANSWER;
      case 'c' -> count = Optional.of(number(value, 1));
      case 'w' -> deadline = number(value, 0);
      case 'i' -> interval = number(value, 1);
      case 'I' -> device = Optional.of(value);
      case 's' -> source = Optional.of(value);
      case 'V' -> throw Stop.unsupported("-V");
      default -> throw usage();
    }
  }

  private static int number(String text, int least) throws Stop {
    if (!text.matches("-?[0-9]+")) {
      throw Stop.exit(1, "arping: invalid argument: '" + text + "'");
    }
    return Numbers.whole(text, least, Integer.MAX_VALUE / MILLIS).orElseThrow(() -> Stop.exit(1,
        "arping: invalid argument: '" + text + "': out of range: " + least + " <= value <= 2147483647"));
  }

  private Command send(String name) throws Stop {
    IpAddress to = address(name);
    Device by = device.isPresent() ? named(device.get()) : towards(to);
    if (!by.isUp()) {
      throw unusable(2, by, "is down");
    }
    if (by.isLoopback() || !by.usesArp()) {
      throw unusable(mode == ArpMode.DETECT ? 0 : 2, by, "is not ARPable");
    }
    IpAddress from = source(by, to);
    Probe.Arping action = new Probe.Arping(mode, count.orElse(deadline > 0 ? 0 : UNTIL_STOPPED), deadline * MILLIS,
        interval * MILLIS, broadcasting, first);
    return new Command.Send(new Probe(prompt.at(), to, Optional.of(from), Optional.of(by.name()), action),
        quiet ? Command.Send.As.QUIET_PING : Command.Send.As.PING, name);
  }

  private Device named(String name) throws Stop {
    // getifaddrs(3) does not tell of devices without a hardware address.
    return prompt.lab().find(prompt.ref(name)).filter(d -> d.kind().driver().hardware() != Driver.Hardware.NONE)
        .orElseThrow(() -> Stop.exit(2, "arping: Device " + name + " not available."));
  }

  /** The device by which the kernel would go to the target; lo towards own addresses (arping.c guess_device). */
  private Device towards(IpAddress to) throws Stop {
    RouteKey key = new RouteKey(to, Optional.empty(), Optional.empty(), Optional.empty(), 0);
    return switch (RouteQuestion.ask(prompt.lab(), prompt.at(), key)) {
      case RouteQuestion.Answer.Goes(var _, RouteQuestion.Type type, boolean _) when type == RouteQuestion.Type.LOCAL ->
          prompt.lab().devicesOf(prompt.at()).stream().filter(Device::isLoopback).findFirst().orElseThrow();
      case RouteQuestion.Answer.Goes(var lookup, var _, boolean _) ->
          prompt.lab().device(lookup.hop().orElseThrow().device());
      case RouteQuestion.Answer.Fails _ -> throw Stop.exit(1, "arping: NETLINK_ROUTE unexpected iov element");
    };
  }

  private Stop unusable(int status, Device by, String why) {
    return Stop.said(status, quiet ? List.of() : List.of("Interface \"" + by.name() + "\" " + why));
  }

  private static IpAddress address(String text) throws Stop {
    if (text.indexOf(':') >= 0 && IpAddress.parse(text).isPresent()) {
      throw Stop.exit(2, "arping: " + text + ": Address family for hostname not supported");
    }
    return HostNames.numeric(text).<IpAddress>map(a -> a)
        .orElseThrow(() -> Stop.exit(2, "arping: " + text + ": Name or service not known"));
  }

  /** What it is told, its own address for an announcement, nobody to detect duplicates, else what the route prefers. */
  private IpAddress source(Device by, IpAddress to) throws Stop {
    boolean announces = mode == ArpMode.ANNOUNCE || mode == ArpMode.ANSWER;
    if (source.isPresent() || announces) {
      IpAddress said = source.isEmpty() ? to : HostNames.numeric(source.get()).<IpAddress>map(a -> a)
          .orElseThrow(() -> Stop.exit(2, "arping: invalid source " + source.get()));
      if (!said.isUnspecified() && !AddressTypes.mayBind(prompt.lab(), prompt.at(), said)) {
        throw Stop.exit(2, "arping: bind: " + Errno.EADDRNOTAVAIL.text());
      }
      return said;
    }
    if (mode == ArpMode.DETECT) {
      return Ipv4Address.ANY;
    }
    RouteKey key = new RouteKey(to, Optional.empty(), Optional.empty(), Optional.of(by.id()), 0);
    return switch (RouteQuestion.ask(prompt.lab(), prompt.at(), key)) {
      case RouteQuestion.Answer.Goes(var lookup, var type, boolean _) when type != RouteQuestion.Type.BROADCAST ->
          spoken(lookup.sourceChosen().filter(a -> !a.isUnspecified())
              .orElseThrow(() -> Stop.said(2, List.of("ARPING " + to + " from 0.0.0.0 " + by.name()),
                  "arping: no source address in not-DAD mode")));
      case RouteQuestion.Answer.Goes _ -> throw Stop.exit(2, "arping: connect: " + Errno.EACCES.text());
      case RouteQuestion.Answer.Fails(Errno errno) -> throw Stop.exit(2, "arping: connect: " + errno.text());
    };
  }

  /** From a group that stands as an address on the device nobody may speak (kernel ip_route_output_key_hash). */
  private static IpAddress spoken(IpAddress chosen) throws Stop {
    if (chosen.isMulticast()) {
      throw Stop.exit(2, "arping: connect: " + Errno.EINVAL.text());
    }
    return chosen;
  }

  /** What it prints and how it exits (arping.c finish). */
  static Command.Said report(Probe probe, Probe.Arping arping, ProbeResult.Arped result, boolean quiet) {
    List<String> out = new ArrayList<>();
    out.add("ARPING " + probe.to() + " from " + result.source() + " " + probe.device().orElse(""));
    for (ProbeResult.ArpReply reply : result.replies()) {
      out.add("Unicast reply from " + reply.from() + " [" + reply.mac().toString().toUpperCase(Locale.ROOT)
          + "]  " + milliseconds(reply.nanos()) + "ms");
    }
    out.add("Sent " + result.sent() + " probes (" + result.broadcasts() + " broadcast(s))");
    out.add("Received " + result.replies().size() + " response(s)");
    int exit = switch (arping.mode()) {
      case ASK -> result.replies().size() >= result.sent() ? 0 : 1;
      case DETECT -> result.replies().isEmpty() ? 0 : 1;
      case ANNOUNCE, ANSWER -> 0;
    };
    return new Command.Said(exit, quiet ? List.of() : out, List.of(),
        new Answer.Probed(probe, result, quiet ? Answer.Probed.Detail.SUM : Answer.Probed.Detail.ALL));
  }

  private static String milliseconds(long nanos) {
    return String.format(Locale.ROOT, "%.3f", nanos / 1_000_000.0);
  }
}
