package org.hopscope.model.sim;

import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.netfilter.Hook;
import org.hopscope.model.packet.Header;
import org.hopscope.model.trace.DropReason;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Lookup;

/** Takes IP packets in: for this host, to be sent on, or neither (kernel net/ipv4/ip_input.c). */
final class Input {
  private final Run run;

  Input(Run run) {
    this.run = run;
  }

  /** Kernel ip_rcv: the packet is shown to PREROUTING, then its way is looked for. */
  void receive(Skb skb, NetDev device, PacketType type) {
    run.netfilter.prerouting(skb, device, type)
        .ifPresent(passed -> route(passed, device, type));
  }

  /** Kernel ip_rcv_finish. What comes in by lo found its way when it left. */
  void route(Skb skb, NetDev device, PacketType type) {
    if (device.isLoopback()) {
      Optional<Dst> kept = skb.meta().kept();
      if (kept.isPresent()) {
        run.forwarding.forward(skb, device, type, new RouteInput.Answer.Forward(List.of(), kept.get(), false));
      } else if (isNobodys(skb, device)) {
        run.recorder.drop(skb, device, DropReason.NOT_LOCAL);
      } else {
        deliver(skb, device, false);
      }
      return;
    }
    RouteInput.Answer answer = run.routeInput.route(device, skb.packet(), skb.meta().mark());
    List<Lookup> asked = answer.asked();
    for (int i = 0; i < asked.size(); i++) {
      run.recorder.step(skb, device, new Event.Looked(asked.get(i)));
    }
    switch (answer) {
      case RouteInput.Answer.Local local -> deliver(skb, device, local.broadcast());
      case RouteInput.Answer.Forward forward -> run.forwarding.forward(skb, device, type, forward);
      case RouteInput.Answer.Refused refused -> {
        run.recorder.drop(skb, device, refused.why());
        refused.telling().ifPresent(code -> run.icmpErrors.unreachable(skb, device.netns(), code));
      }
    }
  }

  /** What a socket that is bound to lo sends to others comes back with the way it left by, which takes nothing in. */
  private boolean isNobodys(Skb skb, NetDev lo) {
    IpAddress to = skb.ip().destination();
    boolean ruled = run.fabric.netns(lo.netns()).tables(IpFamily.INET).rules().custom();
    return !ruled && !to.isLoopback() && !run.fib.isForMany(lo.netns(), to) && !run.fib.isLocal(lo.netns(), to);
  }

  /** Kernel ip_local_deliver: pieces are put together first. */
  private void deliver(Skb skb, NetDev device, boolean broadcast) {
    if (skb.ipv4().fragment().equals(Header.Fragment.WHOLE)) {
      pass(skb, device, broadcast);
    } else {
      run.recorder.delivered(skb, device, "reassembly");
      run.reassembly.add(skb, device).ifPresent(whole -> pass(whole, device, broadcast));
    }
  }

  /** What is for this host is shown to INPUT; behind it, its connection is no longer known (kernel nf_reset_ct). */
  private void pass(Skb skb, NetDev device, boolean broadcast) {
    PacketType type = broadcast ? PacketType.BROADCAST : PacketType.HOST;
    Optional<Skb> seen = Netfilter.sees(device.net(), skb)
        ? run.netfilter.pass(Netfilter.At.incoming(Hook.INPUT, device, type), skb)
        : Optional.of(skb);
    seen.ifPresent(passed -> toProtocol(passed.with(passed.meta().withoutTracking()), device, broadcast));
  }

  private void toProtocol(Skb skb, NetDev device, boolean broadcast) {
    switch (skb.ipv4().protocol()) {
      case Header.Ipv4.ICMP -> run.icmpInput.receive(skb, device, broadcast);
      case Header.Ip.TCP -> run.sockets.tcp(skb, device);
      case Header.Ip.UDP -> run.sockets.udp(skb, device, broadcast);
      default -> {
        if (run.ovs.receive(skb, device) || run.ipTunnel.receive(skb, device)) {
          return;
        }
        run.recorder.drop(skb, device, DropReason.NO_PROTOCOL);
        run.icmpErrors.unreachable(skb, device.netns(), IcmpErrors.PROTOCOL);
      }
    }
  }
}
