package org.hopscope.app.desktop.canvas.packet;

import java.util.Optional;
import org.hopscope.app.desktop.canvas.scene.Things;
import org.hopscope.app.desktop.workbench.Selection;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Lookup;
import org.hopscope.model.trace.Step;

/** Where a packet copy is. */
public sealed interface Spot {
  /** Between two devices. */
  record OnCable(DeviceId from, DeviceId to) implements Spot {
  }

  /** At a device. */
  record AtDevice(DeviceId device) implements Spot {
  }

  /** In a namespace, being looked up. */
  record InNetns(NetnsId netns) implements Spot {
  }

  /** Where a step leaves its packet. */
  static Spot of(Step step) {
    return switch (step.event()) {
      case Event.Transmitted(DeviceId to) -> step.device().<Spot>map(from -> new OnCable(from, to))
          .orElse(new AtDevice(to));
      case Event.Switched(DeviceId bridge) -> new AtDevice(bridge);
      case Event.HandedDown(DeviceId lower) -> new AtDevice(lower);
      case Event.HandedUp(DeviceId upper) -> new AtDevice(upper);
      case Event.Looked(Lookup lookup) -> device(lookup).<Spot>map(AtDevice::new)
          .orElse(new InNetns(lookup.netns()));
      case Event.Received() -> at(step);
      case Event.Made _,Event.Rewritten _,Event.Forked _,Event.Parked _,Event.Resumed _,Event.Waited _,Event.Confirmed _,Event.Tunnelled _,Event.Learned _,Event.Narrowed _,Event.Staged _,Event.Ended _ ->
          at(step);
    };
  }

  private static Spot at(Step step) {
    return step.device().<Spot>map(AtDevice::new).orElse(new InNetns(step.where()));
  }

  /** The device whose table or state a lookup asks; empty for what is asked of a whole namespace. */
  static Optional<DeviceId> device(Lookup lookup) {
    return switch (lookup) {
      case Lookup.RouteLookup _,Lookup.ListenerLookup _,Lookup.ReversePathLookup _,Lookup.RuleWalk _,Lookup.ChainWalk _,Lookup.ConntrackLookup _,Lookup.ServiceLookup _,Lookup.ServerLookup _,Lookup.BalanceLookup _,Lookup.TunnelLookup _,Lookup.FlowLookup _,Lookup.MacLookup _,Lookup.ProxyLookup _ ->
          Optional.empty();
      case Lookup.NeighbourLookup l -> Optional.of(l.device());
      case Lookup.FdbLookup l -> Optional.of(l.bridge());
      case Lookup.VlanLookup l -> Optional.of(l.bridge());
      case Lookup.ArpTargetLookup l -> Optional.of(l.device());
      case Lookup.CryptokeyLookup l -> Optional.of(l.device());
      case Lookup.PeerLookup l -> Optional.of(l.device());
      case Lookup.RelayLookup l -> Optional.of(l.device());
      case Lookup.MapLookup l -> l.device();
      case Lookup.LinkLookup l -> Optional.of(l.device());
      case Lookup.BondLookup l -> Optional.of(l.bond());
      case Lookup.StackedLookup l -> Optional.of(l.lower());
    };
  }

  /** What a step is about: the thing that stands out while it is shown. */
  static Selection focus(Step step) {
    return switch (of(step)) {
      case OnCable(var _, var to) -> new Selection.OfDevice(to);
      case AtDevice(var device) -> new Selection.OfDevice(device);
      case InNetns(var netns) -> Things.of(netns);
    };
  }
}
