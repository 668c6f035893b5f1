package org.hopscope.model.sim;

import org.hopscope.model.lab.LabState;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.trace.Trace;

/** Runs probes. */
public final class Simulator {
  private Simulator() {
  }

  /** The whole life of a probe in a lab. The same lab and probe always give the same trace. */
  public static Trace run(LabState lab, Probe probe) {
    throw new IllegalStateException("built by the sim engineer");
  }
}
