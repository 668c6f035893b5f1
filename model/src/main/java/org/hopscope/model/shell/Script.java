package org.hopscope.model.shell;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Session;
import org.hopscope.model.shell.syntax.Parser;
import org.hopscope.model.shell.syntax.Position;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/**
 * A file of commands.
 *
 * @param kind how it is read and in which environment it runs
 * @param pragmas the settings of an oracle script: {@code ipv6} and {@code counters}; empty for any other
 * @param body its commands
 */
public record Script(Kind kind, Map<String, String> pragmas, Body body) {
  public Script {
    pragmas = Map.copyOf(pragmas);
  }

  /** The commands of a script. */
  public sealed interface Body {
    /** An oracle script's: one a line, whatever becomes of the ones before it. */
    record Lines(List<Line> lines) implements Body {
      public Lines {
        lines = List.copyOf(lines);
      }
    }

    /** Any other's: a text of the shell language. */
    record Text(String text) implements Body {
    }
  }

  /** How a file is read. */
  public enum Kind {
    /** {@code *.lab}: a script of the kernel oracle, exactly, in the oracle's environment; {@code hop} is understood too. */
    LAB,
    /** Any other: the shell subset of the product with the kernel's own defaults. */
    HOPSCOPE;

    /** The kind by the file's name. */
    public static Kind of(String fileName) {
      return fileName.endsWith(".lab") ? LAB : HOPSCOPE;
    }
  }

  /**
   * One command.
   *
   * @param number its line in the file, from 1
   * @param text the line as it is written, stripped
   * @param words what is run: the line's words, with the options that an oracle script adds; never empty
   * @param input the lines of its standard input
   */
  public record Line(int number, String text, List<String> words, List<String> input) {
    public Line {
      words = List.copyOf(words);
      input = List.copyOf(input);
    }
  }

  /** What became of reading a file. */
  public sealed interface Read {
    /** It can be run. */
    record Ok(Script script) implements Read {
    }

    /** It cannot, and nothing of it was run. */
    record Malformed(int line, String reason) implements Read {
    }
  }

  /** Reads the text of a file. */
  public static Read parse(String text, Kind kind) {
    return switch (kind) {
      case LAB -> new OracleScript(text).read();
      case HOPSCOPE -> plain(text);
    };
  }

  private static Read plain(String text) {
    return switch (Parser.parse(text)) {
      case Parser.Parsed.Fine _ -> new Read.Ok(new Script(Kind.HOPSCOPE, Map.of(), new Body.Text(text)));
      case Parser.Parsed.Wrong(Position at, String reason, boolean _) -> new Read.Malformed(at.line(),
          "column " + at.column() + ": " + reason);
    };
  }

  /**
   * Runs it at the first host's prompt.
   *
   * @param seen is told of each command after it ran, in order
   */
  public void run(Session session, Consumer<Executed> seen) {
    run(session, Folder.EMPTY, seen);
  }

  /** As {@link #run(Session, Consumer)}; its programs find the files of a folder too. */
  public void run(Session session, Folder folder, Consumer<Executed> seen) {
    switch (body) {
      case Body.Text(String text) ->
          new Interpreter(session, folder).run(session.state().firstHost().root(), text, seen);
      case Body.Lines(List<Line> lines) -> {
        Memory memory = new Memory();
        lines.forEach(line -> run(session, memory, line, seen));
      }
    }
  }

  private static void run(Session session, Memory memory, Line line, Consumer<Executed> seen) {
    LabState before = session.state();
    Reply reply = Shell.run(session, before.firstHost().root(), line.words(), line.input(), memory.past());
    if (session.state() != before) {
      memory.leaves(before);
    }
    seen.accept(new Executed(line.number(), line.text(), line.words(), before, reply));
  }

  /** The lab it starts from: one host, in the environment of its kind. */
  public LabState start(long seed) {
    return Editor.fresh(seed, environment());
  }

  /**
   * The settings that the oracle writes into every namespace, as far as they are not the kernel's defaults and the model
   * has them: three unanswered requests end after 0.3 s, and nothing that is resolved ages.
   */
  private PSortedMap<String, String> environment() {
    return switch (kind) {
      case LAB -> oracle(pragmas.getOrDefault("ipv6", "off").equals("on"));
      case HOPSCOPE -> TreePMap.empty();
    };
  }

  private static PSortedMap<String, String> oracle(boolean ipv6) {
    Map<String, String> settings = new TreeMap<>(Map.of("net.bridge.bridge-nf-call-iptables", "0",
        "net.bridge.bridge-nf-call-ip6tables", "0"));
    for (String what : List.of("icmp_timeout", "icmpv6_timeout", "udp_timeout", "udp_timeout_stream",
        "generic_timeout")) {
      settings.put("net.netfilter.nf_conntrack_" + what, "600");
    }
    for (String family : List.of("net.ipv4", "net.ipv6")) {
      settings.putAll(Map.of(family + ".neigh.*.retrans_time_ms", "100", family + ".neigh.*.base_reachable_time_ms",
          "3600000", family + ".neigh.*.delay_first_probe_time", "3600", family + ".neigh.*.gc_stale_time", "3600"));
    }
    for (String who : List.of("all", "default", "*")) {
      String conf = "net.ipv6.conf." + who;
      settings.put(conf + (ipv6 ? ".accept_dad" : ".disable_ipv6"), ipv6 ? "0" : "1");
      if (ipv6 && !who.equals("all")) {
        settings.put(conf + ".dad_transmits", "0");
      }
    }
    if (ipv6) {
      // A namespace has its lo before anybody writes a default.
      settings.put("net.ipv6.conf.lo.dad_transmits", "1");
    }
    return TreePMap.from(settings);
  }
}
