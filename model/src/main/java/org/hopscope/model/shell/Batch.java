package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * {@code -batch FILE} of iproute2's programs: each line is a command without the program's name (iproute2 lib/utils.c
 * do_batch, makeargs). The first that fails ends it, unless {@code -force} was said; the exit status is 1 if any failed.
 */
final class Batch {
  private Batch() {
  }

  /**
   * The lines of a file as a text for the shell.
   *
   * @param start the program and its options, which hold for every line
   * @param name the file; {@code -} for what the program can read
   */
  static Command read(Prompt prompt, String start, String name, boolean force) throws Stop {
    List<String> lines = name.equals("-") ? prompt.input()
        : HostFiles.open(prompt, name, Stop.exit(1, "Cannot open file \"" + name
            + "\" for reading: No such file or directory"));
    StringBuilder text = new StringBuilder("failed=0\n");
    int number = 0;
    Optional<String> begun = Optional.empty();
    for (String line : lines) {
      number++;
      String whole = begun.orElse("") + line;
      if (whole.endsWith("\\")) {
        begun = Optional.of(whole.substring(0, whole.length() - 1));
        continue;
      }
      begun = Optional.empty();
      List<String> words = words(whole);
      if (!words.isEmpty()) {
        text.append(start).append(words.stream().map(w -> " " + Words.quote(w)).collect(Collectors.joining()))
            .append(" || { echo ").append(Words.quote("Command failed " + name + ":" + number)).append(" >&2; ")
            .append(force ? "failed=1; }\n" : "exit 1; }\n");
      }
    }
    return new Command.Interpret(prompt.at(), text.append("exit $failed\n").toString());
  }

  /** Split at blanks, which quotes of either kind protect; a remark begins with {@code #}. */
  private static List<String> words(String line) throws Stop {
    List<String> words = new ArrayList<>();
    int at = 0;
    while (at < line.length() && line.charAt(at) != '#') {
      char first = line.charAt(at);
      if (Character.isWhitespace(first)) {
        at++;
      } else if (first == '"' || first == '\'') {
        int end = line.indexOf(first, at + 1);
        if (end < 0) {
          throw Stop.exit(1, "Unterminated quoted string");
        }
        words.add(line.substring(at + 1, end));
        at = end + 1;
      } else {
        int end = at;
        while (end < line.length() && !Character.isWhitespace(line.charAt(end))) {
          end++;
        }
        words.add(line.substring(at, end));
        at = end;
      }
    }
    return words;
  }
}
