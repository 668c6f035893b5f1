package org.hopscope.model.shell;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The key words of one iproute2 grammar, in the order in which the program tries them. A star marks those that may be
 * shortened: the first that begins with what was typed is meant ({@code matches} in iproute2 lib/utils.c).
 */
final class Keywords {
  private final List<Entry> entries;

  private record Entry(String word, boolean shortens, String means) {
    boolean matches(String typed) {
      return shortens ? word.startsWith(typed) : word.equals(typed);
    }
  }

  private Keywords(List<Entry> entries) {
    this.entries = entries;
  }

  /** Words parted by blanks; {@code chg*=change} is another spelling of {@code change}. */
  static Keywords of(String words) {
    return new Keywords(Stream.of(words.split(" ")).map(Keywords::entry).toList());
  }

  private static Entry entry(String text) {
    String[] sides = text.split("=");
    boolean shortens = sides[0].endsWith("*");
    String word = shortens ? sides[0].substring(0, sides[0].length() - 1) : sides[0];
    return new Entry(word, shortens, sides.length > 1 ? sides[1] : word);
  }

  /** The key word that is meant, in full; empty when it is none, or an empty word. */
  Optional<String> find(String typed) {
    return typed.isEmpty()
        ? Optional.empty()
        : entries.stream().filter(e -> e.matches(typed)).findFirst().map(Entry::means);
  }

  /** All key words in full, each once. */
  List<String> all() {
    return entries.stream().map(Entry::means).distinct().toList();
  }
}
