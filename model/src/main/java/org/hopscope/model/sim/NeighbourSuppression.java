package org.hopscope.model.sim;

import java.util.Optional;
import java.util.stream.Stream;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.net.AssignedAddress;
import org.hopscope.model.net.FdbEntry;
import org.hopscope.model.net.Neighbour;
import org.hopscope.model.net.PortFlag;
import org.hopscope.model.packet.Header;
import org.hopscope.model.packet.Packet;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.PacketCopy;

/**
 * A bridge answers questions for hardware addresses that its own neighbour table knows of, where the one asked for is behind a
 * port with {@code neigh_suppress}, and spares such ports the flood (kernel net/bridge/br_arp_nd_proxy.c
 * br_do_proxy_suppress_arp, br_do_suppress_nd). Left out: questions in a VLAN of the bridge.
 */
final class NeighbourSuppression {
  private final Run run;

  NeighbourSuppression(Run run) {
    this.run = run;
  }

  /** Whether ports with {@code neigh_suppress} are spared a frame; it may have been answered by the bridge then. */
  boolean answers(Skb frame, NetDev bridge, NetDev from) {
    return switch (frame.ethernet().etherType()) {
      case Header.Ethernet.ARP -> isSuppressing(frame, bridge, from)
          && frame.packet().find(Header.Arp.class).filter(question -> arp(frame, question, bridge, from)).isPresent();
      case Header.Ethernet.IPV6 -> isSuppressing(frame, bridge, from) && switch (frame.packet().upper()) {
        case Header.NeighbourAdvertisement claim -> !claim.flags().solicited();
        case Header.NeighbourSolicitation asked -> discovery(frame, asked, bridge, from);
        case Header _ -> false;
      };
      default -> false;
    };
  }

  private boolean isSuppressing(Skb frame, NetDev bridge, NetDev from) {
    return !from.has(PortFlag.NEIGH_SUPPRESS) && frame.packet().vlan().isEmpty()
        && run.fabric.ports(bridge).stream().anyMatch(port -> port.has(PortFlag.NEIGH_SUPPRESS));
  }

  private boolean arp(Skb frame, Header.Arp arp, NetDev bridge, NetDev from) {
    Ipv4Address target = arp.targetIp();
    if (target.isLoopback() || target.isMulticast()) {
      return false;
    }
    if (arp.senderIp().isUnspecified() || arp.senderIp().equals(target)) {
      return true;
    }
    if (arp.operation() != Header.Arp.Operation.REQUEST) {
      return false;
    }
    boolean own = Stream.concat(Stream.of(bridge), run.fabric.uppers(bridge).stream())
        .flatMap(d -> d.device().addresses().stream()).map(AssignedAddress::address).anyMatch(target::equals);
    if (own) {
      return true;
    }
    Optional<Neighbour> known = run.neighbours.valid(bridge, target).filter(row -> row(row, bridge).isPresent());
    known.filter(row -> isBehindSuppressing(row, bridge)).flatMap(Neighbour::mac).ifPresent(
        mac -> reply(frame, from, bridge, Packet.of(0, new Header.Ethernet(arp.senderMac(), mac, Header.Ethernet.ARP),
            new Header.Arp(Header.Arp.Operation.REPLY, mac, target, arp.senderMac(), arp.senderIp()))));
    return known.isPresent();
  }

  private boolean discovery(Skb frame, Header.NeighbourSolicitation asked, NetDev bridge, NetDev from) {
    Header.Ipv6 ip = frame.ipv6();
    boolean own = Stream.concat(Stream.of(bridge), run.fabric.uppers(bridge).stream())
        .anyMatch(d -> run.sources6.holds(d, asked.target()));
    if (ip.source().isUnspecified() || ip.source().equals(ip.destination()) || own) {
      return true;
    }
    Optional<Neighbour> known =
        run.neighbours.valid(bridge, asked.target()).filter(row -> row(row, bridge).isPresent());
    known.filter(row -> isBehindSuppressing(row, bridge)).ifPresent(row -> {
      MacAddress mac = row.mac().orElseThrow();
      Header.NeighbourAdvertisement.Claims claims =
          new Header.NeighbourAdvertisement.Claims(row.flags().contains(Neighbour.Flag.ROUTER), true, true);
      reply(frame, from, bridge,
          Packet.of(0, new Header.Ethernet(asked.mac().orElse(frame.ethernet().source()), mac, Header.Ethernet.IPV6),
              new Header.Ipv6(asked.target(), ip.source(), Header.Ipv6.ICMP, NdiscOutput.HOP_LIMIT),
              new Header.NeighbourAdvertisement(claims, asked.target(), mac)));
    });
    return known.isPresent();
  }

  private Optional<FdbEntry> row(Neighbour neighbour, NetDev bridge) {
    return neighbour.mac().flatMap(mac -> run.bridging.find(bridge, FdbEntry.Key.of(mac)));
  }

  private boolean isBehindSuppressing(Neighbour neighbour, NetDev bridge) {
    return row(neighbour, bridge).map(FdbEntry::device).map(run.fabric::device)
        .filter(port -> port.has(PortFlag.NEIGH_SUPPRESS)).isPresent();
  }

  /** Back by the port that the question came in by, or up to the bridge's own host. */
  private void reply(Skb asking, NetDev from, NetDev bridge, Packet answer) {
    Skb skb = run.recorder.openBeside(asking, Optional.of(asking), PacketCopy.Role.ARP_REPLY, answer);
    run.recorder.step(skb, from, new Event.Made("bridge"));
    if (from.is(bridge)) {
      run.receive.raise(skb, bridge, PacketType.HOST);
    } else {
      run.transmit.send(skb, from);
    }
  }
}
