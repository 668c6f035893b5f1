package org.hopscope.model.sim;

import org.hopscope.model.packet.Header;
import org.hopscope.model.packet.Packet;
import org.hopscope.model.trace.DropReason;
import org.hopscope.model.trace.Event;

/**
 * Sends on IPv6 packets that are for others; it cuts only what conntrack has put together (kernel net/ipv6/ip6_output.c
 * ip6_forward, ip6_pkt_too_big; sem-X3).
 */
final class Forwarding6 {
  private final Run run;

  Forwarding6(Run run) {
    this.run = run;
  }

  void forward(Skb skb, NetDev in, PacketType type, Dst dst) {
    Header.Ipv6 ip = skb.ipv6();
    int mtu = Math.max(dst.mtu(), Route6Output.LEAST_MTU);
    if (type != PacketType.HOST) {
      run.recorder.drop(skb, in, DropReason.NOT_FOR_THIS_MAC);
    } else if (ip.hopLimit() <= 1) {
      run.recorder.drop(skb, in, DropReason.TTL_EXCEEDED);
      run.icmpv6Errors.timeExceeded(skb, in);
    } else if (ip.source().isUnspecified()) {
      run.recorder.drop(skb, in, DropReason.MARTIAN_SOURCE);
    } else if (ip.source().isLinkLocal()) {
      run.recorder.drop(skb, in, DropReason.BEYOND_SCOPE);
      run.icmpv6Errors.unreachable(skb, in, Icmpv6Errors.BEYOND_SCOPE);
    } else if (skb.meta().gathered().orElse(skb.packet().networkLength()) > mtu) {
      run.recorder.drop(skb, in, DropReason.TOO_BIG);
      run.icmpv6Errors.tooBig(skb, in, mtu);
    } else {
      Packet lowered = skb.packet().network().replace(ip, ip.withHops(ip.hopLimit() - 1));
      Skb ready = skb.with(lowered);
      run.recorder.step(ready, in, new Event.Rewritten(skb.packet(), Event.Rewriting.TTL));
      run.netfilter.pass(Netfilter.At.forwarded(in, dst), ready)
          .ifPresent(passed -> run.output.forwarded(passed, in.netns(), dst));
    }
  }
}
