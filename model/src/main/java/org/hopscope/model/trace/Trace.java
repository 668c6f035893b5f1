package org.hopscope.model.trace;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.Learned;
import org.hopscope.model.net.VirtualTime;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.probe.ProbeResult;

/**
 * The whole life of one probe: a value, equal to any other that tells the same. Its lists are never changed.
 *
 * <p>The tables at a place are derived from those at a mark shortly before it. Marks are made when somebody first asks
 * beyond them, by whichever thread that is: two that make the same one make equal ones.
 */
public final class Trace {
  /** So many steps lie between two marks. */
  private static final int STRIDE = 64;

  private final LabState start;
  private final Probe probe;
  private final List<PacketCopy> copies;
  private final List<Step> steps;
  private final ProbeResult result;
  private final Learned learned;
  private final VirtualTime end;
  /** The tables after every so many steps, as far as they have been asked for. */
  private final Learned[] marks;

  /**
   * A trace.
   *
   * @param start the lab before it
   * @param probe what was sent
   * @param copies every packet copy that lived, by its number
   * @param steps what happened, in order
   * @param result what the program saw
   * @param learned the tables after all steps: those at the start with every step's effects
   * @param end the virtual time when it was all over: the program ended and nothing was under way any more
   */
  public Trace(LabState start, Probe probe, List<PacketCopy> copies, List<Step> steps, ProbeResult result,
      Learned learned, VirtualTime end) {
    this.start = start;
    this.probe = probe;
    this.copies = copies;
    this.steps = steps;
    this.result = result;
    this.learned = learned;
    this.end = end;
    marks = new Learned[steps.size() / STRIDE + 1];
    marks[0] = start.learned();
  }

  /** The lab before it. */
  public LabState start() {
    return start;
  }

  /** What was sent. */
  public Probe probe() {
    return probe;
  }

  /** Every packet copy that lived, by its number. */
  public List<PacketCopy> copies() {
    return copies;
  }

  /** What happened, in order. */
  public List<Step> steps() {
    return steps;
  }

  /** What the program saw. */
  public ProbeResult result() {
    return result;
  }

  /** This one and what the program did next, in the lab as this one left it: one trace with the other's probe and result. */
  public Trace then(Trace next) {
    int lanes = copies.stream().mapToInt(PacketCopy::lane).max().orElse(-1) + 1;
    List<PacketCopy> all = new ArrayList<>(copies);
    next.copies.forEach(c -> all.add(c.after(copies.size(), lanes)));
    List<Step> both = new ArrayList<>(steps);
    next.steps.forEach(s -> both.add(s.after(steps.size(), copies.size())));
    return new Trace(start, next.probe, Collections.unmodifiableList(all), Collections.unmodifiableList(both),
        next.result,
        next.learned, next.end);
  }

  /** The tables after all steps. */
  public Learned learned() {
    return learned;
  }

  /** The virtual time when it was all over. */
  public VirtualTime end() {
    return end;
  }

  /**
   * The learned tables after the first {@code k} steps; {@code k} from 0 to the number of steps. Asked for once, it costs the
   * effects of at most 64 steps from then on.
   */
  public Learned learnedAt(int k) {
    if (k == steps.size()) {
      return learned;
    }
    int mark = k / STRIDE;
    int known = mark;
    while (marks[known] == null) {
      known--;
    }
    Learned at = marks[known];
    for (int next = known + 1; next <= mark; next++) {
      at = with(at, (next - 1) * STRIDE, next * STRIDE);
      marks[next] = at;
    }
    return with(at, mark * STRIDE, k);
  }

  private Learned with(Learned before, int from, int to) {
    Learned at = before;
    for (int i = from; i < to; i++) {
      for (Effect effect : steps.get(i).effects()) {
        at = effect.applyTo(at);
      }
    }
    return at;
  }

  /** The whole lab after the first {@code k} steps; its clock stands at the last of them. */
  public LabState stateAt(int k) {
    VirtualTime now = k == 0 ? start.now() : k == steps.size() ? end : steps.get(k - 1).at();
    return start.withLearned(learnedAt(k)).withNow(now);
  }

  /**
   * Its beginning: what had happened after the first {@code k} steps. What the program saw in the end is left in it, as no table
   * tells of it.
   */
  public Trace until(int k) {
    return k == steps.size() ? this
        : new Trace(start, probe, copies, steps.subList(0, k), result, learnedAt(k), stateAt(k).now());
  }

  /** The lab after everything. */
  public LabState finish() {
    return stateAt(steps.size());
  }

  @Override
  public boolean equals(Object other) {
    return this == other || other instanceof Trace that && start.equals(that.start) && probe.equals(that.probe)
        && copies.equals(that.copies) && steps.equals(that.steps) && result.equals(that.result)
        && learned.equals(that.learned) && end.equals(that.end);
  }

  @Override
  public int hashCode() {
    return Objects.hash(probe, steps.size(), result, end);
  }

  @Override
  public String toString() {
    return "Trace[" + probe + ", " + steps.size() + " steps, " + result + "]";
  }
}
