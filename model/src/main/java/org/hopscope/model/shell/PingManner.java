package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.hopscope.model.net.VirtualTime;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.probe.ProbeResult;

/**
 * What ping adds to its lines where it is asked to (iputils 20221126 ping_common.c).
 *
 * @param pattern {@code -p}: what packets are filled with, as hexadecimal digits; first of all it is told
 * @param stamped {@code -D}: whether each line begins with the time, here the lab's own
 * @param outstanding {@code -O}: whether it tells of requests without an answer when the next one leaves
 * @param voice what is added to single lines
 */
record PingManner(Optional<String> pattern, boolean stamped, boolean outstanding, Voice voice) {
  /**
   * What is added to single lines.
   *
   * @param audible {@code -a}: each answer rings the bell
   * @param sticky {@code -B}: the address it speaks from is told at once
   */
  record Voice(boolean audible, boolean sticky) {
  }

  private static final Pattern ABOUT = Pattern.compile("icmp_seq=(\\d+)");

  /** Whether nothing was asked for. */
  boolean isPlain() {
    return pattern.isEmpty() && !stamped && !outstanding && !voice.audible() && !voice.sticky();
  }

  /** The report with what was asked for. */
  Command.Said on(Command.Said said, Probe.Ping ping, ProbeResult.Pinged result, VirtualTime start) {
    if (said.exit() == 2) {
      return said;
    }
    List<String> out = new ArrayList<>();
    pattern.ifPresent(p -> out.add("PATTERN: 0x" + p));
    int told = 0;
    for (String line : said.out()) {
      Matcher about = ABOUT.matcher(line);
      boolean isAbout = about.find();
      int until = isAbout ? Integer.parseInt(about.group(1)) : line.startsWith("--- ") ? result.transmitted() : 0;
      for (; outstanding && told < until; told++) {
        addIfLate(out, told, ping, result);
      }
      String voiced = voiced(line, result);
      out.add(isAbout && stamped ? stamp(voiced, until, ping, result, start) : voiced);
    }
    return new Command.Said(said.exit(), out, said.err(), said.answer());
  }

  private String voiced(String line, ProbeResult.Pinged result) {
    if (voice.sticky() && line.startsWith("PING ") && line.indexOf(" from ") < 0) {
      return line.replaceFirst("\\) ", ") from " + result.source().map(Object::toString).orElse("0.0.0.0") + " : ");
    }
    return voice.audible() && line.contains(" bytes from ") ? line + '\u0007' : line;
  }

  /** The request before this one had no answer yet when this one left. */
  private static void addIfLate(List<String> out, int sequence, Probe.Ping ping, ProbeResult.Pinged result) {
    long interval = ping.intervalMillis() * VirtualTime.MILLI;
    Set<Integer> inTime = result.replies().stream().filter(r -> r.nanos() <= interval)
        .map(ProbeResult.Reply::sequence).collect(Collectors.toSet());
    if (sequence > 0 && !inTime.contains(sequence)) {
      out.add("no answer yet for icmp_seq=" + sequence);
    }
  }

  private static String stamp(String line, int sequence, Probe.Ping ping, ProbeResult.Pinged result,
      VirtualTime start) {
    long wait = result.replies().stream().filter(r -> r.sequence() == sequence).mapToLong(ProbeResult.Reply::nanos)
        .findFirst().orElse(0);
    long micros = (start.nanos() + (sequence - 1) * ping.intervalMillis() * VirtualTime.MILLI + wait) / 1000;
    return String.format(Locale.ROOT, "[%d.%06d] %s", micros / 1_000_000, micros % 1_000_000, line);
  }
}
