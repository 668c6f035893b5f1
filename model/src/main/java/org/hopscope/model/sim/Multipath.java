package org.hopscope.model.sim;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.Route;
import org.hopscope.model.net.Route.NextHop;
import org.hopscope.model.packet.Header;
import org.hopscope.model.packet.Packet;

/**
 * Spreads flows over the next hops of a multipath route: all packets of a flow take the same one, and each next hop has
 * flows after its weight (kernel net/ipv4/fib_semantics.c fib_select_multipath, route.c fib_multipath_hash). The kernel
 * draws its hash anew at every boot; here it follows from the lab's seed. For IPv6 (net/ipv6/route.c fib6_select_path) the
 * hash is that of the addresses; that a next hop whose neighbour is known to be gone is passed over is left out.
 */
final class Multipath {
  private static final String POLICY = "net.ipv4.fib_multipath_hash_policy";
  private static final String USE_NEIGHBOURS = "net.ipv4.fib_multipath_use_neigh";
  private static final long RANGE = 1L << 31;
  private final Run run;

  Multipath(Run run) {
    this.run = run;
  }

  /**
   * The next hop for a packet of the own host: rather one whose own address the packet comes from.
   *
   * @param source the address it is bound to, if any
   */
  NextHop forOwn(NetnsId netns, Route route, List<NextHop> usable, Optional<IpAddress> source, Packet packet) {
    long hash = hash(netns, packet, source);
    List<NextHop> good = good(netns, usable);
    List<NextHop> own = good.stream().filter(hop -> source.filter(speaker(route, hop)::equals).isPresent()).toList();
    NextHop drawn = draw(good, hash);
    return own.isEmpty() || own.contains(drawn) ? drawn : own.getFirst();
  }

  /** The next hop for a packet that is sent on for another host. */
  NextHop forOther(NetnsId netns, List<NextHop> usable, Packet packet) {
    return draw(good(netns, usable), hash(netns, packet, packet.ip().map(Header.Ip::source)));
  }

  private Ipv4Address speaker(Route route, NextHop hop) {
    return run.sources.select(run.fabric.device(hop.device()), hop.via(), route.origin().scope());
  }

  /** Each next hop answers for a part of the range as large as its weight (fib_rebalance). */
  private static NextHop draw(List<NextHop> hops, long hash) {
    long total = hops.stream().mapToLong(NextHop::weight).sum();
    long sum = 0;
    for (NextHop hop : hops) {
      sum += hop.weight();
      if (hash < sum * RANGE / total) {
        return hop;
      }
    }
    return hops.getLast();
  }

  /** With {@code fib_multipath_use_neigh} only those whose neighbour is not known to be gone, if there are any. */
  private List<NextHop> good(NetnsId netns, List<NextHop> hops) {
    boolean six = hops.getFirst().via().filter(v -> v.family() == IpFamily.INET6).isPresent();
    if (six || run.fabric.sysctl(netns, USE_NEIGHBOURS) == 0) {
      return hops;
    }
    List<NextHop> good = hops.stream().filter(hop -> hop.via()
        .map(via -> run.neighbours.mayBeAlive(run.fabric.device(hop.device()), via)).orElse(true))
        .toList();
    return good.isEmpty() ? hops : good;
  }

  /** By addresses alone, or with policy 1 by protocol and ports too; an error follows the packet it is about. */
  private long hash(NetnsId netns, Packet packet, Optional<IpAddress> source) {
    Optional<Header.IcmpError> error = packet.find(Header.IcmpError.class);
    Optional<Header.Ip> ip = error.map(Header.IcmpError::about).orElse(packet).ip();
    Optional<IpAddress> from = error.isPresent() ? ip.map(Header.Ip::destination) : source;
    Optional<IpAddress> to = ip.map(error.isPresent() ? Header.Ip::source : Header.Ip::destination);
    int flow = Objects.hash(from.map(Object::toString), to.map(Object::toString));
    if (error.isEmpty() && run.fabric.sysctl(netns, POLICY) == 1
        && ip.filter(i -> i instanceof Header.Ipv4).isPresent()) {
      flow = Objects.hash(flow, ports(packet));
    }
    return Integer.toUnsignedLong(run.identities.flow(netns, flow)) >> 1;
  }

  private static int ports(Packet packet) {
    return packet.find(Header.Tcp.class).map(t -> Objects.hash(t.sourcePort(), t.destinationPort()))
        .or(() -> packet.find(Header.Udp.class).map(u -> Objects.hash(u.sourcePort(), u.destinationPort()))).orElse(0);
  }
}
