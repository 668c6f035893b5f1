package org.hopscope.model.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.net.BridgeOption;
import org.hopscope.model.net.BridgeSettings;
import org.hopscope.model.net.Counters;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.FdbEntry;
import org.hopscope.model.net.PortFlag;
import org.hopscope.model.net.PortState;
import org.hopscope.model.packet.Header;
import org.hopscope.model.trace.DropReason;
import org.hopscope.model.trace.Effect;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Lookup;

/**
 * A bridge: learns from whom frames come and decides by which ports they leave (kernel net/bridge/br_input.c,
 * br_forward.c, br_fdb.c; sem-B1 to B7). Nobody joins groups and nobody asks who did, so groups are flooded, snooping or not.
 */
final class Bridging {
  /** The first of sixteen groups that bridges keep for themselves. */
  private static final long LINK_LOCAL_GROUPS = 0x0180_c200_0000L;

  private final Run run;

  Bridging(Run run) {
    this.run = run;
  }

  /** A frame came in by a port (kernel br_handle_frame, br_handle_frame_finish). */
  void fromPort(Skb frame, NetDev port) {
    NetDev bridge = run.fabric.device(port.port().orElseThrow().bridge());
    MacAddress source = frame.ethernet().source();
    PortState state = state(port);
    if (!source.isAssignable()) {
      run.recorder.drop(frame, port, DropReason.BAD_SOURCE_MAC);
    } else if (isKept(frame.ethernet().destination(), bridge)) {
      keep(frame, port, bridge, state);
    } else if (!state.learns()) {
      run.recorder.drop(frame, port, whyClosed(state));
    } else {
      run.bridgeNetfilter.prerouting(frame, bridge, port)
          .flatMap(passed -> run.vlanFilter.admit(passed, port, bridge))
          .ifPresent(admitted -> admitted(admitted, port, bridge, state));
    }
  }

  /** What may come in is learned from, and goes on where the port forwards (kernel br_handle_frame_finish). */
  private void admitted(Skb frame, NetDev port, NetDev bridge, PortState state) {
    FdbEntry.Key source = key(frame, frame.ethernet().source(), bridge);
    if (port.has(PortFlag.LOCKED) && !isKnownBehind(source, port, bridge)) {
      run.recorder.drop(frame, port, DropReason.PORT_LOCKED);
      return;
    }
    run.recorder.step(frame, port, bridge.switched(), learn(source, port, bridge));
    if (state == PortState.LEARNING) {
      run.recorder.drop(frame, port, DropReason.PORT_LEARNING);
    } else {
      forward(frame, bridge, port);
    }
  }

  private static FdbEntry.Key key(Skb frame, MacAddress mac, NetDev bridge) {
    return new FdbEntry.Key(mac, VlanFilter.vlanOf(frame, bridge));
  }

  /**
   * Groups 01:80:c2:00:00:0X are for the next bridge only (IEEE 802.1D 7.12.6): they stay here unless the bridge was told
   * otherwise. Those of the spanning tree protocol pass where it does not run (sem-B16).
   */
  private static boolean isKept(MacAddress destination, NetDev bridge) {
    if (destination.bits() >>> 4 != LINK_LOCAL_GROUPS >>> 4) {
      return false;
    }
    int group = (int) (destination.bits() & 0xf);
    BridgeSettings settings = settings(bridge);
    return group == 0 ? settings.stp() : (settings.value(BridgeOption.GROUP_FWD_MASK) >> group & 1) == 0;
  }

  /** What stays is for the port's own device, as if it were no port; pause frames are for nobody. */
  private void keep(Skb frame, NetDev port, NetDev bridge, PortState state) {
    if ((frame.ethernet().destination().bits() & 0xf) == 1) {
      run.recorder.drop(frame, port, DropReason.NO_PROTOCOL);
      return;
    }
    if (state != PortState.DISABLED && state != PortState.BLOCKING
        && settings(bridge).value(BridgeOption.NO_LINKLOCAL_LEARN) == 0) {
      run.recorder.step(frame, port, bridge.switched(), VlanFilter.heard(frame, port, bridge)
          .flatMap(vlan -> learn(new FdbEntry.Key(frame.ethernet().source(), vlan), port, bridge)));
    }
    run.receive.up(frame, port, PacketType.of(frame.ethernet().destination(), port.mac()));
  }

  private boolean isKnownBehind(FdbEntry.Key source, NetDev port, NetDev bridge) {
    return find(bridge, source).filter(r -> r.device().equals(port.id()) && r.kind() != FdbEntry.Kind.LOCAL)
        .isPresent();
  }

  private PortState state(NetDev port) {
    return run.fabric.state(port, run.queue.now());
  }

  private static DropReason whyClosed(PortState state) {
    return switch (state) {
      case LISTENING -> DropReason.PORT_LISTENING;
      case LEARNING -> DropReason.PORT_LEARNING;
      case BLOCKING -> DropReason.PORT_BLOCKING;
      case DISABLED, FORWARDING -> DropReason.PORT_DISABLED;
    };
  }

  /** The bridge's own host sends (kernel br_dev_xmit). */
  void fromHost(Skb frame, NetDev bridge) {
    Counters sent = new Counters(0, 0, 1, frame.packet().length(), 0, 0);
    run.recorder.step(frame, bridge, bridge.switched(), new Effect.Counted(bridge.id(), sent));
    NetDev from = BridgeNetfilter.resumed(frame).orElse(bridge);
    run.vlanFilter.admit(frame, from, bridge).ifPresent(admitted -> forward(admitted, bridge, from));
  }

  /** Of an own address, and where nothing is learned, a frame teaches nothing ({@link FdbEntry#after}). */
  private Optional<Effect> learn(FdbEntry.Key source, NetDev port, NetDev bridge) {
    BridgeSettings settings = settings(bridge);
    if (!port.has(PortFlag.LEARNING) || settings.ageingCentis() == 0) {
      return Optional.empty();
    }
    Optional<FdbEntry> known = run.tables.fdb(bridge.id(), source);
    boolean local = known.map(row -> row.kind() == FdbEntry.Kind.LOCAL)
        .orElseGet(() -> own(bridge, source).isPresent());
    if (local) {
      return Optional.empty();
    }
    return Optional.of(new Effect.FdbSet(bridge.id(), FdbEntry.after(known, source, port.id(), run.queue.now())));
  }

  private void forward(Skb frame, NetDev bridge, NetDev from) {
    MacAddress mac = frame.ethernet().destination();
    FdbEntry.Key key = key(frame, mac, bridge);
    boolean answered = run.suppression.answers(frame, bridge, from);
    Optional<FdbEntry> found = mac.isGroup() ? Optional.empty() : find(bridge, key);
    List<NetDev> out;
    Optional<DropReason> otherwise = Optional.empty();
    if (found.isPresent()) {
      NetDev to = run.fabric.device(found.get().device());
      boolean local = found.get().kind() == FdbEntry.Kind.LOCAL && !from.is(bridge);
      otherwise = local ? closedHost(frame, bridge) : obstacle(frame, to, from);
      out = otherwise.isPresent() ? List.of() : List.of(local ? bridge : to);
      if (!local && hearsAll(frame, bridge, from)) {
        out = Stream.concat(out.stream(), Stream.of(bridge)).toList();
      }
    } else {
      out = flooded(frame, mac, bridge, from, answered);
    }
    run.recorder.step(frame, bridge, new Event.Looked(new Lookup.FdbLookup(bridge.netns(), bridge.id(), from.id(), key,
        found, ids(out))));
    spread(frame, bridge, from, out, otherwise.orElse(DropReason.NO_OTHER_PORT));
  }

  /**
   * Where a frame goes that no row answers for (kernel br_flood).
   *
   * @param answered whether ports that are to be spared such questions are left out
   */
  private List<NetDev> flooded(Skb frame, MacAddress mac, NetDev bridge, NetDev from, boolean answered) {
    List<NetDev> out = new ArrayList<>();
    Optional<Header.Arp> question = run.bystanders.question(frame, bridge);
    for (NetDev port : run.fabric.ports(bridge)) {
      boolean idle = question.isPresent() && run.bystanders.isBehind(port, question.get());
      boolean spared = answered && port.has(PortFlag.NEIGH_SUPPRESS);
      if (!idle && !spared && floods(port, mac, from, bridge) && obstacle(frame, port, from).isEmpty()) {
        out.add(port);
      }
    }
    boolean forHost = mac.isGroup() && !from.is(bridge) && closedHost(frame, bridge).isEmpty();
    if (forHost || hearsAll(frame, bridge, from)) {
      out.add(bridge);
    }
    return out;
  }

  /** A promiscuous bridge hands its host a copy of all that comes in (br_handle_frame_finish). */
  private boolean hearsAll(Skb frame, NetDev bridge, NetDev from) {
    return run.fabric.isPromiscuous(bridge) && !from.is(bridge) && closedHost(frame, bridge).isEmpty();
  }

  /** Why the bridge's host may not have a frame (kernel br_pass_frame_up); empty when it may. */
  private static Optional<DropReason> closedHost(Skb frame, NetDev bridge) {
    return VlanFilter.passes(frame, bridge, bridge) ? Optional.empty() : Optional.of(DropReason.OTHER_VLAN);
  }

  private static List<DeviceId> ids(List<NetDev> ports) {
    return ports.size() == 1 ? List.of(ports.getFirst().id()) : ports.stream().map(NetDev::id).toList();
  }

  private void spread(Skb frame, NetDev bridge, NetDev from, List<NetDev> out, DropReason otherwise) {
    if (out.isEmpty()) {
      run.recorder.drop(frame, bridge, otherwise);
    } else if (out.size() == 1) {
      leave(frame, bridge, from, out.getFirst());
    } else {
      run.recorder.spread(frame, bridge, out, (copy, to) -> leave(copy, bridge, from, to));
    }
  }

  private void leave(Skb inside, NetDev bridge, NetDev from, NetDev to) {
    Skb frame = run.vlanFilter.release(inside, to, bridge);
    if (to.is(bridge)) {
      // The link header is off when a bridge counts for its host.
      Counters taken = new Counters(1, frame.packet().length() - Header.Ethernet.LENGTH, 0, 0, 0, 0);
      run.recorder.step(frame, bridge, bridge.switched(), new Effect.Counted(bridge.id(), taken));
      run.receive.raise(frame, bridge, typeFor(frame.ethernet().destination(), bridge, from));
    } else {
      run.bridgeNetfilter.forward(frame, bridge, from, to).forEach(passed -> push(passed, to));
    }
  }

  /** Kernel br_dev_queue_push_xmit. */
  private void push(Skb frame, NetDev to) {
    if (Receive.takes(to, frame)) {
      run.transmit.wire(frame, to);
    } else {
      run.recorder.drop(frame, to, DropReason.OVER_MTU,
          Optional.of(new Effect.Counted(to.id(), new Counters(0, 0, 0, 0, 0, 1))));
    }
  }

  /** The host takes what is for the bridge's address or for that of the port it came in by. */
  private static PacketType typeFor(MacAddress destination, NetDev bridge, NetDev from) {
    return destination.equals(from.mac()) ? PacketType.HOST : PacketType.of(destination, bridge.mac());
  }

  /** The row that answers for an address: an own one, or one that is not too old. */
  Optional<FdbEntry> find(NetDev bridge, FdbEntry.Key key) {
    Optional<FdbEntry> row = run.tables.fdb(bridge.id(), key);
    if (row.isEmpty()) {
      return own(bridge, key);
    }
    boolean answers =
        row.get().kind() != FdbEntry.Kind.REMOVED && !run.fabric.isAged(bridge, row.get(), run.queue.now());
    return answers ? row : Optional.empty();
  }

  private Optional<FdbEntry> own(NetDev bridge, FdbEntry.Key key) {
    return run.fabric.ownAddress(bridge, key);
  }

  static BridgeSettings settings(NetDev bridge) {
    if (bridge.device().kind() instanceof DeviceKind.Bridge(BridgeSettings settings, boolean _)) {
      return settings;
    }
    throw new IllegalArgumentException("not a bridge: " + bridge.device().name());
  }

  /** Why a frame may not leave by a port (kernel br_forward.c should_deliver); empty when it may. */
  private Optional<DropReason> obstacle(Skb frame, NetDev to, NetDev from) {
    if (to.port().isEmpty()) {
      return Optional.of(DropReason.NOT_LOCAL);
    }
    if (to.is(from) && !to.has(PortFlag.HAIRPIN)) {
      return Optional.of(DropReason.SAME_PORT);
    }
    if (state(to) != PortState.FORWARDING) {
      return Optional.of(whyClosed(state(to)));
    }
    if (!VlanFilter.passes(frame, to, run.fabric.device(to.port().get().bridge()))) {
      return Optional.of(DropReason.OTHER_VLAN);
    }
    boolean isolated = to.has(PortFlag.ISOLATED) && from.port().filter(p -> p.has(PortFlag.ISOLATED)).isPresent();
    return isolated ? Optional.of(DropReason.PORT_FILTERED) : Optional.empty();
  }

  /** Whether a port takes part in flooding (kernel br_flood); the host's own groups pass whatever the switches say. */
  private static boolean floods(NetDev to, MacAddress mac, NetDev from, NetDev bridge) {
    if (mac.isBroadcast()) {
      return to.has(PortFlag.BCAST_FLOOD) || from.is(bridge);
    }
    return mac.isGroup() ? to.has(PortFlag.MCAST_FLOOD) || from.is(bridge) : to.has(PortFlag.FLOOD);
  }
}
