package org.hopscope.model.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.IpvlanFlag;
import org.hopscope.model.net.IpvlanMode;
import org.hopscope.model.packet.Header;
import org.hopscope.model.trace.DropReason;
import org.hopscope.model.trace.Effect;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Lookup;

/**
 * Ipvlans: devices on one hardware address, told apart by their IP addresses (kernel drivers/net/ipvlan/ipvlan_core.c,
 * sem-D8). Not checked against a kernel: the one at hand has none.
 */
final class IpvlanDriver {
  private final Run run;

  IpvlanDriver(Run run) {
    this.run = run;
  }

  /** ipvlan_queue_xmit. */
  void transmit(Skb frame, NetDev from, DeviceKind.Ipvlan kind) {
    NetDev lower = run.fabric.lower(from);
    run.recorder.step(frame, from, new Event.HandedDown(lower.id()),
        new Effect.Counted(from.id(), Transmit.sent(frame)));
    if (kind.mode() == IpvlanMode.L2 && frame.ethernet().destination().isGroup()) {
      List<NetDev> out = new ArrayList<>(hearing(lower).stream().filter(i -> !i.is(from)).toList());
      out.add(lower);
      looked(frame, lower, Optional.of(from), out);
      run.recorder.spread(frame, lower, out, (copy, to) -> {
        if (to.is(lower)) {
          run.transmit.send(copy, lower);
        } else {
          handOver(copy, lower, to);
        }
      });
      return;
    }
    boolean asks = kind.flag() != IpvlanFlag.VEPA
        && (kind.mode() != IpvlanMode.L2 || frame.ethernet().destination().equals(frame.ethernet().source()));
    Optional<NetDev> sibling = asks ? holder(frame, lower) : Optional.empty();
    if (asks) {
      looked(frame, lower, Optional.of(from), List.of(sibling.orElse(lower)));
    }
    if (sibling.isPresent() && kind.flag() == IpvlanFlag.PRIVATE) {
      run.recorder.drop(frame, lower, DropReason.PORT_FILTERED);
    } else if (sibling.isPresent()) {
      handOver(frame, lower, sibling.get());
    } else if (kind.mode() != IpvlanMode.L2) {
      routed(frame, lower);
    } else if (asks) {
      run.transmit.backlog(() -> run.receive.up(frame, lower, PacketType.HOST));
    } else {
      run.transmit.send(frame, lower);
    }
  }

  /** In l3 modes the host of the device below looks for the way, but only out of that device (ipvlan_process_v4_outbound). */
  private void routed(Skb frame, NetDev lower) {
    Skb packet = frame.with(frame.packet().network());
    Header.Ip ip = packet.ip();
    RouteOutput.Flow flow = new RouteOutput.Flow(lower.netns(), ip.destination(), Optional.of(ip.source()),
        Optional.of(lower), 0, packet.packet());
    RouteOutput.Answer answer = run.routeOutput.route(flow);
    run.recorder.step(packet, lower, new Event.Looked(answer.lookup()));
    switch (answer) {
      case RouteOutput.Answer.Found found -> run.egress.output(packet, found.dst());
      case RouteOutput.Answer.Failed failed -> run.recorder.drop(packet, lower, failed.why());
    }
  }

  /** A frame came in by the device below (ipvlan_handle_frame). */
  void receive(Skb frame, NetDev lower, PacketType type) {
    List<NetDev> out = new ArrayList<>();
    if (frame.ethernet().destination().isGroup() && mode(lower) == IpvlanMode.L2) {
      out.addAll(hearing(lower));
      out.add(lower);
    } else {
      out.add(holder(frame, lower).orElse(lower));
    }
    looked(frame, lower, Optional.empty(), out);
    run.recorder.spread(frame, lower, out, (copy, to) -> {
      if (to.is(lower)) {
        run.receive.up(copy, lower, type);
      } else {
        handUp(copy, lower, to, type);
      }
    });
  }

  private void handOver(Skb frame, NetDev lower, NetDev to) {
    PacketType type = frame.ethernet().destination().isGroup()
        ? PacketType.of(frame.ethernet().destination(), to.mac())
        : PacketType.HOST;
    run.transmit.backlog(() -> handUp(frame, lower, to, type));
  }

  private void handUp(Skb frame, NetDev lower, NetDev to, PacketType type) {
    run.recorder.step(frame, lower, new Event.HandedUp(to.id()));
    run.receive.enter(frame, to, type);
  }

  private void looked(Skb frame, NetDev lower, Optional<NetDev> from, List<NetDev> out) {
    boolean group = out.size() > 1;
    Lookup.StackedLookup.Key key = group || target(frame).isEmpty()
        ? new Lookup.StackedLookup.HardwareAddress(frame.ethernet().destination())
        : new Lookup.StackedLookup.InternetAddress(target(frame).get());
    run.recorder.step(frame, lower, new Event.Looked(new Lookup.StackedLookup(lower.netns(), lower.id(), key,
        from.map(NetDev::id), out.stream().map(NetDev::id).toList())));
  }

  /** The ipvlan that is up and has the address that the frame is for (ipvlan_addr_lookup). */
  private Optional<NetDev> holder(Skb frame, NetDev lower) {
    return target(frame).flatMap(ip -> hearing(lower).stream()
        .filter(i -> i.device().addresses().stream().anyMatch(a -> a.address().equals(ip))).findFirst());
  }

  /** Whom the packet is for, or who is asked for (ipvlan_get_L3_hdr). */
  private static Optional<IpAddress> target(Skb frame) {
    return frame.packet().find(Header.Arp.class).<IpAddress>map(Header.Arp::targetIp)
        .or(() -> frame.packet().ip().map(Header.Ip::destination));
  }

  private List<NetDev> hearing(NetDev lower) {
    return run.fabric.uppers(lower).stream().filter(u -> u.device().kind() instanceof DeviceKind.Ipvlan && u.isUp())
        .toList();
  }

  private IpvlanMode mode(NetDev lower) {
    return run.fabric.uppers(lower).stream()
        .flatMap(u -> u.device().kind() instanceof DeviceKind.Ipvlan i ? Optional.of(i.mode()).stream()
            : Optional.<IpvlanMode>empty().stream())
        .findFirst().orElse(IpvlanMode.L3);
  }
}
