package org.hopscope.model.why;

import java.util.List;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.sim.Simulator;
import org.hopscope.model.trace.Trace;

/** Answers "why not?" for a probe that fails. */
public final class WhyNot {
  private WhyNot() {
  }

  /** Sends a probe in a lab, of which nothing is kept, and says why it fails. */
  public static Explanation ask(LabState lab, Probe probe) {
    return ask(Simulator.run(lab, probe));
  }

  /** Why the probe of a trace failed, and what in the lab as it was before would have made it succeed. */
  public static Explanation ask(Trace trace) {
    return trace.result().succeeded()
        ? new Explanation(trace, List.of(), List.of())
        : new Explanation(trace, Facts.of(trace), new Search(trace).suggestions());
  }
}
