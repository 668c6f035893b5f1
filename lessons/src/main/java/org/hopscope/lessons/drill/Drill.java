package org.hopscope.lessons.drill;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hopscope.lessons.check.LookupName;
import org.hopscope.lessons.lesson.Draw;
import org.hopscope.model.codec.LabFacts;
import org.hopscope.model.fault.Fault;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Failure;
import org.hopscope.model.trace.Lookup;
import org.hopscope.model.trace.Narrator;
import org.hopscope.model.trace.Step;
import org.hopscope.model.trace.Trace;
import org.hopscope.model.why.Explanation;
import org.hopscope.model.why.Suggestion;

/**
 * One drill: a lab that worked, what was broken in it, and a probe by which it is seen.
 *
 * @param draw which one it is
 * @param ground the lab when it worked
 * @param fault what was broken
 * @param good the probe when all was well
 * @param why the same probe now, why it fails, and what helps
 */
record Drill(Draw draw, Ground ground, Fault fault, Trace good, Explanation why) {
  private static final int BEFORE = 3;
  private static final int CHOICES = 6;

  /** The repair: what helps first. */
  Suggestion mend() {
    return why.suggestions().getFirst();
  }

  /** The facts that the fault brought into the lab. */
  List<LabFacts.Fact> brought() {
    return difference(LabFacts.of(fault.after()), LabFacts.of(ground.lab()));
  }

  /** The facts that it took from the lab. */
  List<LabFacts.Fact> taken() {
    return difference(LabFacts.of(ground.lab()), LabFacts.of(fault.after()));
  }

  private static List<LabFacts.Fact> difference(Set<LabFacts.Fact> facts, Set<LabFacts.Fact> others) {
    Set<LabFacts.Fact> left = new LinkedHashSet<>(facts);
    left.removeAll(others);
    return List.copyOf(left);
  }

  /**
   * The lookup that goes wrong: the first that says what no lookup said when all was well. Empty when the packet died before
   * any did: what is looked up later, for errors and second tries, only follows from its death.
   */
  Optional<LookupName> culprit() {
    int death = new Failure(why.trace()).decisive().map(Step::index).orElse(Integer.MAX_VALUE);
    Set<String> said = new HashSet<>();
    lookups(good).forEach(step -> said.add(said(good, step)));
    return lookups(why.trace()).filter(step -> step.index() < death && !said.contains(said(why.trace(), step)))
        .findFirst()
        .map(step -> name(why.trace(), step));
  }

  private static String said(Trace trace, Step step) {
    return step.where() + " " + Narrator.sentence(trace, step.index());
  }

  /** What there is to choose from: lookups of this probe and of when all was well, those around the culprit. */
  List<LookupName> choices() {
    Set<LookupName> all = new LinkedHashSet<>();
    Stream.of(why.trace(), good).forEach(trace -> lookups(trace).forEach(step -> all.add(name(trace, step))));
    List<LookupName> list = new ArrayList<>(all);
    int at = culprit().map(list::indexOf).orElse(0);
    int from = Math.max(0, Math.min(at - BEFORE, list.size() - CHOICES));
    return list.subList(from, Math.min(list.size(), from + CHOICES));
  }

  private static LookupName name(Trace trace, Step step) {
    return LookupName.of(trace.start(), ((Event.Looked) step.event()).lookup());
  }

  /** Which connection a packet is part of is asked everywhere, and decides nothing by itself. */
  private static Stream<Step> lookups(Trace trace) {
    return trace.steps().stream().filter(step -> step.event() instanceof Event.Looked(Lookup lookup)
        && !(lookup instanceof Lookup.ConntrackLookup));
  }
}
