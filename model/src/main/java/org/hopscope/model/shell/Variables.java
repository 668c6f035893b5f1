package org.hopscope.model.shell;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What a shell remembers between commands. */
final class Variables {
  private final Map<String, String> values = new TreeMap<>();
  private final Set<String> exported = new TreeSet<>();
  private final Set<Option> options = EnumSet.noneOf(Option.class);
  private int status;

  /** What {@code set} switches. */
  enum Option {
    /** A command that fails ends the text. */
    ERREXIT("e"),
    /** A variable that is not set is an error. */
    NOUNSET("u"),
    /** Each command is shown before it runs. */
    XTRACE("x"),
    /** A pipeline fails when one of its commands does. */
    PIPEFAIL("pipefail");

    private final String letter;

    Option(String letter) {
      this.letter = letter;
    }

    /** By its letter, or by its name behind {@code -o}. */
    static Optional<Option> find(String name) {
      return Stream.of(values())
          .filter(o -> o.letter.equals(name) || o.name().toLowerCase(Locale.ROOT).equals(name)).findFirst();
    }
  }

  /** {@code $?}. */
  int status() {
    return status;
  }

  void setStatus(int value) {
    status = value;
  }

  boolean is(Option option) {
    return options.contains(option);
  }

  Set<Option> options() {
    return Set.copyOf(options);
  }

  void setOptions(Set<Option> on) {
    options.clear();
    options.addAll(on);
  }

  /** A value; a script has no arguments, so that {@code $1} is unset and {@code $#} is 0. */
  Optional<String> find(String name) {
    return switch (name) {
      case "?" -> Optional.of(Integer.toString(status));
      case "#" -> Optional.of("0");
      case "0" -> Optional.of("hopscope");
      default -> Optional.ofNullable(values.get(name));
    };
  }

  void set(String name, String value) throws Leave {
    Budget.checkValue(value.length());
    if (values.size() >= Budget.WORDS && !values.containsKey(name)) {
      throw Leave.limit("more than " + Budget.WORDS + " variables");
    }
    values.put(name, value);
  }

  void unset(String name) {
    values.remove(name);
    exported.remove(name);
  }

  void export(String name) {
    exported.add(name);
  }

  /** What programs find in their environment. */
  Map<String, String> environment() {
    Map<String, String> environment = new TreeMap<>(values);
    environment.keySet().retainAll(exported);
    return environment;
  }

  /** What a shell within this one begins with. */
  Variables child() {
    Variables child = new Variables();
    exported.stream().filter(values::containsKey).forEach(name -> child.values.put(name, values.get(name)));
    child.exported.addAll(exported);
    return child;
  }

  /** A copy that goes its own way. */
  Variables copy() {
    Variables copy = new Variables();
    copy.values.putAll(values);
    copy.exported.addAll(exported);
    copy.status = status;
    copy.options.addAll(options);
    return copy;
  }
}
