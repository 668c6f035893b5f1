package org.hopscope.app.desktop.canvas.packet;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.hopscope.model.packet.Packet;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Fate;
import org.hopscope.model.trace.Layer;
import org.hopscope.model.trace.Narrator;
import org.hopscope.model.trace.PacketCopy;
import org.hopscope.model.trace.Step;
import org.hopscope.model.trace.Trace;

/**
 * All packet copies of a trace as of a step.
 *
 * @param tokens the living ones
 * @param graves where the dead ones died
 * @param trail the cables that the packet of the step has taken, with its forks
 * @param step the step, if any was taken
 */
public record Flight(List<Token> tokens, List<Grave> graves, Set<Spot.OnCable> trail, Optional<Step> step) {
  /** No packets. */
  public static final Flight NONE = new Flight(List.of(), List.of(), Set.of(), Optional.empty());

  /**
   * A living copy.
   *
   * @param shells what it is, from the outside in: one for each tunnel that it is in, then itself
   */
  public record Token(int copy, List<Shell> shells, Spot spot) {
    public Token {
      shells = List.copyOf(shells);
    }

    /** The layer of what is seen of it from outside. */
    public Layer layer() {
      return shells.getFirst().layer();
    }
  }

  /** One of the packets that stand in each other. */
  public record Shell(String label, Layer layer) {
  }

  private static List<Shell> shells(Packet packet) {
    String tunnel = Narrator.tunnel(packet);
    Optional<Packet> inside = packet.carried().filter(_ -> !tunnel.isEmpty());
    if (inside.isEmpty()) {
      return List.of(new Shell(Narrator.label(packet), Layer.of(packet)));
    }
    List<Shell> shells = new ArrayList<>(List.of(new Shell(tunnel, Layer.OVERLAY)));
    shells.addAll(shells(inside.get()));
    return shells;
  }

  /** A dead copy: where, and why in a few words. */
  public record Grave(int copy, Spot spot, String reason) {
  }

  /** A copy's last step, or for a fork without one of its own the step that made it. */
  private record Last(Step step, boolean own) {
  }

  /** As of the first {@code k} steps. */
  public static Flight at(Trace trace, int k) {
    if (k == 0) {
      return NONE;
    }
    Map<Integer, Last> last = new TreeMap<>();
    for (Step step : trace.steps().subList(0, k)) {
      last.put(step.copy(), new Last(step, true));
      if (step.event() instanceof Event.Forked(List<Integer> copies)) {
        copies.forEach(copy -> last.put(copy, new Last(step, false)));
      }
    }
    Step now = trace.steps().get(k - 1);
    List<Token> tokens = new ArrayList<>();
    List<Grave> graves = new ArrayList<>();
    last.forEach((copy, at) -> {
      if (at.own() && at.step().event() instanceof Event.Ended(Fate.Died _)) {
        graves.add(new Grave(copy, Spot.of(at.step()), Narrator.headline(trace, at.step().index())));
      } else if (lives(at, now)) {
        Packet packet = at.step().packet();
        tokens.add(new Token(copy, shells(packet), Spot.of(at.step())));
      }
    });
    return new Flight(tokens, graves, trail(trace, k, now), Optional.of(now));
  }

  private static boolean lives(Last last, Step now) {
    return switch (last.step().event()) {
      case Event.Ended(Fate fate) -> !(fate instanceof Fate.Died || fate instanceof Fate.Divided) && last.step() == now;
      case Event.Forked _ -> !last.own();
      case Event.Made _,Event.Looked _,Event.Rewritten _,Event.Transmitted _,Event.HandedDown _,Event.HandedUp _,Event.Received _,Event.Switched _,Event.Parked _,Event.Resumed _,Event.Waited _,Event.Confirmed _,Event.Tunnelled _,Event.Learned _,Event.Narrowed _,Event.Staged _ ->
          true;
    };
  }

  private static Set<Spot.OnCable> trail(Trace trace, int k, Step now) {
    int lane = lane(trace, now.copy());
    Set<Spot.OnCable> trail = new LinkedHashSet<>();
    for (Step step : trace.steps().subList(0, k)) {
      if (Spot.of(step) instanceof Spot.OnCable cable && lane(trace, step.copy()) == lane) {
        trail.add(cable);
      }
    }
    return trail;
  }

  private static int lane(Trace trace, int copy) {
    PacketCopy of = trace.copies().get(copy);
    return of.lane();
  }
}
