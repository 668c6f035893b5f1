package org.hopscope.app.desktop.workbench;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.function.BiFunction;
import javafx.animation.PauseTransition;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableSet;
import javafx.util.Duration;
import org.hopscope.model.trace.Trace;

/**
 * Walks the open trace: by hand, or by itself at a speed. It decides nothing: it only moves the workbench's step. It
 * stops at the trace's end, where a question waits, and as soon as the trace is closed or another is opened.
 */
public final class Player {
  private static final Duration PACE = Duration.millis(800);

  /** How fast it plays: steps per {@link #PACE}. */
  public enum Speed {
    HALF(0.5), NORMAL(1), DOUBLE(2);

    private final double factor;

    Speed(double factor) {
      this.factor = factor;
    }

    /** The next faster one; after the fastest the slowest. */
    public Speed next() {
      return values()[(ordinal() + 1) % values().length];
    }
  }

  private final Workbench workbench;
  private final ReadOnlyBooleanWrapper playing = new ReadOnlyBooleanWrapper();
  private final ObjectProperty<Speed> speed = new SimpleObjectProperty<>(Speed.NORMAL);
  private final BooleanProperty inviting = new SimpleBooleanProperty();
  private final ObservableSet<Breakpoint> breakpoints = FXCollections.observableSet(new LinkedHashSet<>());
  private final BooleanProperty following = new SimpleBooleanProperty();
  private final PauseTransition wait = new PauseTransition();

  public Player(Workbench workbench) {
    this.workbench = workbench;
    wait.setOnFinished(_ -> tick());
    workbench.traceProperty().addListener((_, _, _) -> {
      pause();
      invite();
    });
    workbench.stepProperty().addListener((_, _, _) -> invite());
  }

  /** What was sent lies at its beginning, and nothing moves by itself: somebody new to it must see what to press. */
  private void invite() {
    inviting.set(workbench.traceProperty().get().isPresent() && workbench.stepProperty().get() == 0);
  }

  public ReadOnlyBooleanProperty playingProperty() {
    return playing.getReadOnlyProperty();
  }

  public ObjectProperty<Speed> speedProperty() {
    return speed;
  }

  /** Whether playing is what the learner should do next: the play button shows it until a step is taken. */
  public BooleanProperty invitingProperty() {
    return inviting;
  }

  /** Where playing stops. */
  public ObservableSet<Breakpoint> breakpoints() {
    return breakpoints;
  }

  /** Sets a breakpoint, or takes it away. */
  public void toggle(Breakpoint breakpoint) {
    if (!breakpoints.remove(breakpoint)) {
      breakpoints.add(breakpoint);
    }
  }

  /** Whether the view keeps the packet in sight. */
  public BooleanProperty followingProperty() {
    return following;
  }

  /** Plays on from where the trace stands, from its beginning if it stands at its end. */
  public void play() {
    if (workbench.traceProperty().get().isEmpty()) {
      return;
    }
    if (atEnd()) {
      workbench.goTo(0);
    }
    playing.set(true);
    tick();
  }

  public void pause() {
    wait.stop();
    playing.set(false);
  }

  public void toggle() {
    if (playing.get()) {
      pause();
    } else {
      play();
    }
  }

  /** Stops, and goes so many steps on; back if negative. */
  public void move(int steps) {
    pause();
    workbench.goTo(workbench.stepProperty().get() + steps);
  }

  /** Stops, and goes where a question about the trace leads; stays where it leads nowhere. */
  public void jump(BiFunction<Trace, Integer, Optional<Integer>> question) {
    pause();
    workbench.traceProperty().get().flatMap(t -> question.apply(t, workbench.stepProperty().get()))
        .ifPresent(workbench::goTo);
  }

  /** Goes to the next breakpoint at once, to the end if there is none. */
  public void run() {
    jump((trace, at) -> Stops.stop(trace, at, breakpoints).or(() -> Optional.of(trace.steps().size())));
  }

  /** Stops, and goes before the first step. */
  public void first() {
    pause();
    workbench.goTo(0);
  }

  /** Stops, and goes behind the last step. */
  public void last() {
    pause();
    workbench.goTo(length());
  }

  private void tick() {
    workbench.goTo(workbench.stepProperty().get() + 1);
    if (atEnd() || isAtBreakpoint() || workbench.predictions().isOpen()) {
      pause();
    } else {
      wait.setDuration(PACE.divide(speed.get().factor));
      wait.playFromStart();
    }
  }

  private boolean isAtBreakpoint() {
    return workbench.currentStep().isPresent() && workbench.traceProperty().get()
        .filter(t -> breakpoints.stream().anyMatch(b -> b.holds(t, workbench.currentStep().orElseThrow()))).isPresent();
  }

  private boolean atEnd() {
    return workbench.stepProperty().get() >= length();
  }

  private int length() {
    return workbench.traceProperty().get().map(t -> t.steps().size()).orElse(0);
  }
}
