package org.hopscope.app.desktop.workbench;

import java.util.OptionalInt;
import org.hopscope.model.trace.Trace;

/**
 * A trace that was open: it can be looked at again, and held against others.
 *
 * @param trace the whole of it
 * @param left behind how many of its steps the lab was changed, so that what it tells of those after them did not come to be;
 *     empty when it was not
 */
public record KeptTrace(Trace trace, OptionalInt left) {
  /** One that nothing has interrupted. */
  static KeptTrace whole(Trace trace) {
    return new KeptTrace(trace, OptionalInt.empty());
  }

  boolean isOf(Trace other) {
    return trace == other;
  }
}
