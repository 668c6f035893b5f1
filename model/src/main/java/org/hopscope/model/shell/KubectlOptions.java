package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The words of a command of {@code kubectl}, parted into options and the rest: {@code --name value}, {@code --name=value}.
 *
 * @param words what is no option
 * @param options the options by name, without the dashes; an empty value for one that takes none
 */
record KubectlOptions(List<String> words, Map<String, String> options) {
  KubectlOptions {
    words = List.copyOf(words);
  }

  /**
   * Parts words.
   *
   * @param verb the command, for messages
   * @param valued options that take a value
   * @param plain options that take none
   */
  static KubectlOptions of(String verb, Args args, Set<String> valued, Set<String> plain) throws Stop {
    List<String> words = new ArrayList<>();
    Map<String, String> options = new TreeMap<>();
    while (!args.isEmpty()) {
      String word = args.next();
      if (!word.startsWith("-") || word.equals("-")) {
        words.add(word);
        continue;
      }
      int equals = word.indexOf('=');
      String name = word.substring(0, equals < 0 ? word.length() : equals).replaceFirst("^--?", "");
      if (plain.contains(name) && equals < 0) {
        options.put(name, "");
      } else if (valued.contains(name)) {
        options.put(name, equals < 0 ? KubectlProgram.value(word, args) : word.substring(equals + 1));
      } else {
        throw Stop.unsupported("kubectl " + verb + " " + word);
      }
    }
    return new KubectlOptions(words, options);
  }

  Optional<String> value(String name) {
    return Optional.ofNullable(options.get(name));
  }

  boolean has(String name) {
    return options.containsKey(name);
  }

  /** A number from {@code least} to {@code most}. */
  Optional<Integer> number(String name, int least, int most) throws Stop {
    Optional<String> text = value(name);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Optional<Integer> number = Numbers.whole(text.get(), least, most);
    if (number.isEmpty()) {
      throw Stop.exit(1, "error: invalid argument \"" + text.get() + "\" for \"--" + name + "\" flag");
    }
    return number;
  }
}
