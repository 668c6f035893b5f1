package org.hopscope.model.sim;

import org.hopscope.model.net.Route;
import org.hopscope.model.net.RouteKey;
import org.hopscope.model.net.RouteType;
import org.hopscope.model.netfilter.Hook;
import org.hopscope.model.packet.Header;
import org.hopscope.model.trace.DropReason;
import org.hopscope.model.trace.Event;

/** Takes IPv6 packets in: for this host, to be sent on, or neither (kernel net/ipv6/ip6_input.c). */
final class Input6 {
  private final Run run;

  Input6(Run run) {
    this.run = run;
  }

  /** Kernel ipv6_rcv. What comes in by lo found its way when it left; where IPv6 is off everything is dropped. */
  void receive(Skb skb, NetDev device, PacketType type) {
    if (!device.device().inet6().isRunning()) {
      run.recorder.drop(skb, device, DropReason.IPV6_OFF);
    } else {
      run.netfilter.prerouting(skb, device, type)
          .ifPresent(passed -> route(passed, device, type));
    }
  }

  /** Kernel ip6_rcv_finish. */
  void route(Skb skb, NetDev device, PacketType type) {
    Header.Ipv6 ip = skb.ipv6();
    if (device.isLoopback() && !isOwn(skb, device)) {
      run.recorder.drop(skb, device, DropReason.NO_ROUTE);
      run.icmpv6Errors.unreachable(skb, device, Icmpv6Errors.NO_ROUTE);
    } else if (device.isLoopback()) {
      deliver(skb, device, ip.destination().isMulticast());
    } else {
      RouteInput.Answer answer = run.route6Input.accept(device, skb.packet(), skb.meta().mark());
      answer.asked().forEach(lookup -> run.recorder.step(skb, device, new Event.Looked(lookup)));
      switch (answer) {
        case RouteInput.Answer.Local local -> deliver(skb, device, local.broadcast());
        case RouteInput.Answer.Forward forward -> run.forwarding6.forward(skb, device, type, forward.dst());
        case RouteInput.Answer.Refused refused -> {
          run.recorder.drop(skb, device, refused.why());
          refused.telling().ifPresent(code -> run.icmpv6Errors.unreachable(skb, device, code));
        }
      }
    }
  }

  /** What comes by lo counts as come by the device that has the address (kernel icmp6_dev). */
  NetDev meant(Skb skb, NetDev in) {
    return in.isLoopback()
        ? run.fib.lookup(in.netns(), RouteKey.to(skb.ip().destination())).route().flatMap(Route::device)
            .map(run.fabric::device)
            .orElse(in)
        : in;
  }

  /** A row may lead to lo although the address is nobody's. */
  private boolean isOwn(Skb skb, NetDev lo) {
    Fib.Result result = run.fib.lookup(lo.netns(), RouteKey.to(skb.ip().destination()));
    return skb.ip().destination().isMulticast() || result.is(RouteType.LOCAL) || result.is(RouteType.ANYCAST);
  }

  /** Kernel ip6_input: unlike IPv4, each piece meets the filter before they are put together (ip6_protocol_deliver_rcu). */
  private void deliver(Skb skb, NetDev device, boolean group) {
    PacketType type = group ? PacketType.MULTICAST : PacketType.HOST;
    run.netfilter.pass(Netfilter.At.incoming(Hook.INPUT, device, type), skb)
        .map(passed -> passed.with(passed.meta().withoutTracking()))
        .ifPresent(passed -> gather(passed, device, group));
  }

  private void gather(Skb skb, NetDev device, boolean group) {
    if (skb.packet().fragment().equals(Header.Fragment.WHOLE)) {
      toProtocol(skb, device, group);
    } else {
      run.recorder.delivered(skb, device, "reassembly");
      run.reassembly.add(skb, device).ifPresent(whole -> toProtocol(whole, device, group));
    }
  }

  private void toProtocol(Skb skb, NetDev device, boolean group) {
    switch (skb.ip().protocol()) {
      case Header.Ipv6.ICMP -> run.icmpv6Input.receive(skb, device, group);
      case Header.Ip.TCP -> run.sockets.tcp(skb, device);
      case Header.Ip.UDP -> run.sockets.udp(skb, device, group);
      default -> run.recorder.drop(skb, device, DropReason.NO_PROTOCOL);
    }
  }
}
