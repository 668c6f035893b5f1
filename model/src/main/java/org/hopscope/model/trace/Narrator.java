package org.hopscope.model.trace;

import java.util.Optional;
import org.hopscope.model.packet.Packet;

/** Says in plain sentences what happens in a trace. */
public final class Narrator {
  private Narrator() {
  }

  /** What happens in a step: one sentence. */
  public static String sentence(Trace trace, int stepIndex) {
    return trace.steps().get(stepIndex).event().toString();
  }

  /** A few words for a step on a time line: {@code ROUTE main}, {@code who-has 10.1.1.2}, {@code died: no route}. */
  public static String headline(Trace trace, int stepIndex) {
    return label(trace.steps().get(stepIndex).packet());
  }

  /** A few words for a packet's token: {@code who-has 10.1.1.2}, {@code echo 1}, {@code SYN :80}. */
  public static String label(Packet packet) {
    return packet.headers().getLast().getClass().getSimpleName();
  }

  /** The decisive reason why a probe failed, in one sentence; empty when it succeeded. */
  public static Optional<String> whyFailed(Trace trace) {
    return trace.result().succeeded() ? Optional.empty() : Optional.of("");
  }
}
