package org.hopscope.app.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The words behind a command of the command line.
 *
 * @param words those that are no options
 * @param switches options without a value
 * @param values options with a value
 */
record Options(List<String> words, Set<String> switches, Map<String, String> values) {
  private static final Set<String> WITH_VALUE =
      Set.of("--out", "--probe", "--against", "--pcapng", "--answer", "--to", "--n", "--routers", "--seconds",
          "--services", "--nodes", "--level", "--seed");

  static Options parse(List<String> args) throws BadInputException {
    List<String> words = new ArrayList<>();
    Set<String> switches = new HashSet<>();
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < args.size(); i++) {
      String word = args.get(i);
      int equals = word.indexOf('=');
      String key = equals < 0 ? word : word.substring(0, equals);
      if (!word.startsWith("--")) {
        words.add(word);
      } else if (!WITH_VALUE.contains(key)) {
        switches.add(word);
      } else if (equals >= 0) {
        values.put(key, word.substring(equals + 1));
      } else if (i + 1 < args.size()) {
        values.put(key, args.get(++i));
      } else {
        throw new BadInputException(Messages.of("value-missing", key));
      }
    }
    return new Options(List.copyOf(words), Set.copyOf(switches), Map.copyOf(values));
  }

  boolean has(String option) {
    return switches.contains(option);
  }

  Optional<String> value(String option) {
    return Optional.ofNullable(values.get(option));
  }

  /** Refuses every option that is not named here. */
  void allowOnly(Set<String> allowedSwitches, Set<String> allowedValues) throws BadInputException {
    Set<String> said = new TreeSet<>(switches);
    said.addAll(values.keySet());
    said.removeAll(allowedSwitches);
    said.removeAll(allowedValues);
    if (!said.isEmpty()) {
      throw new BadInputException(Messages.of("not-supported-here", String.join(" ", said)));
    }
  }
}
