package org.hopscope.model.sim;

import org.hopscope.model.lab.LabState;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.trace.Trace;

/** Runs probes: a pure function from a lab and a probe to a trace. */
public final class Simulator {
  /** How many steps one probe may take before it counts as a storm (sem-B9). */
  public static final int STEP_LIMIT = 20_000;

  private Simulator() {
  }

  /** The whole life of a probe in a lab. The same lab and probe always give the same trace. */
  public static Trace run(LabState lab, Probe probe) {
    return run(lab, probe, STEP_LIMIT);
  }

  /**
   * As {@link #run(LabState, Probe)}, with a limit of its own.
   *
   * @param stepLimit how many steps at most, from 1; whatever is under way then ends as a storm
   */
  public static Trace run(LabState lab, Probe probe, int stepLimit) {
    return new Run(lab, probe).toEnd(stepLimit);
  }
}
