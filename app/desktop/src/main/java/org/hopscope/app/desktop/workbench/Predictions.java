package org.hopscope.app.desktop.workbench;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import org.hopscope.model.predict.Concept;
import org.hopscope.model.predict.Guess;
import org.hopscope.model.trace.Trace;

/**
 * Predict, then reveal. While it is on, a step that looks something up first asks which row will win; panes keep back what
 * would tell. The first pick at a step stands for as long as the trace is open, and is what counts.
 */
public final class Predictions {
  private final BooleanProperty on = new SimpleBooleanProperty();
  private final ReadOnlyObjectWrapper<Asking> told = new ReadOnlyObjectWrapper<>(new Asking.Nothing());
  private final Map<Integer, Asking> settled = new HashMap<>();
  private Optional<Trace> trace = Optional.empty();
  private int at;
  private Asking asking = new Asking.Nothing();
  private BiConsumer<Concept, Boolean> keep = (_, _) -> {
  };

  /** How a step stands with its question. */
  public sealed interface Asking {
    /** There is none, or it was given up: everything is shown. */
    record Nothing() implements Asking {
    }

    /** It waits for a pick. */
    record Open(Guess guess) implements Asking {
    }

    /** A row was picked; by its place, from 0. */
    record Picked(Guess guess, int pick) implements Asking {
      /** What is said of the pick. */
      public Guess.Judgement judgement() {
        return guess.judge(pick);
      }
    }
  }

  Predictions() {
    on.addListener((_, _, _) -> {
      ask();
      tell();
    });
  }

  /** Whether steps ask before they show. */
  public BooleanProperty onProperty() {
    return on;
  }

  /** How the step that is shown stands with its question. */
  public Asking asking() {
    return asking;
  }

  /** The same for listeners: they are told after those of the step. */
  public ReadOnlyObjectProperty<Asking> askingProperty() {
    return told.getReadOnlyProperty();
  }

  /** Whether the step that is shown waits for a pick. */
  public boolean isOpen() {
    return asking instanceof Asking.Open;
  }

  /** Whether what happens at a step of the trace, from 0, is kept back: it was not come to, or waits for a pick. */
  public boolean hides(int step) {
    return on.get() && (step >= at || step == at - 1 && isOpen());
  }

  /** Is told what each pick was about and whether it was right. */
  public void onPick(BiConsumer<Concept, Boolean> listener) {
    keep = listener;
  }

  /** Picks a row of the open question, by its place from 0; without an open question nothing happens. */
  public void pick(int row) {
    if (asking instanceof Asking.Open(Guess guess)) {
      settle(new Asking.Picked(guess, row));
      keep.accept(guess.concept(), guess.judge(row).right());
    }
  }

  /** Shows what the open question asks for, without a pick. */
  public void giveUp() {
    if (isOpen()) {
      settle(new Asking.Nothing());
    }
  }

  /** A trace is opened: its questions are new. */
  void open(Trace opened) {
    settled.clear();
    trace = Optional.of(opened);
    at = 0;
    ask();
  }

  void close() {
    trace = Optional.empty();
    at = 0;
    ask();
  }

  /** So many steps are taken. */
  void stand(int taken) {
    at = taken;
    ask();
  }

  /** Tells listeners how the step stands that was gone to. */
  void tell() {
    told.set(asking);
  }

  private void settle(Asking how) {
    settled.put(at - 1, how);
    asking = how;
    tell();
  }

  private void ask() {
    Optional<Asking> known = Optional.ofNullable(settled.get(at - 1));
    asking = !on.get() || at == 0
        ? new Asking.Nothing()
        : known.or(() -> trace.flatMap(t -> Guess.at(t, at - 1)).map(Asking.Open::new)).orElseGet(Asking.Nothing::new);
  }
}
