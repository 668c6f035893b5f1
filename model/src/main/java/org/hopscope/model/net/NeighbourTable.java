package org.hopscope.model.net;

import java.util.Optional;
import java.util.function.Predicate;
import org.hopscope.model.addr.IpAddress;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/**
 * The neighbour table of a namespace: what ARP learned, and what was set by hand.
 *
 * @param rows by device and address
 */
public record NeighbourTable(PSortedMap<Neighbour.Key, Neighbour> rows) {
  /** A table without rows. */
  public static final NeighbourTable EMPTY = new NeighbourTable(TreePMap.empty());

  /** The row for an address on a device. */
  public Optional<Neighbour> find(DeviceId device, IpAddress address) {
    return Optional.ofNullable(rows.get(new Neighbour.Key(device, address)));
  }

  /** The row of a key. */
  public Optional<Neighbour> find(Neighbour.Key key) {
    return Optional.ofNullable(rows.get(key));
  }

  public NeighbourTable with(Neighbour row) {
    return new NeighbourTable(rows.plus(row.key(), row));
  }

  public NeighbourTable without(Neighbour.Key key) {
    return new NeighbourTable(rows.minus(key));
  }

  /** Without the rows that {@code gone} names. */
  public NeighbourTable without(Predicate<Neighbour> gone) {
    PSortedMap<Neighbour.Key, Neighbour> kept = rows;
    for (Neighbour row : rows.values()) {
      if (gone.test(row)) {
        kept = kept.minus(row.key());
      }
    }
    return new NeighbourTable(kept);
  }
}
