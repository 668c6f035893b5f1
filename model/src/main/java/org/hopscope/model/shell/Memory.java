package org.hopscope.model.shell;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.trace.Trace;

/** What a shell remembers for programs that tell what happened: the traces made lately, and the labs that commands were given in. */
final class Memory {
  /** How many traces are kept for {@code tcpdump} and {@code ss}, how many steps in all, and how many labs. */
  private static final int TRACES = 200;
  private static final int STEPS = 200_000;
  private static final int LABS = 500;

  private final Deque<Trace> traffic;
  private final Deque<LabState> past;

  private Memory(Deque<Trace> traffic, Deque<LabState> past) {
    this.traffic = traffic;
    this.past = past;
  }

  Memory() {
    this(new ArrayDeque<>(), new ArrayDeque<>());
  }

  /** One that goes on by itself. */
  Memory copy() {
    return new Memory(new ArrayDeque<>(traffic), new ArrayDeque<>(past));
  }

  /** The traces, oldest first. */
  List<Trace> traffic() {
    return List.copyOf(traffic);
  }

  /** The labs that something was changed in, oldest first; what it was changed to is the next one. */
  List<LabState> past() {
    return List.copyOf(past);
  }

  void saw(Trace trace) {
    traffic.addLast(trace);
    long steps = traffic.stream().mapToLong(t -> t.steps().size()).sum();
    while (traffic.size() > TRACES || steps > STEPS && traffic.size() > 1) {
      steps -= traffic.removeFirst().steps().size();
    }
  }

  void leaves(LabState lab) {
    past.addLast(lab);
    if (past.size() > LABS) {
      past.removeFirst();
    }
  }

  void forget(Trace trace) {
    traffic.removeIf(t -> t == trace);
  }

  /** Another trace in the place of one. */
  void replace(Trace trace, Trace by) {
    List<Trace> kept = traffic.stream().map(t -> t == trace ? by : t).toList();
    traffic.clear();
    traffic.addAll(kept);
  }
}
