package org.hopscope.model.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.Counters;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.Driver;
import org.hopscope.model.net.GeneveSettings;
import org.hopscope.model.net.IpTunnelSettings;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.Outer;
import org.hopscope.model.net.VxlanSettings;
import org.hopscope.model.net.VxlanSettings.Learning;
import org.hopscope.model.net.VxlanSettings.SourcePorts;
import org.hopscope.model.ovs.Flow;
import org.hopscope.model.ovs.FlowKey;
import org.hopscope.model.ovs.OpenVswitch;
import org.hopscope.model.ovs.OvsBridge;
import org.hopscope.model.ovs.OvsLearned;
import org.hopscope.model.ovs.OvsPort;
import org.hopscope.model.ovs.Pipeline;
import org.hopscope.model.packet.Header;
import org.hopscope.model.packet.Packet;
import org.hopscope.model.trace.DropReason;
import org.hopscope.model.trace.Effect;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Lookup;
import org.pcollections.TreePSet;

/**
 * Open vSwitch: frames walk through flow tables, each as if it were the first of its kind (ofproto/ofproto-dpif-xlate.c;
 * kernel net/openvswitch). Left out: the datapath's own cache of flows, which changes nothing but the speed.
 */
final class OvsDriver {
  private static final int TTL = 64;

  private final Run run;

  OvsDriver(Run run) {
    this.run = run;
  }

  /** A frame came in by a device that is a port. */
  void fromPort(Skb frame, NetDev device) {
    String host = device.netns().host();
    OvsBridge bridge = run.fabric.ovs(host).bridgeOf(device.device().name()).orElseThrow();
    int port = bridge.port(device.device().name()).orElseThrow().number();
    walk(frame, device, bridge, FlowKey.of(port, 0, frame.packet()));
  }

  /** The host sends by the bridge's own device, or by another internal one. */
  void fromHost(Skb frame, NetDev device, DeviceKind.OvsInternal internal) {
    run.recorder.step(frame, device, new Event.HandedDown(device.id()),
        new Effect.Counted(device.id(), Transmit.sent(frame)));
    Optional<OvsBridge> bridge = run.fabric.ovs(device.netns().host()).bridgeOf(internal.port());
    if (bridge.isEmpty()) {
      run.recorder.drop(frame, device, DropReason.NO_CARRIER);
      return;
    }
    int port = bridge.get().port(internal.port()).orElseThrow().number();
    walk(frame.with(frame.meta().scrubbed(true)), device, bridge.get(), FlowKey.of(port, 0, frame.packet()));
  }

  private void walk(Skb frame, NetDev at, OvsBridge bridge, FlowKey key) {
    NetnsId root = NetnsId.root(at.netns().host());
    OpenVswitch ovs = run.fabric.ovs(root.host());
    long now = run.queue.now().nanos();
    Pipeline.Walk walk = Pipeline.of(ovs, run.tables.ovs(root.host()), now, false, bridge, key);
    List<Pipeline.Event.Sent> sent = new ArrayList<>();
    DropReason why = DropReason.FLOW_DROP;
    for (Pipeline.Event event : walk.events()) {
      switch (event) {
        case Pipeline.Event.Asked(String name, int table, FlowKey asked, Optional<Flow> won) -> {
          OvsLearned learned = run.tables.ovs(root.host());
          Optional<Effect> hit = won.map(f -> new Effect.OvsSet(root.host(),
              learned.hit(OvsLearned.Row.of(name, f), frame.packet().length(), now)));
          run.recorder.step(frame, at, new Event.Looked(new Lookup.FlowLookup(root, name, table, asked, won)), hit);
          why = won.isEmpty() ? DropReason.NO_FLOW : DropReason.FLOW_DROP;
        }
        case Pipeline.Event.Heard(var address, int port) -> run.recorder.step(frame, at,
            new Event.Switched(at.id()), Optional.of(new Effect.OvsSet(root.host(),
                run.tables.ovs(root.host()).heard(address, port, now))));
        case Pipeline.Event.Sought(var address, var port) -> run.recorder.step(frame, at,
            new Event.Looked(new Lookup.MacLookup(root, address, port)));
        case Pipeline.Event.Refused _ -> why = DropReason.VLAN_REFUSED;
        case Pipeline.Event.Sent one -> sent.add(one);
      }
    }
    if (sent.isEmpty()) {
      run.recorder.drop(frame, at, why);
      return;
    }
    List<Skb> copies = run.recorder.copies(frame, at, sent.size());
    for (int i = 0; i < sent.size(); i++) {
      send(copies.get(i), at, root, sent.get(i));
    }
  }

  /** do_output: what the flow has changed, then the port. */
  private void send(Skb copy, NetDev at, NetnsId root, Pipeline.Event.Sent sent) {
    Packet packet = sent.key().packet();
    Skb ready = copy.with(packet);
    if (!packet.equals(copy.packet())) {
      run.recorder.step(ready, at, new Event.Rewritten(copy.packet(), Event.Rewriting.FLOW));
    }
    switch (sent.port().type()) {
      case OvsPort.Type.System() -> toDevice(ready, at, run.lab.find(new DeviceRef(root, sent.port().name())));
      case OvsPort.Type.Internal() -> toHost(ready, at, internal(root, sent.port().name()));
      case OvsPort.Type.Tunnel tunnel -> toTunnel(ready, at, root, tunnel, sent.key());
      case OvsPort.Type.Patch _ -> run.recorder.drop(ready, at, DropReason.NO_DEVICE);
    }
  }

  private Optional<Device> internal(NetnsId root, String port) {
    LabState lab = run.lab;
    return lab.devices().values().stream().filter(d -> d.netns().host().equals(root.host())
        && d.kind() instanceof DeviceKind.OvsInternal(String name, boolean _) && name.equals(port)).findFirst();
  }

  /** ovs_vport_send: what is too long is thrown away without a word. */
  private void toDevice(Skb frame, NetDev at, Optional<Device> device) {
    if (device.isEmpty()) {
      run.recorder.drop(frame, at, DropReason.NO_DEVICE);
      return;
    }
    NetDev to = run.fabric.device(device.get().id());
    if (frame.packet().networkLength() > to.mtu()) {
      run.recorder.drop(frame, to, DropReason.OVER_MTU);
    } else {
      run.transmit.send(frame, to);
    }
  }

  /** internal_dev_recv. */
  private void toHost(Skb frame, NetDev at, Optional<Device> device) {
    if (device.isEmpty() || !device.get().isUp()) {
      run.recorder.drop(frame, device.map(d -> run.fabric.device(d.id())).orElse(at),
          device.isEmpty() ? DropReason.NO_DEVICE : DropReason.DEVICE_DOWN);
      return;
    }
    NetDev to = run.fabric.device(device.get().id());
    run.recorder.step(frame, at, new Event.HandedUp(to.id()));
    run.transmit.backlog(
        () -> run.receive.enter(frame, to, PacketType.of(frame.ethernet().destination(), to.mac())));
  }

  /** The tunnel's packets are the host's own ones; DF is set unless somebody says otherwise (options:df_default). */
  private void toTunnel(Skb frame, NetDev at, NetnsId root, OvsPort.Type.Tunnel tunnel, FlowKey key) {
    if (tunnel.remote().isEmpty()) {
      run.recorder.drop(frame, at, DropReason.NO_REMOTE);
      return;
    }
    int number = tunnel.flowKey() ? (int) key.tunnel() : tunnel.key().orElse(0);
    boolean keyed = tunnel.flowKey() || tunnel.key().isPresent();
    DeviceKind.Tunnel kind = kind(root, tunnel.kind(), tunnel.remote(), number, keyed);
    int source = run.encapsulation.sourcePort(frame.packet(), root, run.clientPorts(root)[0], run.clientPorts(root)[1]);
    List<Header> headers = switch (tunnel.kind()) {
      case VXLAN -> List.of(new Header.Udp(source, Header.Vxlan.PORT, false), new Header.Vxlan(number));
      case GENEVE -> List.of(new Header.Udp(source, Header.Geneve.PORT, false), new Header.Geneve(number));
      case GRE -> List.of(new Header.Gre(Header.Gre.FRAME, keyed ? Optional.of(number) : Optional.empty()));
    };
    int protocol = tunnel.kind() == OvsPort.Type.Kind.GRE ? Header.Ip.GRE : Header.Ip.UDP;
    Encapsulation.Wrapping how =
        new Encapsulation.Wrapping(kind, tunnel.remote().get(), Optional.empty(), protocol, headers, true);
    if (run.encapsulation.wrap(frame, at, how, Counters.ZERO) instanceof Encapsulation.Way.Found way) {
      run.encapsulation.send(way, root);
    }
  }

  private static DeviceKind.Tunnel kind(NetnsId root, OvsPort.Type.Kind kind, Optional<IpAddress> remote, int number,
      boolean keyed) {
    Outer outer = new Outer(Optional.empty(), remote, Optional.empty(), new Outer.Ttl.Fixed(TTL), false);
    return switch (kind) {
      case VXLAN -> new DeviceKind.Vxlan(root, outer, new VxlanSettings(number, Header.Vxlan.PORT, SourcePorts.ANY,
          TreePSet.empty(), Learning.USUAL, VxlanSettings.Df.SET));
      case GENEVE -> new DeviceKind.Geneve(root, outer,
          new GeneveSettings(number, Header.Geneve.PORT, false, VxlanSettings.Df.SET));
      case GRE -> new DeviceKind.IpTunnel(root, outer, Driver.GRETAP, IpTunnelSettings.USUAL.withKeys(
          keyed ? Optional.of(number) : Optional.empty(), keyed ? Optional.of(number) : Optional.empty()));
    };
  }

  /**
   * A packet of a tunnel came in: while a switch has a tunnel of that kind, all packets of its port or protocol are the
   * switch's (vport-vxlan, vport-geneve, vport-gre).
   *
   * @return whether there is such a tunnel
   */
  boolean receive(Skb skb, NetDev in) {
    OpenVswitch ovs = run.fabric.ovs(in.netns().host());
    if (ovs.bridges().isEmpty() || !in.netns().isRoot()) {
      return false;
    }
    Optional<OvsPort.Type.Kind> kind = kind(skb.packet());
    List<OvsPort> tunnels = ovs.bridges().stream().flatMap(b -> b.ports().stream()).filter(p -> kind.isPresent()
        && p.type() instanceof OvsPort.Type.Tunnel t && t.kind() == kind.get()).toList();
    if (tunnels.isEmpty()) {
      return false;
    }
    Optional<Long> key = key(skb.packet());
    Optional<OvsPort> found = tunnels.stream().filter(p -> isFor(p, key, skb.ip().source())).findFirst();
    if (found.isEmpty() || skb.packet().carried().isEmpty()) {
      run.recorder.drop(skb, in, DropReason.NO_OVS_TUNNEL);
      return true;
    }
    Packet inside = skb.packet().carried().orElseThrow();
    Skb frame = skb.with(inside).with(skb.meta().scrubbed(true));
    run.recorder.step(frame, in, new Event.Rewritten(skb.packet(), Event.Rewriting.DECAPSULATION));
    OvsBridge bridge = ovs.bridgeOf(found.get().name()).orElseThrow();
    walk(frame, in, bridge, FlowKey.of(found.get().number(), key.orElse(0L), inside));
    return true;
  }

  private static Optional<OvsPort.Type.Kind> kind(Packet packet) {
    return switch (packet.upper()) {
      case Header.Udp udp when udp.destinationPort() == Header.Vxlan.PORT -> Optional.of(OvsPort.Type.Kind.VXLAN);
      case Header.Udp udp when udp.destinationPort() == Header.Geneve.PORT -> Optional.of(OvsPort.Type.Kind.GENEVE);
      case Header.Gre(int protocol, var _) when protocol == Header.Gre.FRAME -> Optional.of(OvsPort.Type.Kind.GRE);
      case Header _ -> Optional.empty();
    };
  }

  private static Optional<Long> key(Packet packet) {
    return packet.find(Header.Carrier.class).flatMap(carrier -> switch (carrier) {
      case Header.Vxlan(int vni) -> Optional.of((long) vni);
      case Header.Geneve(int vni) -> Optional.of((long) vni);
      case Header.Gre(int _, var key) -> key.map(Integer::toUnsignedLong);
    });
  }

  /** tnl_find: the far end and the key must be the port's. */
  private static boolean isFor(OvsPort port, Optional<Long> key, IpAddress from) {
    OvsPort.Type.Tunnel tunnel = (OvsPort.Type.Tunnel) port.type();
    boolean keyed = tunnel.flowKey() || tunnel.key().map(k -> (long) k).orElse(0L).equals(key.orElse(0L));
    return keyed && tunnel.remote().map(from::equals).orElse(true);
  }
}
