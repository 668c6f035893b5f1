package org.hopscope.model.lab;

import java.util.Optional;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.Device.LinkSettings;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.Driver;

/**
 * Makes and changes the devices of every driver that needs no command of its own (kernel rtnetlink.c
 * rtnl_newlink_create, rtnl_changelink). What only one driver does stands in a class of its own, such as
 * {@link MacvlanEdits}.
 */
final class StackedEdits {
  private StackedEdits() {
  }

  /** {@code ip link add … [link LOWER] type KIND …}. */
  static LabState add(LabState lab, NewLink wish, Optional<DeviceRef> lower, LinkInfo info) {
    Optional<Device> below = lower.map(l -> Find.device(lab, l));
    Find.netns(lab, wish.ref().netns());
    below.filter(b -> !b.netns().host().equals(wish.ref().netns().host())).ifPresent(b -> {
      throw Moves.noSuchNetns(wish.ref().netns());
    });
    if (info instanceof LinkInfo.Vxlan vxlan) {
      VxlanEdits.validate(wish, vxlan);
    }
    if (info instanceof LinkInfo.Geneve geneve) {
      GeneveEdits.validate(wish, geneve);
    }
    Creation.refuseTaken(lab, wish);
    wish.mtu().ifPresent(m -> LinkEdits.checkMtu(info.driver().mtu(), m));
    LabState made = switch (info) {
      case LinkInfo.Dummy() -> Creation.add(lab, wish, new DeviceKind.Dummy());
      case LinkInfo.WireGuard() -> WireGuardEdits.add(lab, wish);
      case LinkInfo.Ipvlan ipvlan -> IpvlanEdits.add(lab, wish, below, ipvlan);
      case LinkInfo.Bond bond -> BondEdits.add(lab, wish, bond);
      case LinkInfo.Vlan vlan -> VlanEdits.add(lab, wish, below, vlan);
      case LinkInfo.Macvlan macvlan -> MacvlanEdits.add(lab, wish, below, macvlan);
      case LinkInfo.Vxlan vxlan -> VxlanEdits.add(lab, wish, vxlan);
      case LinkInfo.Geneve geneve -> GeneveEdits.add(lab, wish, geneve);
      case LinkInfo.IpTunnel tunnel -> IpTunnelEdits.add(lab, wish, tunnel);
    };
    DeviceId id = made.find(wish.ref()).orElseThrow().id();
    return wish.up() ? Power.set(made, id, true) : made;
  }

  /** {@code ip link set DEV type KIND …}. */
  static LabState set(LabState lab, DeviceRef ref, LinkInfo info) {
    Device device = Find.device(lab, ref);
    if (device.kind().driver() != info.driver()) {
      throw RefusedException.kernel(Errno.EOPNOTSUPP);
    }
    return switch (info) {
      case LinkInfo.Dummy(),LinkInfo.WireGuard() -> throw RefusedException.kernel(Errno.EOPNOTSUPP);
      case LinkInfo.Ipvlan ipvlan -> IpvlanEdits.set(lab, device, ipvlan);
      case LinkInfo.Bond bond -> BondEdits.set(lab, device, bond);
      case LinkInfo.Vlan vlan -> VlanEdits.set(lab, device, vlan);
      case LinkInfo.Macvlan macvlan -> MacvlanEdits.set(lab, device, macvlan);
      case LinkInfo.Vxlan vxlan -> VxlanEdits.set(lab, device, vxlan);
      case LinkInfo.Geneve geneve -> GeneveEdits.set(lab, device, geneve);
      case LinkInfo.IpTunnel tunnel -> IpTunnelEdits.set(lab, device, tunnel);
    };
  }

  /**
   * Makes a device that stands on another one: with that one's MTU unless one is said. The namespaces of the two come
   * to know each other.
   */
  static LabState on(LabState lab, NewLink wish, Device below, DeviceKind kind, Optional<Integer> mtu) {
    NewLink sized = new NewLink(wish.ref(), wish.mac(), wish.mtu().or(() -> mtu), wish.index(), wish.up());
    LabState told = below.kind() instanceof DeviceKind.Tun tun ? lab.with(below.withKind(tun.announcing())) : lab;
    LabState made = Creation.add(told, sized, kind);
    return Moves.knows(made, wish.ref().netns(), below.netns());
  }

  /** With the hardware address of the device below, as nobody's choice (kernel eth_hw_addr_inherit). */
  static LabState inheritMac(LabState lab, DeviceRef ref, Device below) {
    Device made = lab.find(ref).orElseThrow();
    LinkSettings link = made.link();
    return lab.with(made.withLink(
        link.withMac(Links.macOf(lab, below), false)));
  }

  /** The device below; every driver that needs one refuses to do without. */
  static Device required(Optional<Device> below) {
    return below.orElseThrow(() -> RefusedException.kernel(Errno.EINVAL));
  }

  /**
   * Whether someone takes what comes in by a device before its own namespace does: a bridge, a bond, macvlans, ipvlans (kernel
   * netdev_is_rx_handler_busy). There is room for one of them.
   */
  static boolean isTaken(LabState lab, Device device) {
    return device.port().isPresent() || lab.index().bondOf(device.id()).isPresent()
        || lab.uppersOf(device.id()).stream().anyMatch(u -> takesAll(u.kind().driver()));
  }

  /** Whether a device stands on another one, over however many between (kernel __netdev_has_upper_dev). */
  static boolean standsOn(LabState lab, Device device, DeviceId other) {
    return device.lower().filter(l -> l.equals(other) || standsOn(lab, lab.device(l), other)).isPresent()
        || lab.portsOf(device.id()).stream().anyMatch(p -> p.id().equals(other) || standsOn(lab, p, other))
        || device.kind().slaves().stream().anyMatch(s -> s.equals(other) || standsOn(lab, lab.device(s), other));
  }

  /** Whether devices of a driver take the frames of the device below by themselves (kernel rx_handler). */
  static boolean takesAll(Driver driver) {
    return switch (driver) {
      case MACVLAN, IPVLAN -> true;
      case BOND, LOOPBACK, NIC, VETH, BRIDGE, DUMMY, TUN, TAP, VLAN, VXLAN, GENEVE, GRE, GRETAP, IPIP, SIT, OPENVSWITCH,
          WIREGUARD ->
          false;
    };
  }
}
