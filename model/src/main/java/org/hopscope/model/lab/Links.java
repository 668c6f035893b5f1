package org.hopscope.model.lab;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.net.BridgeSettings;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.FdbEntry;
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

  /** What a bridge does with frames at a port (kernel BR_STATE_*); without STP only these two occur. */
  public enum PortState {
    DISABLED, FORWARDING
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

  /** The state of a port, for a device that is one: it forwards while it and its bridge are up and it has carrier. */
  public static PortState portState(LabState lab, Device port) {
    boolean forwards = port.port().map(p -> lab.device(p.bridge()).isUp()).orElse(false) && hasCarrier(lab, port);
    return forwards ? PortState.FORWARDING : PortState.DISABLED;
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
   * (sem-B3).
   */
  public static List<FdbEntry> ownAddresses(LabState lab, Device bridge) {
    List<FdbEntry> rows = new ArrayList<>();
    for (Device port : lab.portsOf(bridge.id())) {
      rows.add(own(port.link().mac(), port.id()));
    }
    MacAddress worn = macOf(lab, bridge);
    if (worn.isAssignable() && rows.stream().noneMatch(r -> r.mac().equals(worn))) {
      rows.add(own(worn, bridge.id()));
    }
    return rows;
  }

  private static FdbEntry own(MacAddress mac, DeviceId device) {
    return new FdbEntry(mac, device, FdbEntry.Kind.LOCAL, false, VirtualTime.START);
  }
}
