package org.hopscope.model.sim;

import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.ipvs.Forwarding;
import org.hopscope.model.ipvs.IpvsConnection;
import org.hopscope.model.ipvs.RealServer;
import org.hopscope.model.netfilter.Direction;
import org.hopscope.model.netfilter.Hook;
import org.hopscope.model.netfilter.Manip;
import org.hopscope.model.netfilter.Tuple;
import org.hopscope.model.packet.Header;
import org.hopscope.model.packet.Packet;
import org.hopscope.model.trace.DropReason;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Fate;

/**
 * Sends packets on to the real servers of virtual services, and translates answers back (kernel
 * net/netfilter/ipvs/ip_vs_xmit.c, ip_vs_nfct.c): they pass OUTPUT and POSTROUTING again and are not balanced twice.
 * Conntrack lets go of them unless {@code net.ipv4.vs.conntrack} is 1, so that iptables does not translate them too.
 */
final class RealServers {
  private final Run run;

  RealServers(Run run) {
    this.run = run;
  }

  /** What goes on from here at its hook; empty for what was sent, or could not be. */
  Optional<Skb> send(Netfilter.At at, Skb skb, IpvsConnection connection) {
    IpAddress to = connection.server().address();
    RouteOutput.Answer answer = run.way(
        new RouteOutput.Flow(at.netns(), to, Optional.empty(), Optional.empty(), 0, skb.packet()));
    run.netfilter.step(at, skb, new Event.Looked(answer.lookup()), List.of());
    return switch (answer) {
      case RouteOutput.Answer.Failed(var _, var _, DropReason why) -> {
        Optional<Skb> end = lost(at, skb, why);
        unreachable(at, skb);
        yield end;
      }
      case RouteOutput.Answer.Found found when found.dst().kind() == Dst.Kind.LOCAL -> stay(at, skb, connection);
      case RouteOutput.Answer.Found found -> leave(at, skb, connection, found);
    };
  }

  /** The real server is this host itself. */
  private Optional<Skb> stay(Netfilter.At at, Skb skb, IpvsConnection connection) {
    boolean translated = connection.forwarding() == Forwarding.MASQUERADE;
    if (translated && at.hook() == Hook.INPUT && connection.server().address().isLoopback()) {
      return lost(at, skb, DropReason.MARTIAN_DESTINATION);
    }
    Skb here = translated ? translated(at, skb, connection) : skb;
    return Optional.of(released(here, connection, true));
  }

  private Optional<Skb> leave(Netfilter.At at, Skb skb, IpvsConnection connection, RouteOutput.Answer.Found way) {
    if (skb.ip().source().isLoopback()) {
      return lost(at, skb, DropReason.LOOPBACK_LEAVES);
    }
    if (skb.ip().hops() <= 1 && skb.ip().hops() != Output.DEVICES_OWN) {
      Optional<Skb> end = lost(at, skb, DropReason.TTL_EXCEEDED);
      timeExceeded(at, skb);
      return end;
    }
    boolean wraps = connection.forwarding() == Forwarding.TUNNEL;
    int room = way.dst().mtu() - (wraps ? skb.ip().length() : 0);
    boolean fixed = !(skb.ip() instanceof Header.Ipv4 v4) || v4.dontFragment();
    if (fixed && skb.packet().networkLength() > room) {
      Optional<Skb> end = lost(at, skb, DropReason.TOO_BIG);
      tooBig(at, skb, room);
      return end;
    }
    Packet network = skb.packet().network();
    Skb lowered = skb.with(network.replace(skb.ip(), skb.ip().withHops(skb.ip().hops() - 1)));
    run.netfilter.step(at, lowered, new Event.Rewritten(skb.packet(), Event.Rewriting.TTL), List.of());
    Skb ready = switch (connection.forwarding()) {
      case MASQUERADE -> released(translated(at, lowered, connection), connection, true);
      case DIRECT -> released(lowered, connection, false);
      case TUNNEL -> wrapped(at, lowered, way);
    };
    run.output.tunnelled(ready, at.netns(), Optional.empty(), way.dst());
    run.output.took();
    return Optional.empty();
  }

  /** Sent or lost, the sender is not told (NF_STOLEN). */
  private Optional<Skb> lost(Netfilter.At at, Skb skb, DropReason why) {
    run.netfilter.step(at, skb, new Event.Ended(new Fate.Died(why)), List.of());
    run.output.took();
    return Optional.empty();
  }

  private void unreachable(Netfilter.At at, Skb skb) {
    if (skb.ip().family() == IpFamily.INET) {
      run.icmpErrors.unreachable(skb, at.netns(), IcmpErrors.HOST);
    } else {
      run.icmpv6Errors.unreachable(skb, in(at), Icmpv6Errors.ADDRESS);
    }
  }

  private void timeExceeded(Netfilter.At at, Skb skb) {
    if (skb.ip().family() == IpFamily.INET) {
      run.icmpErrors.timeExceeded(skb, at.netns());
    } else {
      run.icmpv6Errors.timeExceeded(skb, in(at));
    }
  }

  private void tooBig(Netfilter.At at, Skb skb, int mtu) {
    if (skb.ip().family() == IpFamily.INET) {
      run.icmpErrors.fragmentationNeeded(skb, at.netns(), mtu);
    } else {
      run.icmpv6Errors.tooBig(skb, in(at), mtu);
    }
  }

  private NetDev in(Netfilter.At at) {
    return at.in().orElseGet(() -> run.fabric.loopback(at.netns()));
  }

  /** ip_vs_notrack; with conntrack the entry learns where answers come from (ip_vs_update_conntrack). */
  private static Skb released(Skb skb, IpvsConnection connection, boolean translated) {
    SkbMeta meta = skb.meta().asBalanced();
    if (!connection.flags().tracked()) {
      return skb.with(meta.tracking().isPresent() ? meta.asUntracked() : meta);
    }
    meta.tracking().filter(t -> translated && !t.ct().isConfirmed() && t.direction() == Direction.ORIGINAL)
        .map(Ct.Of::ct).ifPresent(ct -> {
          Tuple reply = ct.connection().reply();
          RealServer.Key to = connection.destination();
          ct.become(ct.connection().withReply(new Tuple(reply.protocol(), to.address(), reply.destination(),
              to.port(), reply.destinationPort(), reply.zone())));
        });
    return skb.with(meta);
  }

  /** A request with the server as its destination; an error with the packet it is about changed too. */
  private Skb translated(Netfilter.At at, Skb skb, IpvsConnection connection) {
    RealServer.Key to = connection.destination();
    Tuple target = tuple(connection, to);
    Packet changed = skb.packet().upper() instanceof Header.Complaint error
        ? error(skb.packet(), error, Nat.manip(error.about(), target.invert(), Manip.SOURCE),
            skb.ip().withAddresses(skb.ip().source(), to.address()))
        : Nat.manip(skb.packet(), target, Manip.DESTINATION);
    return rewritten(at, skb, changed, Event.Rewriting.DESTINATION_NAT);
  }

  /** An answer, or an error about a request, with the virtual address as its source. */
  Skb answered(Netfilter.At at, Skb skb, IpvsConnection connection) {
    RealServer.Key virtual = new RealServer.Key(connection.flow().virtual(), connection.flow().virtualPort());
    Tuple target = tuple(connection, virtual);
    Packet changed = skb.packet().upper() instanceof Header.Complaint error
        ? error(skb.packet(), error, Nat.manip(error.about(), target, Manip.DESTINATION),
            skb.ip().withAddresses(virtual.address(), skb.ip().destination()))
        : Nat.manip(skb.packet(), target.invert(), Manip.SOURCE);
    return released(rewritten(at, skb, changed, Event.Rewriting.SOURCE_NAT), connection, false);
  }

  private static Tuple tuple(IpvsConnection connection, RealServer.Key other) {
    return new Tuple(connection.flow().protocol(), connection.flow().client(), other.address(),
        connection.flow().clientPort(), other.port());
  }

  private static Packet error(Packet packet, Header.Complaint error, Packet about, Header.Ip outer) {
    Header.Complaint inside = switch (error) {
      case Header.IcmpError e -> new Header.IcmpError(e.type(), e.code(), e.mtu(), e.gateway(), about);
      case Header.Icmpv6Error e -> new Header.Icmpv6Error(e.type(), e.code(), e.mtu(), about);
    };
    return packet.replace(error, inside).replace(packet.ip().orElseThrow(), outer);
  }

  private Skb rewritten(Netfilter.At at, Skb skb, Packet changed, Event.Rewriting why) {
    if (changed.equals(skb.packet())) {
      return skb;
    }
    Skb after = skb.with(changed);
    run.netfilter.step(at, after, new Event.Rewritten(skb.packet(), why), List.of());
    return after;
  }

  /** ip_vs_tunnel_xmit: TTL and DF outside are those inside, and conntrack begins anew. */
  private Skb wrapped(Netfilter.At at, Skb skb, RouteOutput.Answer.Found way) {
    Header.Ip inner = skb.ip();
    int protocol = inner.family() == IpFamily.INET ? Header.Ip.IPIP : Header.Ip.IPV6;
    Header.Ip plain = run.output.header(at.netns(), way.source(), way.destination(), protocol).withHops(inner.hops());
    Header.Ip outer = plain instanceof Header.Ipv4 v4 && inner instanceof Header.Ipv4 in
        ? v4.withDontFragment(in.dontFragment()) : plain;
    Skb outside = skb.with(skb.packet().wrap(outer)).with(skb.meta().withoutTracking().asBalanced());
    run.netfilter.step(at, outside, new Event.Rewritten(skb.packet(), Event.Rewriting.ENCAPSULATION), List.of());
    return outside;
  }
}
