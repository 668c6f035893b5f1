package org.hopscope.model.netfilter;

import java.util.Collection;
import java.util.List;
import org.pcollections.PVector;
import org.pcollections.TreePVector;

/**
 * The numbers by which nftables knows a table and what is in it (kernel nf_tables_api.c nf_tables_alloc_handle): chains and rules of
 * a table are counted together, in the order in which they were made. What a chain or rule is called within its namespace grows in
 * the same order, so that it is kept by runs of neighbours.
 *
 * @param table the table's own number in its namespace; 0 while it has none
 * @param next the number that the next chain or rule gets
 * @param runs from the first made to the last
 */
public record Handles(int table, int next, PVector<Run> runs) {
  public static final Handles NONE = new Handles(0, 1, TreePVector.empty());

  /**
   * Chains and rules that were made one after the other.
   *
   * @param first the number in the namespace of the first
   * @param handle the number in the table of the first
   * @param count how many
   */
  public record Run(int first, int handle, int count) {
  }

  /** Those of chains and rules of which nothing else is known, in the order of their numbers in the namespace. */
  public static Handles of(Collection<Integer> ids) {
    Handles all = NONE;
    for (int id : ids.stream().sorted().toList()) {
      all = all.taken(id);
    }
    return all;
  }

  public Handles withTable(int value) {
    return new Handles(value, next, runs);
  }

  public Handles withNext(int value) {
    return new Handles(table, value, runs);
  }

  /** Of a table in which others were made before: all later by so many. */
  public Handles shifted(int by) {
    PVector<Run> later = TreePVector.empty();
    for (Run run : runs) {
      later = later.plus(new Run(run.first(), run.handle() + by, run.count()));
    }
    return new Handles(table, next + by, later);
  }

  /** With something new in the table; {@code id} is greater than all before it. */
  public Handles taken(int id) {
    return taken(id, 1);
  }

  /** With something new that has the number of what it takes the place of. */
  public Handles replaced(int id, int old) {
    return new Handles(table, next, runs.plus(new Run(id, of(old), 1)));
  }

  private Handles taken(int first, int count) {
    if (!runs.isEmpty()) {
      Run last = runs.getLast();
      if (first == last.first() + last.count() && next == last.handle() + last.count()) {
        return new Handles(table, next + count,
            runs.with(runs.size() - 1, new Run(last.first(), last.handle(), last.count() + count)));
      }
    }
    return new Handles(table, next + count, runs.plus(new Run(first, next, count)));
  }

  /** With what another table took from a number in the namespace on. */
  public Handles takenFrom(Handles other, int id) {
    Handles all = this;
    for (Run run : other.runs) {
      int old = Math.clamp(id - run.first(), 0, run.count());
      all = old < run.count() ? all.taken(run.first() + old, run.count() - old) : all;
    }
    return all;
  }

  /** The number in the table of what has a number in the namespace; 0 for what is not in it. */
  public int of(int id) {
    int low = 0;
    int high = runs.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      Run run = runs.get(middle);
      if (id < run.first()) {
        high = middle - 1;
      } else if (id >= run.first() + run.count()) {
        low = middle + 1;
      } else {
        return run.handle() + id - run.first();
      }
    }
    return 0;
  }

  /** The number in the namespace of the first that was made in it; the greatest number there is for none. */
  public int first() {
    return runs.isEmpty() ? Integer.MAX_VALUE : runs.getFirst().first();
  }

  /** All its numbers in one row: the table's, the next, and those of each run. */
  public List<Integer> row() {
    PVector<Integer> row = TreePVector.singleton(table).plus(next);
    for (Run run : runs) {
      row = row.plus(run.first()).plus(run.handle()).plus(run.count());
    }
    return row;
  }

  /** Reads what {@link #row} gave. */
  public static Handles ofRow(List<Integer> row) {
    PVector<Run> runs = TreePVector.empty();
    for (int i = 2; i + 2 < row.size(); i += 3) {
      runs = runs.plus(new Run(row.get(i), row.get(i + 1), row.get(i + 2)));
    }
    return new Handles(row.get(0), row.get(1), runs);
  }
}
