package org.hopscope.lessons.check;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.RouteType;
import org.hopscope.model.net.Transport;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Lookup;
import org.hopscope.model.trace.Step;
import org.hopscope.model.trace.Trace;

/**
 * What a learner has watched: one probe and what became of it, kept because the lab itself does not remember.
 *
 * @param from where it was sent
 * @param to to which address
 * @param holder the namespace that had that address then, the sender's own first; empty when none had it
 * @param socket the protocol and port; empty for a ping
 * @param outcome how it ended
 * @param marks what happened on its way
 */
public record Observation(NetnsId from, IpAddress to, Optional<NetnsId> holder, Optional<ProbeSpec.Socket> socket,
    ProbeOutcome outcome, Set<Mark> marks) {
  public Observation {
    marks = Set.copyOf(marks);
  }

  /** Something that can happen on a probe's way and that a lesson may ask to have been seen. */
  public enum Mark {
    /** A bridge did not know where a single station lives and sent the frame to every port. */
    UNICAST_FLOODED,
    /** A bridge knew, and used one port. */
    ONE_PORT,
    /** A namespace on the way passed it on from one network to another. */
    ROUTED,
    /** None did: sender and receiver met on one wire. */
    DIRECT
  }

  /** What can be kept of a trace that was watched to its end. */
  public static Observation of(Trace trace) {
    Probe probe = trace.probe();
    return new Observation(probe.from(), probe.to(), holder(trace.start(), probe), socket(probe.action()),
        ProbeOutcome.of(trace.result()), marks(trace));
  }

  private static Optional<ProbeSpec.Socket> socket(Probe.Action action) {
    return switch (action) {
      case Probe.Ping _,Probe.Traceroute _,Probe.Arping _ -> Optional.empty();
      case Probe.Connect(var port, var _) -> Optional.of(new ProbeSpec.Socket(Transport.TCP, port));
      case Probe.Datagram(var port, var _) -> Optional.of(new ProbeSpec.Socket(Transport.UDP, port));
    };
  }

  private static Set<Mark> marks(Trace trace) {
    Set<Mark> marks = EnumSet.noneOf(Mark.class);
    for (Step step : trace.steps()) {
      if (step.event() instanceof Event.Looked(Lookup.FdbLookup fdb) && !fdb.mac().isGroup()) {
        marks.add(fdb.found().isPresent() ? Mark.ONE_PORT : Mark.UNICAST_FLOODED);
      } else if (step.event() instanceof Event.Looked(Lookup.RouteLookup route) && isForwarded(route)) {
        marks.add(Mark.ROUTED);
      }
    }
    marks.add(marks.contains(Mark.ROUTED) ? Mark.ROUTED : Mark.DIRECT);
    return marks;
  }

  private static Optional<NetnsId> holder(LabState lab, Probe probe) {
    List<NetnsId> holders = lab.devices().values().stream()
        .filter(d -> d.addresses().stream().anyMatch(a -> a.address().equals(probe.to()))).map(Device::netns).toList();
    return holders.contains(probe.from()) ? Optional.of(probe.from()) : holders.stream().findFirst();
  }

  private static boolean isForwarded(Lookup.RouteLookup route) {
    return route.incoming().isPresent() && route.winner().map(w -> w.type() == RouteType.UNICAST).orElse(false);
  }
}
