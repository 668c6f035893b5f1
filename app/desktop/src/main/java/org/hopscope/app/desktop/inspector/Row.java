package org.hopscope.app.desktop.inspector;

import java.util.Optional;
import org.hopscope.app.desktop.workbench.Selection;
import org.hopscope.model.trace.RowRef;

/**
 * A row of a table as the inspector shows it.
 *
 * @param head the part that identifies it, in the kernel's words
 * @param tail the rest, quieter, below
 * @param mark a word at the right end, such as a state
 * @param mood how the mark is coloured
 * @param ref which row of the model it is
 * @param target what choosing it selects
 * @param form how it is set
 */
record Row(String head, String tail, String mark, Mood mood, Optional<RowRef> ref, Optional<Selection> target,
    Form form) {
  /** How a row is set. */
  enum Form {
    /** Like its neighbours. */
    PLAIN,
    /** As the title of those below. */
    TITLE,
    /** With its tail in the colour of what was translated. */
    TRANSLATED
  }

  Row(String head, String tail, String mark, Mood mood, Optional<RowRef> ref, Optional<Selection> target) {
    this(head, tail, mark, mood, ref, target, Form.PLAIN);
  }

  /** How a mark is coloured. */
  enum Mood {
    PLAIN, GOOD, CAREFUL, BAD
  }

  /** The same, set in another form. */
  Row set(Form other) {
    return new Row(head, tail, mark, mood, ref, target, other);
  }

  static Row plain(String head, String tail) {
    return new Row(head, tail, "", Mood.PLAIN, Optional.empty(), Optional.empty());
  }
}
