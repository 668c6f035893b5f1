package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.hopscope.model.lab.Edit;

/** Small programs that write lines: {@code echo}, {@code cat}, {@code tee}, {@code seq} (coreutils). */
final class TextPrograms {
  private static final int MOST = Budget.WORDS;

  private TextPrograms() {
  }

  private static Command said(List<String> lines) {
    return Command.Said.answered(lines, new Answer.Nothing());
  }

  /** {@code echo [-n] [-e] WORD…}. Output here is lines, so what {@code -n} leaves open is a line too. */
  static Command echo(Prompt prompt, Args args) {
    List<String> words = new ArrayList<>(args.rest());
    boolean escapes = false;
    while (!words.isEmpty() && words.getFirst().matches("-[neE]+")) {
      escapes = words.removeFirst().contains("e") || escapes;
    }
    String text = String.join(" ", words);
    String shown = escapes ? text.replace("\\n", "\n").replace("\\t", "\t") : text;
    return said(List.of(shown.split("\n", -1)));
  }

  /** {@code cat [FILE…]}: files of the host or below {@code /proc/sys}, or its input. */
  static Command cat(Prompt prompt, Args args) throws Stop {
    List<String> lines = new ArrayList<>();
    if (args.isEmpty()) {
      lines.addAll(prompt.input());
    }
    while (!args.isEmpty()) {
      String file = args.next();
      lines.addAll(file.equals("-") ? prompt.input() : ProcSys.key(file).isPresent()
          ? List.of(ProcSys.read(prompt, "cat", file))
          : HostFiles.open(prompt, file, Stop.exit(1, "cat: " + file + ": No such file or directory")));
    }
    return said(lines);
  }

  /** {@code tee [-a] FILE}: the input goes to the output, and into a file of the host or of {@code /proc/sys}. */
  static Command tee(Prompt prompt, Args args) throws Stop {
    boolean append = args.take("-a");
    if (args.isEmpty()) {
      return said(prompt.input());
    }
    String file = args.next();
    if (!args.isEmpty()) {
      throw Stop.unsupported("tee with several files");
    }
    if (file.equals("/dev/null")) {
      return said(prompt.input());
    }
    Edit edit = ProcSys.key(file).isPresent()
        ? ProcSys.write(prompt, "tee", file, prompt.input())
        : HostFiles.write(prompt, file, prompt.input(), append);
    return new Command.Change(edit, 1, Command.Said.answered(prompt.input(), new Answer.Nothing()));
  }

  /** {@code seq [FIRST [STEP]] LAST}. */
  static Command seq(Prompt prompt, Args args) throws Stop {
    List<Integer> numbers = new ArrayList<>();
    while (!args.isEmpty()) {
      String word = args.next();
      if (word.matches("-[^0-9].*")) {
        throw Stop.unsupported("seq " + word);
      }
      numbers.add(Numbers.whole(word, -1_000_000, 1_000_000)
          .orElseThrow(() -> Stop.exit(1, "seq: invalid floating point argument: ‘" + word + "’")));
    }
    if (numbers.isEmpty() || numbers.size() > 3) {
      throw Stop.exit(1, numbers.isEmpty() ? "seq: missing operand" : "seq: extra operand ‘" + numbers.get(3) + "’");
    }
    int first = numbers.size() > 1 ? numbers.getFirst() : 1;
    int step = numbers.size() > 2 ? numbers.get(1) : 1;
    int last = numbers.getLast();
    if (step == 0) {
      throw Stop.exit(1, "seq: invalid Zero increment value: ‘0’");
    }
    long count = Math.max(0, (last - first) / step + (step > 0 == last >= first || last == first ? 1 : 0));
    if (count > MOST) {
      throw Stop.unsupported("seq of more than " + MOST + " numbers");
    }
    return said(LongStream.range(0, count).mapToObj(i -> Long.toString(first + i * step)).toList());
  }
}
