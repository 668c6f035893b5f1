package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Programs that pass lines on: {@code head}, {@code tail}, {@code wc -l}, {@code sort}, {@code uniq} (coreutils). */
final class Filters {
  private static final int USUAL = 10;

  private Filters() {
  }

  private static Command said(List<String> lines) {
    return Command.Said.answered(lines, new Answer.Nothing());
  }

  private static int count(String program, Args args) throws Stop {
    if (args.isEmpty()) {
      return USUAL;
    }
    String word = args.next();
    String number = word.equals("-n") && !args.isEmpty() ? args.next()
        : word.startsWith("-n") ? word.substring(2)
        : word.startsWith("-") ? word.substring(1)
        : "";
    if (number.isEmpty() || !args.isEmpty()) {
      throw Stop.unsupported(program + " " + (number.isEmpty() ? word : args.next()));
    }
    return Numbers.whole(number, 0, Integer.MAX_VALUE)
        .orElseThrow(() -> Stop.exit(1, program + ": invalid number of lines: ‘" + number + "’"));
  }

  /** {@code head [-n N|-N]}. */
  static Command head(Prompt prompt, Args args) throws Stop {
    int count = count("head", args);
    return said(prompt.input().subList(0, Math.min(count, prompt.input().size())));
  }

  /** {@code tail [-n N|-N]}. */
  static Command tail(Prompt prompt, Args args) throws Stop {
    int count = count("tail", args);
    int size = prompt.input().size();
    return said(prompt.input().subList(size - Math.min(count, size), size));
  }

  /** {@code wc -l}. */
  static Command wc(Prompt prompt, Args args) throws Stop {
    if (!args.take("-l") || !args.isEmpty()) {
      throw Stop.unsupported("wc " + (args.isEmpty() ? "without -l" : args.next()));
    }
    return said(List.of(Integer.toString(prompt.input().size())));
  }

  /** {@code sort [-r] [-u] [-n]}, by the characters' numbers. */
  static Command sort(Prompt prompt, Args args) throws Stop {
    List<String> lines = new ArrayList<>(prompt.input());
    Comparator<String> order = Comparator.naturalOrder();
    boolean reverse = false;
    boolean once = false;
    while (!args.isEmpty()) {
      String word = args.next();
      if (!word.matches("-[run]+")) {
        throw Stop.unsupported("sort " + word);
      }
      reverse |= word.contains("r");
      once |= word.contains("u");
      order = word.contains("n") ? Comparator.comparingLong(Filters::leading).thenComparing(order) : order;
    }
    lines.sort(order);
    if (reverse) {
      Collections.reverse(lines);
    }
    return said(once ? lines.stream().distinct().toList() : lines);
  }

  private static long leading(String line) {
    String number = line.strip().replaceFirst("^(-?[0-9]{0,18}).*$", "$1");
    return number.isEmpty() || number.equals("-") ? 0 : Long.parseLong(number);
  }

  /** {@code uniq [-c]}. */
  static Command uniq(Prompt prompt, Args args) throws Stop {
    boolean counted = args.take("-c");
    if (!args.isEmpty()) {
      throw Stop.unsupported("uniq " + args.next());
    }
    List<String> lines = new ArrayList<>();
    List<Integer> counts = new ArrayList<>();
    for (String line : prompt.input()) {
      if (!lines.isEmpty() && lines.getLast().equals(line)) {
        counts.set(counts.size() - 1, counts.getLast() + 1);
      } else {
        lines.add(line);
        counts.add(1);
      }
    }
    return said(!counted ? lines
        : Stream.iterate(0, i -> i < lines.size(), i -> i + 1)
            .map(i -> String.format(Locale.ROOT, "%7d %s", counts.get(i), lines.get(i)))
            .toList());
  }
}
