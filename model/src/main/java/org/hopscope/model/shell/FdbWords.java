package org.hopscope.model.shell;

import org.hopscope.model.net.FdbEntry;

/** The words that {@code bridge fdb} has for how a row came to be (bridge(8)). */
final class FdbWords {
  private FdbWords() {
  }

  /** What is typed behind {@code bridge fdb add}. */
  static String word(FdbEntry.Kind kind) {
    return switch (kind) {
      case LOCAL -> "permanent";
      case STATIC -> "static";
      case LEARNED -> "dynamic";
    };
  }
}
