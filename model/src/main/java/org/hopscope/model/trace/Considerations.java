package org.hopscope.model.trace;

import java.util.List;
import org.hopscope.model.lab.LabState;

/** Derives, when somebody looks, every row that a lookup had in hand and why each won or lost. */
public final class Considerations {
  private Considerations() {
  }

  /**
   * The rows of the table that was asked, in the table's order. When nothing matched, the last one stands for "no
   * entry": it won, and its reason says what follows.
   *
   * @param at the lab as it was before the step: {@code trace.stateAt(step.index())}
   */
  public static List<Considered> of(Lookup lookup, LabState at) {
    return List.of();
  }
}
