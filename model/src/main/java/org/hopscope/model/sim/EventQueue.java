package org.hopscope.model.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import org.hopscope.model.net.VirtualTime;

/** What is still to happen, in the order of virtual time; what is due at the same instant happens in the order asked. */
final class EventQueue {
  private static final Due NOTHING = new Due(-1, -1, () -> {
  });

  /** What is due later than {@link #first}: mostly what gives up waiting, while frames come and go before it. */
  private final PriorityQueue<Due> waiting = new PriorityQueue<>();
  private Due first = NOTHING;
  private Due latest = NOTHING;
  private VirtualTime now;
  private long sequence;

  EventQueue(VirtualTime start) {
    now = start;
  }

  /** What was asked for one instant in a row. */
  private static final class Due implements Comparable<Due> {
    private final long nanos;
    private final long sequence;
    private final Runnable action;
    private List<Runnable> others = List.of();
    private int done;

    Due(long nanos, long sequence, Runnable action) {
      this.nanos = nanos;
      this.sequence = sequence;
      this.action = action;
    }

    void add(Runnable action) {
      if (others.isEmpty()) {
        others = new ArrayList<>();
      }
      others.add(action);
    }

    Runnable next() {
      done++;
      return done == 1 ? action : others.get(done - 2);
    }

    boolean isDone() {
      return done > others.size();
    }

    @Override
    public int compareTo(Due other) {
      return nanos != other.nanos ? Long.compare(nanos, other.nanos) : Long.compare(sequence, other.sequence);
    }
  }

  VirtualTime now() {
    return now;
  }

  /** Lets {@code action} happen {@code nanos} from now. */
  void after(long nanos, Runnable action) {
    long when = now.nanos() + nanos;
    if (latest.nanos == when && !latest.isDone()) {
      latest.add(action);
    } else {
      latest = new Due(when, sequence++, action);
      enter(latest);
    }
  }

  private void enter(Due due) {
    if (first == NOTHING && (waiting.isEmpty() || due.compareTo(waiting.peek()) < 0)) {
      first = due;
    } else if (first != NOTHING && due.compareTo(first) < 0) {
      waiting.add(first);
      first = due;
    } else {
      waiting.add(due);
    }
  }

  /** Moves the clock to what is due next and does it; false when nothing is. */
  boolean next() {
    if (first == NOTHING) {
      if (waiting.isEmpty()) {
        return false;
      }
      first = waiting.poll();
    }
    Due due = first;
    if (now.nanos() != due.nanos) {
      now = new VirtualTime(due.nanos);
    }
    Runnable action = due.next();
    if (due.isDone()) {
      first = NOTHING;
    }
    action.run();
    return true;
  }
}
