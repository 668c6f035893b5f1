package org.hopscope.model.net;

import java.util.Optional;
import java.util.function.Predicate;
import org.hopscope.model.addr.IpAddress;
import org.pcollections.PSortedMap;
import org.pcollections.PVector;
import org.pcollections.TreePMap;
import org.pcollections.TreePVector;

/**
 * The neighbour table of a namespace: what ARP learned, and what was set by hand.
 *
 * @param rows by device and address
 * @param proxies whom the namespace answers for on a device although they are elsewhere ({@code ip neigh add proxy}; kernel
 *     struct pneigh_entry), in the order of their making
 */
public record NeighbourTable(PSortedMap<Neighbour.Key, Neighbour> rows, PVector<Neighbour.Key> proxies) {
  /** A table without rows. */
  public static final NeighbourTable EMPTY = new NeighbourTable(TreePMap.empty(), TreePVector.empty());

  /** The row for an address on a device. */
  public Optional<Neighbour> find(DeviceId device, IpAddress address) {
    return Optional.ofNullable(rows.get(new Neighbour.Key(device, address)));
  }

  /** The row of a key. */
  public Optional<Neighbour> find(Neighbour.Key key) {
    return Optional.ofNullable(rows.get(key));
  }

  public NeighbourTable with(Neighbour row) {
    return new NeighbourTable(rows.plus(row.key(), row), proxies);
  }

  public NeighbourTable without(Neighbour.Key key) {
    return new NeighbourTable(rows.minus(key), proxies);
  }

  /** With one more to answer for. */
  public NeighbourTable withProxy(Neighbour.Key key) {
    return proxies.contains(key) ? this : new NeighbourTable(rows, proxies.plus(key));
  }

  /** Without those to answer for that {@code gone} names. */
  public NeighbourTable withoutProxies(Predicate<Neighbour.Key> gone) {
    PVector<Neighbour.Key> kept = proxies;
    for (Neighbour.Key key : proxies) {
      kept = gone.test(key) ? kept.minus(key) : kept;
    }
    return new NeighbourTable(rows, kept);
  }

  /** Without the rows that {@code gone} names. */
  public NeighbourTable without(Predicate<Neighbour> gone) {
    PSortedMap<Neighbour.Key, Neighbour> kept = rows;
    for (Neighbour row : rows.values()) {
      if (gone.test(row)) {
        kept = kept.minus(row.key());
      }
    }
    return new NeighbourTable(kept, proxies);
  }
}
