package org.hopscope.lessons.check;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Session;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.sim.Simulator;
import org.hopscope.model.trace.Trace;

/**
 * What checks are judged by: a lab, and what the learner has said and seen. Each probe is run once, however many checks
 * ask for it. Belongs to one evaluation on one thread.
 */
public final class Evidence {
  private static final int STEPS_AT_A_DEVICE = 100;
  private static final int LEAST_STORM = 3_000;

  private final LabState lab;
  private final Map<String, Boolean> said;
  private final Set<Observation> watched;
  private final boolean inPerson;
  private final LabState start;
  private final Map<Probe, Trace> traces = new HashMap<>();
  private final Simulator.Limits limits;

  /**
   * Evidence of a lab.
   *
   * @param lab the lab
   * @param said the predictions that were made and the quizzes that were answered, by id, and whether each is right
   * @param watched the probes that were watched
   */
  public Evidence(LabState lab, Map<String, Boolean> said, Set<Observation> watched) {
    this(lab, said, watched, true, lab);
  }

  private Evidence(LabState lab, Map<String, Boolean> said, Set<Observation> watched, boolean inPerson,
      LabState start) {
    this.lab = lab;
    this.start = start;
    this.said = Map.copyOf(said);
    this.watched = Set.copyOf(watched);
    this.inPerson = inPerson;
    limits = limits(lab);
  }

  /**
   * A storm is known as one long before it fills a trace that is to be looked at: a flood without a circle takes no more than
   * some ten steps at each device, and a circle of routers ends with the packet's time to live.
   */
  private static Simulator.Limits limits(LabState lab) {
    int storm = Math.clamp(STEPS_AT_A_DEVICE * (long) lab.devices().size(), LEAST_STORM,
        Simulator.Limits.USUAL.storm());
    return new Simulator.Limits(storm, Simulator.Limits.USUAL.all());
  }

  /**
   * Evidence of an answer that is plain commands or a saved lab: nobody is there to predict, so no prediction is asked
   * for, and what should have been watched is sent once more instead.
   */
  public static Evidence ofFile(LabState lab, Set<Observation> watched) {
    return new Evidence(lab, Map.of(), watched, false, lab);
  }

  /** The same, with the lab that it all began with. */
  public Evidence since(LabState beginning) {
    return new Evidence(lab, said, watched, inPerson, beginning);
  }

  /** The same when some seconds have gone by in which nobody did anything. */
  Evidence later(int seconds) {
    Session session = new Session(lab);
    session.apply(new Edit.Sleep(Duration.ofSeconds(seconds).toNanos()));
    return new Evidence(session.state(), said, watched, inPerson, start);
  }

  /** Whether somebody is there to predict and to watch. */
  boolean inPerson() {
    return inPerson;
  }

  LabState lab() {
    return lab;
  }

  /** What it all began with; the lab itself where nobody said. */
  LabState start() {
    return start;
  }

  Map<String, Boolean> said() {
    return said;
  }

  Set<Observation> watched() {
    return watched;
  }

  Trace run(Probe probe) {
    return traces.computeIfAbsent(probe, p -> Simulator.run(lab, p, limits));
  }
}
