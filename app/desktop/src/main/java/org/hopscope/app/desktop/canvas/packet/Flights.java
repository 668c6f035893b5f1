package org.hopscope.app.desktop.canvas.packet;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hopscope.model.trace.DropReason;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Fate;
import org.hopscope.model.trace.Narrator;
import org.hopscope.model.trace.PacketCopy;
import org.hopscope.model.trace.Step;
import org.hopscope.model.trace.Trace;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/**
 * A trace's packet copies as of any of its steps. What stood at every so many steps is kept, so that a step of a long trace is
 * found as quickly as one of a short one.
 */
public final class Flights {
  private static final int STRIDE = 64;

  private final Trace trace;
  /** What of the copies is to be seen, after every so many steps. */
  private final List<PSortedMap<Integer, Last>> marks = new ArrayList<>();
  /** By lane: the cables it takes, each with the step that takes it first. */
  private final Map<Integer, Map<Spot.OnCable, Integer>> cables = new HashMap<>();
  private final Map<Integer, Flight.Grave> graves = new HashMap<>();
  private Optional<Flight> last = Optional.empty();
  private int lastPlace = -1;

  /** A copy's last step, or for a fork without one of its own the step that made it. */
  private record Last(Step step, boolean own) {
  }

  /** The copies of a trace. */
  public Flights(Trace trace) {
    this.trace = trace;
    PSortedMap<Integer, Last> now = TreePMap.empty();
    for (Step step : trace.steps()) {
      if (step.index() % STRIDE == 0) {
        marks.add(now);
      }
      now = after(now, step);
      if (Spot.of(step) instanceof Spot.OnCable cable) {
        cables.computeIfAbsent(lane(step), _ -> new LinkedHashMap<>()).putIfAbsent(cable, step.index());
      }
    }
  }

  /** Whether it is this trace that it tells of. */
  public boolean isOf(Trace other) {
    return trace == other;
  }

  /** As of the first {@code k} steps. */
  public Flight at(int k) {
    if (k != lastPlace || last.isEmpty()) {
      last = Optional.of(k == 0 ? Flight.NONE : flight(k));
      lastPlace = k;
    }
    return last.get();
  }

  private Flight flight(int k) {
    int mark = (k - 1) / STRIDE;
    PSortedMap<Integer, Last> copies = marks.get(mark);
    for (int i = mark * STRIDE; i < k; i++) {
      copies = after(copies, trace.steps().get(i));
    }
    Step now = trace.steps().get(k - 1);
    List<Flight.Token> tokens = new ArrayList<>();
    List<Flight.Grave> dead = new ArrayList<>();
    copies.forEach((copy, at) -> {
      if (died(at)) {
        Flight.Grave grave = graves.computeIfAbsent(copy, _ -> new Flight.Grave(copy, Spot.of(at.step()),
            Narrator.headline(trace, at.step().index()), isHarmless(at.step()), false));
        dead.add(grave.harmless() && lane(at.step()) != lane(now) ? grave.left() : grave);
      } else if (lives(at, now)) {
        tokens.add(new Flight.Token(copy, Flight.shells(at.step().packet()), Spot.of(at.step())));
      }
    });
    return new Flight(tokens, dead, trail(k, now), Optional.of(now));
  }

  private static PSortedMap<Integer, Last> after(PSortedMap<Integer, Last> before, Step step) {
    PSortedMap<Integer, Last> now = before;
    now = now.plus(step.copy(), new Last(step, true));
    if (step.event() instanceof Event.Forked(List<Integer> copies)) {
      for (int copy : copies) {
        now = now.plus(copy, new Last(step, false));
      }
    }
    return now;
  }

  private static boolean died(Last at) {
    return at.own() && at.step().event() instanceof Event.Ended(Fate.Died _);
  }

  private boolean isHarmless(Step death) {
    PacketCopy copy = trace.copies().get(death.copy());
    boolean forked = copy.cause().filter(c -> trace.copies().get(c).lane() == copy.lane()).isPresent();
    return forked && death.event() instanceof Event.Ended(Fate.Died(DropReason why)) && why.isForOthers();
  }

  private static boolean lives(Last last, Step now) {
    return switch (last.step().event()) {
      case Event.Ended(Fate fate) -> !(fate instanceof Fate.Died || fate instanceof Fate.Divided) && last.step() == now;
      case Event.Forked _ -> !last.own();
      case Event.Made _,Event.Looked _,Event.Rewritten _,Event.Transmitted _,Event.HandedDown _,Event.HandedUp _,Event.Received _,Event.Switched _,Event.Parked _,Event.Resumed _,Event.Waited _,Event.Confirmed _,Event.Tunnelled _,Event.Learned _,Event.Narrowed _,Event.Staged _ ->
          true;
    };
  }

  private Set<Spot.OnCable> trail(int k, Step now) {
    Set<Spot.OnCable> trail = new LinkedHashSet<>();
    cables.getOrDefault(lane(now), Map.of()).forEach((cable, first) -> {
      if (first < k) {
        trail.add(cable);
      }
    });
    return trail;
  }

  private int lane(Step step) {
    return trace.copies().get(step.copy()).lane();
  }
}
