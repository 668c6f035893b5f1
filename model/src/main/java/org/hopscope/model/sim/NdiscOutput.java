package org.hopscope.model.sim;

import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.Ipv6Address;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.netfilter.Hook;
import org.hopscope.model.packet.Header;
import org.hopscope.model.packet.Packet;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.PacketCopy;

/** Makes the packets of IPv6's neighbour discovery (RFC 4861, kernel net/ipv6/ndisc.c ndisc_solicit, ndisc_send_na). */
final class NdiscOutput implements Solicitor {
  /** What proves that no router was crossed (RFC 4861 7.1). */
  static final int HOP_LIMIT = 255;
  private final Run run;

  NdiscOutput(Run run) {
    this.run = run;
  }

  /**
   * From the address of the packet that waits, if the device has it, else from the device's link-local one (kernel
   * ndisc_solicit); a device that has none cannot ask.
   */
  @Override
  public Optional<Packet> solicitation(NetDev device, IpAddress target, Optional<IpAddress> waiting,
      Optional<MacAddress> known) {
    Ipv6Address wanted = Addresses.v6(target);
    Optional<Ipv6Address> from = waiting.map(Addresses::v6).filter(a -> run.sources6.holds(device, a))
        .or(() -> run.sources6.linkLocal(device));
    Ipv6Address group = wanted.solicitedNode();
    return from.map(source -> Packet.of(0,
        new Header.Ethernet(known.orElseGet(() -> MacAddress.ofGroup(group)), device.mac(), Header.Ethernet.IPV6),
        new Header.Ipv6(source, known.isPresent() ? wanted : group, Header.Ipv6.ICMP, HOP_LIMIT),
        new Header.NeighbourSolicitation(wanted, Optional.of(device.mac()))));
  }

  @Override
  public void ask(Skb request, NetDev device) {
    passed(request, device).ifPresent(skb -> run.transmit.send(skb, device));
  }

  /** Neighbour discovery meets the filter like anything that the host sends (ndisc_send_skb, ip6_output). */
  private Optional<Skb> passed(Skb skb, NetDev device) {
    if (!Netfilter.sees(device.net(), skb)) {
      return Optional.of(skb);
    }
    IpAddress to = skb.ip().destination();
    Dst dst = new Dst(to.isMulticast() ? Dst.Kind.MULTICAST : Dst.Kind.UNICAST, device, to, device.mtu(),
        Optional.empty());
    return run.netfilter.pass(Netfilter.At.outgoing(Hook.OUTPUT, device.netns(), dst), skb)
        .flatMap(out -> run.netfilter.pass(Netfilter.At.outgoing(Hook.POSTROUTING, device.netns(), dst), out));
  }

  @Override
  public void failed(Skb waited, NetDev device) {
    run.icmpv6Errors.unreachable(waited, device, Icmpv6Errors.ADDRESS);
  }

  /**
   * Answers a solicitation.
   *
   * @param own whether the address is one of the device's own, or only answered for
   */
  void advertise(Skb asking, NetDev device, Header.NeighbourSolicitation asked, boolean own) {
    Header.Ipv6 ip = asking.ipv6();
    boolean toGroup = ip.destination().isMulticast();
    boolean forOthers = !own && run.neighbours.isProxy(device, asked.target());
    Header.NeighbourAdvertisement.Claims claims =
        new Header.NeighbourAdvertisement.Claims(run.fabric.forwards6(device) && !forOthers, true, own && toGroup);
    Packet answer = Packet.of(0, new Header.Ipv6(asked.target(), ip.source(), Header.Ipv6.ICMP, HOP_LIMIT),
        new Header.NeighbourAdvertisement(claims, asked.target(), device.mac()));
    Skb skb = run.recorder.openBeside(asking, Optional.of(asking), PacketCopy.Role.ARP_REPLY, answer);
    run.recorder.step(skb, device, new Event.Made("kernel"));
    passed(skb, device).ifPresent(answering -> run.neighbours.output(answering, device, ip.source()));
  }
}
