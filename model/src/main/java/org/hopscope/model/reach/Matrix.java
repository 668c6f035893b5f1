package org.hopscope.model.reach;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.compare.Comparison;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.sim.Simulator;
import org.hopscope.model.trace.Trace;

/**
 * Who reaches whom: a probe from every place to every one, each sent in the lab as it is. Nothing of them is committed, and no
 * trace is kept; a cell can be opened, which sends its probe again.
 */
public final class Matrix {
  private final LabState lab;
  private final Probe.Action action;
  private final List<Place> places;
  private final BitSet reached;

  private Matrix(LabState lab, Probe.Action action, List<Place> places, BitSet reached) {
    this.lab = lab;
    this.action = action;
    this.places = List.copyOf(places);
    this.reached = reached;
  }

  /**
   * A cell.
   *
   * @param row who asks, counted from 0
   * @param column who is asked
   */
  public record Cell(int row, int column) {
  }

  /**
   * A cell that came out otherwise than before.
   *
   * @param cell where it is in the later matrix
   * @param reaches whether it succeeds now
   * @param decided how the two probes compare: before and now
   */
  public record Changed(Cell cell, boolean reaches, Comparison decided) {
  }

  /** A ping from every place to every one. */
  public static Matrix of(LabState lab) {
    return of(lab, IpFamily.INET, Probe.Ping.ONCE);
  }

  /**
   * A probe from every place to every one.
   *
   * @param family by which addresses
   * @param action what is sent
   */
  public static Matrix of(LabState lab, IpFamily family, Probe.Action action) {
    return part(lab, family, action, 0, 1);
  }

  /**
   * Some rows of a matrix, so that several threads can share the work: every {@code parts}-th row from {@code part} on. In the other
   * rows nobody is reached until they are put in {@link #with}.
   *
   * @param part from 0 to below {@code parts}
   * @param parts from 1
   */
  public static Matrix part(LabState lab, IpFamily family, Probe.Action action, int part, int parts) {
    return part(lab, Place.all(lab, family), action, part, parts);
  }

  /** As {@link #part(LabState, IpFamily, Probe.Action, int, int)}, between places that are given. */
  public static Matrix part(LabState lab, List<Place> places, Probe.Action action, int part, int parts) {
    BitSet reached = new BitSet(places.size() * places.size());
    Simulator.Series series = new Simulator.Series();
    for (int row = part; row < places.size(); row += parts) {
      for (int column = 0; column < places.size(); column++) {
        Probe probe = probe(places.get(row), places.get(column), action);
        reached.set(row * places.size() + column, series.outcome(lab, probe).succeeded());
      }
    }
    return new Matrix(lab, action, places, reached);
  }

  /** With the rows of another part of the same matrix. */
  public Matrix with(Matrix other) {
    BitSet both = (BitSet) reached.clone();
    both.or(other.reached);
    return new Matrix(lab, action, places, both);
  }

  private static Probe probe(Place from, Place to, Probe.Action action) {
    return new Probe(from.netns(), to.address(), Optional.empty(), Optional.empty(), action);
  }

  /** The lab it is about. */
  public LabState lab() {
    return lab;
  }

  /** Its rows and columns. */
  public List<Place> places() {
    return places;
  }

  /** Whether the probe of a cell succeeds. */
  public boolean reaches(Cell cell) {
    return reached.get(cell.row() * places.size() + cell.column());
  }

  /** How many cells succeed. */
  public int count() {
    return reached.cardinality();
  }

  /** What a cell sends. */
  public Probe probe(Cell cell) {
    return probe(places.get(cell.row()), places.get(cell.column()), action);
  }

  /** Sends the probe of a cell again and keeps its trace. */
  public Trace open(Cell cell) {
    return Simulator.run(lab, probe(cell));
  }

  /** The same question asked of another lab. */
  public Matrix again(LabState other) {
    IpFamily family = places.isEmpty() ? IpFamily.INET : places.getFirst().address().family();
    return of(other, family, action);
  }

  /** The cells that differ from an earlier matrix, for places that are in both. */
  public List<Cell> changedSince(Matrix before) {
    Map<Place, Integer> old = new HashMap<>();
    for (int i = 0; i < before.places.size(); i++) {
      old.put(before.places.get(i), i);
    }
    List<Cell> changed = new ArrayList<>();
    for (int row = 0; row < places.size(); row++) {
      Integer oldRow = old.get(places.get(row));
      for (int column = 0; column < places.size() && oldRow != null; column++) {
        Integer oldColumn = old.get(places.get(column));
        Cell cell = new Cell(row, column);
        if (oldColumn != null && reaches(cell) != before.reaches(new Cell(oldRow, oldColumn))) {
          changed.add(cell);
        }
      }
    }
    return changed;
  }

  /** What decided that a cell differs from an earlier matrix: its probe in both labs, compared. */
  public Changed decided(Cell cell, Matrix before) {
    return new Changed(cell, reaches(cell), Comparison.of(Simulator.run(before.lab, probe(cell)), open(cell)));
  }
}
