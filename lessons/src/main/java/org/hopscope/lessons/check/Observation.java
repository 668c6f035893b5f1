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
import org.hopscope.model.packet.Header;
import org.hopscope.model.packet.Packet;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.trace.DropReason;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Fate;
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
    DIRECT,
    /** A bridge stopped it for going round and round. */
    STORM,
    /** A rule of a packet filter threw it away or sent it back. */
    FILTERED,
    /** Its source was translated on the way. */
    SOURCE_TRANSLATED,
    /** Its destination was translated on the way. */
    DESTINATION_TRANSLATED,
    /** It travelled inside another packet for a while. */
    ENCAPSULATED,
    /** It carried a VLAN tag for a while. */
    TAGGED,
    /** It was cut to pieces. */
    FRAGMENTED
  }

  /** What can be kept of a trace that was watched to its end. */
  public static Observation of(Trace trace) {
    Probe probe = trace.probe();
    return new Observation(probe.from(), probe.to(), holder(trace.start(), probe), ProbeSpec.Socket.of(probe.action()),
        ProbeOutcome.of(trace.result()), marks(trace));
  }

  private static Set<Mark> marks(Trace trace) {
    Set<Mark> marks = EnumSet.noneOf(Mark.class);
    for (Step step : trace.steps()) {
      marks.addAll(marks(step.packet()));
      if (step.event() instanceof Event.Looked(Lookup.FdbLookup fdb) && !fdb.mac().isGroup()) {
        marks.add(fdb.found().isPresent() ? Mark.ONE_PORT : Mark.UNICAST_FLOODED);
      } else if (step.event() instanceof Event.Looked(Lookup.RouteLookup route) && isForwarded(route)) {
        marks.add(Mark.ROUTED);
      } else if (step.event() instanceof Event.Rewritten(var _, Event.Rewriting why)) {
        rewriting(why).ifPresent(marks::add);
      } else if (step.event() instanceof Event.Ended(Fate.Died(DropReason reason))) {
        end(reason).ifPresent(marks::add);
      }
    }
    marks.add(marks.contains(Mark.ROUTED) ? Mark.ROUTED : Mark.DIRECT);
    return marks;
  }

  private static Set<Mark> marks(Packet packet) {
    Set<Mark> marks = EnumSet.noneOf(Mark.class);
    if (packet.headers().stream().filter(Header.Ip.class::isInstance).count() > 1) {
      marks.add(Mark.ENCAPSULATED);
    }
    if (packet.find(Header.Vlan.class).isPresent()) {
      marks.add(Mark.TAGGED);
    }
    if (packet.headers().stream()
        .anyMatch(h -> h instanceof Header.Ipv4 ip && !ip.fragment().equals(Header.Fragment.WHOLE))) {
      marks.add(Mark.FRAGMENTED);
    }
    return marks;
  }

  private static Optional<Mark> rewriting(Event.Rewriting why) {
    return switch (why) {
      case SOURCE_NAT -> Optional.of(Mark.SOURCE_TRANSLATED);
      case DESTINATION_NAT -> Optional.of(Mark.DESTINATION_TRANSLATED);
      case ENCAPSULATION, ENCIPHERED -> Optional.of(Mark.ENCAPSULATED);
      case LINK_HEADER, VLAN_PUSH, VLAN_POP, FLOW, DECAPSULATION, DECIPHERED, TTL -> Optional.empty();
    };
  }

  private static Optional<Mark> end(DropReason reason) {
    return reason == DropReason.STORM
        ? Optional.of(Mark.STORM)
        : Optional.of(Mark.FILTERED).filter(_ -> reason == DropReason.NETFILTER_DROP);
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
