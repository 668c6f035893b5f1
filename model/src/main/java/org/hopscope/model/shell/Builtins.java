package org.hopscope.model.shell;

import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The words that only the shell itself can understand: they change what it remembers, or where it goes on. */
final class Builtins {
  private static final Set<String> NAMES = Set.of(":", "set", "exit", "export", "unset", "break", "continue");

  private Builtins() {
  }

  static boolean has(String name) {
    return NAMES.contains(name);
  }

  static Command.Said run(Variables variables, List<String> words) throws Stop, Leave {
    List<String> rest = words.subList(1, words.size());
    switch (words.getFirst()) {
      case "set" -> set(variables, rest);
      case "exit" -> throw Leave.to(Leave.Where.TEXT, rest.isEmpty() ? variables.status() : status(rest));
      case "break" -> throw Leave.to(Leave.Where.LOOP, one(rest, "break"));
      case "continue" -> throw Leave.to(Leave.Where.ROUND, one(rest, "continue"));
      case "export" -> export(variables, rest);
      case "unset" -> rest.forEach(variables::unset);
      default -> {
      }
    }
    return Command.Said.NOTHING;
  }

  private static int status(List<String> rest) throws Stop {
    if (rest.size() > 1) {
      throw Stop.exit(1, "hopscope: exit: too many arguments");
    }
    return Numbers.whole(rest.getFirst(), 0, 255)
        .orElseThrow(() -> Stop.exit(2, "hopscope: exit: " + rest.getFirst() + ": numeric argument required"));
  }

  private static int one(List<String> rest, String word) throws Stop {
    if (!rest.isEmpty()) {
      throw Stop.unsupported(word + " " + rest.getFirst());
    }
    return 0;
  }

  /** {@code -e -u -x -o pipefail}, switched off with {@code +}; all or none of them. */
  private static void set(Variables variables, List<String> rest) throws Stop {
    if (rest.isEmpty()) {
      throw Stop.unsupported("set without options");
    }
    Set<Variables.Option> on = new TreeSet<>(variables.options());
    Iterator<String> words = rest.iterator();
    while (words.hasNext()) {
      String word = words.next();
      if (!word.matches("[-+][a-z]+")) {
        throw Stop.unsupported("set " + word);
      }
      for (String letter : word.substring(1).split("")) {
        String name = letter.equals("o") && words.hasNext() ? words.next() : letter;
        Variables.Option option = Variables.Option.find(name)
            .orElseThrow(() -> Stop.unsupported("set " + word + (name.equals(letter) ? "" : " " + name)));
        if (word.startsWith("-")) {
          on.add(option);
        } else {
          on.remove(option);
        }
      }
    }
    variables.setOptions(on);
  }

  private static void export(Variables variables, List<String> rest) throws Stop, Leave {
    for (String word : rest) {
      int equals = word.indexOf('=');
      String name = equals < 0 ? word : word.substring(0, equals);
      if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
        throw Stop.exit(1, "hopscope: export: `" + word + "': not a valid identifier");
      }
      if (equals >= 0) {
        variables.set(name, word.substring(equals + 1));
      }
      variables.export(name);
    }
  }
}
