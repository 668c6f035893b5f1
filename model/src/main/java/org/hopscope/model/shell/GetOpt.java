package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Options as getopt_long(3) reads them: letters together, long names cut short, values in the word or behind it, operands
 * anywhere.
 *
 * @param program whose words it says when something is wrong
 * @param letters as getopt has them: a colon takes a value; a tilde takes one in the same word, or the next word if
 *     that is no option (as programs do it by themselves)
 * @param names long names with their letters in the program's order: {@code counters=c}; none where the program has but
 *     letters
 * @param status the exit status behind a complaint
 * @param usage what is said behind a complaint
 */
record GetOpt(String program, String letters, List<Name> names, int status, List<String> usage) {
  GetOpt(String program, String letters, String names, String hint) {
    this(program, letters, Stream.of(names.split(" "))
        .map(n -> new Name(n.substring(0, n.length() - 2), n.charAt(n.length() - 1))).toList(), 1, List.of(hint));
  }

  /** Of a program that has but letters (getopt(3)). */
  GetOpt(String program, String letters, int status, List<String> usage) {
    this(program, letters, List.of(), status, usage);
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

  /** Takes one option after the other, and may refuse its value before the next one is looked at. */
  interface Taker {
    /** @param value what was given with it, else nothing */
    void take(char letter, String value) throws Stop;
  }

  private enum Value {
    NONE, NEEDED, PERHAPS
  }

  /** All of a command line, where no option's value is refused before all are read. */
  Read read(List<String> words) throws Stop {
    List<Given> options = new ArrayList<>();
    List<String> operands = each(new Args(words), (letter, value) -> options.add(new Given(letter, value)));
    return new Read(options, operands);
  }

  /** Hands over the options one by one; the operands are left. */
  List<String> each(Args args, Taker taker) throws Stop {
    List<String> operands = new ArrayList<>();
    while (!args.isEmpty()) {
      String word = args.next();
      if (word.equals("--")) {
        operands.addAll(args.rest());
      } else if (word.startsWith("--") && !names.isEmpty()) {
        named(word, args, taker);
      } else if (word.startsWith("-") && word.length() > 1) {
        cluster(word, args, taker);
      } else {
        operands.add(word);
      }
    }
    return operands;
  }

  private Stop wrong(String what) {
    return Stop.exit(status, Stream.concat(Stream.of(program + ": " + what), usage.stream()).toArray(String[]::new));
  }

  private Value valueOf(char letter) {
    String behind = letters.substring(letters.indexOf(letter) + 1);
    return behind.startsWith("~") ? Value.PERHAPS : behind.startsWith(":") ? Value.NEEDED : Value.NONE;
  }

  private void named(String word, Args args, Taker taker) throws Stop {
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
    taker.take(letter, equals >= 0 ? word.substring(equals + 1) : behind(value, args));
  }

  private static String behind(Value value, Args args) throws Stop {
    boolean word = value == Value.NEEDED
        || value == Value.PERHAPS && args.peek().filter(w -> !w.startsWith("-") && !w.startsWith("!")).isPresent();
    return word ? args.next() : "";
  }

  private void cluster(String word, Args args, Taker taker) throws Stop {
    for (int i = 1; i < word.length(); i++) {
      char letter = word.charAt(i);
      if (letter == ':' || letter == '~' || letters.indexOf(letter) < 0) {
        throw wrong("invalid option -- '" + letter + "'");
      }
      Value value = valueOf(letter);
      if (value != Value.NONE) {
        String rest = word.substring(i + 1);
        if (value == Value.NEEDED && rest.isEmpty() && args.isEmpty()) {
          throw wrong("option requires an argument -- '" + letter + "'");
        }
        taker.take(letter, rest.isEmpty() ? behind(value, args) : rest);
        return;
      }
      taker.take(letter, "");
    }
  }
}
