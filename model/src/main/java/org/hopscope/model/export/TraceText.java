package org.hopscope.model.export;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.hopscope.model.shell.Places;
import org.hopscope.model.trace.Considerations;
import org.hopscope.model.trace.Considered;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Lookup;
import org.hopscope.model.trace.Narrator;
import org.hopscope.model.trace.RuleEvents;
import org.hopscope.model.trace.Step;
import org.hopscope.model.trace.Trace;

/** A trace as lines for people: one a step, and below a lookup one for each row it had in hand. */
public final class TraceText {
  private static final String INDENT = " ".repeat(24);

  private TraceText() {
  }

  /** The lines of a trace. */
  public static List<String> of(Trace trace) {
    List<String> lines = new ArrayList<>();
    for (Step step : trace.steps()) {
      lines.add(String.format(Locale.ROOT, "%4d %10.3f ms  #%d %-12s %s", step.index() + 1,
          step.at().since(trace.start().now()) / 1e6, step.copy(), Places.name(trace.start(), step.where()),
          Narrator.sentence(trace, step.index())));
      if (step.event() instanceof Event.Looked(var lookup)) {
        for (Considered row : Considerations.of(lookup, trace.stateAt(step.index()))) {
          lines.add(INDENT + (row.won() ? "* " : "  ") + row.row() + "  (" + row.reason() + ")");
        }
        if (lookup instanceof Lookup.RuleWalk walk) {
          RuleEvents.of(walk).forEach(e -> lines.add(INDENT + "  TRACE: " + e));
        } else if (lookup instanceof Lookup.ChainWalk walk) {
          RuleEvents.of(walk).forEach(e -> lines.add(INDENT + "  TRACE: " + e));
        }
      }
    }
    return lines;
  }
}
