package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.hopscope.model.net.Device;
import org.hopscope.model.packet.Packet;
import org.hopscope.model.trace.Capture;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Step;
import org.hopscope.model.trace.Trace;

/**
 * {@code tcpdump -i DEV [-n] [-e] [-v] [-c N] [-q] [-t] [-l] [FILTER]} (tcpdump(8), pcap-filter(7)): what passed a device in
 * the traces of this terminal up to now, on the lab's clock. It reads what is recorded, so it is run after the packets and
 * not beside them.
 */
final class TcpdumpProgram {
  private final Prompt prompt;
  private final StringBuilder flags = new StringBuilder();
  private final List<String> filter = new ArrayList<>();
  private Optional<String> device = Optional.empty();
  private int count = Integer.MAX_VALUE;

  private TcpdumpProgram(Prompt prompt) {
    this.prompt = prompt;
  }

  static Command read(Prompt prompt, Args args) throws Stop {
    TcpdumpProgram dump = new TcpdumpProgram(prompt);
    while (!args.isEmpty()) {
      String word = args.next();
      if (word.startsWith("-") && word.length() > 1 && dump.filter.isEmpty()) {
        dump.options(word, args);
      } else {
        dump.filter.add(word);
      }
    }
    return dump.run();
  }

  private boolean is(char letter) {
    return flags.indexOf(String.valueOf(letter)) >= 0;
  }

  private void options(String word, Args args) throws Stop {
    for (int i = 1; i < word.length(); i++) {
      char letter = word.charAt(i);
      if ("nevqtlUp".indexOf(letter) >= 0) {
        flags.append(letter);
      } else if (letter == 'i' || letter == 'c') {
        String rest = word.substring(i + 1);
        if (rest.isEmpty() && args.isEmpty()) {
          throw Stop.exit(1, "tcpdump: option requires an argument -- '" + letter + "'");
        }
        value(letter, rest.isEmpty() ? args.next() : rest);
        return;
      } else {
        throw Stop.unsupported("tcpdump -" + letter);
      }
    }
  }

  private void value(char letter, String value) throws Stop {
    if (letter == 'i') {
      device = Optional.of(value);
    } else {
      count = Numbers.whole(value, 1, Integer.MAX_VALUE)
          .orElseThrow(() -> Stop.exit(1, "tcpdump: invalid packet count " + value));
    }
  }

  private Command run() throws Stop {
    boolean any = device.filter("any"::equals).isPresent();
    Optional<Device> only = any ? Optional.empty() : Optional.of(chosen());
    Predicate<Packet> wanted = PacketFilter.of(filter);
    PacketText text = new PacketText(is('e') && !any, is('v'), is('q'), is('t'));
    List<String> out = new ArrayList<>();
    int shown = 0;
    for (Trace trace : prompt.traffic()) {
      for (Step step : trace.steps()) {
        boolean passes = shown < count && step.at().compareTo(prompt.lab().now()) <= 0 && passes(step, only)
            && wanted.test(step.packet());
        if (passes) {
          shown++;
          out.addAll(text.lines(step, any ? name(step) : ""));
        }
      }
    }
    String type = only.map(TcpdumpProgram::linkType).orElse("LINUX_SLL2 (Linux cooked v2)");
    List<String> err = new ArrayList<>();
    if (!is('v')) {
      err.add("tcpdump: verbose output suppressed, use -v[v]... for full protocol decode");
    }
    err.add("listening on " + only.map(Device::name).orElse("any") + ", link-type " + type
        + ", snapshot length 262144 bytes");
    err.add(shown + " packet" + (shown == 1 ? "" : "s") + " captured");
    return new Command.Said(0, out, err, new Answer.Nothing());
  }

  /** What a device's packets begin with, as libpcap says it (pcap-linux.c map_arphrd_to_dlt). */
  private static String linkType(Device device) {
    return switch (device.kind().driver().hardware()) {
      case ETHER, LOOPBACK -> "EN10MB (Ethernet)";
      case IPIP, GRE, SIT, NONE -> "RAW (Raw IP)";
    };
  }

  private Device chosen() throws Stop {
    String name = device.or(() -> prompt.lab().devicesOf(prompt.at()).stream()
        .filter(d -> d.isUp() && !d.isLoopback()).map(Device::name).findFirst()).orElse("lo");
    return prompt.lab().find(prompt.ref(name)).orElseThrow(() -> Stop.exit(1, "tcpdump: " + name
        + ": No such device exists", "(No such device exists)"));
  }

  /** A frame is seen as it leaves and as it comes in; on lo, where both are the same device, once. */
  private boolean passes(Step step, Optional<Device> only) {
    boolean here = step.where().equals(prompt.at())
        && step.device().filter(id -> only.filter(d -> !d.id().equals(id)).isEmpty()).isPresent();
    boolean loopback = step.device().map(id -> Optional.ofNullable(prompt.lab().devices().get(id)))
        .flatMap(d -> d).filter(Device::isLoopback).isPresent();
    boolean moves = step.event() instanceof Event.Received || Capture.passes(step) && !loopback;
    return here && moves;
  }

  private String name(Step step) {
    String name = step.device().map(id -> Optional.ofNullable(prompt.lab().devices().get(id)).map(Device::name)
        .orElse("?")).orElse("?");
    return String.format(Locale.ROOT, "%-5s %-3s ", name, Capture.isInbound(step) ? "In" : "Out");
  }
}
