package org.hopscope.model.sim;

import java.util.Optional;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.probe.ProbeResult;
import org.hopscope.model.trace.Trace;

/** Runs probes: a pure function from a lab and a probe to a trace. */
public final class Simulator {
  private Simulator() {
  }

  /**
   * How many steps a trace may have. Whatever is under way when a limit is reached ends as a storm.
   *
   * @param storm how many may follow from one packet of the program (sem-B9), from 1
   * @param all how many there may be in all, from 1
   */
  public record Limits(int storm, int all) {
    /** Enough for a flood to two thousand stations, and for ten thousand pings. */
    public static final Limits USUAL = new Limits(20_000, 500_000);
  }

  /** The whole life of a probe in a lab. The same lab and probe always give the same trace. */
  public static Trace run(LabState lab, Probe probe) {
    return run(lab, probe, Limits.USUAL);
  }

  /** As {@link #run(LabState, Probe)}, with limits of its own. */
  public static Trace run(LabState lab, Probe probe, Limits limits) {
    return new Run(lab, new Configured(lab), probe, Recorder.STEPS).toEnd(limits);
  }

  /**
   * Probes one after the other, on one thread: what follows from how the lab is configured is worked out once, until that
   * changes. The traces are those of {@link Simulator#run(LabState, Probe)}.
   */
  public static final class Series {
    private Optional<Configured> configured = Optional.empty();
    /** How long the trace before was: the next one is often as long. */
    private int steps = Recorder.STEPS;

    /** The whole life of a probe in a lab. */
    public Trace run(LabState lab, Probe probe) {
      Trace trace = new Run(lab, fitting(lab), probe, steps).toEnd(Limits.USUAL);
      steps = Math.max(Recorder.STEPS, trace.steps().size());
      return trace;
    }

    /** What the program of a probe gets: as {@link #run(LabState, Probe)} has it, sooner, as no trace is kept of it. */
    public ProbeResult outcome(LabState lab, Probe probe) {
      return new Run(lab, fitting(lab), probe, Recorder.STEPS).outcome(Limits.USUAL)
          .orElseGet(() -> run(lab, probe).result());
    }

    private Configured fitting(LabState lab) {
      Configured fitting = configured.filter(w -> w.holdsFor(lab)).orElseGet(() -> new Configured(lab));
      configured = Optional.of(fitting);
      return fitting;
    }
  }
}
