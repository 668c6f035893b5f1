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
  private final Deque<Deed> past = new ArrayDeque<>();
  private final Deque<Undone> future = new ArrayDeque<>();
  private final List<Consumer<Change>> listeners = new ArrayList<>();
  private Hand hand = Hand.TYPED;
  private LabState state;

  /** An entry that was taken back, and the state that was left then. */
  private record Undone(Deed deed, LabState after) {
  }

  public Session(LabState start) {
    state = start;
  }

  /** The present state. */
  public LabState state() {
    return state;
  }

  /** What can be undone, oldest first. */
  public List<Deed> history() {
    return List.copyOf(past.reversed());
  }

  /** How many entries can be done again. */
  public int undone() {
    return future.size();
  }

  /** Says whose hand the edits that follow come from; until it is said, they are typed. */
  public Session by(Hand whose) {
    checkThread();
    hand = whose;
    return this;
  }

  /** Does an edit, whole or not at all. An edit that changes nothing makes no entry. */
  public Outcome apply(Edit edit) {
    checkThread();
    LabState before = state;
    return switch (Editor.apply(before, edit)) {
      case Editor.Result.Refused(Refusal why) -> new Outcome.Refused(why);
      case Editor.Result.Done(LabState after) -> {
        Deed deed = new Deed(edit, hand, before);
        Change change = new Change(new Change.Cause.Edited(deed), before, after);
        if (!after.equals(before)) {
          past.push(deed);
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
    LabState after = Aftermath.passed(state.withLearned(learned).withNow(now));
    if (!after.equals(state)) {
      move(new Change(new Change.Cause.Committed(sent), state, after));
    }
  }

  /**
   * As {@link #commit}, in the middle of a command that sends more at once: whatever goes on by itself beside it is caught up
   * with when it is over, so that its packets are one trace without a gap.
   */
  public void advance(Probe sent, Learned learned, VirtualTime now) {
    checkThread();
    LabState after = state.withLearned(learned).withNow(now);
    move(new Change(new Change.Cause.Committed(sent), state, after));
  }

  /**
   * Takes over what was done to a lab that equals this one in another session, such as one on another thread: the state it led
   * to, and its entry, as if it had been done here.
   *
   * @throws IllegalStateException if the lab has become another one since
   */
  public void follow(Change made) {
    checkThread();
    if (!made.before().equals(state)) {
      throw new IllegalStateException("it was done to another lab");
    }
    switch (made.cause()) {
      case Change.Cause.Edited(Deed deed) -> {
        past.push(deed);
        future.clear();
      }
      case Change.Cause.Committed _ -> {
      }
      case Change.Cause.Undone _,Change.Cause.Redone _,Change.Cause.Replaced _ ->
          throw new IllegalArgumentException("neither an edit nor a probe");
    }
    move(made);
  }

  /** Takes the last edit back. The state it leaves can be had again with {@link #redo}. */
  public Optional<Change> undo() {
    checkThread();
    return Optional.ofNullable(past.poll()).map(deed -> {
      future.push(new Undone(deed, state));
      return move(new Change(new Change.Cause.Undone(deed), state, deed.before()));
    });
  }

  /** Does the edit taken back last once more: gives back exactly the state that undo left. */
  public Optional<Change> redo() {
    checkThread();
    return Optional.ofNullable(future.poll()).map(undone -> {
      Deed deed = new Deed(undone.deed().edit(), undone.deed().hand(), state);
      past.push(deed);
      return move(new Change(new Change.Cause.Redone(deed), state, undone.after()));
    });
  }

  /** Puts another lab in this one's place and forgets the history. */
  public void replace(LabState other) {
    replace(new Session(other));
  }

  /** Puts the lab of another session in this one's place, with all that can be undone and redone there. */
  public void replace(Session other) {
    checkThread();
    past.clear();
    past.addAll(other.past);
    future.clear();
    future.addAll(other.future);
    move(new Change(new Change.Cause.Replaced(), state, other.state));
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

  private Change move(Change change) {
    state = change.after();
    for (Consumer<Change> listener : List.copyOf(listeners)) {
      listener.accept(change);
    }
    return change;
  }

  private void checkThread() {
    if (Thread.currentThread() != owner) {
      throw new IllegalStateException("a session lives on the thread that made it: " + owner.getName());
    }
  }
}
