package org.hopscope.model.sim;

import java.util.Optional;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.net.BridgeSettings;
import org.hopscope.model.net.Counters;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.packet.Header;
import org.hopscope.model.packet.Packet;
import org.hopscope.model.trace.DropReason;
import org.hopscope.model.trace.Effect;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Fate;

/** Hands frames to devices (kernel net/core/dev.c dev_queue_xmit, drivers/net/veth.c, loopback.c). */
final class Transmit {
  /** How long a frame takes, in nanoseconds: chosen, since a namespace's cables have no length. */
  private static final long VETH_NANOS = 10_000;
  private static final long CABLE_NANOS = 100_000;
  private static final long LOOPBACK_NANOS = 5_000;

  private final Run run;
  /** Whether the last frame was not taken by the far end, so that its sender is told (kernel NET_XMIT_DROP). */
  private boolean refused;

  Transmit(Run run) {
    this.run = run;
  }

  /** Puts the link header on a packet, where the device has one, and sends it. */
  void withHeader(Skb skb, NetDev device, MacAddress destination) {
    if (!device.hasHeader()) {
      send(skb, device);
      return;
    }
    Packet framed =
        skb.packet().wrap(new Header.Ethernet(destination, device.mac(), Header.Ethernet.typeOf(skb.ip().family())));
    Skb ready = skb.with(framed);
    run.recorder.step(ready, device, new Event.Rewritten(skb.packet(), Event.Rewriting.LINK_HEADER));
    send(ready, device);
  }

  /** Gives a packet for a group back to its own host, as if it had come in by the device (kernel dev_loopback_xmit). */
  void toOwnHost(Skb skb, NetDev device, MacAddress group) {
    Packet framed =
        skb.packet().wrap(new Header.Ethernet(group, device.mac(), Header.Ethernet.typeOf(skb.ip().family())));
    Skb ready = skb.with(framed);
    run.recorder.step(ready, device, new Event.Rewritten(skb.packet(), Event.Rewriting.LINK_HEADER));
    run.queue.after(LOOPBACK_NANOS, () -> run.receive.up(ready, device, PacketType.MULTICAST));
  }

  /**
   * Sends a frame by a device. A device that is down or has no carrier has no queue but the one that loses everything
   * (kernel net/sched/sch_generic.c noop_qdisc), so nobody is told.
   */
  void send(Skb frame, NetDev device) {
    boolean carrier = run.fabric.carrier(device, run.queue.now());
    run.recorder.step(frame, device, device.asked(carrier));
    if (!device.isUp()) {
      run.recorder.drop(frame, device, DropReason.DEVICE_DOWN, dropped(device));
    } else if (!carrier) {
      run.recorder.drop(frame, device, DropReason.NO_CARRIER, dropped(device));
    } else {
      refused = false;
      wire(frame, device);
      refused = tells(frame, device);
    }
  }

  /**
   * A veth asks its far end whether it takes the frame (kernel veth_xmit); what stands on another device says what that one
   * said, and bridges and tunnels keep it to themselves.
   */
  private boolean tells(Skb frame, NetDev device) {
    DeviceKind kind = device.device().kind();
    boolean passesOn = kind instanceof DeviceKind.Macvlan || kind instanceof DeviceKind.Vlan
        || kind instanceof DeviceKind.Ipvlan || kind instanceof DeviceKind.Bond;
    return passesOn && refused
        || kind instanceof DeviceKind.Veth(DeviceId peer) && !Receive.takes(run.fabric.device(peer), frame);
  }

  /** Whether the frame that was sent last was refused; asked once. */
  boolean refused() {
    boolean said = refused;
    refused = false;
    return said;
  }

  /** Puts a frame on what the device is connected to. The device must be up and have carrier. */
  void wire(Skb frame, NetDev device) {
    switch (device.device().kind()) {
      case DeviceKind.Loopback() -> travel(frame, device, device.id(), LOOPBACK_NANOS);
      case DeviceKind.Veth(DeviceId peer) -> {
        if (!run.cilium.egress(frame, device)) {
          travel(frame, device, peer, VETH_NANOS);
        }
      }
      case DeviceKind.Nic(var cable) -> travel(frame, device, cable.orElseThrow(), CABLE_NANOS);
      case DeviceKind.Bridge(BridgeSettings _, boolean _) -> run.bridging.fromHost(frame, device);
      case DeviceKind.Dummy() -> run.recorder.step(frame, device, new Event.Ended(new Fate.Died(DropReason.SWALLOWED)),
          new Effect.Counted(device.id(), sent(frame)));
      case DeviceKind.Tun tun -> run.relay.transmit(frame, device, tun);
      case DeviceKind.Vlan vlan -> run.vlan.transmit(frame, device, vlan);
      case DeviceKind.Ipvlan ipvlan -> run.ipvlan.transmit(frame, device, ipvlan);
      case DeviceKind.Bond bond -> run.bond.transmit(frame, device, bond);
      case DeviceKind.WireGuard wg -> run.wireguard.transmit(frame, device, wg);
      case DeviceKind.Macvlan _ -> run.macvlan.transmit(frame, device);
      case DeviceKind.Vxlan vxlan -> run.vxlan.transmit(frame, device, vxlan);
      case DeviceKind.OvsInternal internal -> run.ovs.fromHost(frame, device, internal);
      case DeviceKind.Geneve geneve -> run.geneve.transmit(frame, device, geneve);
      case DeviceKind.IpTunnel tunnel -> run.ipTunnel.transmit(frame, device, tunnel);
    }
  }

  /** Lets a frame that stays within the host be received a little later (kernel netif_rx). */
  void backlog(Runnable receive) {
    run.queue.after(LOOPBACK_NANOS, receive);
  }

  private void travel(Skb frame, NetDev from, DeviceId to, long nanos) {
    NetDev receiver = run.fabric.device(to);
    run.recorder.step(frame, from, receiver.reached(), from.sent(frame.packet().length()));
    Skb bare = from.isLoopback() ? frame : frame.with(frame.meta().scrubbed(receiver.net() != from.net()));
    run.queue.after(nanos, () -> run.receive.arrive(bare, receiver));
  }

  /** What a device counts that sends a frame. */
  static Counters sent(Skb frame) {
    return new Counters(0, 0, 1, frame.packet().length(), 0, 0);
  }

  private static Optional<Effect> dropped(NetDev device) {
    return Optional.of(new Effect.Counted(device.id(), new Counters(0, 0, 0, 0, 0, 1)));
  }
}
