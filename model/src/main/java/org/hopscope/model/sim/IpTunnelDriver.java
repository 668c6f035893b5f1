package org.hopscope.model.sim;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.Driver;
import org.hopscope.model.net.IpTunnelFlag;
import org.hopscope.model.packet.Header;
import org.hopscope.model.packet.Packet;
import org.hopscope.model.trace.DropReason;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Lookup;

/**
 * Tunnels over IPv4: packets in packets (kernel net/ipv4/ip_tunnel.c, ip_gre.c, ipip.c, net/ipv6/sit.c). Not checked
 * against a kernel: the one at hand has none. Left out: that errors about packets outside make the tunnel report its far
 * end unreachable for 30 s (ip_tunnel.err_count), neighbours of a GRE tunnel without a far end, and 6to4.
 */
final class IpTunnelDriver {
  /** sit.c: what IPv6 must have room for; below that the packets outside may be cut. */
  private static final int LEAST_MTU6 = 1280;
  private static final int LEAST_MTU = 68;

  private final Run run;

  IpTunnelDriver(Run run) {
    this.run = run;
  }

  /** ipgre_xmit, gre_tap_xmit, ipip_tunnel_xmit, sit_tunnel_xmit. */
  void transmit(Skb skb, NetDev device, DeviceKind.IpTunnel tunnel) {
    if (!carries(tunnel, skb.packet())) {
      run.recorder.drop(skb, device, DropReason.NOT_CARRIED);
      return;
    }
    if (tunnel.settings().has(IpTunnelFlag.UNBOUND)) {
      run.recorder.drop(skb, device, DropReason.UNBOUND);
      return;
    }
    Optional<IpAddress> to = tunnel.outer().remote().or(() -> nextHop(skb, tunnel));
    if (to.isEmpty()) {
      run.recorder.drop(skb, device, DropReason.NO_REMOTE);
      return;
    }
    boolean six = skb.packet().ip().filter(ip -> ip.family() == IpFamily.INET6).isPresent();
    boolean dontFragment = tunnel.settings().has(IpTunnelFlag.PMTUDISC)
        || !tunnel.settings().has(IpTunnelFlag.IGNORE_DF) && skb.packet().ip()
            .filter(ip -> ip instanceof Header.Ipv4 v4 && v4.dontFragment()).isPresent();
    Encapsulation.Wrapping how = new Encapsulation.Wrapping(tunnel, to.get(),
        tunnel.outer().device().map(run.fabric::device), protocol(tunnel, six), headers(tunnel, six),
        dontFragment);
    switch (run.encapsulation.wrap(skb, device, how)) {
      case Encapsulation.Way.Found way -> leave(skb, device, tunnel, way, dontFragment);
      case Encapsulation.Way.Lost(DropReason why) -> {
        if (tunnel.driver() == Driver.SIT && six && why != DropReason.TUNNEL_LOOP) {
          run.icmpv6Errors.unreachable(skb, device, Icmpv6Errors.ADDRESS);
        }
      }
    }
  }

  /** An ipip carries IPv4; a sit that was made for IPv6 alone sends IPv4 too, which its like does not take. */
  private static boolean carries(DeviceKind.IpTunnel tunnel, Packet packet) {
    boolean six = packet.ip().filter(ip -> ip.family() == IpFamily.INET6).isPresent();
    return tunnel.driver() != Driver.IPIP || !six;
  }

  /** Without a far end the gateway of the route is it, or the destination itself (rt_nexthop); GRE asks neighbours. */
  private static Optional<IpAddress> nextHop(Skb skb, DeviceKind.IpTunnel tunnel) {
    return skb.meta().nextHop()
        .filter(hop -> hop.family() == IpFamily.INET && tunnel.driver() != Driver.GRE && !hop.isUnspecified());
  }

  private static int protocol(DeviceKind.IpTunnel tunnel, boolean six) {
    return switch (tunnel.driver()) {
      case GRE, GRETAP -> Header.Ip.GRE;
      default -> six ? Header.Ip.IPV6 : Header.Ip.IPIP;
    };
  }

  private static List<Header> headers(DeviceKind.IpTunnel tunnel, boolean six) {
    int type = tunnel.driver() == Driver.GRETAP ? Header.Gre.FRAME
        : six ? Header.Ethernet.IPV6 : Header.Ethernet.IPV4;
    return switch (tunnel.driver()) {
      case GRE, GRETAP -> List.of(new Header.Gre(type, tunnel.settings().outKey()));
      default -> List.of();
    };
  }

  private void leave(Skb skb, NetDev device, DeviceKind.IpTunnel tunnel, Encapsulation.Way.Found way,
      boolean dontFragment) {
    Skb inside = way.skb().with(skb.packet());
    Header.Ip ip = skb.packet().ip().orElse(null);
    int overhead = way.skb().packet().networkLength() - skb.packet().networkLength();
    if (tunnel.driver() == Driver.SIT && ip instanceof Header.Ipv6) {
      leaveSit(inside, device, tunnel, way, overhead);
      return;
    }
    int most = dontFragment ? way.dst().mtu() - overhead : device.mtu();
    int length = skb.packet().networkLength();
    if (most < length && dontFragment) {
      run.encapsulation.note(inside, device, most);
    }
    boolean tooLong = most < length
        && (ip instanceof Header.Ipv4 v4 && v4.dontFragment() || ip instanceof Header.Ipv6 && most >= LEAST_MTU6);
    if (tooLong) {
      tooBig(inside, device, most);
    } else {
      run.encapsulation.send(way, tunnel.home());
    }
  }

  /** ipip6_tunnel_xmit: below what IPv6 needs, the packet outside may be cut. */
  private void leaveSit(Skb inside, NetDev device, DeviceKind.IpTunnel tunnel, Encapsulation.Way.Found way,
      int overhead) {
    int most = way.dst().mtu() - overhead;
    if (!tunnel.settings().has(IpTunnelFlag.PMTUDISC)) {
      run.encapsulation.send(way, tunnel.home());
    } else if (most < LEAST_MTU) {
      run.recorder.drop(inside, device, DropReason.TOO_BIG);
    } else {
      int room = Math.max(most, LEAST_MTU6);
      if (inside.packet().networkLength() > room) {
        run.encapsulation.note(inside, device, room);
        tooBig(inside, device, room);
      } else {
        run.encapsulation.send(most < LEAST_MTU6 ? cuttable(way) : way, tunnel.home());
      }
    }
  }

  private static Encapsulation.Way.Found cuttable(Encapsulation.Way.Found way) {
    Packet packet = way.skb().packet();
    Header.Ipv4 outer = packet.ipv4().orElseThrow();
    return new Encapsulation.Way.Found(way.skb().with(packet.replace(outer, outer.withDontFragment(false))), way.by(),
        way.dst());
  }

  /** The sender is told how long its packets may be; who sent by a bridge is not (icmp_ndo_send finds no route). */
  private void tooBig(Skb skb, NetDev device, int most) {
    run.recorder.drop(skb, device, DropReason.TOO_BIG);
    if (device.port().isEmpty()) {
      switch (skb.ip()) {
        case Header.Ipv4 _ -> run.icmpErrors.fragmentationNeeded(skb, device.netns(), most);
        case Header.Ipv6 _ -> run.icmpv6Errors.tooBig(skb, device, most);
      }
    }
  }

  /**
   * gre_rcv, tunnel4_rcv, tunnel64_rcv: takes what a tunnel's protocol brings.
   *
   * @return whether the host has such a protocol: where no module for it was loaded it has not
   */
  boolean receive(Skb skb, NetDev in) {
    Optional<Header.Gre> gre = skb.packet().find(Header.Gre.class);
    Optional<Packet> inside = skb.packet().carried();
    List<Driver> drivers = switch (skb.ip().protocol()) {
      case Header.Ip.GRE -> List.of(gre.map(Header.Gre::protocol).orElse(0) == Header.Gre.FRAME
          ? Driver.GRETAP : Driver.GRE);
      case Header.Ip.IPIP -> List.of(Driver.IPIP, Driver.SIT);
      case Header.Ip.IPV6 -> List.of(Driver.SIT);
      default -> List.of();
    };
    List<Device> all = run.lab.tunnelsOf(in.netns()).stream()
        .filter(d -> d.kind() instanceof DeviceKind.IpTunnel t && drivers.contains(t.driver())).toList();
    if (all.isEmpty()) {
      return false;
    }
    if (inside.isEmpty()) {
      run.recorder.drop(skb, in, DropReason.NO_TUNNEL_HEADER);
      return true;
    }
    Lookup.TunnelLookup.Ends key = new Lookup.TunnelLookup.Ends(drivers.getFirst(), skb.ip().destination(),
        skb.ip().source(), gre.flatMap(Header.Gre::key));
    Optional<NetDev> found = drivers.stream().flatMap(d -> find(all, d, key, in).stream()).findFirst();
    run.recorder.step(skb, in,
        new Event.Looked(new Lookup.TunnelLookup(in.netns(), key, found.map(NetDev::id))));
    if (found.isEmpty()) {
      run.recorder.drop(skb, in, DropReason.NO_TUNNEL_ENDS);
      run.icmpErrors.unreachable(skb, in.netns(), IcmpErrors.PORT);
    } else {
      take(skb, in, found.get(), inside.get());
    }
    return true;
  }

  private void take(Skb skb, NetDev in, NetDev found, Packet inside) {
    DeviceKind.IpTunnel tunnel = (DeviceKind.IpTunnel) found.device().kind();
    boolean strange = tunnel.driver() == Driver.SIT && skb.ip().protocol() == Header.Ip.IPIP
        && !tunnel.settings().has(IpTunnelFlag.ANY);
    if (strange) {
      run.recorder.drop(skb, in, DropReason.NOT_CARRIED);
      return;
    }
    Skb bare = skb.with(inside).with(skb.meta().scrubbed(!found.netns().equals(in.netns())));
    run.recorder.step(bare, in, new Event.Rewritten(skb.packet(), Event.Rewriting.DECAPSULATION));
    run.recorder.step(bare, in, new Event.HandedUp(found.id()));
    run.receive.enter(bare, found, inside.ethernet()
        .map(e -> PacketType.of(e.destination(), found.mac())).orElse(PacketType.HOST));
  }

  /** ip_tunnel_lookup: the more is said of a tunnel the earlier it counts; one that is bound to the very device wins. */
  private Optional<NetDev> find(List<Device> all, Driver driver, Lookup.TunnelLookup.Ends key, NetDev in) {
    return all.stream().filter(Device::isUp).filter(d -> kind(d).driver() == driver)
        .filter(d -> rank(kind(d), key).isPresent())
        .min(Comparator.comparing((Device d) -> !kind(d).outer().device().equals(Optional.of(in.id())))
            .thenComparing(d -> rank(kind(d), key).orElseThrow()))
        .map(Device::id).map(run.fabric::device);
  }

  private static DeviceKind.IpTunnel kind(Device device) {
    return (DeviceKind.IpTunnel) device.kind();
  }

  /** 0 for both ends, 1 for the far one alone, 2 for the own one alone, 3 for none, 4 for the driver's own tunnel. */
  private static OptionalInt rank(DeviceKind.IpTunnel tunnel, Lookup.TunnelLookup.Ends key) {
    if (tunnel.isFallback()) {
      return OptionalInt.of(4);
    }
    Optional<IpAddress> local = tunnel.outer().local();
    Optional<IpAddress> remote = tunnel.outer().remote();
    boolean mine = local.map(key.local()::equals).orElse(true) && remote.map(key.remote()::equals).orElse(true)
        && (tunnel.driver() == Driver.IPIP || tunnel.driver() == Driver.SIT
            || tunnel.settings().inKey().equals(key.key()));
    return mine ? OptionalInt.of((local.isPresent() ? 0 : 1) + (remote.isPresent() ? 0 : 2)) : OptionalInt.empty();
  }
}
