package org.hopscope.model.sim;

import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.netfilter.Hook;
import org.hopscope.model.packet.Header;
import org.hopscope.model.packet.Packet;
import org.hopscope.model.trace.DropReason;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Fate;
import org.hopscope.model.trace.PacketCopy;

/** How IP packets leave whose way is known: past POSTROUTING, in pieces where they must, to the next hop (kernel ip_output, ip6_output). */
final class Egress {
  private final Run run;

  Egress(Run run) {
    this.run = run;
  }

  /** What became of a packet, as far as its sender learns at once. */
  enum Left {
    TAKEN,
    /** POSTROUTING took it. */
    FILTERED,
    /** The device did not take it, or not all of its pieces (net_xmit_errno). */
    LOST
  }

  /** Sends a packet whose way is known (kernel ip_output). */
  Left output(Skb skb, Dst dst) {
    if (dst.discards()) {
      run.recorder.drop(skb, dst.device(), DropReason.NO_ROUTE);
      run.icmpv6Errors.unreachable(skb, dst.device(), Icmpv6Errors.NO_ROUTE);
      return Left.TAKEN;
    }
    if (!Netfilter.sees(dst.device().net(), skb)) {
      return cut(skb, dst);
    }
    Optional<Skb> passed =
        run.netfilter.pass(Netfilter.At.outgoing(Hook.POSTROUTING, dst.device().netns(), dst), skb);
    return passed.map(p -> cut(p, dst)).orElse(Left.FILTERED);
  }

  /**
   * Sends a packet in pieces where it must be (kernel ip_finish_output, ip6_finish_output); no others once one is not taken
   * (ip_do_fragment, ip6_fragment).
   */
  private Left cut(Skb skb, Dst dst) {
    int mtu = Math.min(dst.mtu(), skb.meta().gathered().orElse(dst.mtu()));
    if (skb.packet().length() <= mtu) {
      return finish(skb, dst) ? Left.TAKEN : Left.LOST;
    }
    if (skb.ip() instanceof Header.Ipv4 ip && ip.dontFragment()) {
      run.recorder.drop(skb, dst.device(), DropReason.TOO_BIG);
      run.icmpErrors.fragmentationNeeded(skb, dst.device().netns(), dst.mtu());
      return Left.TAKEN;
    }
    boolean taken = true;
    for (Skb piece : divided(skb, dst.device(), mtu)) {
      if (taken) {
        taken = finish(piece, dst);
      } else {
        run.recorder.drop(piece, dst.device(), DropReason.PIECE_BEFORE_LOST);
      }
    }
    return taken ? Left.TAKEN : Left.LOST;
  }

  /** A packet in the pieces that an MTU admits, which it is from now on. */
  List<Skb> divided(Skb skb, NetDev at, int mtu) {
    SkbMeta meta = skb.meta().withGathered(Optional.empty());
    List<Skb> pieces = pieces(skb.packet(), mtu, at.netns()).stream()
        .map(piece -> run.recorder.fork(skb, piece).with(meta)).toList();
    run.recorder.step(skb, at, new Event.Forked(pieces.stream().map(Skb::copy).toList()));
    run.recorder.step(skb, at, new Event.Ended(new Fate.Divided()));
    return pieces;
  }

  /** Gives a packet to the next hop; false when the device says at once that it is lost. */
  private boolean finish(Skb skb, Dst dst) {
    run.transmit.refused();
    hand(skb, dst);
    return !run.transmit.refused();
  }

  private void hand(Skb skb, Dst dst) {
    switch (dst.kind()) {
      case LOCAL, UNICAST -> run.neighbours.output(skb, dst.device(), dst.nextHop());
      case BROADCAST -> run.transmit.withHeader(skb, dst.device(), MacAddress.BROADCAST);
      case MULTICAST -> {
        if (dst.nextHop().equals(skb.ip().destination())) {
          toGroup(skb, dst);
        } else {
          run.neighbours.output(skb, dst.device(), dst.nextHop());
        }
      }
    }
  }

  /** What a program sends to an IPv6 group that its own host is in comes back to it too (kernel ip6_finish_output2). */
  private void toGroup(Skb skb, Dst dst) {
    MacAddress mac = MacAddress.ofGroup(dst.nextHop());
    boolean loops = skb.ip() instanceof Header.Ipv6 ip && run.recorder.role(skb) == PacketCopy.Role.REQUEST
        && run.groups.isMember(dst.device(), ip.destination());
    if (!loops) {
      run.transmit.withHeader(skb, dst.device(), mac);
      return;
    }
    List<Skb> copies = List.of(run.recorder.fork(skb, skb.packet()), run.recorder.fork(skb, skb.packet()));
    run.recorder.step(skb, dst.device(), new Event.Forked(copies.stream().map(Skb::copy).toList()));
    run.recorder.step(skb, dst.device(), new Event.Ended(new Fate.Divided()));
    run.transmit.toOwnHost(copies.get(0), dst.device(), mac);
    run.transmit.withHeader(copies.get(1), dst.device(), mac);
  }

  private List<Packet> pieces(Packet whole, int mtu, NetnsId netns) {
    return switch (whole.ip().orElseThrow()) {
      case Header.Ipv4 _ -> Fragments.cut(whole, mtu);
      case Header.Ipv6 _ -> Fragments.cut6(whole, mtu, run.identities.identification(netns));
    };
  }
}
