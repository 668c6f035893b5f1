package org.hopscope.model.compare;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hopscope.model.trace.DropReason;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Failure;
import org.hopscope.model.trace.Fate;
import org.hopscope.model.trace.PacketCopy;
import org.hopscope.model.trace.Step;
import org.hopscope.model.trace.Trace;

/** The steps of a trace that are worth comparing. */
final class Ways {
  /** More steps than this are not compared: what comes later is of no more help. */
  private static final int MOST = 3_000;

  private Ways() {
  }

  /** All steps but those of copies that a flood brought to somebody else, and of asking for addresses that were then found. */
  static List<Step> of(Trace trace) {
    Set<Integer> strays = new HashSet<>();
    for (Step step : trace.steps()) {
      if (step.event() instanceof Event.Ended(Fate.Died(DropReason why)) && Failure.isBystander(why)
          && new Failure(trace).decisive().filter(d -> d.copy() == step.copy()).isEmpty()) {
        strays.add(step.copy());
      }
    }
    boolean found = trace.steps().stream().filter(s -> s.event() instanceof Event.Parked)
        .allMatch(s -> isResumed(trace, s.copy()));
    return trace.steps().stream().filter(s -> !strays.contains(s.copy()) && !(found && isAsking(trace, s))).limit(MOST)
        .toList();
  }

  /** Whether a copy that waited for its next hop's address went on. */
  static boolean isResumed(Trace trace, int copy) {
    return trace.steps().stream().anyMatch(s -> s.copy() == copy && s.event() instanceof Event.Resumed);
  }

  /** Whether a step is part of asking for an address: of no interest where all were found, since one probe may know them already. */
  private static boolean isAsking(Trace trace, Step step) {
    PacketCopy.Role role = trace.copies().get(step.copy()).role();
    return role == PacketCopy.Role.ARP_REQUEST || role == PacketCopy.Role.ARP_REPLY
        || step.event() instanceof Event.Parked || step.event() instanceof Event.Resumed;
  }
}
