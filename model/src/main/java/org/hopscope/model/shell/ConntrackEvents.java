package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hopscope.model.netfilter.Connection;
import org.hopscope.model.netfilter.CtZone;
import org.hopscope.model.netfilter.NetfilterChange;
import org.hopscope.model.netfilter.Tuple;
import org.hopscope.model.trace.Effect;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Step;
import org.hopscope.model.trace.Trace;

/**
 * What {@code conntrack -E} tells of a namespace: connections that began, whose status, TCP state or mark changed, and that
 * went, as the traces of the terminal show them (kernel nf_conntrack_ecache.c). Connections that run out, or that
 * {@code conntrack -D} deletes, are in no trace.
 */
final class ConntrackEvents {
  /** What happened to a connection. */
  enum Kind {
    NEW("    [NEW] "), UPDATE(" [UPDATE] "), DESTROY("[DESTROY] ");

    private final String front;

    Kind(String front) {
      this.front = front;
    }
  }

  private final Prompt prompt;
  private final ConntrackFilter filter;
  private final Set<Kind> kinds;
  private final ConntrackText text;
  private final Map<Tuple, Connection> known = new HashMap<>();
  private final List<String> lines = new ArrayList<>();

  /**
   * @param kinds what is asked for; nothing for everything
   * @param parts what more to print of each
   */
  ConntrackEvents(Prompt prompt, ConntrackFilter filter, Set<Kind> kinds, Set<ConntrackText.Part> parts) {
    this.prompt = prompt;
    this.filter = filter;
    this.kinds = kinds.isEmpty() ? EnumSet.allOf(Kind.class) : kinds;
    text = new ConntrackText(prompt.lab().basis().seed(), parts);
  }

  List<String> lines() {
    for (Trace trace : prompt.traffic()) {
      trace.steps().forEach(this::step);
    }
    return lines;
  }

  private void step(Step step) {
    boolean begins = step.event() instanceof Event.Confirmed;
    for (Effect effect : step.effects()) {
      if (!(effect instanceof Effect.Netfiltered(var netns, NetfilterChange change)) || !netns.equals(prompt.at())) {
        continue;
      }
      if (change instanceof NetfilterChange.ConnectionSet(Connection connection)) {
        Optional<Connection> before = Optional.ofNullable(known.put(connection.original(), connection));
        if (begins || before.isEmpty() || before.filter(b -> differs(b, connection)).isPresent()) {
          tell(begins ? Kind.NEW : Kind.UPDATE, connection, step);
        }
      } else if (change instanceof NetfilterChange.ConnectionGone(Tuple original)) {
        Connection gone = Optional.ofNullable(known.remove(original))
            .orElseGet(
                () -> Connection.beginning(original, new CtZone(original.zone(), original.zone()), step.at().nanos()));
        tell(Kind.DESTROY, gone, step);
      }
    }
  }

  /** Time alone is no event. */
  private static boolean differs(Connection before, Connection after) {
    return before.flags().seenReply() != after.flags().seenReply()
        || before.flags().assured() != after.flags().assured() || before.tcp() != after.tcp()
        || before.mark() != after.mark();
  }

  private void tell(Kind kind, Connection connection, Step step) {
    if (kinds.contains(kind) && filter.holds(connection)) {
      lines.add(text.event(kind.front, kind == Kind.DESTROY, connection, step.at().nanos()));
    }
  }
}
