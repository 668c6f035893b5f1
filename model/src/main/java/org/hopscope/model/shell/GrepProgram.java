package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * {@code grep [-E|-F] [-i] [-v] [-c] [-q] [-w] [-o] [-n] PATTERN} on its input. Patterns know letters,
 * {@code . * ^ $ [ ] \} and with {@code -E} also {@code + ? | ( )}; what is longer than 200 characters, and repetitions of
 * groups, are refused.
 */
final class GrepProgram {
  private static final int LONGEST = 200;

  /** A search tries in the worst case all ways to share a line among the repetitions. */
  private static final int REPETITIONS = 3;
  private static final int LONGEST_LINE = 1000;

  private final StringBuilder options = new StringBuilder();
  private int repetitions;

  private GrepProgram() {
  }

  static Command read(Prompt prompt, Args args) throws Stop {
    return new GrepProgram().run(prompt, args);
  }

  /** An extended pattern, as other programs take it too. */
  static Pattern extended(String text) throws Stop {
    return pattern(text, true);
  }

  /** A pattern, as other programs take it too: an extended one, or a basic one. */
  static Pattern pattern(String text, boolean extended) throws Stop {
    GrepProgram grep = new GrepProgram();
    grep.options.append(extended ? "E" : "");
    return grep.pattern(text);
  }

  private boolean is(char letter) {
    return options.indexOf(String.valueOf(letter)) >= 0;
  }

  private Command run(Prompt prompt, Args args) throws Stop {
    List<String> words = new ArrayList<>();
    while (!args.isEmpty()) {
      String word = args.next();
      boolean pattern = word.equals("-e") && !args.isEmpty();
      if (!pattern && word.startsWith("-") && word.length() > 1 && words.isEmpty()) {
        options.append(checked(word));
      } else {
        words.add(pattern ? args.next() : word);
      }
    }
    if (words.isEmpty()) {
      throw Stop.exit(2, "Usage: grep [OPTION]... PATTERNS [FILE]...");
    }
    if (words.size() > 1) {
      throw Stop.unsupported("grep in a file: " + words.get(1));
    }
    Pattern pattern = pattern(words.getFirst());
    List<String> out = new ArrayList<>();
    int found = 0;
    for (int i = 0; i < prompt.input().size(); i++) {
      String line = prompt.input().get(i);
      if (repetitions > 1 && line.length() > LONGEST_LINE) {
        throw Stop.unsupported("grep with repetitions in so long a line");
      }
      boolean matches = pattern.matcher(line).find() != is('v');
      found += matches ? 1 : 0;
      if (matches && is('o') && !is('v')) {
        pattern.matcher(line).results().map(java.util.regex.MatchResult::group).filter(g -> !g.isEmpty())
            .forEach(out::add);
      } else if (matches) {
        out.add((is('n') ? i + 1 + ":" : "") + line);
      }
    }
    List<String> shown = is('q') ? List.of() : is('c') ? List.of(Integer.toString(found)) : out;
    return new Command.Said(found > 0 ? 0 : 1, shown, List.of(), new Answer.Nothing());
  }

  private static String checked(String word) throws Stop {
    if (!word.matches("-[EFivcqwonG]+")) {
      throw Stop.unsupported("grep " + word);
    }
    return word.substring(1);
  }

  private Pattern pattern(String text) throws Stop {
    if (text.length() > LONGEST || text.indexOf('\n') >= 0) {
      throw Stop.unsupported("grep with so long a pattern");
    }
    String translated = is('F') ? Pattern.quote(text) : translated(text);
    String whole = is('w') ? "(?<!\\w)(?:" + translated + ")(?!\\w)" : translated;
    try {
      return Pattern.compile(whole, is('i') ? Pattern.CASE_INSENSITIVE : 0);
    } catch (java.util.regex.PatternSyntaxException bad) {
      throw Stop.exit(2, "grep: " + bad.getDescription());
    }
  }

  /** A POSIX pattern as one of Java's. */
  private String translated(String text) throws Stop {
    StringBuilder java = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean escaped = c == '\\' && i + 1 < text.length();
      if (escaped) {
        i++;
        c = text.charAt(i);
      }
      if (c == '[' && !escaped) {
        i = set(text, i, java);
      } else {
        boolean active = ".*^$".indexOf(c) >= 0 && !escaped || "+?|()".indexOf(c) >= 0 && is('E') != escaped;
        refuseSlow(text, i, active && "*+?".indexOf(c) >= 0);
        java.append(active ? String.valueOf(c) : Pattern.quote(String.valueOf(c)));
      }
    }
    return java.toString();
  }

  /** A repeated group can take longer than anyone waits. */
  private void refuseSlow(String text, int at, boolean repeats) throws Stop {
    repetitions += repeats ? 1 : 0;
    if (repetitions > REPETITIONS) {
      throw Stop.unsupported("grep with more than " + REPETITIONS + " repetitions");
    }
    if (repeats && at > 0 && ")*+?".indexOf(text.charAt(at - 1)) >= 0) {
      throw Stop.unsupported("grep with a repetition of a repetition: " + text);
    }
  }

  private static int set(String text, int from, StringBuilder java) throws Stop {
    int end = text.indexOf(']', from + 2);
    if (end < 0) {
      throw Stop.exit(2, "grep: Unmatched [, [^, [:, [., or [=");
    }
    if (text.startsWith("[[", from)) {
      throw Stop.unsupported("grep with a class of characters: " + text);
    }
    java.append('[').append(text.substring(from + 1, end).replace("\\", "\\\\").replace("&&", "&\\&")).append(']');
    return end;
  }
}
