package org.hopscope.model.iptables;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The words of a command, taken one by one. */
final class Words {
  private final Deque<String> words;

  Words(List<String> words) {
    this.words = new ArrayDeque<>(words);
  }

  boolean isEmpty() {
    return words.isEmpty();
  }

  String next() {
    return words.pop();
  }

  /** Puts a word in front: the value of {@code --option=value} and of {@code -tnat}. */
  void push(String word) {
    words.push(word);
  }

  /** Whether a word follows that is neither an option nor a {@code !} (iptables xs_has_arg). */
  boolean hasArgument() {
    return !isEmpty() && !words.peek().startsWith("-") && !words.peek().startsWith("!");
  }

  /** The argument that an option must have. */
  String argument(String option) throws Complaint {
    if (isEmpty()) {
      throw Complaint.parameter("option \"" + option + "\" requires an argument");
    }
    return next();
  }
}
