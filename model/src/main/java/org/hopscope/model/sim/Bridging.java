package org.hopscope.model.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.net.BridgeSettings;
import org.hopscope.model.net.Counters;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.FdbEntry;
import org.hopscope.model.net.ForwardingDatabase;
import org.hopscope.model.trace.DropReason;
import org.hopscope.model.trace.Effect;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Lookup;

/**
 * A bridge: learns from whom frames come and decides by which ports they leave (kernel net/bridge/br_input.c,
 * br_forward.c, br_fdb.c; sem-B1 to B7). STP, VLANs and multicast snooping are not modelled: groups are flooded.
 */
final class Bridging {
  private final Run run;

  Bridging(Run run) {
    this.run = run;
  }

  /** A frame came in by a port (kernel br_handle_frame). */
  void fromPort(Skb frame, NetDev port) {
    NetDev bridge = run.fabric.device(port.port().orElseThrow().bridge());
    if (!port.forwards()) {
      run.recorder.drop(frame, port, DropReason.PORT_DISABLED);
    } else if (!frame.ethernet().source().isAssignable()) {
      run.recorder.drop(frame, port, DropReason.BAD_SOURCE_MAC);
    } else {
      run.recorder.step(frame, port, new Event.Switched(bridge.id()), learn(frame.ethernet().source(), port, bridge));
      forward(frame, bridge, port);
    }
  }

  /** The bridge's own host sends (kernel br_dev_xmit). */
  void fromHost(Skb frame, NetDev bridge) {
    Counters sent = new Counters(0, 0, 1, frame.packet().length(), 0, 0);
    run.recorder.step(frame, bridge, new Event.Switched(bridge.id()), new Effect.Counted(bridge.id(), sent));
    forward(frame, bridge, bridge);
  }

  /** Kernel br_fdb_update: own addresses stay, sticky rows stay, all others follow the last sighting. */
  private Optional<Effect> learn(MacAddress source, NetDev port, NetDev bridge) {
    BridgeSettings settings = settings(bridge);
    if (!port.flags().learning() || settings.ageingCentis() == 0 || own(bridge, source).isPresent()) {
      return Optional.empty();
    }
    FdbEntry row = run.tables.fdb(bridge.id(), source)
        .map(known -> known.seenOn(known.sticky() ? known.device() : port.id(), run.queue.now()))
        .orElseGet(() -> new FdbEntry(source, port.id(), FdbEntry.Kind.LEARNED, false, run.queue.now()));
    return Optional.of(new Effect.FdbSet(bridge.id(), row));
  }

  private void forward(Skb frame, NetDev bridge, NetDev from) {
    MacAddress mac = frame.ethernet().destination();
    Optional<FdbEntry> found = mac.isGroup() ? Optional.empty() : find(bridge, mac);
    List<NetDev> out = new ArrayList<>();
    Optional<DropReason> otherwise = Optional.empty();
    if (found.isPresent()) {
      NetDev to = run.fabric.device(found.get().device());
      boolean local = found.get().kind() == FdbEntry.Kind.LOCAL && !from.is(bridge);
      otherwise = local ? Optional.empty() : obstacle(to, from);
      if (otherwise.isEmpty()) {
        out.add(local ? bridge : to);
      }
    } else {
      run.fabric.ports(bridge).stream().filter(p -> obstacle(p, from).isEmpty() && floods(p, mac, from, bridge))
          .forEach(out::add);
      if (mac.isGroup() && !from.is(bridge)) {
        out.add(bridge);
      }
    }
    run.recorder.step(frame, bridge, new Event.Looked(new Lookup.FdbLookup(bridge.netns(), bridge.id(), from.id(), mac,
        found, out.stream().map(NetDev::id).toList())));
    spread(frame, bridge, from, out, otherwise.orElse(DropReason.NO_OTHER_PORT));
  }

  private void spread(Skb frame, NetDev bridge, NetDev from, List<NetDev> out, DropReason otherwise) {
    if (out.isEmpty()) {
      run.recorder.drop(frame, bridge, otherwise);
    } else {
      run.recorder.spread(frame, bridge, out, (copy, to) -> leave(copy, bridge, from, to));
    }
  }

  private void leave(Skb frame, NetDev bridge, NetDev from, NetDev to) {
    if (to.is(bridge)) {
      Counters taken = new Counters(1, frame.packet().length(), 0, 0, 0, 0);
      run.recorder.step(frame, bridge, new Event.Switched(bridge.id()), new Effect.Counted(bridge.id(), taken));
      run.receive.up(frame, bridge, typeFor(frame.ethernet().destination(), bridge, from));
    } else if (!Receive.takes(to, frame)) {
      run.recorder.drop(frame, to, DropReason.OVER_MTU,
          Optional.of(new Effect.Counted(to.id(), new Counters(0, 0, 0, 0, 0, 1))));
    } else {
      run.transmit.wire(frame, to);
    }
  }

  /** The host takes what is for the bridge's address or for that of the port it came in by. */
  private static PacketType typeFor(MacAddress destination, NetDev bridge, NetDev from) {
    return destination.equals(from.mac()) ? PacketType.HOST : PacketType.of(destination, bridge.mac());
  }

  /** The row that answers for an address: an own one, or one that is not too old. */
  private Optional<FdbEntry> find(NetDev bridge, MacAddress mac) {
    return own(bridge, mac).or(() -> run.tables.fdb(bridge.id(), mac)
        .filter(row -> !ForwardingDatabase.isAged(row, settings(bridge), run.queue.now())));
  }

  private Optional<FdbEntry> own(NetDev bridge, MacAddress mac) {
    return Optional.ofNullable(run.fabric.ownAddresses(bridge).get(mac));
  }

  private static BridgeSettings settings(NetDev bridge) {
    if (bridge.device().kind() instanceof DeviceKind.Bridge(BridgeSettings settings, boolean _)) {
      return settings;
    }
    throw new IllegalArgumentException("not a bridge: " + bridge.device().name());
  }

  /** Why a frame may not leave by a port (kernel br_forward.c should_deliver); empty when it may. */
  private static Optional<DropReason> obstacle(NetDev to, NetDev from) {
    if (to.port().isEmpty()) {
      return Optional.of(DropReason.NOT_LOCAL);
    }
    if (to.is(from) && !to.flags().hairpin()) {
      return Optional.of(DropReason.SAME_PORT);
    }
    if (!to.forwards()) {
      return Optional.of(DropReason.PORT_DISABLED);
    }
    boolean isolated = to.flags().isolated() && from.port().map(p -> p.flags().isolated()).orElse(false);
    return isolated ? Optional.of(DropReason.PORT_FILTERED) : Optional.empty();
  }

  /** Whether a port takes part in flooding (kernel br_flood); the host's own groups pass whatever the switches say. */
  private static boolean floods(NetDev to, MacAddress mac, NetDev from, NetDev bridge) {
    if (mac.isBroadcast()) {
      return to.flags().bcastFlood() || from.is(bridge);
    }
    return mac.isGroup() ? to.flags().mcastFlood() || from.is(bridge) : to.flags().flood();
  }
}
