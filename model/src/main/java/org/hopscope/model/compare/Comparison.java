package org.hopscope.model.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Lookup;
import org.hopscope.model.trace.Narrator;
import org.hopscope.model.trace.Step;
import org.hopscope.model.trace.Trace;

/**
 * Two traces, aligned.
 *
 * @param left one
 * @param right the other
 * @param rows the steps that belong together, in order; those that concern neither way (copies of a flood that were for somebody
 *     else) are left out
 * @param parting the row of the first lookup whose outcomes differ, or that only one of the two came to; empty when there is none
 */
public record Comparison(Trace left, Trace right, List<Row> rows, OptionalInt parting) {
  public Comparison {
    rows = List.copyOf(rows);
  }

  /**
   * Two steps that belong together, or one without a counterpart.
   *
   * @param left a step's index in the left trace
   * @param right a step's index in the right trace
   * @param same whether both say the same in the same words
   */
  public record Row(OptionalInt left, OptionalInt right, boolean same) {
  }

  /** Aligns two traces, whatever their probes and labs. */
  public static Comparison of(Trace left, Trace right) {
    List<Step> one = Ways.of(left);
    List<Step> other = Ways.of(right);
    List<Row> rows = new ArrayList<>();
    int parting = -1;
    for (Alignment.Pair pair : Alignment.of(kinds(left, one), kinds(right, other))) {
      OptionalInt l = pair.left() < 0 ? OptionalInt.empty() : OptionalInt.of(one.get(pair.left()).index());
      OptionalInt r = pair.right() < 0 ? OptionalInt.empty() : OptionalInt.of(other.get(pair.right()).index());
      boolean both = l.isPresent() && r.isPresent();
      boolean same = both && Narrator.sentence(left, l.getAsInt()).equals(Narrator.sentence(right, r.getAsInt()));
      if (parting < 0 && parts(left, l, right, r)) {
        parting = rows.size();
      }
      rows.add(new Row(l, r, same));
    }
    return new Comparison(left, right, rows, parting < 0 ? OptionalInt.empty() : OptionalInt.of(parting));
  }

  private static List<String> kinds(Trace trace, List<Step> steps) {
    return steps.stream().map(s -> Outcomes.kind(trace, s)).toList();
  }

  private static boolean parts(Trace left, OptionalInt l, Trace right, OptionalInt r) {
    Optional<Lookup> one = lookup(left, l);
    Optional<Lookup> other = lookup(right, r);
    if (one.isEmpty() && other.isEmpty()) {
      return false;
    }
    return one.isEmpty() || other.isEmpty()
        || !Outcomes.of(left, l.getAsInt(), one.get()).equals(Outcomes.of(right, r.getAsInt(), other.get()));
  }

  private static Optional<Lookup> lookup(Trace trace, OptionalInt index) {
    return index.isPresent() && trace.steps().get(index.getAsInt()).event() instanceof Event.Looked(Lookup lookup)
        ? Optional.of(lookup)
        : Optional.empty();
  }
}
