package org.hopscope.model.sim;

import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.net.Scope;
import org.hopscope.model.packet.Header;
import org.hopscope.model.packet.Packet;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.PacketCopy;

/** Makes ARP packets (RFC 826, kernel net/ipv4/arp.c arp_solicit and arp_send_dst). */
final class ArpOutput implements Solicitor {
  private final Run run;

  ArpOutput(Run run) {
    this.run = run;
  }

  /** Who asks from no address at all asks from 0.0.0.0. */
  @Override
  public Optional<Packet> solicitation(NetDev device, IpAddress target, Optional<IpAddress> waiting,
      Optional<MacAddress> known) {
    Ipv4Address wanted = Addresses.v4(target);
    Ipv4Address from = speaker(device, wanted, waiting.map(Addresses::v4).orElse(Ipv4Address.ANY));
    return Optional.of(Packet.of(0,
        new Header.Ethernet(known.orElse(MacAddress.BROADCAST), device.mac(), Header.Ethernet.ARP),
        new Header.Arp(Header.Arp.Operation.REQUEST, device.mac(), from, MacAddress.ZERO, wanted)));
  }

  @Override
  public void ask(Skb request, NetDev device) {
    run.transmit.send(request, device);
  }

  @Override
  public void failed(Skb waited, NetDev device) {
    run.icmpErrors.unreachable(waited, device.netns(), IcmpErrors.HOST);
  }

  /** Which own address to speak from (arp_announce, Documentation/networking/ip-sysctl.rst). */
  private Ipv4Address speaker(NetDev device, Ipv4Address target, Ipv4Address forSource) {
    boolean admitted = !forSource.isUnspecified() && run.fib.isLocal(device.netns(), forSource)
        && switch (run.fabric.maxConf(device, "arp_announce")) {
          case 0 -> true;
          case 1 -> device.device().addresses().stream()
              .anyMatch(a -> a.connected().contains(target) && a.connected().contains(forSource));
          default -> false;
        };
    return admitted ? forSource : run.sources.select(device, Optional.of(target), Scope.LINK);
  }

  /** Answers a request for one of the own addresses, or for one that is answered for. */
  void reply(Skb asking, NetDev device) {
    Header.Arp asked = asking.packet().find(Header.Arp.class).orElseThrow();
    Packet reply = Packet.of(0, new Header.Ethernet(asked.senderMac(), device.mac(), Header.Ethernet.ARP),
        new Header.Arp(Header.Arp.Operation.REPLY, device.mac(), asked.targetIp(), asked.senderMac(),
            asked.senderIp()));
    Skb skb = run.recorder.openBeside(asking, Optional.of(asking), PacketCopy.Role.ARP_REPLY, reply);
    run.recorder.step(skb, device, new Event.Made("kernel"));
    run.transmit.send(skb, device);
  }
}
