package org.hopscope.model.iptables;

import java.util.List;

/** The words of a command, taken one by one. */
final class Words {
  /** A copy of its own: what is pushed overwrites what was taken. */
  private String[] words;
  private final List<String> remarks;
  private int next;
  /** The option as it was typed, cut short as it may be; empty where it stands by its letter. */
  private String typed = "";

  /**
   * Words.
   *
   * @param remarks takes up what the program tells although it goes on
   */
  Words(List<String> words, List<String> remarks) {
    this.words = words.toArray(String[]::new);
    this.remarks = remarks;
  }

  /** An option is taken that was typed so. */
  void typed(String option) {
    typed = option;
  }

  /** The word before the one that was taken last. */
  String before() {
    return next > 1 ? words[next - 2] : "";
  }

  /** Tells something and goes on. */
  void remark(String line) {
    remarks.add(line);
  }

  boolean isEmpty() {
    return next == words.length;
  }

  String next() {
    return words[next++];
  }

  /** Puts a word in front: the value of {@code --option=value} and of {@code -tnat}. */
  void push(String word) {
    if (next == 0) {
      String[] more = new String[words.length + 1];
      System.arraycopy(words, 0, more, 1, words.length);
      words = more;
    } else {
      next--;
    }
    words[next] = word;
  }

  /** Whether a word follows that is neither an option nor a {@code !} (iptables xs_has_arg). */
  boolean hasArgument() {
    return !isEmpty() && !words[next].startsWith("-") && !words[next].startsWith("!");
  }

  /** The argument that an option must have. */
  String argument(String option) throws Complaint {
    if (isEmpty()) {
      throw Complaint.parameter("option \"" + (typed.isEmpty() ? option : typed) + "\" requires an argument");
    }
    return next();
  }
}
