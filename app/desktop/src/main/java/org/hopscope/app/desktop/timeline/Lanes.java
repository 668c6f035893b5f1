package org.hopscope.app.desktop.timeline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Fate;
import org.hopscope.model.trace.Layer;
import org.hopscope.model.trace.Narrator;
import org.hopscope.model.trace.PacketCopy;
import org.hopscope.model.trace.Step;
import org.hopscope.model.trace.Trace;

/**
 * A trace laid out for the eye: copies that belong together share a lane, and every step has its mark in one.
 *
 * @param titles the lanes from top to bottom, each by what travels in it
 * @param roles what that is for
 * @param marks one per step, in the order of the steps
 */
record Lanes(List<String> titles, List<PacketCopy.Role> roles, List<Mark> marks) {
  /** No trace. */
  static final Lanes NONE = new Lanes(List.of(), List.of(), List.of());

  /** What a mark looks like besides its colour. */
  enum Shape {
    /** A step like others: its layer decides the form. */
    STEP,
    /** It has waited in vain: what it waits for is asked once more, or given up. */
    WAITED,
    /** The packet arrived. */
    ARRIVED,
    /** The packet died. */
    DIED
  }

  /**
   * A step on the time line.
   *
   * @param lane the row, from 0
   * @param layer the colour and form
   * @param shape what else it says
   */
  record Mark(int lane, Layer layer, Shape shape) {
  }

  static Lanes of(Trace trace) {
    Map<Integer, Integer> rows = new LinkedHashMap<>();
    List<String> titles = new ArrayList<>();
    List<PacketCopy.Role> roles = new ArrayList<>();
    List<Mark> marks = new ArrayList<>();
    for (Step step : trace.steps()) {
      int lane = trace.copies().get(step.copy()).lane();
      int row = Optional.ofNullable(rows.get(lane)).orElse(titles.size());
      if (rows.putIfAbsent(lane, row) == null) {
        titles.add(Narrator.label(step.packet()));
        roles.add(trace.copies().get(step.copy()).role());
      }
      marks.add(new Mark(row, Layer.of(step), shape(step)));
    }
    return new Lanes(List.copyOf(titles), List.copyOf(roles), List.copyOf(marks));
  }

  /**
   * So few steps that at most one in each lane comes out of {@code each} steps in a row: a death before an arrival before a vain
   * wait before others.
   */
  List<Integer> thinned(int each) {
    List<Integer> kept = new ArrayList<>();
    Map<Integer, Integer> best = new TreeMap<>();
    for (int i = 0; i < marks.size(); i++) {
      int at = i;
      best.merge(marks.get(i).lane(), i,
          (old, _) -> marks.get(at).shape().ordinal() > marks.get(old).shape().ordinal() ? at : old);
      if ((i + 1) % each == 0 || i + 1 == marks.size()) {
        best.values().stream().sorted().forEach(kept::add);
        best.clear();
      }
    }
    return List.copyOf(kept);
  }

  private static Shape shape(Step step) {
    if (step.event() instanceof Event.Waited) {
      return Shape.WAITED;
    }
    return step.event() instanceof Event.Ended(Fate fate) ? switch (fate) {
      case Fate.Delivered _,Fate.Read _ -> Shape.ARRIVED;
      case Fate.Died _ -> Shape.DIED;
      case Fate.Divided _ -> Shape.STEP;
    } : Shape.STEP;
  }
}
