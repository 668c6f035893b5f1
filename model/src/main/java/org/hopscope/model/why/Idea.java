package org.hopscope.model.why;

import java.util.List;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.net.NetnsId;

/**
 * Something that may be the fault, with what would mend it. Whether it does is found by trying it.
 *
 * @param cost how unlikely it is to be the fault, from 0 for what the trace itself points at
 * @param reason a sentence
 * @param deeds what to do, in order
 */
record Idea(double cost, String reason, List<Deed> deeds) {
  Idea {
    deeds = List.copyOf(deeds);
  }

  /** A part of what to do. */
  sealed interface Deed {
  }

  /** A command at a namespace's prompt: words without quotes, parted by blanks. */
  record Typed(NetnsId at, String line) implements Deed {
  }

  /** An edit. */
  record Done(Edit edit) implements Deed {
  }
}
