package org.hopscope.model.shell;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.Transport;
import org.hopscope.model.net.VirtualTime;
import org.hopscope.model.packet.Header;
import org.hopscope.model.packet.Packet;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Fate;
import org.hopscope.model.trace.Step;
import org.hopscope.model.trace.Trace;

/**
 * What traces leave of TCP connections: the end that closed first stays in TIME-WAIT for a minute (RFC 9293 3.6, kernel
 * TCP_TIMEWAIT_LEN), without a program.
 */
final class Connections {
  private static final long TIME_WAIT = 60 * VirtualTime.SECOND;

  /** One end of a connection as its own kernel sees it. */
  private record End(NetnsId netns, String local, int localPort, String remote, int remotePort) {
  }

  /** How far an end has come. */
  private static final class State {
    private boolean sentFin;
    private boolean gotFinFirst;
    private boolean gotFin;
    private boolean reset;
    private VirtualTime last = VirtualTime.START;
  }

  private final Map<End, State> ends = new LinkedHashMap<>();

  private Connections() {
  }

  /** The sockets that are still there in the namespace at hand. */
  static List<SsProgram.Row> left(Prompt prompt) {
    Connections connections = new Connections();
    for (Trace trace : prompt.traffic()) {
      trace.steps().stream().filter(s -> s.where().equals(prompt.at())).forEach(connections::see);
    }
    return connections.ends.entrySet().stream().filter(e -> isLeft(e.getValue(), prompt.lab().now()))
        .map(e -> row(e.getKey())).toList();
  }

  private static boolean isLeft(State state, VirtualTime now) {
    return state.sentFin && state.gotFin && !state.gotFinFirst && !state.reset && now.since(state.last) < TIME_WAIT;
  }

  private static SsProgram.Row row(End end) {
    return new SsProgram.Row(Transport.TCP, "TIME-WAIT", 0, end.local(), Integer.toString(end.localPort()),
        end.remote(), Integer.toString(end.remotePort()), "");
  }

  private void see(Step step) {
    Packet packet = step.packet();
    Optional<Header.Tcp> tcp = packet.find(Header.Tcp.class);
    if (tcp.isEmpty() || packet.ip().isEmpty()) {
      return;
    }
    String source = packet.ip().get().source().toString();
    String destination = packet.ip().get().destination().toString();
    if (step.event() instanceof Event.Made) {
      sent(step, tcp.get(), new End(step.where(), source, tcp.get().sourcePort(), destination,
          tcp.get().destinationPort()));
    } else if (step.event() instanceof Event.Ended(Fate.Delivered _)) {
      got(step, tcp.get(), new End(step.where(), destination, tcp.get().destinationPort(), source,
          tcp.get().sourcePort()));
    }
  }

  private void sent(Step step, Header.Tcp tcp, End end) {
    State state = ends.computeIfAbsent(end, _ -> new State());
    if (tcp.flags().fin() && !state.sentFin) {
      state.sentFin = true;
      state.gotFinFirst = state.gotFin;
    }
    state.reset |= tcp.flags().rst();
    state.last = step.at();
  }

  private void got(Step step, Header.Tcp tcp, End end) {
    State state = ends.computeIfAbsent(end, _ -> new State());
    state.gotFin |= tcp.flags().fin();
    state.reset |= tcp.flags().rst();
    state.last = step.at();
  }
}
