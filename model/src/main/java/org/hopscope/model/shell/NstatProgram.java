package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Fate;
import org.hopscope.model.trace.Step;
import org.hopscope.model.trace.Trace;

/**
 * {@code nstat -a [-z] [-s] [-j] [PATTERN]...} (iproute2 misc/nstat.c): how many packets this namespace's kernel dropped,
 * by reason, in the traces of this terminal. Of a kernel's other counters, of what passes, there is none here; what
 * changed since the last time ({@code nstat} without {@code -a}) is refused, as nothing is written down.
 */
final class NstatProgram {
  private final NetnsId here;
  private final Map<DropCounter, Long> counted = new EnumMap<>(DropCounter.class);

  private NstatProgram(NetnsId here) {
    this.here = here;
  }

  static Command read(Prompt prompt, Args args) throws Stop {
    StringBuilder letters = new StringBuilder();
    List<String> patterns = new ArrayList<>();
    while (!args.isEmpty()) {
      String word = args.next();
      if (word.startsWith("-") && word.length() > 1) {
        letters.append(letters(word));
      } else {
        patterns.add(pattern(word));
      }
    }
    if (letters.indexOf("a") < 0) {
      throw Stop.unsupported("nstat without -a");
    }
    NstatProgram nstat = new NstatProgram(prompt.at());
    prompt.traffic().forEach(t -> nstat.count(t, prompt));
    return new Command.Said(0, nstat.lines(letters.indexOf("z") >= 0, letters.indexOf("j") >= 0, patterns), List.of(),
        new Answer.Nothing());
  }

  /** A counter that is named must be one of those that are kept; a pattern may find none. */
  private static String pattern(String word) throws Stop {
    boolean names = word.matches("\\w+");
    if (names && Arrays.stream(DropCounter.values()).noneMatch(c -> c.word().equals(word))) {
      throw Stop.unsupported("nstat " + word);
    }
    return word.replaceAll("[^*?\\w]", "\\\\$0").replace("*", ".*").replace('?', '.');
  }

  /** {@code -s} keeps the history file as it is, which is what happens here anyway. */
  private static String letters(String word) throws Stop {
    String letters = switch (word) {
      case "--ignore" -> "a";
      case "--zeros" -> "z";
      case "--noupdate" -> "s";
      case "--json" -> "j";
      default -> word.substring(1);
    };
    for (char letter : letters.toCharArray()) {
      if ("azsj".indexOf(letter) < 0) {
        throw Stop.unsupported("nstat " + (word.startsWith("--") ? word : "-" + letter));
      }
    }
    return letters;
  }

  private void count(Trace trace, Prompt prompt) {
    Set<Integer> own = new HashSet<>();
    for (Step step : trace.steps()) {
      if (step.where().equals(here) && step.at().compareTo(prompt.lab().now()) <= 0) {
        if (step.event() instanceof Event.Made) {
          own.add(step.copy());
        } else if (step.event() instanceof Event.Received) {
          own.remove(step.copy());
        } else if (step.event() instanceof Event.Ended(Fate.Died died)) {
          for (DropCounter counter : DropCounter.values()) {
            if (counter.counts(step.packet(), died.reason(), own.contains(step.copy()))) {
              counted.merge(counter, 1L, Long::sum);
            }
          }
        }
      }
    }
  }

  private List<String> lines(boolean zeros, boolean json, List<String> patterns) {
    List<String> lines = new ArrayList<>();
    Map<String, Long> row = new LinkedHashMap<>();
    for (DropCounter counter : DropCounter.values()) {
      long value = counted.getOrDefault(counter, 0L);
      boolean asked = patterns.isEmpty() || patterns.stream().anyMatch(counter.word()::matches);
      if (asked && (zeros || value > 0)) {
        row.put(counter.word(), value);
        lines.add(String.format(Locale.ROOT, "%-32s%-16d   0.0", counter.word(), value));
      }
    }
    if (json) {
      return List.of(row.entrySet().stream().map(e -> "\"" + e.getKey() + "\":" + e.getValue())
          .collect(Collectors.joining(",", "{\"kernel\":{", "}}")));
    }
    lines.addFirst("#kernel");
    return lines;
  }
}
