package org.hopscope.model.net;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.hopscope.model.addr.IpAddress;
import org.pcollections.PVector;
import org.pcollections.TreePVector;

/**
 * One routing table, its rows in the kernel's order: by destination address, longest prefix first, lowest metric first,
 * then the older one first. All are of one family.
 */
public final class RoutingTable {
  /** A table without rows. */
  public static final RoutingTable EMPTY = new RoutingTable(TreePVector.empty());

  private final PVector<Route> rows;
  /** Whether a row spreads flows over several next hops: follows from the rows. */
  private final boolean spreads;
  /** Follows from the rows; null until somebody looks something up. Two threads that make it make the same. */
  private RouteTrie trie;

  /**
   * A table.
   *
   * @param rows in the kernel's order
   */
  public RoutingTable(PVector<Route> rows) {
    this(rows, isAnyMultipath(rows), null);
  }

  /** A table of rows in any order, of which those of the same destination and metric stay in theirs. */
  public static RoutingTable of(List<Route> rows) {
    List<Route> sorted = new ArrayList<>(rows);
    sorted.sort(RoutingTable::compare);
    return new RoutingTable(TreePVector.from(sorted), isAnyMultipath(sorted), null);
  }

  private RoutingTable(PVector<Route> rows, boolean spreads, RouteTrie trie) {
    this.rows = rows;
    this.spreads = spreads;
    this.trie = trie;
  }

  private static boolean isAnyMultipath(List<Route> rows) {
    for (Route row : rows) {
      if (row.isMultipath()) {
        return true;
      }
    }
    return false;
  }

  /** The rows in the kernel's order. */
  public PVector<Route> rows() {
    return rows;
  }

  private RouteTrie trie() {
    RouteTrie known = trie;
    if (known == null) {
      known = RouteTrie.EMPTY;
      for (Route row : rows) {
        known = known.with(row, false);
      }
      trie = known;
    }
    return known;
  }

  /** The best row for {@code destination} among those that {@code usable} admits: longest prefix, then lowest metric. */
  public Optional<Route> lookup(IpAddress destination, Predicate<Route> usable) {
    return rows.isEmpty() ? Optional.empty() : trie().lookup(destination, usable);
  }

  /** With one more row, behind those of the same destination and metric. */
  public RoutingTable with(Route row) {
    return with(row, false);
  }

  /** With one more row, in front of those of the same destination and metric. */
  public RoutingTable withFirst(Route row) {
    return with(row, true);
  }

  private RoutingTable with(Route row, boolean first) {
    return new RoutingTable(rows.plus(place(row, first), row), spreads || row.isMultipath(),
        trie == null ? null : trie.with(row, first));
  }

  private static int compare(Route one, Route other) {
    int order = one.destination().compareTo(other.destination());
    return order != 0 ? order : Integer.compareUnsigned(one.metric(), other.metric());
  }

  /** Where a row belongs: in front of those of the same destination and metric, or behind them. */
  private int place(Route row, boolean first) {
    int low = 0;
    int high = rows.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      int order = compare(rows.get(middle), row);
      if (order < 0 || order == 0 && !first) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** The first row of the same destination and metric. */
  public Optional<Route> like(Route row) {
    int place = place(row, true);
    return place < rows.size() && compare(rows.get(place), row) == 0
        ? Optional.of(rows.get(place))
        : Optional.empty();
  }

  /** Whether there is this very row. */
  public boolean has(Route row) {
    for (int i = place(row, true); i < rows.size() && compare(rows.get(i), row) == 0; i++) {
      if (rows.get(i).equals(row)) {
        return true;
      }
    }
    return false;
  }

  /** With each row changed that has several next hops. */
  public RoutingTable mapMultipath(UnaryOperator<Route> change) {
    return spreads ? map(row -> row.isMultipath() ? change.apply(row) : row) : this;
  }

  /** With each row changed. */
  public RoutingTable map(UnaryOperator<Route> change) {
    PVector<Route> changed = rows;
    int at = 0;
    for (Route row : rows) {
      Route value = change.apply(row);
      changed = value == row ? changed : changed.with(at, value);
      at++;
    }
    return changed == rows ? this : new RoutingTable(changed);
  }

  /** Without the rows that {@code gone} names. */
  public RoutingTable without(Predicate<Route> gone) {
    List<Route> kept = rows.stream().filter(gone.negate()).toList();
    return kept.size() == rows.size() ? this : new RoutingTable(TreePVector.from(kept));
  }

  @Override
  public boolean equals(Object other) {
    return this == other || other instanceof RoutingTable that && rows.equals(that.rows);
  }

  @Override
  public int hashCode() {
    return rows.hashCode();
  }

  @Override
  public String toString() {
    return "RoutingTable" + rows;
  }
}
