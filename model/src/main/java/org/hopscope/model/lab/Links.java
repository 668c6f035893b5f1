package org.hopscope.model.lab;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.net.BridgeSettings;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.Driver;
import org.hopscope.model.net.FdbEntry;
import org.hopscope.model.net.ForwardingDatabase;
import org.hopscope.model.net.PortState;
import org.hopscope.model.net.VirtualTime;

/**
 * What follows from how devices are configured and wired, and is therefore kept nowhere: carrier, operational state,
 * port states, and what a bridge takes from its ports.
 */
public final class Links {
  private Links() {
  }

  /** Operational states (RFC 2863, kernel Documentation/networking/operstates.rst). */
  public enum OperState {
    UP, DOWN, LOWERLAYERDOWN, UNKNOWN
  }

  /**
   * Whether the device is up and has carrier: somebody at the other end of its cable, or for a bridge a port that
   * forwards (sem-L4, sem-B8).
   */
  public static boolean hasCarrier(LabState lab, Device device) {
    return device.isUp() && isCarrierOk(lab, device);
  }

  /**
   * Whether there is carrier, be the device up or not (kernel netif_carrier_ok). What stands on another device takes
   * over that one's (kernel netif_stacked_transfer_operstate).
   */
  private static boolean isCarrierOk(LabState lab, Device device) {
    return switch (device.kind()) {
      case DeviceKind.Loopback(),DeviceKind.Dummy(),DeviceKind.Tunnel _,DeviceKind.OvsInternal _ -> true;
      case DeviceKind.WireGuard wg -> wg.home().isPresent();
      case DeviceKind.Veth(DeviceId far) -> device.isUp() && lab.device(far).isUp();
      case DeviceKind.Nic(var cable) -> device.isUp() && cable.map(c -> lab.device(c).isUp()).orElse(false);
      case DeviceKind.Tun tun -> tun.program().isPresent();
      case DeviceKind.Bond bond -> bond.slaves().stream().anyMatch(s -> hasLink(lab, bond, s));
      case DeviceKind.Ipvlan(DeviceId below, var _, var _) -> isCarrierTold(lab, lab.device(below));
      case DeviceKind.Vlan(DeviceId below, int _, int _) -> isCarrierTold(lab, lab.device(below));
      case DeviceKind.Macvlan(DeviceId below, var _) -> isCarrierTold(lab, lab.device(below));
      case DeviceKind.Bridge bridge -> !bridge.followsPorts() || isAnyForwarding(lab, device);
    };
  }

  private static boolean isAnyForwarding(LabState lab, Device bridge) {
    for (DeviceId port : lab.index().portsOf(bridge.id()).values()) {
      if (portState(lab, lab.device(port)) == PortState.FORWARDING) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether a bond takes the link of a slave to be up. Without MII monitoring it never looks, and takes every link to be
   * up (kernel bond_main.c bond_enslave, bond_miimon_inspect).
   */
  public static boolean hasLink(LabState lab, DeviceKind.Bond bond, DeviceId slave) {
    return bond.settings().miimon() == 0 || hasCarrier(lab, lab.device(slave));
  }

  /** The carrier that what stands on a device was told of. */
  private static boolean isCarrierTold(LabState lab, Device below) {
    return below.kind() instanceof DeviceKind.Tun tun ? tun.announced() : isCarrierOk(lab, below);
  }

  /** The operational state as {@code ip link} prints it behind {@code state}. */
  public static OperState operState(LabState lab, Device device) {
    if (!device.isUp()) {
      return OperState.DOWN;
    }
    return switch (device.kind()) {
      case DeviceKind.Loopback(),DeviceKind.Dummy(),DeviceKind.Tunnel _,DeviceKind.OvsInternal _ -> OperState.UNKNOWN;
      case DeviceKind.WireGuard wg -> wg.home().isPresent() ? OperState.UNKNOWN : OperState.DOWN;
      case DeviceKind.Veth _ -> hasCarrier(lab, device) ? OperState.UP : OperState.LOWERLAYERDOWN;
      case DeviceKind.Ipvlan(DeviceId below, var _, var _) -> stacked(lab, device, lab.device(below));
      case DeviceKind.Tun _,DeviceKind.Bond _ -> hasCarrier(lab, device) ? OperState.UP : OperState.DOWN;
      case DeviceKind.Vlan(DeviceId below, int _, int _) -> stacked(lab, device, lab.device(below));
      case DeviceKind.Macvlan(DeviceId below, var _) -> stacked(lab, device, lab.device(below));
      case DeviceKind.Nic(var _) -> hasCarrier(lab, device) ? OperState.UP : OperState.DOWN;
      case DeviceKind.Bridge bridge -> !bridge.followsPorts()
          ? OperState.UNKNOWN
          : hasCarrier(lab, device) ? OperState.UP : OperState.DOWN;
    };
  }

  /**
   * The kernel looks for the number of the device below in the namespace of the one above, wherever that one is
   * (net/core/link_watch.c default_operstate): only when it finds a device without carrier it says LOWERLAYERDOWN.
   */
  private static OperState stacked(LabState lab, Device device, Device below) {
    if (isCarrierOk(lab, device)) {
      return OperState.UP;
    }
    int number = below.place().ifindex();
    Optional<Device> found = Optional.ofNullable(lab.index().indexed(device.netns()).get(number)).map(lab::device);
    return number != device.place().ifindex() && found.filter(d -> !isCarrierOk(lab, d)).isPresent()
        ? OperState.LOWERLAYERDOWN
        : OperState.DOWN;
  }

  /** The state of a port, for a device that is one: what the spanning tree protocol says, where it has a say. */
  public static PortState portState(LabState lab, Device port) {
    return lab.learned().tree().ports().containsKey(port.id())
        ? Trees.of(lab).state(port.id()).orElseThrow()
        : plainState(lab, port);
  }

  /** The state of a port without the spanning tree protocol: it forwards while it and its bridge are up and it has carrier. */
  static PortState plainState(LabState lab, Device port) {
    boolean forwards = port.port().map(p -> lab.device(p.bridge()).isUp()).orElse(false) && hasCarrier(lab, port);
    return forwards ? PortState.FORWARDING : PortState.DISABLED;
  }

  /** What sending by a port costs: as set, or by the speed of the link (kernel br_if.c port_cost; a veth and a tap say 10 Gbit/s). */
  public static int costOf(LabState lab, Device port) {
    return port.port().flatMap(p -> p.path().cost()).orElseGet(() -> costBySpeed(lab, port));
  }

  private static int costBySpeed(LabState lab, Device port) {
    return switch (port.kind()) {
      case DeviceKind.Veth _,DeviceKind.Tun _ -> 2;
      case DeviceKind.Nic _ -> 4;
      case DeviceKind.Macvlan(DeviceId below, var _) -> costBySpeed(lab, lab.device(below));
      case DeviceKind.Vlan(DeviceId below, int _, int _) -> costBySpeed(lab, lab.device(below));
      case DeviceKind.Ipvlan(DeviceId below, var _, var _) -> costBySpeed(lab, lab.device(below));
      case DeviceKind.Tunnel tunnel -> tunnel.outer().device().map(d -> costBySpeed(lab, lab.device(d))).orElse(100);
      case DeviceKind.Loopback _,DeviceKind.Bridge _,DeviceKind.Dummy _,DeviceKind.Bond _,DeviceKind.WireGuard _,DeviceKind.OvsInternal _ ->
          100;
    };
  }

  /**
   * The hardware address a device wears. A bridge that was given none wears the lowest of its ports, and all zeros once
   * it has lost its last port (sem-B7).
   */
  public static MacAddress macOf(LabState lab, Device device) {
    if (!(device.kind() instanceof DeviceKind.Bridge(BridgeSettings _, boolean touched)) || device.link().macByHand()) {
      return device.link().mac();
    }
    Ports ports = lab.index().portsAt(device.id());
    return ports != Ports.NONE ? ports.sum(lab).lowest() : touched ? MacAddress.ZERO : device.link().mac();
  }

  /** The MTU of a device. A bridge follows its smallest port unless it was given one (sem-B7). */
  public static int mtuOf(LabState lab, Device device) {
    if (!device.isBridge() || device.link().mtuByHand()) {
      return device.link().mtu();
    }
    Ports ports = lab.index().portsAt(device.id());
    return ports != Ports.NONE ? ports.sum(lab).narrowest() : device.link().mtu();
  }

  /** The range of MTUs of a device: its driver's, but a macvlan goes as far as the device below. */
  public static Driver.Mtu mtuRange(LabState lab, Device device) {
    Driver.Mtu own = device.kind().driver().mtu();
    return switch (device.kind()) {
      case DeviceKind.Macvlan(DeviceId below, var _) -> {
        int max = mtuRange(lab, lab.device(below)).max();
        yield own.withMax(max == 0 ? own.max() : max);
      }
      case DeviceKind.Loopback _,DeviceKind.Nic _,DeviceKind.Veth _,DeviceKind.Bridge _,DeviceKind.Dummy _,DeviceKind.Tun _,DeviceKind.Vlan _,DeviceKind.Ipvlan _,DeviceKind.Bond _,DeviceKind.Tunnel _,DeviceKind.WireGuard _,DeviceKind.OvsInternal _ ->
          own;
    };
  }

  /**
   * The rows of a bridge's forwarding database that nobody has to learn: the ports' own addresses, and the bridge's own
   * one when it is none of theirs (kernel br_fdb_add_local, br_fdb_change_mac_address). Printed {@code permanent}
   * (sem-B3). Those that somebody changed by hand are left out.
   */
  public static List<FdbEntry> ownAddresses(LabState lab, Device bridge) {
    ForwardingDatabase table = lab.learned().fdb(bridge.id());
    return allOwnAddresses(lab, bridge).stream().filter(r -> !table.mentions(r.key())).toList();
  }

  /** Whether one of {@link #ownAddresses} has a key. */
  static boolean isOwnAddress(LabState lab, Device bridge, FdbEntry.Key key) {
    if (lab.learned().fdb(bridge.id()).mentions(key)) {
      return false;
    }
    for (DeviceId port : lab.index().portsOf(bridge.id()).values()) {
      if (hasOwn(bridge, lab.device(port), macOf(lab, lab.device(port)), key)) {
        return true;
      }
    }
    MacAddress mac = macOf(lab, bridge);
    return mac.isAssignable() && hasOwn(bridge, bridge, mac, key);
  }

  private static boolean hasOwn(Device bridge, Device device, MacAddress mac, FdbEntry.Key key) {
    return mac.equals(key.mac()) && (key.vlan() == 0
        || Trees.settings(bridge).vlanFiltering() && device.vlans().vlans().contains(key.vlan()));
  }

  /** As {@link #ownAddresses}, with those that somebody changed by hand. Of equal addresses the first port's counts. */
  public static List<FdbEntry> allOwnAddresses(LabState lab, Device bridge) {
    Map<FdbEntry.Key, FdbEntry> rows = new LinkedHashMap<>();
    for (Device port : lab.portsOf(bridge.id())) {
      addOwn(rows, lab, bridge, port);
    }
    if (macOf(lab, bridge).isAssignable()) {
      addOwn(rows, lab, bridge, bridge);
    }
    return List.copyOf(rows.values());
  }

  /** With a row in no VLAN, and on a bridge that filters one in each of the device's VLANs (sem-B14). */
  private static void addOwn(Map<FdbEntry.Key, FdbEntry> rows, LabState lab, Device bridge, Device device) {
    MacAddress mac = macOf(lab, device);
    addOwn(rows, FdbEntry.Key.of(mac), device.id());
    if (Trees.settings(bridge).vlanFiltering()) {
      device.vlans().vlans().forEach(v -> addOwn(rows, new FdbEntry.Key(mac, v), device.id()));
    }
  }

  private static void addOwn(Map<FdbEntry.Key, FdbEntry> rows, FdbEntry.Key key, DeviceId device) {
    rows.putIfAbsent(key, new FdbEntry(key, device, FdbEntry.Kind.LOCAL, false, VirtualTime.START));
  }
}
