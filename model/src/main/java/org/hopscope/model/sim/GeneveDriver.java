package org.hopscope.model.sim;

import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.Driver;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.packet.Header;
import org.hopscope.model.packet.Packet;
import org.hopscope.model.trace.DropReason;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Lookup;

/**
 * Geneves: frames in UDP between two hosts (kernel drivers/net/geneve.c, RFC 8926). Not checked against a kernel: the one
 * at hand has none.
 */
final class GeneveDriver {
  /** geneve_newlink: the ports that packets are sent from. */
  private static final int FIRST_SOURCE = 1;
  private static final int LAST_SOURCE = 65535;

  private final Run run;

  GeneveDriver(Run run) {
    this.run = run;
  }

  /** geneve_xmit_skb. */
  void transmit(Skb frame, NetDev device, DeviceKind.Geneve geneve) {
    int source = run.encapsulation.sourcePort(frame.packet(), geneve.home(), FIRST_SOURCE, LAST_SOURCE);
    Header.Udp udp = new Header.Udp(source, geneve.settings().port(), geneve.settings().checksum());
    Encapsulation.Wrapping how = new Encapsulation.Wrapping(geneve, geneve.outer().remote().orElseThrow(),
        Optional.empty(), Header.Ip.UDP, List.of(udp, new Header.Geneve(geneve.settings().id())),
        Encapsulation.dontFragment(frame.packet(), geneve.settings().df()));
    if (run.encapsulation.wrap(frame, device, how) instanceof Encapsulation.Way.Found way) {
      run.encapsulation.leave(frame, device, geneve.home(), way);
    }
  }

  /** geneve_udp_encap_recv: takes what comes in for a UDP port that a geneve hears on; false when none does. */
  boolean receive(Skb skb, NetDev device) {
    Header.Udp udp = (Header.Udp) skb.packet().upper();
    List<NetDev> open = open(device.netns(), udp.destinationPort(), skb.ip().family());
    if (open.isEmpty()) {
      return false;
    }
    Optional<Header.Geneve> header = skb.packet().find(Header.Geneve.class);
    if (header.isEmpty()) {
      run.recorder.drop(skb, device, DropReason.NO_TUNNEL_HEADER);
      return true;
    }
    Optional<NetDev> found = open.stream().filter(d -> d.device().kind() instanceof DeviceKind.Geneve geneve
        && geneve.settings().id() == header.get().vni()
        && geneve.outer().remote().equals(Optional.of(skb.ip().source()))).findFirst();
    run.recorder.step(skb, device, new Event.Looked(new Lookup.TunnelLookup(device.netns(),
        new Lookup.TunnelLookup.Network(Driver.GENEVE, udp.destinationPort(), header.get().vni()),
        found.map(NetDev::id))));
    if (found.isEmpty()) {
      run.recorder.drop(skb, device, DropReason.NO_TUNNEL);
      return true;
    }
    Packet carried = skb.packet().carried().orElseThrow();
    Skb inside = skb.with(carried).with(skb.meta().scrubbed(!found.get().netns().equals(device.netns())));
    run.recorder.step(inside, device, new Event.Rewritten(skb.packet(), Event.Rewriting.DECAPSULATION));
    run.recorder.step(inside, device, new Event.HandedUp(found.get().id()));
    if (carried.ethernet().orElseThrow().source().equals(found.get().mac())) {
      run.recorder.drop(inside, found.get(), DropReason.OWN_SOURCE_MAC);
    } else {
      run.receive.enter(inside, found.get(),
          PacketType.of(carried.ethernet().orElseThrow().destination(), found.get().mac()));
    }
    return true;
  }

  /** The geneves of a namespace that are up and hear on a port. */
  private List<NetDev> open(NetnsId home, int port, IpFamily family) {
    List<NetDev> all = run.fabric.tunnels(home);
    return all.isEmpty() ? all
        : all.stream().filter(d -> d.isUp() && d.device().kind() instanceof DeviceKind.Geneve geneve
            && geneve.settings().port() == port && geneve.family() == family).toList();
  }
}
