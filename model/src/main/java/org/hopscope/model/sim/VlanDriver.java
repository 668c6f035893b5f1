package org.hopscope.model.sim;

import java.util.List;
import java.util.Optional;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.packet.Header;
import org.hopscope.model.packet.Packet;
import org.hopscope.model.trace.DropReason;
import org.hopscope.model.trace.Effect;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Lookup;

/**
 * VLAN sub-interfaces: tags go on and come off (kernel net/8021q/vlan_dev.c vlan_dev_hard_start_xmit, vlan_core.c
 * vlan_do_receive). Not checked against a kernel: the one at hand has none.
 */
final class VlanDriver {
  private final Run run;

  VlanDriver(Run run) {
    this.run = run;
  }

  /** Tags a frame and hands it down. */
  void transmit(Skb frame, NetDev device, DeviceKind.Vlan vlan) {
    NetDev lower = run.fabric.lower(device);
    Packet tagged = frame.packet().tag(vlan.protocol(), 0, vlan.id());
    run.recorder.step(frame, device, new Event.HandedDown(lower.id()),
        new Effect.Counted(device.id(), Transmit.sent(frame)));
    Skb ready = frame.with(tagged);
    run.recorder.step(ready, lower, new Event.Rewritten(frame.packet(), Event.Rewriting.VLAN_PUSH));
    run.transmit.send(ready, lower);
  }

  /**
   * A tagged frame came in. The sub-interface of its VLAN takes it before a bridge or a macvlan could; with a hardware
   * address of its own it decides by that one for whom the frame is.
   *
   * @return whether there is such a sub-interface
   */
  boolean receive(Skb frame, NetDev lower, PacketType type) {
    Header.Vlan tag = frame.packet().vlan().orElseThrow();
    List<NetDev> vlans = run.fabric.uppers(lower).stream().filter(u -> u.device().kind() instanceof DeviceKind.Vlan)
        .toList();
    Optional<NetDev> found = vlans.stream().filter(v -> isFor(v, frame)).findFirst();
    if (!vlans.isEmpty()) {
      run.recorder.step(frame, lower, new Event.Looked(new Lookup.StackedLookup(lower.netns(), lower.id(),
          new Lookup.StackedLookup.VlanId(tag.id()), Optional.empty(), List.of(found.orElse(lower).id()))));
    }
    found.ifPresent(vlan -> handUp(frame, lower, vlan, type));
    return found.isPresent();
  }

  private void handUp(Skb frame, NetDev lower, NetDev vlan, PacketType type) {
    if (!vlan.isUp()) {
      run.recorder.drop(frame, vlan, DropReason.DEVICE_DOWN);
      return;
    }
    Skb bare = frame.with(frame.packet().untag());
    run.recorder.step(bare, lower, new Event.Rewritten(frame.packet(), Event.Rewriting.VLAN_POP));
    run.recorder.step(bare, lower, new Event.HandedUp(vlan.id()));
    boolean own = type == PacketType.OTHERHOST && bare.ethernet().destination().equals(vlan.mac());
    run.receive.enter(bare, vlan, own ? PacketType.HOST : type);
  }

  private static boolean isFor(NetDev vlan, Skb frame) {
    return vlan.device().kind() instanceof DeviceKind.Vlan(var _, int id, int protocol)
        && frame.packet().vlan().filter(t -> t.id() == id).isPresent() && frame.ethernet().etherType() == protocol;
  }
}
