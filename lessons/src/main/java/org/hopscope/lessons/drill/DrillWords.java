package org.hopscope.lessons.drill;

import java.util.List;
import java.util.stream.Stream;
import org.hopscope.lessons.check.ProbeSpec;
import org.hopscope.lessons.prose.Prose;
import org.hopscope.lessons.prose.Prose.Block;
import org.hopscope.lessons.prose.Prose.Inline;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.probe.Probe;

/** Sentences and commands as drills put them together. */
final class DrillWords {
  private DrillWords() {
  }

  static Block paragraph(String text) {
    return new Block.Paragraph(List.of(new Inline.Text(text)));
  }

  static Block commands(List<String> lines) {
    return new Block.CodeBlock("sh", String.join("\n", lines));
  }

  static Prose both(Prose first, Prose then) {
    return new Prose(Stream.concat(first.blocks().stream(), then.blocks().stream()).toList());
  }

  /** A word without blanks. */
  static String id(String text) {
    return text.replaceAll("[^A-Za-z0-9]+", "-").replaceAll("^-|-$", "");
  }

  /** A probe as it is typed on the first host: a ping that must not be cut by {@code ping}, all else by {@code probe}. */
  static String command(LabState lab, Probe probe, ProbeSpec spec) {
    return probe.action() instanceof Probe.Ping && !spec.load().equals(ProbeSpec.Load.USUAL)
        ? at(lab, probe.from()) + "ping -c 1 -M do -s " + spec.load().size() + " " + probe.to()
        : "probe " + spec;
  }

  private static String at(LabState lab, NetnsId netns) {
    boolean first = lab.firstHost().name().equals(netns.host());
    return (first ? "" : "hop on " + netns.host() + " ")
        + (netns.isRoot() ? "" : "ip netns exec " + netns.name() + " ");
  }

  /** A command at a namespace's prompt, as it is typed on the first host. */
  static String at(LabState lab, NetnsId netns, String command) {
    return at(lab, netns) + command;
  }
}
