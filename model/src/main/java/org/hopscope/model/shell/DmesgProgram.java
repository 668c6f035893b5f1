package org.hopscope.model.shell;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Sysctls;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.netfilter.PacketView;
import org.hopscope.model.netfilter.Target;
import org.hopscope.model.netfilter.Walk;
import org.hopscope.model.nft.NftWalk;
import org.hopscope.model.nft.Statement;
import org.hopscope.model.packet.Header;
import org.hopscope.model.trace.DropReason;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Fate;
import org.hopscope.model.trace.Lookup;
import org.hopscope.model.trace.Step;
import org.hopscope.model.trace.Trace;

/**
 * {@code dmesg [-t]} (dmesg(1)): what rules wrote into the log of this machine's kernel, as the traces of this terminal show it,
 * and which packets were not believed where {@code log_martians} is set by now (kernel net/ipv4/route.c
 * ip_handle_martian_source), but not of ARP questions.
 * A kernel writes for rules of its first namespace alone, unless {@code net.netfilter.nf_log_all_netns} is set (kernel
 * net/netfilter/nf_log_syslog.c nf_log_ip_packet), a setting that the model does not have.
 */
final class DmesgProgram {
  private static final Set<DropReason> FROM = Set.of(DropReason.MARTIAN_SOURCE, DropReason.REVERSE_PATH);

  private final LabState lab;
  private final NetnsId root;
  private final boolean timed;
  private final List<String> lines = new ArrayList<>();

  private DmesgProgram(LabState lab, NetnsId root, boolean timed) {
    this.lab = lab;
    this.root = root;
    this.timed = timed;
  }

  static Command read(Prompt prompt, Args args) throws Stop {
    boolean timed = true;
    while (!args.isEmpty()) {
      String word = args.next();
      if (!word.equals("-t") && !word.equals("--notime")) {
        throw Stop.unsupported("dmesg " + word);
      }
      timed = false;
    }
    DmesgProgram dmesg = new DmesgProgram(prompt.lab(), NetnsId.root(prompt.at().host()), timed);
    for (Trace trace : prompt.traffic()) {
      trace.steps().stream().filter(s -> s.at().compareTo(prompt.lab().now()) <= 0).forEach(dmesg::step);
    }
    return new Command.Said(0, dmesg.lines, List.of(), new Answer.Nothing());
  }

  private void step(Step step) {
    if (step.event() instanceof Event.Looked(Lookup lookup)) {
      logged(lookup).forEach(line -> say(step, line));
    } else if (step.event() instanceof Event.Ended(Fate.Died(DropReason why))
        && step.where().host().equals(root.host())) {
      step.device().filter(lab.devices()::containsKey).map(lab::device)
          .filter(in -> Sysctls.maxConf(lab, in, "log_martians") != 0)
          .ifPresent(in -> martian(step, in, why));
    }
  }

  private void say(Step step, String line) {
    lines.add(timed ? time(step) + line : line);
  }

  private void martian(Step step, Device in, DropReason why) {
    step.packet().ipv4().ifPresent(ip -> {
      if (FROM.contains(why)) {
        say(step, "IPv4: martian source " + ip.destination() + " from " + ip.source() + ", on dev " + in.name());
        step.packet().ethernet().ifPresent(frame -> say(step, "ll header: 00000000: " + hex(frame)));
      } else if (why == DropReason.MARTIAN_DESTINATION) {
        say(step, "IPv4: martian destination " + ip.destination() + " from " + ip.source() + ", dev " + in.name());
      }
    });
  }

  /** As lib/hexdump.c prints the 14 bytes of a header in a row of 16: numbers, and what of them are letters. */
  private static String hex(Header.Ethernet frame) {
    byte[] bytes =
        ByteBuffer.allocate(Header.Ethernet.LENGTH).putShort((short) (frame.destination().bits() >> Integer.SIZE))
            .putInt((int) frame.destination().bits()).putShort((short) (frame.source().bits() >> Integer.SIZE))
            .putInt((int) frame.source().bits()).putShort((short) frame.etherType()).array();
    StringBuilder letters = new StringBuilder();
    for (byte b : bytes) {
      letters.append(b >= ' ' && b <= '~' ? (char) b : '.');
    }
    return String.format(Locale.ROOT, "%-49s", HexFormat.ofDelimiter(" ").formatHex(bytes)) + letters;
  }

  /** {@code [    1.000250] }: seconds since the machine came up, which is when the lab's clock began. */
  private static String time(Step step) {
    long micros = step.at().nanos() / 1000;
    return String.format(Locale.ROOT, "[%5d.%06d] ", micros / 1_000_000, micros % 1_000_000);
  }

  private Stream<String> logged(Lookup lookup) {
    if (lookup instanceof Lookup.RuleWalk walk && walk.netns().equals(root)) {
      return byRules(walk.view(), walk.walk()).stream();
    }
    if (lookup instanceof Lookup.ChainWalk walk && walk.netns().equals(root)) {
      return byChains(walk.view(), walk.walk()).stream();
    }
    return Stream.empty();
  }

  private static List<String> byRules(PacketView before, Walk walk) {
    List<String> lines = new ArrayList<>();
    PacketView view = before;
    for (Walk.Hit hit : walk.hits()) {
      if (hit.rule().target() instanceof Target.Log(int _, String prefix, int flags)) {
        lines.add(LogLine.of(prefix, flags, view));
      } else if (hit.rule().target() instanceof Target.Mark(int value, int mask)) {
        view = view.withMark(view.mark() & ~mask ^ value);
      }
    }
    return lines;
  }

  /**
   * What a rule of nftables did to the packet in front of its {@code log} is not told, nor a {@code log} in front of a
   * condition that then fails.
   */
  private static List<String> byChains(PacketView view, NftWalk walk) {
    List<String> lines = new ArrayList<>();
    for (NftWalk.Hit hit : walk.hits()) {
      for (Statement statement : hit.rule().statements()) {
        if (statement instanceof Statement.Log(Optional<String> prefix, int _, int flags)) {
          lines.add(LogLine.of(prefix.orElse(""), flags, view));
        }
      }
    }
    return lines;
  }
}
