package org.hopscope.model.lab;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hopscope.model.net.BridgeId;
import org.hopscope.model.net.BridgeOption;
import org.hopscope.model.net.BridgePort;
import org.hopscope.model.net.BridgeSettings;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.FdbEntry;
import org.hopscope.model.net.ForwardingDatabase;
import org.hopscope.model.net.Learned;
import org.hopscope.model.net.PortFlag;
import org.hopscope.model.net.PortState;
import org.hopscope.model.net.SpanningTree;
import org.hopscope.model.net.VirtualTime;
import org.hopscope.model.stp.Protocol;
import org.hopscope.model.stp.Topology;
import org.pcollections.TreePMap;

/**
 * The spanning tree protocol on a lab: what it stands on, what it knows at the lab's instant, and what edits and time do to
 * it. A lab keeps what was known at the last edit; everything later follows.
 */
public final class Trees {
  private Trees() {
  }

  /** What the protocol knows at the lab's instant. */
  public static SpanningTree of(LabState lab) {
    SpanningTree known = lab.learned().tree();
    if (known.at().equals(lab.now())) {
      return known;
    }
    return known.isEmpty() ? known.withAt(lab.now()) : moved(lab).snapshot();
  }

  /** The protocol as it runs at the lab's instant, to be moved on. */
  public static Protocol moved(LabState lab) {
    Protocol protocol = Protocol.of(lab.learned().tree(), topology(lab));
    protocol.advance(lab.now());
    return protocol;
  }

  /** The lab with what the protocol knows at its instant written down. */
  static LabState written(LabState lab) {
    return lab.learned().tree().isEmpty() ? lab : wipe(lab, with(lab, of(lab)));
  }

  /** After an edit: the wiring is another one. */
  static LabState settle(LabState before, LabState after, List<DeviceId> touched) {
    if (after.learned().tree() != before.learned().tree()) {
      return after;
    }
    if (before.learned().tree().isEmpty() && !takesPart(after, touched)) {
      return after;
    }
    Protocol protocol = moved(before);
    protocol.become(topology(after));
    protocol.advance(after.now());
    return wipe(before, with(after, protocol.snapshot()));
  }

  private static boolean takesPart(LabState lab, List<DeviceId> touched) {
    for (DeviceId id : touched) {
      if (lab.devices().get(id) instanceof Device device && device.isBridge() && settings(device).stp()) {
        return true;
      }
    }
    return false;
  }

  /** {@code bridge link set dev PORT state}: the port's bridge takes part from now on. */
  static LabState setState(LabState before, LabState after, Device port, PortState state) {
    Protocol protocol = moved(before);
    protocol.become(topology(after, port.port().map(BridgePort::bridge)));
    protocol.set(port.id(), state);
    return with(after, protocol.snapshot());
  }

  /**
   * A bridge hears that a link of its has changed, and puts a port that has carrier back into service that was taken out by
   * hand (br_if.c br_port_carrier_check). Left out: bridges on which the protocol runs.
   */
  static LabState announced(LabState lab, Device device) {
    boolean back = device.port().filter(p -> !settings(lab.device(p.bridge())).stp()).isPresent()
        && Links.portState(lab, device) == PortState.DISABLED && Links.plainState(lab, device) == PortState.FORWARDING;
    return back ? setState(lab, lab, device, PortState.FORWARDING) : lab;
  }

  private static LabState with(LabState lab, SpanningTree tree) {
    return lab.withLearned(lab.learned().withTree(tree));
  }

  /** Ports that their guard disabled meanwhile have nothing learned behind them any more (br_stp_disable_port). */
  private static LabState wipe(LabState before, LabState after) {
    LabState wiped = after;
    for (DeviceId port : after.learned().tree().ports().keySet()) {
      boolean stopped = after.learned().tree().state(port).equals(Optional.of(PortState.DISABLED))
          && before.learned().tree().state(port).filter(s -> s != PortState.DISABLED).isPresent()
          && after.device(port).port().orElseThrow().has(PortFlag.GUARD);
      if (stopped) {
        wiped = wiped.withLearned(withoutLearned(wiped, wiped.device(port).port().orElseThrow().bridge(), port));
      }
    }
    return wiped;
  }

  private static Learned withoutLearned(LabState lab, DeviceId bridge, DeviceId port) {
    ForwardingDatabase left = lab.learned().fdb(bridge)
        .without(r -> r.device().equals(port) && r.kind() == FdbEntry.Kind.LEARNED);
    return lab.learned().withFdb(bridge, left);
  }

  /**
   * Whether a row of a bridge is gone: learned ones live for the ageing time, and those that the bridge finds older than the
   * forward delay while the tree is changing go then (kernel br_fdb.c hold_time, br_fdb_cleanup).
   */
  public static boolean isAged(LabState lab, Device bridge, FdbEntry row) {
    return isAged(lab.learned().tree().isEmpty() ? lab.learned().tree() : of(lab), bridge, row, lab.now());
  }

  /** As {@link #isAged(LabState, Device, FdbEntry)}, with the tree as it is known then. */
  public static boolean isAged(SpanningTree tree, Device bridge, FdbEntry row, VirtualTime now) {
    if (ForwardingDatabase.isAged(row, settings(bridge), now)) {
      return true;
    }
    if (tree.isEmpty() || row.kind() != FdbEntry.Kind.LEARNED) {
      return false;
    }
    SpanningTree.Root root = tree.bridges().get(bridge.id());
    if (root == null) {
      return false;
    }
    return root.change().swept().filter(s -> s.since(row.updated()) > root.times().forwardDelay()).isPresent();
  }

  /** The ageing time that a bridge shows, in hundredths of a second: while the tree is changing, two forward delays. */
  public static int ageingCentis(LabState lab, Device bridge) {
    SpanningTree.Root root = root(lab, bridge);
    return root.change().active()
        ? (int) (2 * root.times().forwardDelay() / (10 * VirtualTime.MILLI))
        : settings(bridge).ageingCentis();
  }

  /** What a bridge knows of the tree; one that does not take part is its own root. */
  public static SpanningTree.Root root(LabState lab, Device bridge) {
    return Optional.ofNullable(of(lab).bridges().get(bridge.id())).orElseGet(() -> {
      BridgeId id = new BridgeId(settings(bridge).value(BridgeOption.PRIORITY), Links.macOf(lab, bridge));
      return new SpanningTree.Root(id, 0, id, 0, SpanningTree.Times.of(settings(bridge)),
          SpanningTree.TopologyChange.NONE, TreePMap.empty());
    });
  }

  /** What a port knows of the tree. */
  public static SpanningTree.Port port(LabState lab, Device device) {
    BridgePort port = device.port().orElseThrow();
    return Optional.ofNullable(of(lab).ports().get(device.id())).orElseGet(() -> {
      BridgeId id = root(lab, lab.device(port.bridge())).id();
      SpanningTree.Claim claim = new SpanningTree.Claim(id, 0, id, port.id());
      return new SpanningTree.Port(Links.plainState(lab, device), claim, lab.now(), false, false, TreePMap.empty());
    });
  }

  /** The settings of a device that is a bridge. */
  public static BridgeSettings settings(Device bridge) {
    return ((DeviceKind.Bridge) bridge.kind()).settings();
  }

  private static Topology topology(LabState lab) {
    return topology(lab, Optional.empty());
  }

  private static Topology topology(LabState lab, Optional<DeviceId> more) {
    SpanningTree tree = lab.learned().tree();
    List<Topology.Bridge> bridges = new ArrayList<>();
    for (Device device : lab.devices().values()) {
      if (device.kind() instanceof DeviceKind.Bridge(BridgeSettings settings, boolean _)
          && (settings.stp() || tree.bridges().containsKey(device.id())
              || more.filter(device.id()::equals).isPresent())) {
        List<Topology.Port> ports = lab.portsOf(device.id()).stream().map(p -> wired(lab, p)).toList();
        bridges.add(new Topology.Bridge(device.id(), settings, Links.macOf(lab, device), device.isUp(), ports));
      }
    }
    return new Topology(bridges);
  }

  private static Topology.Port wired(LabState lab, Device device) {
    BridgePort port = device.port().orElseThrow();
    boolean usable = Links.hasCarrier(lab, device);
    List<DeviceId> hears = new ArrayList<>();
    if (usable) {
      listen(lab, device, hears, new HashSet<>());
    }
    return new Topology.Port(device.id(), port, Links.costOf(lab, device), usable, Links.plainState(lab, device),
        hears);
  }

  /** Who hears what is said at a port: a bridge at the other end, or those behind bridges that pass it on. */
  private static void listen(LabState lab, Device from, List<DeviceId> hears, Set<DeviceId> passed) {
    Optional<Device> peer = from.peer().map(lab::device).filter(p -> p.isUp() && p.port().isPresent());
    if (peer.isEmpty() || !passed.add(peer.get().id())) {
      return;
    }
    Device bridge = lab.device(peer.get().port().orElseThrow().bridge());
    if (settings(bridge).stp()) {
      hears.add(peer.get().id());
    } else if (Links.plainState(lab, peer.get()) == PortState.FORWARDING) {
      lab.portsOf(bridge.id()).stream().filter(p -> !p.id().equals(peer.get().id()))
          .filter(p -> Links.plainState(lab, p) == PortState.FORWARDING)
          .forEach(p -> listen(lab, p, hears, passed));
    }
  }
}
