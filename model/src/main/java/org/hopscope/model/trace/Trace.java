package org.hopscope.model.trace;

import java.util.List;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.Learned;
import org.hopscope.model.net.VirtualTime;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.probe.ProbeResult;

/**
 * The whole life of one probe. Its lists are never changed.
 *
 * @param start the lab before it
 * @param probe what was sent
 * @param copies every packet copy that lived, by its number
 * @param steps what happened, in order
 * @param result what the program saw
 * @param learned the tables after all steps: those at the start with every step's effects
 * @param end the virtual time when it was all over: the program ended and nothing was under way any more
 */
public record Trace(LabState start, Probe probe, List<PacketCopy> copies, List<Step> steps, ProbeResult result,
    Learned learned, VirtualTime end) {
  /** The learned tables after the first {@code k} steps; {@code k} from 0 to the number of steps. */
  public Learned learnedAt(int k) {
    if (k == steps.size()) {
      return learned;
    }
    Learned learned = start.learned();
    for (Step step : steps.subList(0, k)) {
      for (Effect effect : step.effects()) {
        learned = effect.applyTo(learned);
      }
    }
    return learned;
  }

  /** The whole lab after the first {@code k} steps; its clock stands at the last of them. */
  public LabState stateAt(int k) {
    VirtualTime now = k == 0 ? start.now() : k == steps.size() ? end : steps.get(k - 1).at();
    return start.withLearned(learnedAt(k)).withNow(now);
  }

  /** The lab after everything. */
  public LabState finish() {
    return stateAt(steps.size());
  }
}
