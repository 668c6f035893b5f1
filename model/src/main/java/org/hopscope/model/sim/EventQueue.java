package org.hopscope.model.sim;

import java.util.PriorityQueue;
import org.hopscope.model.net.VirtualTime;

/** What is still to happen, in the order of virtual time; what is due at the same instant happens in the order asked. */
final class EventQueue {
  private final PriorityQueue<Due> waiting = new PriorityQueue<>();
  private VirtualTime now;
  private long sequence;

  EventQueue(VirtualTime start) {
    now = start;
  }

  private record Due(long nanos, long sequence, Runnable action) implements Comparable<Due> {
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
    waiting.add(new Due(now.nanos() + nanos, sequence++, action));
  }

  /** Moves the clock to what is due next and does it; false when nothing is. */
  boolean next() {
    Due due = waiting.poll();
    if (due == null) {
      return false;
    }
    now = new VirtualTime(due.nanos());
    due.action().run();
    return true;
  }
}
