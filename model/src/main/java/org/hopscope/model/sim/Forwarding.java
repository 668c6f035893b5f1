package org.hopscope.model.sim;

import java.util.Optional;
import org.hopscope.model.packet.Header;
import org.hopscope.model.packet.Packet;
import org.hopscope.model.trace.DropReason;
import org.hopscope.model.trace.Event;

/**
 * Sends on what is for others (kernel net/ipv4/ip_forward.c; sem-R3, R5, R10). Left out: redirects are told more and more
 * rarely by the kernel, here each time.
 */
final class Forwarding {
  private final Run run;

  Forwarding(Run run) {
    this.run = run;
  }

  void forward(Skb skb, NetDev in, PacketType type, RouteInput.Answer.Forward way) {
    Header.Ipv4 ip = skb.ipv4();
    Dst dst = way.dst();
    if (type != PacketType.HOST) {
      run.recorder.drop(skb, in, DropReason.NOT_FOR_THIS_MAC);
    } else if (ip.ttl() <= 1) {
      run.recorder.drop(skb, in, DropReason.TTL_EXCEEDED);
      run.icmpErrors.timeExceeded(skb, in.netns());
    } else if (ip.dontFragment() && skb.packet().networkLength() > dst.mtu()) {
      run.recorder.drop(skb, in, DropReason.TOO_BIG);
      run.icmpErrors.fragmentationNeeded(skb, in.netns(), dst.mtu());
    } else {
      if (way.redirects()) {
        run.icmpErrors.redirect(skb, in.netns(), Addresses.v4(dst.nextHop()));
      }
      Packet lowered = skb.packet().network().replace(ip, ip.withTtl(ip.ttl() - 1));
      Skb ready = dst.device().isLoopback() ? skb.with(lowered).with(skb.meta().keeping(dst)) : skb.with(lowered);
      run.recorder.step(ready, in, new Event.Rewritten(skb.packet(), Event.Rewriting.TTL));
      Optional<Skb> passed =
          Netfilter.sees(in.net(), ready) ? run.netfilter.pass(Netfilter.At.forwarded(in, dst), ready)
              : Optional.of(ready);
      passed.ifPresent(p -> run.output.forwarded(p, in.netns(), dst));
    }
  }

}
