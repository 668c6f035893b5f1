package org.hopscope.model.netfilter;

import java.util.Optional;

/**
 * What connection tracking knows of a packet.
 *
 * @param state what the packet is to it
 * @param connection the connection it belongs to; empty when INVALID or UNTRACKED
 * @param direction which way it goes in it
 * @param zone the zone that a rule laid down for it, before it is looked at (kernel IPS_TEMPLATE)
 */
public record CtView(CtState state, Optional<Connection> connection, Direction direction, Optional<CtZone> zone) {
  /** Where no rule has laid down a zone. */
  public CtView(CtState state, Optional<Connection> connection, Direction direction) {
    this(state, connection, direction, Optional.empty());
  }

  /** Not looked at: what conntrack is to a namespace that does not track, and to what fits no connection. */
  public static final CtView INVALID = new CtView(CtState.INVALID, Optional.empty(), Direction.ORIGINAL);
  public static final CtView UNTRACKED = new CtView(CtState.UNTRACKED, Optional.empty(), Direction.ORIGINAL);
}
