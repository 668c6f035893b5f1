package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.LabState;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/**
 * A file of commands, one a line.
 *
 * @param kind how it is read and in which environment it runs
 * @param pragmas the settings of an oracle script: {@code ipv6} and {@code counters}; empty for any other
 * @param lines its commands in order
 */
public record Script(Kind kind, Map<String, String> pragmas, List<Line> lines) {
  public Script {
    pragmas = Map.copyOf(pragmas);
    lines = List.copyOf(lines);
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
   * @param words what is run: the line's words, with the options that an oracle script adds; empty for a line of shell
   *     syntax, which is refused when it is run
   */
  public record Line(int number, String text, List<String> words) {
    public Line {
      words = List.copyOf(words);
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
    List<Line> lines = new ArrayList<>();
    int number = 0;
    for (String raw : text.split("\n", -1)) {
      number++;
      String line = raw.strip();
      switch (Words.split(line, false)) {
        case Words.Split.Fine(List<Words.Word> words) -> {
          if (!words.isEmpty()) {
            lines.add(new Line(number, line, words.stream().map(Words.Word::text).toList()));
          }
        }
        case Words.Split.Unfinished(int column, String reason) -> {
          return new Read.Malformed(number, "column " + column + ": " + reason);
        }
        case Words.Split.Syntax _ -> lines.add(new Line(number, line, List.of()));
      }
    }
    return new Read.Ok(new Script(Kind.HOPSCOPE, Map.of(), lines));
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
    Map<String, String> settings = new TreeMap<>();
    for (String family : List.of("net.ipv4", "net.ipv6")) {
      settings.putAll(Map.of(family + ".neigh.*.retrans_time_ms", "100", family + ".neigh.*.base_reachable_time_ms",
          "3600000", family + ".neigh.*.delay_first_probe_time", "3600", family + ".neigh.*.gc_stale_time", "3600"));
    }
    for (String who : List.of("all", "default", "*")) {
      String conf = "net.ipv6.conf." + who;
      settings.putAll(ipv6
          ? Map.of(conf + ".accept_dad", "0", conf + ".dad_transmits", "0")
          : Map.of(conf + ".disable_ipv6", "1"));
    }
    return TreePMap.from(settings);
  }
}
