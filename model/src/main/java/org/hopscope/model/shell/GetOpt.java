package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Options as getopt_long(3) reads them: letters together, long names cut short, values in the word or behind it, operands
 * anywhere.
 *
 * @param program whose words it says when something is wrong
 * @param letters as getopt has them: a colon takes a value; a question mark takes one in the same word, or the next word if
 *     that is no option (as programs do it by themselves)
 * @param names long names with their letters in the program's order: {@code counters=c}
 * @param hint what is said behind a complaint
 */
record GetOpt(String program, String letters, List<Name> names, String hint) {
  GetOpt(String program, String letters, String names, String hint) {
    this(program, letters, Stream.of(names.split(" "))
        .map(n -> new Name(n.substring(0, n.length() - 2), n.charAt(n.length() - 1))).toList(), hint);
  }

  /** A long name. */
  record Name(String word, char letter) {
  }

  /** One option. */
  record Given(char letter, String value) {
  }

  /** What a command line comes to. */
  record Read(List<Given> options, List<String> operands) {
  }

  private enum Value {
    NONE, NEEDED, PERHAPS
  }

  Read read(List<String> words) throws Stop {
    List<Given> options = new ArrayList<>();
    List<String> operands = new ArrayList<>();
    Args args = new Args(words);
    while (!args.isEmpty()) {
      String word = args.next();
      if (word.equals("--")) {
        operands.addAll(args.rest());
      } else if (word.startsWith("--")) {
        options.add(named(word, args));
      } else if (word.startsWith("-") && word.length() > 1) {
        cluster(word, args, options);
      } else {
        operands.add(word);
      }
    }
    return new Read(options, operands);
  }

  private Stop wrong(String what) {
    return Stop.exit(1, program + ": " + what, hint);
  }

  private Value valueOf(char letter) {
    String behind = letters.substring(letters.indexOf(letter) + 1);
    return behind.startsWith("?") ? Value.PERHAPS : behind.startsWith(":") ? Value.NEEDED : Value.NONE;
  }

  private Given named(String word, Args args) throws Stop {
    int equals = word.indexOf('=');
    String typed = word.substring(2, equals < 0 ? word.length() : equals);
    List<Name> begin = names.stream().filter(n -> n.word().startsWith(typed)).toList();
    List<Name> exactly = begin.stream().filter(n -> n.word().equals(typed)).toList();
    if (begin.isEmpty()) {
      throw wrong("unrecognized option '" + word + "'");
    }
    if (begin.size() > 1 && exactly.isEmpty()) {
      throw wrong("option '" + word + "' is ambiguous; possibilities:"
          + String.join("", begin.stream().map(n -> " '--" + n.word() + "'").toList()));
    }
    String name = (exactly.isEmpty() ? begin : exactly).getFirst().word();
    char letter = (exactly.isEmpty() ? begin : exactly).getFirst().letter();
    Value value = valueOf(letter);
    if (value == Value.NONE && equals >= 0) {
      throw wrong("option '--" + name + "' doesn't allow an argument");
    }
    if (value == Value.NEEDED && equals < 0 && args.isEmpty()) {
      throw wrong("option '--" + name + "' requires an argument");
    }
    return new Given(letter, equals >= 0 ? word.substring(equals + 1) : behind(value, args));
  }

  private static String behind(Value value, Args args) throws Stop {
    boolean word = value == Value.NEEDED
        || value == Value.PERHAPS && args.peek().filter(w -> !w.startsWith("-") && !w.startsWith("!")).isPresent();
    return word ? args.next() : "";
  }

  private void cluster(String word, Args args, List<Given> options) throws Stop {
    for (int i = 1; i < word.length(); i++) {
      char letter = word.charAt(i);
      if (letter == ':' || letter == '?' || letters.indexOf(letter) < 0) {
        throw wrong("invalid option -- '" + letter + "'");
      }
      Value value = valueOf(letter);
      if (value != Value.NONE) {
        String rest = word.substring(i + 1);
        if (value == Value.NEEDED && rest.isEmpty() && args.isEmpty()) {
          throw wrong("option requires an argument -- '" + letter + "'");
        }
        options.add(new Given(letter, rest.isEmpty() ? behind(value, args) : rest));
        return;
      }
      options.add(new Given(letter, ""));
    }
  }
}
