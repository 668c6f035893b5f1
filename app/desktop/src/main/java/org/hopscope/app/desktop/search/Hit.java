package org.hopscope.app.desktop.search;

import java.util.Locale;

/**
 * Something the search box finds.
 *
 * @param kind what it is: an action, a lesson, a thing in the lab
 * @param label what it is called
 * @param aside what stands at the right: a key, a place
 * @param also other words by which it is found
 * @param go goes there or does it
 */
public record Hit(String kind, String label, String aside, String also, Runnable go) {
  Hit(String kind, String label, String aside, Runnable go) {
    this(kind, label, aside, "", go);
  }

  /** How well it fits what was typed: lower is better, below 0 not at all. Words may be given in any order. */
  int rank(String typed) {
    String text = (label + " " + also).toLowerCase(Locale.ROOT);
    int sum = 0;
    for (String word : typed.toLowerCase(Locale.ROOT).strip().split("\\s+")) {
      int at = text.indexOf(word);
      if (at < 0) {
        return -1;
      }
      sum += at == 0 ? 0 : text.charAt(at - 1) == ' ' ? 1 : 4;
    }
    return sum;
  }
}
