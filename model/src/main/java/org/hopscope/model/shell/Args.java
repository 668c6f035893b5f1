package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The words of a command that are still to be read. */
final class Args {
  private final List<String> words;
  private int at;

  Args(List<String> words) {
    this.words = new ArrayList<>(words);
  }

  boolean isEmpty() {
    return at == words.size();
  }

  /** The next word, left where it is. */
  Optional<String> peek() {
    return isEmpty() ? Optional.empty() : Optional.of(words.get(at));
  }

  /** Whether the next word is {@code word}; then it is taken. */
  boolean take(String word) {
    boolean is = peek().filter(word::equals).isPresent();
    at += is ? 1 : 0;
    return is;
  }

  /** Whether {@code word} is among those that are left; then it is taken from where it stands. */
  boolean drop(String word) {
    int found = words.subList(at, words.size()).indexOf(word);
    if (found >= 0) {
      words.remove(at + found);
    }
    return found >= 0;
  }

  /** The next word. */
  String next() throws Stop {
    if (isEmpty()) {
      throw Stop.incomplete();
    }
    return words.get(at++);
  }

  /** All that is left, taken. */
  List<String> rest() {
    List<String> left = words.subList(at, words.size());
    at = words.size();
    return List.copyOf(left);
  }

  /** A whole number from {@code min} to {@code max}, decimal or with 0x in front; {@code why} is what iproute2 says else. */
  int number(int min, int max, String why) throws Stop {
    String text = next();
    return Numbers.whole(text, min, max).orElseThrow(() -> Stop.wrong(text, why));
  }

  /** A whole number from 0 to 4294967295, kept in an int; {@code why} is what iproute2 says else. */
  int unsigned(String why) throws Stop {
    String text = next();
    return Numbers.unsigned(text).orElseThrow(() -> Stop.wrong(text, why));
  }

  /**
   * {@code on} or {@code off}, perhaps cut short: {@code o} is off (iproute2 lib/utils.c parse_on_off); {@code status} is how
   * the program exits else.
   */
  boolean onOff(String key, int status) throws Stop {
    String text = next();
    if ("off".startsWith(text)) {
      return false;
    }
    if ("on".startsWith(text)) {
      return true;
    }
    throw Stop.exit(status, "Error: argument of \"" + key + "\" must be one of \"off\", \"on\", not \"" + text + "\"");
  }
}
