package org.hopscope.model.netfilter;

import java.util.Optional;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/**
 * The tracked connections of a namespace, found by either of their tuples.
 *
 * @param connections by their original tuple
 * @param replies from reply tuple to original tuple: follows from {@code connections}
 */
public record ConntrackTable(PSortedMap<Tuple, Connection> connections, PSortedMap<Tuple, Tuple> replies) {
  public static final ConntrackTable EMPTY = new ConntrackTable(TreePMap.empty(), TreePMap.empty());

  /** A connection, and which way a packet of the tuple goes in it. */
  public record Found(Connection connection, Direction direction) {
  }

  /** The connection that has a tuple at an instant. */
  public Optional<Found> find(Tuple tuple, long now) {
    return find(tuple, new CtZone(tuple.zone(), tuple.zone()), now);
  }

  /** The connection of a packet at an instant, for which a zone was laid down. */
  public Optional<Found> find(Tuple tuple, CtZone zone, long now) {
    return Optional.ofNullable(connections.get(tuple.in(zone.original()))).filter(c -> c.livesAt(now))
        .map(c -> new Found(c, Direction.ORIGINAL))
        .or(() -> Optional.ofNullable(replies.get(tuple.in(zone.reply()))).map(connections::get)
            .filter(c -> c.livesAt(now))
            .map(c -> new Found(c, Direction.REPLY)));
  }

  /** With a connection put in or changed. */
  public ConntrackTable with(Connection value) {
    ConntrackTable clean = without(value.original());
    return new ConntrackTable(clean.connections.plus(value.original(), value),
        clean.replies.plus(value.reply(), value.original()));
  }

  /** Without the connection of an original tuple. */
  public ConntrackTable without(Tuple original) {
    Connection old = connections.get(original);
    if (old == null) {
      return this;
    }
    boolean own = original.equals(replies.get(old.reply()));
    return new ConntrackTable(connections.minus(original), own ? replies.minus(old.reply()) : replies);
  }
}
