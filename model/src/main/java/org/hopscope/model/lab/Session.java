package org.hopscope.model.lab;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.hopscope.model.net.Learned;
import org.hopscope.model.net.VirtualTime;
import org.hopscope.model.probe.Probe;

/**
 * The one door to a lab: it holds the present state, and everything that changes it goes through here. Undo gives back
 * the state before, whole; nothing writes its own inverse.
 *
 * <p>Lives on the thread that made it and refuses any other with {@link IllegalStateException}. The states it hands
 * out can go anywhere.
 */
public final class Session {
  private final Thread owner = Thread.currentThread();
  private final Deque<LabState> past = new ArrayDeque<>();
  private final Deque<LabState> future = new ArrayDeque<>();
  private final List<Consumer<Change>> listeners = new ArrayList<>();
  private LabState state;

  public Session(LabState start) {
    state = start;
  }

  /** The present state. */
  public LabState state() {
    return state;
  }

  /** Does an edit, whole or not at all. An edit that changes nothing makes no entry. */
  public Outcome apply(Edit edit) {
    checkThread();
    LabState before = state;
    return switch (Editor.apply(before, edit)) {
      case Editor.Result.Refused(Refusal why) -> new Outcome.Refused(why);
      case Editor.Result.Done(LabState after) -> {
        Change change = new Change(new Change.Cause.Edited(edit), before, after);
        if (!after.equals(before)) {
          past.push(before);
          future.clear();
          move(change);
        }
        yield new Outcome.Applied(change);
      }
    };
  }

  /**
   * Takes over what a probe's traffic wrote into the tables, and the time it took. Makes no entry.
   *
   * @param sent the probe
   * @param learned the tables after it
   * @param now the clock after it
   */
  public void commit(Probe sent, Learned learned, VirtualTime now) {
    checkThread();
    LabState after = Trees.written(state.withLearned(learned).withNow(now));
    if (!after.equals(state)) {
      move(new Change(new Change.Cause.Committed(sent), state, after));
    }
  }

  /** Takes the last edit back. The state it leaves can be had again with {@link #redo}. */
  public Optional<Change> undo() {
    checkThread();
    return swap(past, future, new Change.Cause.Undone());
  }

  /** Does the edit taken back last once more: gives back exactly the state that undo left. */
  public Optional<Change> redo() {
    checkThread();
    return swap(future, past, new Change.Cause.Redone());
  }

  /** Puts another lab in this one's place and forgets the history. */
  public void replace(LabState other) {
    checkThread();
    past.clear();
    future.clear();
    move(new Change(new Change.Cause.Replaced(), state, other));
  }

  public boolean canUndo() {
    return !past.isEmpty();
  }

  public boolean canRedo() {
    return !future.isEmpty();
  }

  /** Tells {@code listener} of each change after it happened, on this session's thread. */
  public void listen(Consumer<Change> listener) {
    checkThread();
    listeners.add(listener);
  }

  private Optional<Change> swap(Deque<LabState> from, Deque<LabState> to, Change.Cause cause) {
    if (from.isEmpty()) {
      return Optional.empty();
    }
    Change change = new Change(cause, state, from.pop());
    to.push(state);
    move(change);
    return Optional.of(change);
  }

  private void move(Change change) {
    state = change.after();
    for (Consumer<Change> listener : List.copyOf(listeners)) {
      listener.accept(change);
    }
  }

  private void checkThread() {
    if (Thread.currentThread() != owner) {
      throw new IllegalStateException("a session lives on the thread that made it: " + owner.getName());
    }
  }
}
