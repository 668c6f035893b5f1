package org.hopscope.model.sim;

import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.InterfaceAddress;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.addr.Ipv6Address;
import org.hopscope.model.net.Scope;
import org.hopscope.model.netfilter.AddressRange;
import org.hopscope.model.netfilter.Connection;
import org.hopscope.model.netfilter.CtState;
import org.hopscope.model.netfilter.Direction;
import org.hopscope.model.netfilter.Hook;
import org.hopscope.model.netfilter.Manip;
import org.hopscope.model.netfilter.NatChoice;
import org.hopscope.model.netfilter.NatRange;
import org.hopscope.model.netfilter.Target;
import org.hopscope.model.netfilter.Tuple;
import org.hopscope.model.netfilter.Verdict;
import org.hopscope.model.packet.Header;
import org.hopscope.model.packet.Packet;
import org.hopscope.model.packet.WireGuard;
import org.hopscope.model.trace.DropReason;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Fate;

/**
 * Address translation: rules see only the first packet of a connection, the rest follows from its tuples (kernel
 * net/netfilter/nf_nat_core.c, nf_nat_proto.c; sem-N2, N3).
 */
final class Nat {
  private static final Ipv4Address LOOPBACK = Ipv4Address.of("127.0.0.1");

  private final Run run;

  Nat(Run run) {
    this.run = run;
  }

  /**
   * Kernel nf_nat_inet_fn and nf_nat_ipv4_fn. A connection that is in the table is not translated any more: the rules are
   * walked, and it stays as it is (nf_nat_setup_info).
   */
  Optional<Skb> translate(Netfilter.At at, Skb skb, List<Hooks.Stage> lookups) {
    if (skb.meta().tracking().isEmpty()) {
      return Optional.of(skb);
    }
    Ct.Of tracked = skb.meta().tracking().get();
    Manip side = Manip.at(at.hook());
    if (tracked.state() == CtState.RELATED && skb.packet().find(Header.Complaint.class).isPresent()) {
      if (isRedirect(skb) && !mayRedirect(tracked.ct().connection().flags())) {
        run.netfilter.step(at, skb, new Event.Ended(new Fate.Died(DropReason.NAT_REDIRECT)), List.of());
        return Optional.empty();
      }
      return Optional.of(error(at, skb, tracked, side));
    }
    Skb shown = skb;
    if (tracked.state() != CtState.ESTABLISHED && !tracked.ct().connection().flags().isDone(side)) {
      Optional<NatRange> range = Optional.of(unchanged(tracked.ct().connection(), side));
      boolean decided = false;
      for (Hooks.Stage lookup : lookups) {
        if (!decided) {
          Netfilter.Walked walked = run.netfilter.walk(at, shown, lookup);
          shown = walked.skb();
          switch (walked.verdict()) {
            case Verdict.Accept _ -> {
            }
            case Verdict.Drop _,Verdict.Reject _ -> {
              decided = true;
              range = Optional.empty();
            }
            case Verdict.Translate(Target target) -> {
              decided = true;
              range = range(at, shown, target, tracked.ct());
            }
          }
        }
      }
      if (range.isEmpty()) {
        return run.netfilter.dropped(at, shown);
      }
      if (!tracked.ct().isConfirmed()) {
        NatChoice choice = new NatChoice(run.tables.netfilter(at.netns()).conntrack(), run.queue.now().nanos(),
            run.lab.basis().seed());
        tracked.ct().become(choice.decide(tracked.ct().connection(), range.get(), side));
      }
    }
    return Optional.of(packet(at, shown, tracked, side));
  }

  private static boolean isRedirect(Skb skb) {
    return skb.packet().find(Header.IcmpError.class).filter(e -> e.type() == Header.IcmpError.REDIRECT).isPresent();
  }

  /** Only where both sides are decided and neither is translated (kernel nf_nat_icmp_reply_translation). */
  private static boolean mayRedirect(Connection.Flags flags) {
    return flags.sourceDone() && flags.destinationDone() && !flags.sourceNat() && !flags.destinationNat();
  }

  /** The null binding: the address as it is, and another port only when two replies could not be told apart. */
  private static NatRange unchanged(Connection connection, Manip side) {
    IpAddress address = side == Manip.SOURCE ? connection.reply().destination() : connection.reply().source();
    return NatRange.ANY.to(AddressRange.of(address));
  }

  /** Into what a rule maps; empty when it cannot, and the packet is dropped. */
  private Optional<NatRange> range(Netfilter.At at, Skb skb, Target target, Ct ct) {
    return switch (target) {
      case Target.Dnat(NatRange to) -> Optional.of(to);
      case Target.Snat(NatRange to) -> Optional.of(to);
      case Target.Masquerade(var ports, var options) -> masquerade(at, ct)
          .map(a -> new NatRange(Optional.of(AddressRange.of(a)), ports, options));
      case Target.Redirect(var ports, var options) -> own(at, skb.ip().family())
          .map(a -> new NatRange(Optional.of(AddressRange.of(a)), ports, options));
      case Target.Netmap(IpPrefix to) -> Optional.of(NatRange.ANY.to(AddressRange.of(mapped(at.hook(), skb, to))));
      case Target.Nothing _,Target.Accept _,Target.Drop _,Target.Return _,Target.Jump _,Target.Goto _,Target.Reject _,Target.Log _,Target.Mark _,Target.Connmark _,Target.Notrack _,Target.Track _,Target.Trace _,Target.Ttl _,Target.Tcpmss _,Target.Other _ ->
          throw new IllegalArgumentException("no translation: " + target);
    };
  }

  /** Kernel nf_nat_masquerade_ipv4: the address that the host would speak from on that device. */
  private Optional<IpAddress> masquerade(Netfilter.At at, Ct ct) {
    Dst dst = at.dst().orElseThrow();
    IpAddress address = switch (dst.nextHop()) {
      case Ipv4Address v4 -> run.sources.select(dst.device(), Optional.of(v4), Scope.GLOBAL);
      case Ipv6Address _ -> run.sources6.select(dst.device().netns(), Optional.of(dst.device()),
          Addresses.v6(ct.connection().reply().source()));
    };
    ct.become(ct.connection().withFlags(
        ct.connection().flags().withMasquerade(dst.device().device().place().ifindex())));
    return Optional.of(address).filter(a -> !a.isUnspecified());
  }

  /** Kernel nf_nat_redirect_ipv4, nf_nat_redirect_ipv6. */
  private static Optional<IpAddress> own(Netfilter.At at, IpFamily family) {
    if (at.hook() == Hook.OUTPUT) {
      return Optional.of(switch (family) {
        case INET -> LOOPBACK;
        case INET6 -> Ipv6Address.LOOPBACK;
      });
    }
    return at.in().orElseThrow().device().globalAddresses().stream().map(InterfaceAddress::address)
        .filter(a -> a.family() == family).findFirst();
  }

  private static IpAddress mapped(Hook hook, Skb skb, IpPrefix to) {
    IpAddress old = Manip.at(hook) == Manip.SOURCE ? skb.ip().source() : skb.ip().destination();
    return switch (old) {
      case Ipv4Address(int bits) -> new Ipv4Address(
          Addresses.v4(to.address()).bits() | bits & ~Ipv4Address.mask(to.length()).bits());
      case Ipv6Address(long high, long low) -> {
        Ipv6Address mask = new Ipv6Address(-1, -1).network(to.length());
        Ipv6Address network = Addresses.v6(to.address());
        yield new Ipv6Address(network.high() | high & ~mask.high(), network.low() | low & ~mask.low());
      }
    };
  }

  /** Kernel nf_nat_packet: whether this side of this packet changes depends on its direction. */
  private Skb packet(Netfilter.At at, Skb skb, Ct.Of tracked, Manip side) {
    Connection connection = tracked.ct().connection();
    Manip concerned = tracked.direction() == Direction.ORIGINAL ? side : side.opposite();
    if (!connection.flags().isTranslated(concerned)) {
      return skb;
    }
    Tuple target = connection.tuple(tracked.direction().opposite()).invert();
    return rewritten(at, skb, manip(skb.packet(), target, side), side);
  }

  private Skb rewritten(Netfilter.At at, Skb skb, Packet changed, Manip side) {
    if (changed.equals(skb.packet())) {
      return skb;
    }
    Skb after = skb.with(changed);
    Event.Rewriting why = side == Manip.SOURCE ? Event.Rewriting.SOURCE_NAT : Event.Rewriting.DESTINATION_NAT;
    run.netfilter.step(at, after, new Event.Rewritten(skb.packet(), why), List.of());
    return after;
  }

  /** A packet with one side as a tuple has it (kernel nf_nat_manip_pkt). */
  static Packet manip(Packet packet, Tuple target, Manip side) {
    Header.Ip ip = packet.ip().orElseThrow();
    Header.Ip moved = side == Manip.SOURCE
        ? ip.withAddresses(target.source(), ip.destination())
        : ip.withAddresses(ip.source(), target.destination());
    Packet changed = packet.replace(ip, moved);
    Header inner = packet.upper();
    Header fresh = switch (inner) {
      case Header.Tcp tcp -> side == Manip.SOURCE
          ? tcp.withPorts(target.sourcePort(), tcp.destinationPort())
          : tcp.withPorts(tcp.sourcePort(), target.destinationPort());
      case Header.Udp udp -> new Header.Udp(side == Manip.SOURCE ? target.sourcePort() : udp.sourcePort(),
          side == Manip.SOURCE ? udp.destinationPort() : target.destinationPort(), udp.checksum());
      case Header.IcmpEcho echo -> new Header.IcmpEcho(echo.reply(), target.sourcePort(), echo.sequence());
      case Header.Icmpv6Echo echo -> new Header.Icmpv6Echo(echo.reply(), target.sourcePort(), echo.sequence());
      case Header.Complaint _,Header.Ethernet _,Header.Vlan _,Header.Arp _,Header.Ip _,Header.Fragment6 _,Header.Carrier _,Header.NeighbourSolicitation _,Header.NeighbourAdvertisement _,WireGuard _ ->
          inner;
    };
    return fresh.equals(inner) ? changed : changed.replace(inner, fresh);
  }

  /** Kernel nf_nat_icmp_reply_translation: an error's outside, and the packet that it quotes, are changed back. */
  private Skb error(Netfilter.At at, Skb skb, Ct.Of tracked, Manip side) {
    Connection connection = tracked.ct().connection();
    Manip concerned = tracked.direction() == Direction.ORIGINAL ? side : side.opposite();
    if (!connection.flags().isTranslated(concerned)) {
      return skb;
    }
    Tuple back = connection.tuple(tracked.direction().opposite());
    Header.Complaint error = skb.packet().find(Header.Complaint.class).orElseThrow();
    Packet about = manip(error.about(), back, side.opposite());
    Header.Complaint inside = switch (error) {
      case Header.IcmpError e -> new Header.IcmpError(e.type(), e.code(), e.mtu(), e.gateway(), about);
      case Header.Icmpv6Error e -> new Header.Icmpv6Error(e.type(), e.code(), e.mtu(), about);
    };
    Packet outside = manip(skb.packet().replace(error, inside), back.invert(), side);
    return rewritten(at, skb, outside, side);
  }
}
