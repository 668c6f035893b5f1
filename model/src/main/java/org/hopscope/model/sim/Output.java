package org.hopscope.model.sim;

import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.addr.Ipv6Address;
import org.hopscope.model.lab.Errno;
import org.hopscope.model.lab.SysctlGroup;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.Route;
import org.hopscope.model.netfilter.Deed;
import org.hopscope.model.netfilter.Hook;
import org.hopscope.model.packet.Header;
import org.hopscope.model.packet.Packet;
import org.hopscope.model.trace.DropReason;
import org.hopscope.model.trace.Effect;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.PacketCopy;

/** Makes and sends the own host's IP packets, and sends on those of others (kernel net/ipv4/ip_output.c). How they leave is {@link Egress}. */
final class Output {
  /** Stands for the hop limit that the device a packet leaves by has ({@code net.ipv6.conf.DEVICE.hop_limit}). */
  static final int DEVICES_OWN = 0;

  /** IPv4 counts its bytes in two of them (RFC 791 3.1); kernel __ip_append_data. */
  private static final int LONGEST = 65535;

  private final Run run;
  /**
   * What the last packet's sender is told: there is no way for what OUTPUT made of it (kernel NF_DROP_ERR), or the device
   * did not take it (net_xmit_errno).
   */
  private Optional<Errno> lost = Optional.empty();
  /** Whether IPVS has taken the last packet at OUTPUT (kernel NF_STOLEN). */
  private boolean stolen;

  Output(Run run) {
    this.run = run;
  }

  /** What a socket lets the kernel do about a path that is too narrow (ip(7) IP_MTU_DISCOVER). */
  enum PathMtu {
    /** Never set DF; cut what is too long. */
    DONT,
    /** Set DF on what fits, cut what does not. */
    WANT,
    /** Always set DF, refuse what does not fit. */
    DO
  }

  /**
   * A packet to be made and sent.
   *
   * @param netns where
   * @param cause the copy that made it come about
   * @param role what it is for
   * @param by who makes it: see {@link Event.Made}
   * @param options how it may leave
   */
  record Order(NetnsId netns, Optional<Skb> cause, PacketCopy.Role role, String by, Options options) {
  }

  /**
   * How a packet may leave.
   *
   * @param device the device it must leave by, or any
   * @param pathMtu what to do where it does not fit
   * @param broadcast whether it may go to a broadcast address
   */
  record Options(Optional<NetDev> device, PathMtu pathMtu, boolean broadcast) {
    static final Options KERNEL = new Options(Optional.empty(), PathMtu.DONT, true);

    /** What the kernel answers to somebody on the link of a device leaves by that device. */
    static Options kernel(NetDev device, IpAddress to) {
      return to.isLinkLocal() || to.isMulticast() ? new Options(Optional.of(device), PathMtu.DONT, true) : KERNEL;
    }
  }

  /** What became of an order, as far as the sender learns at once. */
  sealed interface Outcome {
    /** It is on its way, from and to these addresses. */
    record Sent(IpAddress source, IpAddress destination, Dst dst) implements Outcome {
    }

    /** The packet filter took it: the sender is told EPERM, and TCP does not mind. */
    record Filtered(IpAddress source, IpAddress destination, Dst dst) implements Outcome {
    }

    /** The device refused it: what sendmsg(2) says. TCP does not mind. */
    record Undeliverable(IpAddress source, IpAddress destination, Dst dst, Errno errno) implements Outcome {
    }

    /** The kernel refused to send it. */
    record Refused(Errno errno, DropReason why) implements Outcome {
    }

    /** It is longer than the way admits and must not be cut. */
    record TooLong(IpAddress source, int mtu) implements Outcome {
    }
  }

  /**
   * A network header for a packet of a namespace: IPv4's with the next identification there, IPv6's with the hop limit
   * that its device will say.
   */
  Header.Ip header(NetnsId netns, IpAddress source, IpAddress destination, int protocol) {
    return switch (destination) {
      case Ipv4Address to -> new Header.Ipv4(Addresses.v4(source), to, protocol,
          run.fabric.sysctl(netns, "net.ipv4.ip_default_ttl"), run.identities.identification(netns), false,
          Header.Fragment.WHOLE);
      case Ipv6Address to -> new Header.Ipv6(Addresses.v6(source), to, protocol, DEVICES_OWN);
    };
  }

  /**
   * Makes a packet, finds its way and sends it.
   *
   * @param packet without a link header; 0.0.0.0 as its source lets the kernel choose one
   */
  Outcome send(Order order, Packet packet) {
    return send(order, packet, 0);
  }

  /** As {@link #send(Order, Packet)}, with a mark (socket(7) SO_MARK). */
  Outcome send(Order order, Packet packet, int mark) {
    NetnsId netns = order.netns();
    IpAddress bound = packet.ip().orElseThrow().source();
    return !bound.isUnspecified() && !run.fib.isLocal(netns, bound)
        ? refuse(order, packet, Errno.EADDRNOTAVAIL, DropReason.SOURCE_NOT_OWN)
        : sendFor(order, packet, mark == 0 ? SkbMeta.NONE : SkbMeta.NONE.withMark(mark));
  }

  /**
   * As {@link #send}, of a program that has called connect(2): the kernel looks for an address to speak from, and then once
   * more for the way from that one, so that rules about sources count (kernel ip_route_connect). IPv6 asks once.
   */
  Outcome sendConnected(Order order, Packet packet) {
    return send(order,
        speaking(order, packet).map(from -> packet.replace(packet.ip().orElseThrow(), from)).orElse(packet));
  }

  /** The header with the address that connect(2) finds; empty where no rule could tell it from none. */
  private Optional<Header.Ip> speaking(Order order, Packet packet) {
    Header.Ip ip = packet.ip().orElseThrow();
    boolean asksTwice = ip instanceof Header.Ipv4 && ip.source().isUnspecified()
        && run.fabric.netns(order.netns()).inet().rules().custom();
    return asksTwice && run.way(new RouteOutput.Flow(order.netns(), ip.destination(), Optional.empty(),
        order.options().device(), 0, packet)) instanceof RouteOutput.Answer.Found found && !found.source().isMulticast()
            ? Optional.of(ip.withAddresses(found.source(), ip.destination()))
            : Optional.empty();
  }

  /** What connect(2) says where the way from the address that it found does not lead anywhere; empty when it succeeds. */
  Optional<RouteOutput.Answer.Failed> connectFails(Order order, Packet packet) {
    return speaking(order, packet).flatMap(ip -> run.way(new RouteOutput.Flow(order.netns(), ip.destination(),
        Optional.of(ip.source()), order.options().device(), 0, packet)) instanceof RouteOutput.Answer.Failed failed
            ? Optional.of(failed)
            : Optional.empty());
  }

  /** As {@link #send}, from whatever address, with what the kernel notes on the packet. */
  Outcome sendFor(Order order, Packet packet, SkbMeta meta) {
    return sendMade(order, make(order, packet).with(meta));
  }

  /** As {@link #sendFor}, on a copy that there is already: what a tunnel has wrapped goes on so. */
  Outcome sendMade(Order order, Skb skb) {
    NetnsId netns = order.netns();
    Packet packet = skb.packet();
    Header.Ip ip = packet.ip().orElseThrow();
    Optional<IpAddress> bound = Optional.of(ip.source()).filter(s -> !s.isUnspecified());
    RouteOutput.Answer answer = run.way(
        new RouteOutput.Flow(netns, ip.destination(), bound, order.options().device(), skb.meta().mark(), packet));
    return switch (answer) {
      case RouteOutput.Answer.Failed(var lookup, Errno errno, DropReason why) -> {
        run.recorder.step(skb, netns, new Event.Looked(lookup));
        run.recorder.drop(skb, netns, why);
        yield new Outcome.Refused(errno, why);
      }
      case RouteOutput.Answer.Found found when bound.isEmpty() && found.source().isMulticast() -> {
        // A group that stands as an address on a device is chosen, and then asked with (kernel ip_route_output_key_hash).
        run.recorder.step(skb, netns, new Event.Looked(found.lookup()));
        run.recorder.drop(skb, netns, DropReason.MARTIAN_SOURCE);
        yield new Outcome.Refused(Errno.EINVAL, DropReason.MARTIAN_SOURCE);
      }
      case RouteOutput.Answer.Found found -> {
        Header.Ip addressed = ip.withAddresses(found.source(), found.destination());
        yield leave(order, skb.with(packet.replace(ip, addressed)), found);
      }
    };
  }

  /** What a program wants to send is refused before any way is looked for. */
  Outcome refuse(Order order, Packet packet, Errno errno, DropReason why) {
    run.recorder.drop(make(order, packet), order.netns(), why);
    return new Outcome.Refused(errno, why);
  }

  private Skb make(Order order, Packet packet) {
    if (order.by().equals(run.program.name()) && order.netns().equals(run.program.netns())) {
      run.recorder.renew();
    }
    Skb skb = run.recorder.open(order.cause(), order.role(), packet);
    run.recorder.step(skb, order.netns(), new Event.Made(order.by()),
        new Effect.Originated(order.netns(), run.tables.packetIds(order.netns()) + 1));
    run.cilium.made(skb, order.netns());
    return skb;
  }

  private Outcome leave(Order order, Skb skb, RouteOutput.Answer.Found found) {
    NetnsId netns = order.netns();
    Dst dst = found.dst();
    boolean fits = skb.packet().length() <= dst.mtu();
    Skb ready = skb.with(skb.packet().replace(skb.ip(), finished(skb.ip(), order.options().pathMtu(), fits, dst)));
    run.recorder.step(ready, netns, new Event.Looked(found.lookup()));
    if (dst.kind() == Dst.Kind.BROADCAST && !order.options().broadcast()) {
      run.recorder.drop(ready, netns, DropReason.BROADCAST_REFUSED);
      return new Outcome.Refused(Errno.EACCES, DropReason.BROADCAST_REFUSED);
    }
    boolean uncountable = skb.ip() instanceof Header.Ipv4 && skb.packet().length() > LONGEST;
    if (uncountable || !fits && order.options().pathMtu() == PathMtu.DO) {
      run.recorder.drop(ready, netns, DropReason.TOO_BIG);
      return new Outcome.TooLong(found.source(), uncountable ? Math.min(dst.mtu(), LONGEST) : dst.mtu());
    }
    lost = Optional.empty();
    stolen = false;
    if (!localOut(ready.with(ready.meta().asOwn()), netns, order.options().device(), dst) && lost.isEmpty()
        && !stolen) {
      return new Outcome.Filtered(found.source(), found.destination(), dst);
    }
    Optional<Errno> refusal = lost.or(run.wireguard::refusal);
    return refusal.isPresent()
        ? new Outcome.Undeliverable(found.source(), found.destination(), dst, refusal.get())
        : new Outcome.Sent(found.source(), found.destination(), dst);
  }

  /** Shows a packet of the own host to OUTPUT and sends it; false when the filter took it (kernel __ip_local_out). */
  private boolean localOut(Skb skb, NetnsId netns, Optional<NetDev> by, Dst dst) {
    if (!Netfilter.sees(dst.device().net(), skb)) {
      return leaves(skb, dst);
    }
    Optional<Skb> passed =
        run.netfilter.pass(Netfilter.At.outgoing(Hook.OUTPUT, netns, dst), skb);
    if (passed.isEmpty()) {
      return false;
    }
    Skb after = passed.get();
    boolean moved = !after.ip().source().equals(skb.ip().source())
        || !after.ip().destination().equals(skb.ip().destination()) || after.meta().reroutes();
    Optional<Dst> way = moved ? reroute(after, netns, by) : Optional.of(dst);
    return way.isPresent() && leaves(after, way.get());
  }

  /** Finds the way anew for what OUTPUT changed; the source stays (kernel ip_route_me_harder, sem-R9). */
  private Optional<Dst> reroute(Skb skb, NetnsId netns, Optional<NetDev> by) {
    return switch (run.way(new RouteOutput.Flow(netns, skb.ip().destination(), Optional.of(skb.ip().source()), by,
        skb.meta().mark(), skb.packet()))) {
      case RouteOutput.Answer.Found found -> {
        run.recorder.step(skb, netns, new Event.Looked(found.lookup()));
        yield Optional.of(found.dst());
      }
      case RouteOutput.Answer.Failed(var lookup, Errno errno, DropReason why) -> {
        run.recorder.step(skb, netns, new Event.Looked(lookup));
        run.recorder.drop(skb, netns, why);
        lost = Optional.of(errno);
        yield Optional.empty();
      }
    };
  }

  /** IPVS sees to a packet from here on, whatever becomes of it. */
  void took() {
    stolen = true;
  }

  /** Sends on what FORWARD let pass, by another way when IPVS put back its source (kernel ip_vs_route_me_harder). */
  void forwarded(Skb skb, NetnsId netns, Dst dst) {
    Optional<Dst> way = skb.meta().reroutes() ? reroute(skb, netns, Optional.empty()) : Optional.of(dst);
    way.ifPresent(d -> run.egress.output(skb, d));
  }

  /**
   * Sends a copy of a packet to a gateway, whomever the packet is for; nothing is told where there is no way (kernel
   * net/ipv4/netfilter/nf_dup_ipv4.c, net/ipv6/netfilter/nf_dup_ipv6.c).
   */
  void duplicate(Skb skb, Netfilter.At at, Deed.Copy how) {
    NetnsId netns = at.netns();
    Header.Ip ip = skb.ip();
    boolean came = at.hook() == Hook.PREROUTING || at.hook() == Hook.INPUT;
    Header.Ip less = came ? ip.withHops(ip.hops() - 1) : ip;
    Packet packet = bare(skb.packet()).replace(ip, less instanceof Header.Ipv4 v4 ? v4.withDontFragment(true) : less);
    Skb copy = run.recorder.open(Optional.of(skb), PacketCopy.Role.COPY, packet)
        .with(SkbMeta.NONE.withMark(skb.meta().mark()).asUntracked());
    run.recorder.step(copy, netns, new Event.Made("TEE"));
    Optional<NetDev> by = how.device().flatMap(d -> run.fabric.named(netns, d));
    switch (run.way(new RouteOutput.Flow(netns, how.gateway(), Optional.empty(), by, 0, packet))) {
      case RouteOutput.Answer.Found found -> {
        run.recorder.step(copy, netns, new Event.Looked(found.lookup()));
        localOut(copy, netns, by, found.dst());
      }
      case RouteOutput.Answer.Failed(var lookup, Errno _, DropReason why) -> {
        run.recorder.step(copy, netns, new Event.Looked(lookup));
        run.recorder.drop(copy, netns, why);
      }
    }
  }

  private static Packet bare(Packet packet) {
    return packet.ethernet().isPresent() ? packet.unwrap() : packet;
  }

  /** Sends what a tunnel has wrapped: no program of this host has it in hand, unless it sent what is inside. */
  void tunnelled(Skb skb, NetnsId home, Optional<NetDev> by, Dst dst) {
    Optional<Errno> before = lost;
    localOut(skb, home, by, dst);
    lost = before;
  }

  /** A header that may be cut, as it leaves by a way. */
  Header.Ip ready(Header.Ip ip, Dst dst) {
    return finished(ip, PathMtu.DONT, true, dst);
  }

  /** The header as it leaves: IPv4's with the DF flag that the sender wants, IPv6's with its device's hop limit. */
  private Header.Ip finished(Header.Ip ip, PathMtu pathMtu, boolean fits, Dst dst) {
    return switch (ip) {
      case Header.Ipv4 v4 -> v4.withTtl(ttl(v4, dst)).withDontFragment(pathMtu == PathMtu.DO
          || fits && pathMtu == PathMtu.WANT && !metrics(dst).mtuLocked() && discovers(v4, dst));
      case Header.Ipv6 v6 -> v6.hopLimit() != DEVICES_OWN ? v6
          : v6.withHops(dst.kind() == Dst.Kind.MULTICAST ? 1 : hopLimit(dst));
    };
  }

  /** What the route says, or the device (kernel ip6_dst_hoplimit). */
  private int hopLimit(Dst dst) {
    int said = metrics(dst).hopLimit();
    return said > 0 ? said : run.fabric.conf(dst.device(), SysctlGroup.CONF6, "hop_limit");
  }

  /** Whether sockets that say nothing look for the path's MTU (kernel inet_create, ip_dont_fragment). */
  private boolean discovers(Header.Ipv4 ip, Dst dst) {
    NetnsId netns = dst.device().netns();
    return run.fabric.sysctl(netns, "net.ipv4.ip_no_pmtu_disc") == 0
        && !run.pathMtus.isLocked(netns, ip.destination(), dst);
  }

  private static Route.Metrics metrics(Dst dst) {
    return dst.route().map(r -> r.origin().metrics()).orElse(Route.Metrics.NONE);
  }

  /** The namespace's TTL gives way to the route's, and to 1 for groups (kernel ip_select_ttl, ip(7) IP_MULTICAST_TTL). */
  private int ttl(Header.Ipv4 ip, Dst dst) {
    boolean usual = ip.ttl() == run.fabric.sysctl(dst.device().net(), "net.ipv4.ip_default_ttl");
    int limit = dst.kind() == Dst.Kind.MULTICAST ? 1 : metrics(dst).hopLimit();
    return usual && limit > 0 ? limit : ip.ttl();
  }

  /** Sends a packet whose way is known; false when the filter took it at POSTROUTING. */
  private boolean leaves(Skb skb, Dst dst) {
    return switch (run.egress.output(skb, dst)) {
      case TAKEN -> true;
      case FILTERED -> false;
      case LOST -> {
        lost = Optional.of(Errno.ENOBUFS);
        yield true;
      }
    };
  }
}
