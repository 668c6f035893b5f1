package org.hopscope.model.sim;

import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.net.Counters;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.TunProgram;
import org.hopscope.model.net.UdpRelay;
import org.hopscope.model.packet.Header;
import org.hopscope.model.packet.Packet;
import org.hopscope.model.trace.DropReason;
import org.hopscope.model.trace.Effect;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Fate;
import org.hopscope.model.trace.Lookup;
import org.hopscope.model.trace.PacketCopy;

/**
 * Programs that hold a tun device open and carry its packets in UDP to their likes, as flanneld does (flannel
 * pkg/backend/udp/proxy_amd64.c): each takes one from the TTL, and what has none left is thrown away in silence. So two more
 * are gone than routers were crossed.
 */
final class RelayDriver {
  /** proxy_amd64.c send_net_unreachable. */
  private static final int TELLING_TTL = 8;
  private static final int TOLD = 8;

  private final Run run;

  RelayDriver(Run run) {
    this.run = run;
  }

  /** tun_to_udp: what is sent to the device is read by the program that holds it open. */
  void transmit(Skb skb, NetDev device, DeviceKind.Tun tun) {
    Effect counted = new Effect.Counted(device.id(), Transmit.sent(skb));
    Optional<TunProgram> program = tun.program().filter(p -> p.relay().isPresent() && skb.packet().ipv4().isPresent());
    if (program.isEmpty()) {
      run.recorder.step(skb, device, new Event.Ended(new Fate.Read(device.id())), counted);
      return;
    }
    UdpRelay relay = program.get().relay().orElseThrow();
    Header.Ipv4 ip = skb.ipv4();
    Optional<UdpRelay.Row> row = relay.find(ip.destination());
    run.recorder.step(skb, device, new Event.Looked(new Lookup.RelayLookup(device.netns(), device.id(),
        ip.destination(), row)), counted);
    if (row.isEmpty()) {
      run.recorder.drop(skb, device, DropReason.NO_RELAY);
      unreachable(skb, device);
      return;
    }
    lowered(skb, device).ifPresent(lower -> run.transmit.backlog(() -> send(lower, program.get(), row.get())));
  }

  private Optional<Skb> lowered(Skb skb, NetDev device) {
    Header.Ipv4 ip = skb.ipv4();
    if (ip.ttl() <= 1) {
      run.recorder.drop(skb, device, DropReason.TTL_EXCEEDED);
      return Optional.empty();
    }
    Skb lower = skb.with(skb.packet().replace(ip, ip.withTtl(ip.ttl() - 1)));
    run.recorder.step(lower, device, new Event.Rewritten(skb.packet(), Event.Rewriting.TTL));
    return Optional.of(lower);
  }

  private void send(Skb skb, TunProgram program, UdpRelay.Row row) {
    NetnsId there = program.netns();
    UdpRelay relay = program.relay().orElseThrow();
    Packet outer = skb.packet().wrap(List.of(
        run.output.header(there, relay.local().address(), row.hop().address(), Header.Ip.UDP),
        new Header.Udp(relay.local().port(), row.hop().port())));
    Skb wrapped = skb.with(outer).with(SkbMeta.NONE);
    run.recorder.step(wrapped, there, Optional.empty(),
        new Event.Rewritten(skb.packet(), Event.Rewriting.ENCAPSULATION),
        List.of(new Effect.Originated(there, run.tables.packetIds(there) + 1)));
    run.output.sendMade(new Output.Order(there, Optional.empty(), run.recorder.role(wrapped), "relay",
        new Output.Options(Optional.empty(), Output.PathMtu.WANT, false)), wrapped);
  }

  /** send_net_unreachable: it comes out of the device; about ICMP nothing is said. */
  private void unreachable(Skb about, NetDev device) {
    Header.Ipv4 ip = about.ipv4();
    Optional<IpAddress> own = device.device().addresses().stream().map(a -> a.address())
        .filter(a -> a instanceof Ipv4Address).findFirst();
    if (ip.protocol() == Header.Ipv4.ICMP || ip.fragment().offset() != 0 || own.isEmpty()) {
      return;
    }
    Header.Ip header = run.output.header(device.netns(), own.get(), ip.source(), Header.Ipv4.ICMP)
        .withHops(TELLING_TTL);
    Packet error = Packet.of(ip.length() + TOLD, header, new Header.IcmpError(Header.IcmpError.UNREACHABLE,
        IcmpErrors.NET, 0, Optional.empty(), about.packet()));
    Skb skb = run.recorder.openBeside(about, Optional.of(about), PacketCopy.Role.ICMP_ERROR, error);
    run.recorder.step(skb, device.netns(), new Event.Made("relay"));
    run.transmit.backlog(() -> enter(skb, device));
  }

  /** udp_to_tun: what came in for the program's socket comes out of its device; false when no such program listens. */
  boolean receive(Skb skb, NetDev in) {
    Header.Udp udp = skb.packet().find(Header.Udp.class).orElseThrow();
    for (NetDev device : run.fabric.relays(in.netns())) {
      UdpRelay relay = ((DeviceKind.Tun) device.device().kind()).program().orElseThrow().relay().orElseThrow();
      boolean mine = relay.local().port() == udp.destinationPort()
          && (relay.local().address().isUnspecified() || relay.local().address().equals(skb.ip().destination()));
      if (mine) {
        take(skb, in, device);
        return true;
      }
    }
    return false;
  }

  private void take(Skb skb, NetDev in, NetDev device) {
    Optional<Packet> inside = skb.packet().carried().filter(p -> p.ipv4().isPresent());
    if (inside.isEmpty()) {
      run.recorder.drop(skb, in, DropReason.NO_TUNNEL_HEADER);
      return;
    }
    Skb bare = skb.with(inside.get()).with(SkbMeta.NONE);
    run.recorder.step(bare, in, new Event.Rewritten(skb.packet(), Event.Rewriting.DECAPSULATION));
    lowered(bare, device).ifPresent(lower -> run.transmit.backlog(() -> enter(lower, device)));
  }

  /** What the program writes comes in by the device; while that is down it cannot (tun_get_user: EIO). */
  private void enter(Skb skb, NetDev device) {
    if (device.isUp()) {
      run.receive.enter(skb, device, PacketType.HOST);
    } else {
      run.recorder.drop(skb, device, DropReason.DEVICE_DOWN,
          Optional.of(new Effect.Counted(device.id(), new Counters(0, 0, 0, 0, 1, 0))));
    }
  }
}
