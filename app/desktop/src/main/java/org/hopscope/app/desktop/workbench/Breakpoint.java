package org.hopscope.app.desktop.workbench;

import java.util.Optional;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Lookup;
import org.hopscope.model.trace.RowRef;
import org.hopscope.model.trace.Step;
import org.hopscope.model.trace.Trace;

/** Where a trace that plays shall stop. */
public sealed interface Breakpoint {
  /** When a kind of table is asked. */
  record AtTable(Asked table) implements Breakpoint {
  }

  /** When a packet comes to a device. */
  record AtDevice(DeviceId device) implements Breakpoint {
  }

  /** When a row decides, or a rule is passed. */
  record AtRow(RowRef row) implements Breakpoint {
  }

  /** When a header field is changed. */
  record AtChange(Event.Rewriting why) implements Breakpoint {
  }

  /** Whether a step of a trace is such a place. */
  default boolean holds(Trace trace, Step step) {
    return switch (this) {
      case AtTable(Asked table) -> Asked.of(step).equals(Optional.of(table));
      case AtDevice(DeviceId device) -> step.device().equals(Optional.of(device))
          && (step.index() == 0 || !trace.steps().get(step.index() - 1).device().equals(Optional.of(device)));
      case AtRow(RowRef row) -> Winner.of(trace.start(), step).equals(Optional.of(row)) || passes(step, row);
      case AtChange(Event.Rewriting why) -> step.event() instanceof Event.Rewritten(var _, var how) && how == why;
    };
  }

  private static boolean passes(Step step, RowRef row) {
    if (!(row instanceof RowRef.FilterRow(var netns, int handle))
        || !(step.event() instanceof Event.Looked(Lookup lookup)) || !lookup.netns().equals(netns)) {
      return false;
    }
    return switch (lookup) {
      case Lookup.RuleWalk walk -> walk.walk().hits().stream().anyMatch(h -> h.rule().handle() == handle);
      case Lookup.ChainWalk walk -> walk.walk().hits().stream().anyMatch(h -> h.rule().id() == handle);
      case Lookup _ -> false;
    };
  }
}
