package org.hopscope.model.sim;

import java.util.Optional;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.netfilter.CtState;
import org.hopscope.model.netfilter.RejectWith;
import org.hopscope.model.packet.Header;
import org.hopscope.model.packet.Packet;
import org.hopscope.model.trace.PacketCopy;

/** Tells the sender of a packet that a rule rejected it (kernel net/ipv4/netfilter/nf_reject_ipv4.c; sem-N9). */
final class Rejects {
  private final Run run;

  Rejects(Run run) {
    this.run = run;
  }

  /** Of a piece the checksum cannot be right, so that nobody is told (reject6_csum_ok, nf_send_unreach). */
  void reject(Skb skb, Netfilter.At at, RejectWith with) {
    if (!skb.packet().fragment().equals(Header.Fragment.WHOLE)) {
      return;
    }
    if (with == RejectWith.TCP_RESET) {
      reset(skb, at.netns());
      return;
    }
    switch (skb.ip().family()) {
      case INET -> run.icmpErrors.unreachable(skb, at.netns(), with.code());
      case INET6 -> run.icmpv6Errors.unreachable(skb,
          at.in().orElseGet(() -> run.fabric.loopback(at.netns())), with.code());
    }
  }

  /** The answer speaks from the address that was asked, whose ever that is. */
  private void reset(Skb skb, NetnsId netns) {
    Optional<Header.Tcp> asked = skb.packet().find(Header.Tcp.class);
    if (asked.isEmpty() || asked.get().flags().rst()) {
      return;
    }
    Header.Ip ip = skb.ip();
    Packet answer = Packet.of(0, run.output.header(netns, ip.destination(), ip.source(), Header.Ip.TCP),
        TcpSocket.resetTo(asked.get(), skb.packet().payload()));
    run.output.sendFor(new Output.Order(netns, Optional.of(skb), PacketCopy.Role.REPLY, "kernel",
        new Output.Options(Optional.empty(), Output.PathMtu.WANT, false)), answer, attached(skb));
  }

  /** An answer about a packet belongs to that packet's connection and goes the other way (kernel nf_ct_attach). */
  static SkbMeta attached(Skb about) {
    return about.meta().tracking()
        .map(t -> SkbMeta.NONE.withTracking(new Ct.Of(t.ct(), CtState.RELATED, t.direction().opposite())))
        .orElse(SkbMeta.NONE);
  }
}
