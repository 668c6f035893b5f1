package org.hopscope.model.compare;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hopscope.model.trace.DropReason;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Failure;
import org.hopscope.model.trace.Fate;
import org.hopscope.model.trace.Step;
import org.hopscope.model.trace.Trace;

/** The steps of a trace that are worth comparing. */
final class Ways {
  /** More steps than this are not compared: what comes later is of no more help. */
  private static final int MOST = 3_000;

  private Ways() {
  }

  /** All steps but those of copies that a flood brought to somebody else. */
  static List<Step> of(Trace trace) {
    Set<Integer> strays = new HashSet<>();
    for (Step step : trace.steps()) {
      if (step.event() instanceof Event.Ended(Fate.Died(DropReason why)) && Failure.isBystander(why)
          && new Failure(trace).decisive().filter(d -> d.copy() == step.copy()).isEmpty()) {
        strays.add(step.copy());
      }
    }
    return trace.steps().stream().filter(s -> !strays.contains(s.copy())).limit(MOST).toList();
  }
}
