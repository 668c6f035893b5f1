package org.hopscope.model.net;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.hopscope.model.addr.IpAddress;
import org.pcollections.PVector;
import org.pcollections.TreePVector;

/**
 * One routing table, its rows in the kernel's order: by destination address, longest prefix first, lowest metric first,
 * then the older one first.
 *
 * @param rows in that order
 */
public record RoutingTable(PVector<Route> rows) {
  /** A table without rows. */
  public static final RoutingTable EMPTY = new RoutingTable(TreePVector.empty());
  private static final Comparator<Route> ORDER =
      Comparator.comparing(Route::destination).thenComparing(Route.byMetric());

  /** The rows that a packet to {@code destination} could take, best first: longest prefix, then lowest metric. */
  public Stream<Route> candidates(IpAddress destination) {
    return rows.stream().filter(r -> r.destination().contains(destination)).sorted(Comparator
        .comparingInt((Route r) -> -r.destination().length()).thenComparing(Route.byMetric()));
  }

  /** The best row for {@code destination} among those that {@code usable} admits. */
  public Optional<Route> lookup(IpAddress destination, Predicate<Route> usable) {
    Route best = null;
    for (Route row : rows) {
      if (row.destination().contains(destination) && (best == null || better(row, best)) && usable.test(row)) {
        best = row;
      }
    }
    return Optional.ofNullable(best);
  }

  private static boolean better(Route row, Route best) {
    int longer = row.destination().length() - best.destination().length();
    return longer > 0 || longer == 0 && Integer.compareUnsigned(row.metric(), best.metric()) < 0;
  }

  /** With one more row, behind those of the same destination and metric. */
  public RoutingTable with(Route row) {
    int at = 0;
    while (at < rows.size() && ORDER.compare(rows.get(at), row) <= 0) {
      at++;
    }
    return new RoutingTable(rows.plus(at, row));
  }

  /** With one more row, in front of those of the same destination and metric. */
  public RoutingTable withFirst(Route row) {
    int at = 0;
    while (at < rows.size() && ORDER.compare(rows.get(at), row) < 0) {
      at++;
    }
    return new RoutingTable(rows.plus(at, row));
  }

  /** With each row changed. */
  public RoutingTable map(UnaryOperator<Route> change) {
    boolean same = true;
    List<Route> changed = new ArrayList<>(rows.size());
    for (Route row : rows) {
      Route value = change.apply(row);
      same &= value == row;
      changed.add(value);
    }
    return same ? this : new RoutingTable(TreePVector.from(changed));
  }

  /** Without the rows that {@code gone} names. */
  public RoutingTable without(Predicate<Route> gone) {
    List<Route> kept = rows.stream().filter(gone.negate()).toList();
    return kept.size() == rows.size() ? this : new RoutingTable(TreePVector.from(kept));
  }
}
