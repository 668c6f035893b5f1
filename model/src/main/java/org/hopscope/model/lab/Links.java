package org.hopscope.model.lab;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.net.BridgeSettings;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.DeviceKind;
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
   * Whether the device has carrier: somebody at the other end of its cable, or for a bridge a port that forwards.
   * A device that is switched off has none (sem-L4, sem-B8).
   */
  public static boolean hasCarrier(LabState lab, Device device) {
    return device.isUp() && switch (device.kind()) {
      case DeviceKind.Loopback() -> true;
      case DeviceKind.Veth(DeviceId peer) -> lab.device(peer).isUp();
      case DeviceKind.Nic(var cable) -> cable.map(c -> lab.device(c).isUp()).orElse(false);
      case DeviceKind.Bridge(BridgeSettings _, boolean touched) -> !touched
          || lab.portsOf(device.id()).stream().anyMatch(p -> portState(lab, p) == PortState.FORWARDING);
    };
  }

  /** The operational state as {@code ip link} prints it behind {@code state}. */
  public static OperState operState(LabState lab, Device device) {
    if (!device.isUp()) {
      return OperState.DOWN;
    }
    return switch (device.kind()) {
      case DeviceKind.Loopback() -> OperState.UNKNOWN;
      case DeviceKind.Veth(DeviceId _) -> hasCarrier(lab, device) ? OperState.UP : OperState.LOWERLAYERDOWN;
      case DeviceKind.Nic(var _) -> hasCarrier(lab, device) ? OperState.UP : OperState.DOWN;
      case DeviceKind.Bridge(BridgeSettings _, boolean touched) -> !touched
          ? OperState.UNKNOWN
          : hasCarrier(lab, device) ? OperState.UP : OperState.DOWN;
    };
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

  /** What sending by a port costs: as set, or by the speed of the link (kernel br_if.c port_cost; a veth says 10 Gbit/s). */
  public static int costOf(Device port) {
    return port.port().flatMap(p -> p.path().cost()).orElse(switch (port.kind()) {
      case DeviceKind.Veth _ -> 2;
      case DeviceKind.Nic _ -> 4;
      case DeviceKind.Loopback _,DeviceKind.Bridge _ -> 100;
    });
  }

  /**
   * The hardware address a device wears. A bridge that was given none wears the lowest of its ports, and all zeros once
   * it has lost its last port (sem-B7).
   */
  public static MacAddress macOf(LabState lab, Device device) {
    if (!(device.kind() instanceof DeviceKind.Bridge(BridgeSettings _, boolean touched)) || device.link().macByHand()) {
      return device.link().mac();
    }
    List<Device> ports = lab.portsOf(device.id());
    return ports.stream().map(p -> p.link().mac()).min(Comparator.naturalOrder())
        .orElse(touched ? MacAddress.ZERO : device.link().mac());
  }

  /** The MTU of a device. A bridge follows its smallest port unless it was given one (sem-B7). */
  public static int mtuOf(LabState lab, Device device) {
    if (!device.isBridge() || device.link().mtuByHand()) {
      return device.link().mtu();
    }
    return lab.portsOf(device.id()).stream().mapToInt(p -> p.link().mtu()).min().orElse(device.link().mtu());
  }

  /**
   * The rows of a bridge's forwarding database that nobody has to learn: the ports' own addresses, and the bridge's own
   * one when it is none of theirs (kernel br_fdb_add_local, br_fdb_change_mac_address). Printed {@code permanent}
   * (sem-B3). Those that somebody changed by hand are left out.
   */
  public static List<FdbEntry> ownAddresses(LabState lab, Device bridge) {
    ForwardingDatabase table = lab.learned().fdb(bridge.id());
    return allOwnAddresses(lab, bridge).stream().filter(r -> !table.mentions(r.mac())).toList();
  }

  /** As {@link #ownAddresses}, with those that somebody changed by hand. Of equal addresses the first port's counts. */
  static List<FdbEntry> allOwnAddresses(LabState lab, Device bridge) {
    Map<MacAddress, FdbEntry> rows = new LinkedHashMap<>();
    for (Device port : lab.portsOf(bridge.id())) {
      rows.putIfAbsent(port.link().mac(), own(port.link().mac(), port.id()));
    }
    MacAddress worn = macOf(lab, bridge);
    if (worn.isAssignable()) {
      rows.putIfAbsent(worn, own(worn, bridge.id()));
    }
    return List.copyOf(rows.values());
  }

  private static FdbEntry own(MacAddress mac, DeviceId device) {
    return new FdbEntry(mac, device, FdbEntry.Kind.LOCAL, false, VirtualTime.START);
  }
}
