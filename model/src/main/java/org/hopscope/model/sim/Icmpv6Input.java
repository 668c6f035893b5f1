package org.hopscope.model.sim;

import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.Ipv6Address;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.RouteKey;
import org.hopscope.model.net.RouteType;
import org.hopscope.model.packet.Header;
import org.hopscope.model.packet.Packet;
import org.hopscope.model.packet.WireGuard;
import org.hopscope.model.trace.DropReason;
import org.hopscope.model.trace.Effect;
import org.hopscope.model.trace.PacketCopy;

/** Takes ICMPv6 messages in (RFC 4443, kernel net/ipv6/icmp.c icmpv6_rcv). */
final class Icmpv6Input {
  private final Run run;

  Icmpv6Input(Run run) {
    this.run = run;
  }

  void receive(Skb skb, NetDev device, boolean group) {
    switch (skb.packet().upper()) {
      case Header.Icmpv6Echo echo -> {
        if (echo.reply()) {
          run.sockets.echoReply(skb, device);
        } else {
          request(skb, device, echo, group);
        }
      }
      case Header.Icmpv6Error error -> run.sockets.error(skb, device, error, pathMtu(device, error));
      case Header.NeighbourSolicitation ask -> run.ndiscInput.solicitation(skb, device, ask);
      case Header.NeighbourAdvertisement claim -> run.ndiscInput.advertisement(skb, device, claim);
      case Header.Ethernet _,Header.Arp _,Header.Ip _,Header.Fragment6 _,Header.Carrier _,Header.IcmpEcho _,Header.IcmpError _,Header.Tcp _,Header.Udp _,Header.Vlan _,WireGuard _ ->
          run.recorder.drop(skb, device, DropReason.NO_PROTOCOL);
    }
  }

  /** Kernel icmpv6_echo_reply: what a group was asked, or any router, is answered from an address of the own. */
  private void request(Skb skb, NetDev device, Header.Icmpv6Echo echo, boolean group) {
    NetnsId netns = device.netns();
    run.recorder.delivered(skb, device, "kernel");
    Header.Ipv6 asked = skb.ipv6();
    boolean any = group || run.fib.lookup(netns, RouteKey.to(asked.destination())).is(RouteType.ANYCAST);
    IpAddress source = any ? Ipv6Address.ANY : asked.destination();
    Packet reply = new Packet(List.of(
        run.output.header(netns, source, asked.source(), Header.Ipv6.ICMP).withTrafficClass(asked.trafficClass()),
        new Header.Icmpv6Echo(true, echo.identifier(), echo.sequence())), skb.packet().payload(), skb.packet().text());
    run.output.send(new Output.Order(netns, Optional.of(skb), PacketCopy.Role.REPLY, "kernel",
        Output.Options.kernel(run.input6.meant(skb, device), asked.source())), reply);
  }

  private Optional<Effect> pathMtu(NetDev device, Header.Icmpv6Error error) {
    return error.type() != Header.Icmpv6Error.TOO_BIG ? Optional.empty()
        : run.pathMtus.narrowed(device.netns(), error.about().ip().orElseThrow().destination(), error.mtu());
  }
}
