package org.hopscope.model.net;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The switches of a bridge port, called as in bridge(8) and in the order in which it prints them. */
public enum PortFlag {
  /** A frame may leave by the port it came in on (sem-B11). */
  HAIRPIN(false),
  /** A spanning tree message disables the port: whoever is behind it shall not take part (kernel BR_BPDU_GUARD). */
  GUARD(false),
  /** The port may not become the root port (kernel BR_ROOT_BLOCK). */
  ROOT_BLOCK(false),
  /** Source addresses are learned. */
  LEARNING(true),
  /** Unknown unicast is flooded to it. */
  FLOOD(true),
  /** Unknown multicast is flooded to it. */
  MCAST_FLOOD(true),
  /** Broadcast is flooded to it. */
  BCAST_FLOOD(true),
  /** Questions for neighbours that the bridge knows of are answered instead of flooded to it (kernel BR_NEIGH_SUPPRESS). */
  NEIGH_SUPPRESS(false),
  /** It talks to ports that are not isolated only (sem-B13). */
  ISOLATED(false),
  /** Only stations that are in the forwarding database behind this very port may send (kernel BR_PORT_LOCKED). */
  LOCKED(false);

  private final boolean usual;
  private final String word = name().toLowerCase(Locale.ROOT);

  PortFlag(boolean usual) {
    this.usual = usual;
  }

  /** Whether a new port has it (kernel net/bridge/br_if.c new_nbp). */
  public boolean usual() {
    return usual;
  }

  /** The word of bridge(8). */
  public String word() {
    return word;
  }

  /** The switch with this word. */
  public static Optional<PortFlag> of(String word) {
    return Stream.of(values()).filter(f -> f.word().equals(word)).findFirst();
  }
}
