package org.hopscope.app.desktop.canvas.packet;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hopscope.model.packet.Packet;
import org.hopscope.model.trace.Layer;
import org.hopscope.model.trace.Narrator;
import org.hopscope.model.trace.Step;

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

  static List<Shell> shells(Packet packet) {
    String tunnel = Narrator.tunnel(packet);
    Optional<Packet> inside = packet.carried().filter(_ -> !tunnel.isEmpty());
    if (inside.isEmpty()) {
      return List.of(new Shell(Narrator.label(packet), Layer.of(packet)));
    }
    List<Shell> shells = new ArrayList<>(List.of(new Shell(tunnel, Layer.OVERLAY)));
    shells.addAll(shells(inside.get()));
    return shells;
  }

  /**
   * A dead copy: where, and why in a few words.
   *
   * @param harmless one copy of a flood, which came to somebody who was not meant
   * @param past such a copy of another packet than the step is about: it needs no words any more
   */
  public record Grave(int copy, Spot spot, String reason, boolean harmless, boolean past) {
    Grave left() {
      return new Grave(copy, spot, reason, harmless, true);
    }
  }
}
