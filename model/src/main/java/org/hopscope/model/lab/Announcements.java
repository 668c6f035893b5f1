package org.hopscope.model.lab;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hopscope.model.addr.Ipv6Address;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.net.BridgePort;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.FdbEntry;
import org.hopscope.model.net.Inet6;
import org.hopscope.model.net.PortFlag;
import org.hopscope.model.net.PortState;

/**
 * What a device says of its own when IPv6 begins to work on it, when it gets its carrier back, and when its addresses
 * change: which groups it listens to (MLDv2 reports, RFC 3810 6.1; kernel net/ipv6/mcast.c ipv6_mc_up, mld_ifc_event) and,
 * where duplicates are asked for, whether somebody has its address. All of it goes to groups, so what can be seen of it is
 * that every bridge it crosses has learned the device's hardware address: that is worked out here, after the edit that made
 * it speak, as the frames themselves belong to no probe. A kernel says it all once more at a random moment of the next second
 * (RFC 3810 9.1); the model does before the next probe, or when time passes. Left out: what tunnels, bonds and Open vSwitch
 * would carry on, and the frames in counters.
 */
final class Announcements {
  private LabState lab;
  private final Set<DeviceId> passed = new HashSet<>();

  private Announcements(LabState lab) {
    this.lab = lab;
  }

  /**
   * A frame under way.
   *
   * @param source who sent it
   * @param tag its VLAN tag
   */
  private record Frame(MacAddress source, Optional<Integer> tag) {
    Frame tagged(int vlan) {
      return new Frame(source, Optional.of(vlan));
    }

    Frame bare() {
      return new Frame(source, Optional.empty());
    }
  }

  /** {@code after} with what bridges learned from what one device said; {@code was} is empty for a new device. */
  static LabState settle(LabState before, Optional<Device> was, LabState after, DeviceId id) {
    Device is = after.device(id);
    if (!speaks(before, was.filter(w -> w.netns().equals(is.netns())), after, is)) {
      return after;
    }
    Device speaker = is.withInet6(is.inet6().withAgain(true));
    return said(after.with(speaker), speaker);
  }

  /** With all said again that was said a moment ago. */
  static LabState repeated(LabState lab) {
    LabState next = lab;
    for (Device device : lab.devices().values()) {
      if (device.inet6().again()) {
        Device quiet = device.withInet6(device.inet6().withAgain(false));
        next = next.with(quiet);
        next = isAble(next, quiet) ? said(next, quiet) : next;
      }
    }
    return next == lab ? lab : next.untouched();
  }

  private static LabState said(LabState lab, Device from) {
    Announcements said = new Announcements(lab);
    said.leave(new Frame(Links.macOf(lab, from), Optional.empty()), from);
    return said.lab;
  }

  private static boolean isAble(LabState lab, Device device) {
    return device.inet6().isReady() && !device.isLoopback() && Inet6Links.isOn(lab, device)
        && Links.hasCarrier(lab, device);
  }

  private static boolean speaks(LabState before, Optional<Device> was, LabState after, Device is) {
    boolean spoke = was.isPresent() && was.get().inet6().isReady() && Links.hasCarrier(before, was.get());
    return (!spoke || !sameGroups(was.get().inet6(), is.inet6())) && isAble(after, is);
  }

  private static boolean sameGroups(Inet6 was, Inet6 is) {
    return was.addresses() == is.addresses() || groups(was).equals(groups(is));
  }

  private static Set<Ipv6Address> groups(Inet6 device) {
    return device.addresses().stream().map(a -> a.address().solicitedNode()).collect(Collectors.toSet());
  }

  /** A device sends it. */
  private void leave(Frame frame, Device from) {
    if (!from.isUp()) {
      return;
    }
    switch (from.kind()) {
      case DeviceKind.Veth(DeviceId peer) -> arrive(frame, lab.device(peer));
      case DeviceKind.Nic(var cable) -> cable.ifPresent(far -> arrive(frame, lab.device(far)));
      case DeviceKind.Bridge _ -> admit(frame, from, from).ifPresent(f -> flood(f, from, from));
      case DeviceKind.Vlan(DeviceId lower, int id, int _) -> leave(frame.tagged(id), lab.device(lower));
      case DeviceKind.Macvlan(DeviceId lower, var _) -> leave(frame, lab.device(lower));
      case DeviceKind.Ipvlan _,DeviceKind.Loopback _,DeviceKind.Dummy _,DeviceKind.Tun _,DeviceKind.Bond _,DeviceKind.Tunnel _,DeviceKind.WireGuard _,DeviceKind.OvsInternal _ ->
          {
          }
    }
  }

  /** A device takes it from its wire, or from the device below. */
  private void arrive(Frame frame, Device at) {
    if (!at.isUp() || !passed.add(at.id())) {
      return;
    }
    for (DeviceId id : lab.index().uppersOf(at.id())) {
      Device upper = lab.device(id);
      switch (upper.kind()) {
        case DeviceKind.Vlan(DeviceId _, int vlan, int _) when frame.tag().equals(Optional.of(vlan)) ->
            arrive(frame.bare(), upper);
        case DeviceKind.Macvlan _ -> arrive(frame, upper);
        case DeviceKind.Vlan _,DeviceKind.Veth _,DeviceKind.Nic _,DeviceKind.Bridge _,DeviceKind.Ipvlan _,DeviceKind.Loopback _,DeviceKind.Dummy _,DeviceKind.Tun _,DeviceKind.Bond _,DeviceKind.Tunnel _,DeviceKind.WireGuard _,DeviceKind.OvsInternal _ ->
            {
            }
      }
    }
    at.port().map(BridgePort::bridge).map(lab::device).ifPresent(bridge -> admit(frame, at, bridge)
        .ifPresent(admitted -> switched(admitted, at, bridge)));
  }

  /** Kernel br_allowed_ingress: with the tag of its VLAN where the bridge filters. */
  private static Optional<Frame> admit(Frame frame, Device at, Device bridge) {
    return Trees.settings(bridge).vlanFiltering()
        ? at.vlans().admits(frame.tag()).map(frame::tagged)
        : Optional.of(frame);
  }

  private void switched(Frame frame, Device port, Device bridge) {
    PortState state = Links.portState(lab, port);
    FdbEntry.Key key = key(frame, bridge);
    Optional<FdbEntry> known = lab.learned().fdb(bridge.id()).find(key);
    boolean barred = port.port().orElseThrow().has(PortFlag.LOCKED)
        && known.filter(r -> r.device().equals(port.id()) && r.kind() != FdbEntry.Kind.LOCAL).isEmpty();
    if (!state.learns() || barred) {
      return;
    }
    boolean own = Links.isOwnAddress(lab, bridge, key)
        || known.filter(r -> r.kind() == FdbEntry.Kind.LOCAL).isPresent();
    if (!own && port.port().get().has(PortFlag.LEARNING) && Trees.settings(bridge).ageingCentis() != 0) {
      FdbEntry row = FdbEntry.after(known, key, port.id(), lab.now());
      lab = lab.withLearned(lab.learned().withFdb(bridge.id(), lab.learned().fdb(bridge.id()).with(row)));
    }
    if (state == PortState.FORWARDING) {
      flood(frame, port, bridge);
    }
  }

  /** Whether somebody behind a port would learn anything: most lead to a device on which nothing stands. */
  private boolean leadsOn(Device port) {
    return switch (port.kind()) {
      case DeviceKind.Veth(DeviceId peer) -> passesOn(peer);
      case DeviceKind.Nic(var cable) -> cable.filter(this::passesOn).isPresent();
      case DeviceKind.Bridge _,DeviceKind.Vlan _,DeviceKind.Macvlan _,DeviceKind.Ipvlan _,DeviceKind.Loopback _,DeviceKind.Dummy _,DeviceKind.Tun _,DeviceKind.Bond _,DeviceKind.Tunnel _,DeviceKind.WireGuard _,DeviceKind.OvsInternal _ ->
          true;
    };
  }

  private boolean passesOn(DeviceId far) {
    return lab.device(far).port().isPresent() || !lab.index().uppersOf(far).isEmpty();
  }

  private static FdbEntry.Key key(Frame frame, Device bridge) {
    return new FdbEntry.Key(frame.source(), Trees.settings(bridge).vlanFiltering() ? frame.tag().orElse(0) : 0);
  }

  /** Kernel br_flood: by every other port, as nobody asks who listens (sem-B2). */
  private void flood(Frame frame, Device from, Device bridge) {
    boolean host = from.id().equals(bridge.id());
    boolean isolated = from.port().filter(p -> p.has(PortFlag.ISOLATED)).isPresent();
    boolean filters = Trees.settings(bridge).vlanFiltering();
    for (DeviceId id : lab.index().portsOf(bridge.id()).values()) {
      Device to = lab.device(id);
      if (!leadsOn(to)) {
        continue;
      }
      BridgePort port = to.port().orElseThrow();
      boolean floods = host || port.has(PortFlag.MCAST_FLOOD);
      boolean barred =
          to.id().equals(from.id()) && !port.has(PortFlag.HAIRPIN) || isolated && port.has(PortFlag.ISOLATED)
              || filters && !to.vlans().has(frame.tag().orElse(0));
      if (floods && !barred && Links.portState(lab, to) == PortState.FORWARDING) {
        leave(filters && to.vlans().leavesUntagged(frame.tag().orElse(0)) ? frame.bare() : frame, to);
      }
    }
  }
}
