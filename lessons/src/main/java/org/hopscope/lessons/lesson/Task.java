package org.hopscope.lessons.lesson;

import java.util.List;
import org.hopscope.lessons.check.Check;
import org.hopscope.lessons.prose.Prose;

/**
 * One thing to bring about. It is done as long as all its checks hold, whichever way they came to hold.
 *
 * @param id its name within the lesson
 * @param title what to do, in a line
 * @param prose what to do, in a few sentences
 * @param afterwards what to read once it is done: the explanation of what was seen; may be empty
 * @param checks what must hold; at least one
 * @param hints three, each saying more than the one before; the last nearly gives it away
 */
public record Task(String id, String title, Prose prose, Prose afterwards, List<Check> checks, List<Prose> hints) {
  /** How many hints every task has. */
  public static final int HINTS = 3;

  public Task {
    checks = List.copyOf(checks);
    hints = List.copyOf(hints);
  }
}
