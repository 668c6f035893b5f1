package org.hopscope.model.lab;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.FdbEntry;
import org.hopscope.model.net.ForwardingDatabase;
import org.hopscope.model.net.Inet6;
import org.hopscope.model.net.Netns;
import org.hopscope.model.net.Remote;
import org.hopscope.model.net.Route;
import org.hopscope.model.net.Scope;
import org.pcollections.TreePVector;

/** Takes devices out of what they are tied to: routes, neighbours, bridges. */
final class Detach {
  private Detach() {
  }

  /** No IP of this family on this device any more: all ways through it and all its neighbours go, permanent ones too. */
  static LabState fromIp(LabState lab, Device device, IpFamily family) {
    LabState next = switch (family) {
      case INET -> withoutWays(lab, device, _ -> true);
      case INET6 -> withoutWays6(lab, device);
    };
    return next.withLearned(next.learned().withNeighbours(device.netns(), next.learned().neighbours(device.netns())
        .without(r -> r.key().device().equals(device.id()) && r.key().address().family() == family)
        .withoutProxies(k -> k.device().equals(device.id()) && k.address().family() == family)));
  }

  /**
   * The device is switched off: ways through it go, connected and static ones alike (sem-L10), but for those of scope
   * host, which lead nowhere outside (fib_sync_down_dev); all its neighbours go.
   */
  static LabState fromTraffic(LabState lab, Device device) {
    LabState unrouted = withoutWays(lab, device, r -> r.origin().scope() != Scope.HOST);
    LabState off = Masquerades.withoutDevice(withoutNeighbours(unrouted, device), device);
    return device.kind() instanceof DeviceKind.Vxlan ? withoutLearned(off, device) : off;
  }

  /** A vxlan that is switched off forgets what it has learned (vxlan_flush). */
  private static LabState withoutLearned(LabState lab, Device vxlan) {
    return lab.withLearned(lab.learned().withFdb(vxlan.id(),
        lab.learned().fdb(vxlan.id()).without(r -> r.kind() == FdbEntry.Kind.LEARNED)));
  }

  /** Next hops by the device die, and a route goes when none of its next hops lives. */
  private static LabState withoutWays(LabState lab, Device device, Predicate<Route> which) {
    UnaryOperator<Route> die = r -> r.leavesBy(device.id()) && which.test(r)
        ? r.mapHops(h -> h.device().equals(device.id()) ? h.withDead(true) : h)
        : r;
    return lab.with(lab.find(device.netns()).orElseThrow().mapTables(IpFamily.INET,
        t -> t.map(die).without(r -> !r.hops().isEmpty() && r.hops().stream().allMatch(Route.NextHop::dead))));
  }

  /** Of several next hops those by the device die; a route goes when none lives, or if it has but one (fib6_ifdown). */
  private static LabState withoutWays6(LabState lab, Device device) {
    UnaryOperator<Route> die = r -> r.isMultipath() && r.leavesBy(device.id())
        ? r.mapHops(h -> h.device().equals(device.id()) ? h.withDead(true) : h)
        : r;
    return lab.with(lab.find(device.netns()).orElseThrow().mapTables(IpFamily.INET6,
        t -> t.map(die).without(r -> r.isMultipath()
            ? r.hops().stream().allMatch(Route.NextHop::dead)
            : r.leavesBy(device.id()))));
  }

  /** The device is gone from here: of several next hops those by it go (fib6_ifdown with NETDEV_UNREGISTER). */
  private static LabState withoutHops6(LabState lab, Device device) {
    UnaryOperator<Route> shorten = r -> r.isMultipath() && r.leavesBy(device.id())
        && r.hops().stream().anyMatch(h -> !h.device().equals(device.id()))
            ? r.withHops(r.hops().stream().filter(h -> !h.device().equals(device.id())).toList())
            : r;
    return lab.with(lab.find(device.netns()).orElseThrow().mapTables(IpFamily.INET6, t -> t.map(shorten)));
  }

  /** The device is on again, or has an address again: dead next hops by it live (fib_sync_up). */
  static Netns revive(Netns netns, Device device, IpFamily family) {
    return !device.isUp() ? netns
        : netns.mapTables(family, t -> t.mapMultipath(r -> r.leavesBy(device.id())
            ? r.mapHops(h -> h.device().equals(device.id()) ? h.withDead(false) : h)
            : r));
  }

  /** The device is gone from here: routes that had one of their next hops by it go whole (NETDEV_UNREGISTER). */
  private static LabState withoutRoutes(LabState lab, Device device, IpFamily family) {
    return lab.with(
        lab.find(device.netns()).orElseThrow().mapTables(family, t -> t.without(r -> r.leavesBy(device.id()))));
  }

  /** All rows of the device's neighbours go, permanent ones too. */
  static LabState withoutNeighbours(LabState lab, Device device) {
    return lab.withLearned(lab.learned().withNeighbours(device.netns(),
        lab.learned().neighbours(device.netns()).without(r -> r.key().device().equals(device.id()))
            .withoutProxies(k -> k.device().equals(device.id()))));
  }

  /** The device is a port no more: its flags and everything its bridge knew about it go, static rows too (del_nbp). */
  static LabState fromBridge(LabState lab, Device device) {
    if (device.port().isEmpty()) {
      return lab;
    }
    DeviceId bridge = device.port().get().bridge();
    return lab.with(device.withPort(Optional.empty())).withLearned(lab.learned().withFdb(bridge,
        lab.learned().fdb(bridge).without(r -> r.device().equals(device.id()))));
  }

  /**
   * Vxlans do not outlive the device that they send by, be it deleted or moved away (vxlan_handle_lowerdev_unregister);
   * tunnels over IPv4 do, and send no more.
   */
  static LabState withoutVxlansBy(LabState lab, Device device) {
    LabState left = lab;
    for (Device tunnel : lab.tunnelsOf(device.netns())) {
      boolean by = ((DeviceKind.Tunnel) tunnel.kind()).outer().device().filter(device.id()::equals).isPresent();
      boolean tied = by && tunnel.kind() instanceof DeviceKind.Vxlan;
      if (by && tunnel.kind() instanceof DeviceKind.IpTunnel ip) {
        left = left.with(left.device(tunnel.id()).withKind(ip.unbound()));
      }
      left = !left.devices().containsKey(tunnel.id()) ? left
          : tied ? delete(left, left.device(tunnel.id())) : withoutEndsBy(left, tunnel.id(), device.id());
    }
    return left;
  }

  /** Far ends that are reached by a device that is gone are reached no more: the model takes them out of their rows. */
  private static LabState withoutEndsBy(LabState lab, DeviceId tunnel, DeviceId gone) {
    ForwardingDatabase table = lab.learned().fdb(tunnel);
    for (FdbEntry row : table.present()) {
      List<Remote> left = row.remotes().stream().filter(r -> !r.via().equals(Optional.of(gone))).toList();
      table = left.size() == row.remotes().size() ? table
          : left.isEmpty() ? table.without(row.key()) : table.with(row.withRemotes(left));
    }
    return lab.withLearned(lab.learned().withFdb(tunnel, table));
  }

  /** The device leaves its namespace: it is switched off and has nothing of what it had there (sem-L6). */
  static LabState fromNetns(LabState lab, Device device) {
    LabState alone = BondEdits.release(lab, device);
    LabState free = fromBridge(alone, alone.device(device.id()));
    LabState unrouted = withoutRoutes(free, device, IpFamily.INET);
    unrouted = Masquerades.withoutDevice(unrouted, unrouted.device(device.id()));
    LabState bare = AddressList.put(unrouted, unrouted.device(device.id()), TreePVector.empty());
    Device left = bare.device(device.id());
    Device off = left.withLink(left.link().withPower(Device.Power.NEW)).withInet6(Inet6.IDLE);
    LabState shorter = withoutHops6(bare.with(off), off);
    LabState quiet = fromIp(fromIp(shorter, off, IpFamily.INET), off, IpFamily.INET6);
    if (off.kind() instanceof DeviceKind.Vxlan) {
      return withoutLearned(quiet, off);
    }
    return off.isBridge() ? quiet : quiet.withLearned(quiet.learned().withFdb(off.id(), ForwardingDatabase.EMPTY));
  }

  /** The device is gone, with its peer and whatever its kind ties to it (sem-L7). */
  static LabState delete(LabState lab, Device device) {
    LabState left = withoutVxlansBy(lab, device);
    for (DeviceId upper : lab.index().uppersOf(device.id())) {
      left = left.devices().containsKey(upper) ? delete(left, left.device(upper)) : left;
    }
    left = fromNetns(left, left.device(device.id()));
    for (Device port : left.portsOf(device.id())) {
      left = fromBridge(left, port);
    }
    for (DeviceId slave : device.kind().slaves()) {
      left = left.devices().containsKey(slave) ? BondEdits.release(left, left.device(slave)) : left;
    }
    left = forget(left, device.id());
    Optional<Device> peer = device.peer().flatMap(p -> Optional.ofNullable(lab.devices().get(p)));
    if (peer.isEmpty() || left.devices().get(peer.get().id()) == null) {
      return left;
    }
    return switch (device.kind()) {
      case DeviceKind.Veth _ -> delete(left, left.device(peer.get().id()));
      case DeviceKind.Nic _ -> left.with(left.device(peer.get().id())
          .withKind(new DeviceKind.Nic(Optional.empty())));
      case DeviceKind.Loopback _,DeviceKind.Bridge _,DeviceKind.Dummy _,DeviceKind.Tun _,DeviceKind.Vlan _,DeviceKind.Macvlan _,DeviceKind.Ipvlan _,DeviceKind.Bond _,DeviceKind.Tunnel _,DeviceKind.WireGuard _,DeviceKind.OvsInternal _ ->
          left;
    };
  }

  private static LabState forget(LabState lab, DeviceId device) {
    ItemKey key = new ItemKey("device", Integer.toString(device.number()));
    return lab.without(device).withLearned(lab.learned().forgetDevice(device))
        .withNotes(lab.notes().withPlaces(lab.notes().places().minus(key)));
  }
}
