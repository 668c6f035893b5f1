package org.hopscope.model.sim;

import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.RouteException;
import org.hopscope.model.net.RouteKey;
import org.hopscope.model.net.Scope;
import org.hopscope.model.net.VirtualTime;
import org.hopscope.model.packet.Header;
import org.hopscope.model.packet.Packet;
import org.hopscope.model.packet.WireGuard;
import org.hopscope.model.trace.DropReason;
import org.hopscope.model.trace.Effect;
import org.hopscope.model.trace.PacketCopy;

/** Takes ICMP messages in (RFC 792, kernel net/ipv4/icmp.c icmp_rcv). */
final class IcmpInput {
  /** How long a told gateway counts (kernel ip_rt_gc_timeout). */
  private static final long GATEWAY_EXPIRES = 300 * VirtualTime.SECOND;

  private final Run run;

  IcmpInput(Run run) {
    this.run = run;
  }

  void receive(Skb skb, NetDev device, boolean broadcast) {
    switch (skb.packet().upper()) {
      case Header.IcmpEcho echo -> {
        if (echo.reply()) {
          run.sockets.echoReply(skb, device);
        } else {
          request(skb, device, echo, broadcast);
        }
      }
      case Header.IcmpError error -> error(skb, device, error);
      case Header.Ethernet _,Header.Vlan _,Header.Arp _,Header.Ip _,Header.Fragment6 _,Header.Carrier _,Header.Icmpv6Echo _,Header.Icmpv6Error _,Header.NeighbourSolicitation _,Header.NeighbourAdvertisement _,Header.Tcp _,Header.Udp _,WireGuard _ ->
          run.recorder.drop(skb, device, DropReason.NO_PROTOCOL);
    }
  }

  /** Kernel icmp_echo: the answer leaves as any packet of this host does, and is lost where there is no way back. */
  private void request(Skb skb, NetDev device, Header.IcmpEcho echo, boolean broadcast) {
    NetnsId netns = device.netns();
    if (run.fabric.sysctl(netns, "net.ipv4.icmp_echo_ignore_all") != 0) {
      run.recorder.drop(skb, device, DropReason.ECHO_IGNORED);
      return;
    }
    if (broadcast && run.fabric.sysctl(netns, "net.ipv4.icmp_echo_ignore_broadcasts") != 0) {
      run.recorder.drop(skb, device, DropReason.ECHO_BROADCAST_IGNORED);
      return;
    }
    run.recorder.delivered(skb, device, "kernel");
    Header.Ipv4 asked = skb.ipv4();
    IpAddress source = broadcast
        ? run.sources.select(device, Optional.of(asked.source()), Scope.LINK)
        : asked.destination();
    Packet reply = new Packet(List.of(
        run.output.header(netns, source, asked.source(), Header.Ipv4.ICMP).withTrafficClass(asked.trafficClass()),
        new Header.IcmpEcho(true, echo.identifier(), echo.sequence())), skb.packet().payload(), skb.packet().text());
    run.output.send(new Output.Order(netns, Optional.of(skb), PacketCopy.Role.REPLY, "kernel", Output.Options.KERNEL),
        reply);
  }

  /** Kernel icmp_unreach and icmp_redirect: the kernel takes note, then the program that sent the packet is told. */
  private void error(Skb skb, NetDev device, Header.IcmpError told) {
    Header.IcmpError error = believesMtus(device) ? told : told.withoutMtu();
    Optional<Effect> noted = error.type() == Header.IcmpError.REDIRECT
        ? Optional.of(error).filter(e -> !isAboutTcp(e)).flatMap(e -> betterGateway(skb, device, e))
        : pathMtu(device, error);
    run.sockets.error(skb, device, error, noted);
  }

  private Optional<Effect> pathMtu(NetDev device, Header.IcmpError error) {
    return error.type() != Header.IcmpError.UNREACHABLE || error.code() != IcmpErrors.FRAGMENTATION_NEEDED
        ? Optional.empty()
        : run.pathMtus.narrowed(device.netns(), error.about().ipv4().orElseThrow().destination(), error.mtu());
  }

  /** Whether what routers say of MTUs counts; else programs hear of an MTU of 0 (icmp_unreach). */
  private boolean believesMtus(NetDev device) {
    return run.fabric.sysctl(device.netns(), "net.ipv4.ip_no_pmtu_disc") == 0;
  }

  /**
   * A redirect about a TCP segment comes back while the program is still in the call that sent it, and a socket in use is
   * not redirected (kernel tcp_ipv4.c tcp_v4_err, sock_owned_by_user). Seen so between namespaces of one machine.
   */
  private static boolean isAboutTcp(Header.IcmpError error) {
    return error.about().ipv4().orElseThrow().protocol() == Header.Ipv4.TCP;
  }

  /** Kernel __ip_do_redirect: believed from the present gateway only, and only once the better one is resolved. */
  private Optional<Effect> betterGateway(Skb skb, NetDev device, Header.IcmpError error) {
    Ipv4Address to = error.about().ipv4().orElseThrow().destination();
    Ipv4Address better = Addresses.v4(error.gateway().orElseThrow());
    RouteKey key =
        new RouteKey(to, Optional.of(skb.ipv4().destination()), Optional.empty(), Optional.of(device.id()), 0);
    Fib.Result result = run.fib.lookup(device.netns(), key);
    boolean fromGateway = result.route().flatMap(route -> result.hop()
        .map(hop -> run.routeOutput.dst(device.netns(), to, route, hop, Dst.Kind.UNICAST).nextHop()))
        .filter(skb.ipv4().source()::equals).isPresent();
    if (!fromGateway || better.equals(skb.ipv4().source()) || !acceptsRedirects(device)
        || !isPossible(device, skb.ipv4().source(), better)) {
      return Optional.empty();
    }
    if (!run.neighbours.isValid(device, better)) {
      run.neighbours.solicit(device, better);
      return Optional.empty();
    }
    RouteException.PathMtu mtu = result.route().flatMap(row -> run.pathMtus.known(device.netns(), to, row))
        .map(RouteException::mtu).orElse(RouteException.PathMtu.UNKNOWN);
    return Optional.of(new Effect.RouteExceptionSet(device.netns(), new RouteException(to, Optional.of(better), mtu,
        run.queue.now().plus(GATEWAY_EXPIRES), result.route())));
  }

  /**
   * A gateway must be somebody else. On media that are not shared it must be a neighbour in the present one's subnet, and with
   * secure_redirects the gateway of a route that is there (kernel ip_fib_check_default).
   */
  private boolean isPossible(NetDev device, Ipv4Address present, Ipv4Address better) {
    if (run.fabric.maxConf(device, "shared_media") != 0) {
      return !run.fib.isLocal(device.netns(), better) && !run.fib.isForMany(device.netns(), better);
    }
    return device.isOnLink(better, Optional.of(present))
        && (run.fabric.maxConf(device, "secure_redirects") == 0 || run.fib.isGateway(device, better));
  }

  /** IN_DEV_RX_REDIRECTS: a router believes only when both "all" and the device say so, a host when either does. */
  private boolean acceptsRedirects(NetDev device) {
    return run.fabric.forwarding(device)
        ? run.fabric.bothConf(device, "accept_redirects")
        : run.fabric.maxConf(device, "accept_redirects") != 0;
  }
}
