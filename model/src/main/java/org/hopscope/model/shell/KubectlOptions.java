package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hopscope.model.net.VirtualTime;

/**
 * The words of a command of {@code kubectl}, parted into options and the rest: {@code --name value}, {@code --name=value}.
 *
 * @param words what is no option
 * @param options the options by name, without the dashes, with all their values; an empty one for one that takes none
 * @param rest what stands behind {@code --}
 */
record KubectlOptions(List<String> words, Map<String, List<String>> options, List<String> rest) {
  private static final Pattern DURATION =
      Pattern.compile("0|(?:(?<h>\\d{1,4})h)?(?:(?<m>\\d{1,6})m)?(?:(?<s>\\d{1,8})s)?");

  KubectlOptions {
    words = List.copyOf(words);
    rest = List.copyOf(rest);
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
    Map<String, List<String>> options = new TreeMap<>();
    while (!args.isEmpty()) {
      String word = args.next();
      if (word.equals("--")) {
        return new KubectlOptions(words, options, args.rest());
      }
      if (!word.startsWith("-") || word.equals("-")) {
        words.add(word);
        continue;
      }
      int equals = word.indexOf('=');
      String name = word.substring(0, equals < 0 ? word.length() : equals).replaceFirst("^--?", "");
      if (plain.contains(name) && (equals < 0 || word.endsWith("=true"))) {
        options.put(name, List.of(""));
      } else if (valued.contains(name)) {
        add(options, name, equals < 0 ? KubectlProgram.value(word, args) : word.substring(equals + 1));
      } else if (!word.startsWith("--") && valued.contains(name.substring(0, Math.min(1, name.length())))) {
        add(options, name.substring(0, 1), word.substring(2));
      } else if (!(plain.contains(name) && word.endsWith("=false"))) {
        throw Stop.unsupported("kubectl " + verb + " " + word);
      }
    }
    return new KubectlOptions(words, options, List.of());
  }

  private static void add(Map<String, List<String>> options, String name, String value) {
    options.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
  }

  /** The same without the first words. */
  KubectlOptions behind(int count) {
    return new KubectlOptions(words.subList(Math.min(count, words.size()), words.size()), options, rest);
  }

  /** The value of an option; of several the last. */
  Optional<String> value(String name) {
    return Optional.ofNullable(options.get(name)).map(List::getLast);
  }

  /** All values of an option that may be said more than once. */
  List<String> all(String name) {
    return options.getOrDefault(name, List.of());
  }

  boolean has(String name) {
    return options.containsKey(name);
  }

  /** A length of time as Go writes it, {@code 1m30s}, in nanoseconds. */
  Optional<Long> duration(String name) throws Stop {
    Optional<String> text = value(name);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Matcher parts = DURATION.matcher(text.get());
    boolean known = parts.matches() && !text.get().isEmpty();
    if (!known) {
      throw Stop.exit(1, "error: invalid argument \"" + text.get() + "\" for \"--" + name
          + "\" flag: time: invalid duration \"" + text.get() + "\"");
    }
    long seconds = 0;
    for (String unit : List.of("h", "m", "s")) {
      seconds = seconds * 60 + Optional.ofNullable(parts.group(unit)).map(Long::parseLong).orElse(0L);
    }
    return Optional.of(seconds * VirtualTime.SECOND);
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
