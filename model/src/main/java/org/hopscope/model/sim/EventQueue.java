package org.hopscope.model.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import org.hopscope.model.net.VirtualTime;

/** What is still to happen, in the order of virtual time; what is due at the same instant happens in the order asked. */
final class EventQueue {
  private final PriorityQueue<Due> waiting = new PriorityQueue<>();
  private Due latest = new Due(-1, -1, () -> {
  });
  private VirtualTime now;
  private long sequence;

  EventQueue(VirtualTime start) {
    now = start;
  }

  /** What was asked for one instant in a row. */
  private static final class Due implements Comparable<Due> {
    private final long nanos;
    private final long sequence;
    private final Runnable first;
    private List<Runnable> others = List.of();
    private int done;

    Due(long nanos, long sequence, Runnable first) {
      this.nanos = nanos;
      this.sequence = sequence;
      this.first = first;
    }

    void add(Runnable action) {
      if (others.isEmpty()) {
        others = new ArrayList<>();
      }
      others.add(action);
    }

    Runnable next() {
      done++;
      return done == 1 ? first : others.get(done - 2);
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
      waiting.add(latest);
    }
  }

  /** Moves the clock to what is due next and does it; false when nothing is. */
  boolean next() {
    Due due = waiting.peek();
    if (due == null) {
      return false;
    }
    if (now.nanos() != due.nanos) {
      now = new VirtualTime(due.nanos);
    }
    Runnable action = due.next();
    if (due.isDone()) {
      waiting.poll();
    }
    action.run();
    return true;
  }
}
