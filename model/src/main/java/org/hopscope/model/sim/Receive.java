package org.hopscope.model.sim;

import java.util.Optional;
import org.hopscope.model.net.Counters;
import org.hopscope.model.packet.Header;
import org.hopscope.model.trace.DropReason;
import org.hopscope.model.trace.Effect;
import org.hopscope.model.trace.Event;

/** Takes frames in from devices (kernel net/core/dev.c __netif_receive_skb_core). */
final class Receive {
  /** A frame may be longer than the MTU by the link header and a VLAN tag (kernel __is_skb_forwardable). */
  private static final int MTU_SLACK = 4;

  private static final Event RECEIVED = new Event.Received();

  private final Run run;

  Receive(Run run) {
    this.run = run;
  }

  /** Whether a device takes a frame of this length, coming in or as a bridge port going out (sem-R6). */
  static boolean takes(NetDev device, Skb frame) {
    return device.isLoopback() || frame.packet().networkLength() <= device.mtu() + MTU_SLACK;
  }

  /** A frame has come to the end of its cable. */
  void arrive(Skb frame, NetDev device) {
    if (!takes(device, frame)) {
      run.recorder.drop(frame, device, DropReason.OVER_MTU,
          Optional.of(new Effect.Counted(device.id(), new Counters(0, 0, 0, 0, 1, 0))));
      return;
    }
    enter(frame, device, PacketType.of(frame.ethernet().destination(), device.mac()));
  }

  /**
   * A frame is a device's, from the wire or from the device below. A bridge or what stands on the device may take it,
   * before its own namespace does (kernel rx_handler).
   */
  void enter(Skb frame, NetDev device, PacketType type) {
    run.recorder.step(frame, device, RECEIVED, device.received(frame.packet().length()));
    if (takenByVlan(frame, device, type) || run.cilium.ingress(frame, device, type)) {
      return;
    }
    hand(frame, device, type);
  }

  private void hand(Skb frame, NetDev device, PacketType type) {
    switch (run.fabric.taker(device)) {
      case BRIDGE -> run.bridging.fromPort(frame, device);
      case OVS -> run.ovs.fromPort(frame, device);
      case BOND -> run.bond.receive(frame, device, run.fabric.bondOf(device), type);
      case IPVLAN -> run.ipvlan.receive(frame, device, type);
      case MACVLAN -> run.macvlan.receive(frame, device, type);
      case NOBODY -> up(frame, device, type);
    }
  }

  private boolean takenByVlan(Skb frame, NetDev device, PacketType type) {
    return frame.packet().vlan().isPresent() && run.vlan.receive(frame, device, type);
  }

  /** A bridge hands a frame to its host: to what stands on the bridge first (kernel br_pass_frame_up). */
  void raise(Skb frame, NetDev bridge, PacketType type) {
    if (!takenByVlan(frame, bridge, type)) {
      hand(frame, bridge, type);
    }
  }

  /** What a frame carries: its header says so, or where it has none the packet itself. */
  private static int protocol(Skb frame) {
    return frame.packet().headers().getFirst() instanceof Header.Ethernet outer
        ? outer.etherType()
        : Header.Ethernet.typeOf(frame.ip().family());
  }

  /** Hands a frame to the protocols of the device's namespace. */
  void up(Skb frame, NetDev device, PacketType type) {
    if (type == PacketType.OTHERHOST) {
      run.recorder.drop(frame, device, DropReason.NOT_FOR_THIS_MAC);
      return;
    }
    switch (protocol(frame)) {
      case Header.Vlan.CUSTOMER, Header.Vlan.SERVICE ->
          run.recorder.drop(frame, device, DropReason.NO_VLAN_DEVICE);
      case Header.Ethernet.ARP -> run.arpInput.receive(frame, device, type);
      case Header.Ethernet.IPV4 -> run.input.receive(frame, device, type);
      case Header.Ethernet.IPV6 -> run.input6.receive(frame, device, type);
      default -> run.recorder.drop(frame, device, DropReason.NO_PROTOCOL);
    }
  }
}
