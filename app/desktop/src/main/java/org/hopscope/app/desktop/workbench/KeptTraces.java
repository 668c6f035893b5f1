package org.hopscope.app.desktop.workbench;

import java.util.Optional;
import java.util.OptionalInt;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.hopscope.model.trace.Trace;

/** The traces that were open in a lab, to be opened again or compared. */
public final class KeptTraces {
  private static final int MOST = 12;

  private final ObservableList<KeptTrace> all = FXCollections.observableArrayList();
  private final ReadOnlyObjectWrapper<Optional<KeptTrace>> overtaken = new ReadOnlyObjectWrapper<>(Optional.empty());

  KeptTraces() {}

  /** The latest first, as many as are kept. */
  public ObservableList<KeptTrace> all() {
    return all;
  }

  /**
   * The trace that the last edit closed before its end: what it tells held for the lab before. Empty once another is opened.
   */
  public ReadOnlyObjectProperty<Optional<KeptTrace>> overtakenProperty() {
    return overtaken.getReadOnlyProperty();
  }

  /** A trace is opened: it is the latest. */
  void opened(Trace trace) {
    overtaken.set(Optional.empty());
    KeptTrace known = all.stream().filter(k -> k.isOf(trace)).findFirst().orElseGet(() -> KeptTrace.whole(trace));
    all.removeIf(k -> k.isOf(trace));
    all.addFirst(known);
    all.remove(Math.min(all.size(), MOST), all.size());
  }

  /** An edit closed a trace at a step. */
  void overtaken(Trace trace, int step) {
    KeptTrace left = new KeptTrace(trace, OptionalInt.of(step));
    all.replaceAll(old -> old.isOf(trace) ? left : old);
    overtaken.set(Optional.of(left));
  }

  /** Another lab was opened. */
  void forget() {
    all.clear();
    overtaken.set(Optional.empty());
  }
}
