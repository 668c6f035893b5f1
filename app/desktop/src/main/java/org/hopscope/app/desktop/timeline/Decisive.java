package org.hopscope.app.desktop.timeline;

import java.util.List;
import java.util.function.Predicate;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Fate;
import org.hopscope.model.trace.Step;
import org.hopscope.model.trace.Trace;

/** Finds the step of a failed probe that is worth looking at: the lookup after which its packet died. */
final class Decisive {
  private Decisive() {}

  /**
   * The index of that step. What was asked or answered counts before what was flooded past others; if nothing died, it
   * is the last step.
   */
  static int step(Trace trace) {
    List<Step> died = trace.steps().stream().filter(Decisive::isDeath).toList();
    Step death = died.stream().filter(carriesTheQuestion(trace)).findFirst()
        .orElse(died.isEmpty() ? trace.steps().getLast() : died.getFirst());
    for (int i = death.index(); i >= 0; i--) {
      Step step = trace.steps().get(i);
      if (step.copy() == death.copy() && step.event() instanceof Event.Looked) {
        return i;
      }
    }
    return death.index();
  }

  private static boolean isDeath(Step step) {
    return step.event() instanceof Event.Ended(Fate fate) && fate instanceof Fate.Died;
  }

  private static Predicate<Step> carriesTheQuestion(Trace trace) {
    return step -> switch (trace.copies().get(step.copy()).role()) {
      case REQUEST, REPLY, ICMP_ERROR -> true;
      case ARP_REQUEST, ARP_REPLY, COPY -> false;
    };
  }
}
