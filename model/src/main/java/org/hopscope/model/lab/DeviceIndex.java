package org.hopscope.model.lab;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.net.BridgePort;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.NetnsId;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/**
 * Where the devices of a lab are, so that nobody has to walk through all of them.
 *
 * @param byName the devices of each namespace by their names there
 * @param byIfindex the devices of each namespace by their numbers there
 * @param ports the ports of each bridge by their numbers there
 * @param uppers the devices that stand on each device, in the order of their making
 * @param bonds the bond of each slave
 * @param tunnels the tunnels whose packets outside belong to each namespace, in the order of their making
 */
public record DeviceIndex(PSortedMap<NetnsId, PSortedMap<String, DeviceId>> byName,
    PSortedMap<NetnsId, PSortedMap<Integer, DeviceId>> byIfindex,
    PSortedMap<DeviceId, PSortedMap<Integer, DeviceId>> ports,
    PSortedMap<DeviceId, PSortedMap<DeviceId, DeviceId>> uppers, PSortedMap<DeviceId, DeviceId> bonds,
    PSortedMap<NetnsId, PSortedMap<DeviceId, DeviceId>> tunnels) {
  /** Of a lab without devices. */
  public static final DeviceIndex EMPTY =
      new DeviceIndex(TreePMap.empty(), TreePMap.empty(), TreePMap.empty(),
          TreePMap.empty(), TreePMap.empty(), TreePMap.empty());

  /** The devices of a namespace by name. */
  public PSortedMap<String, DeviceId> named(NetnsId netns) {
    return Optional.ofNullable(byName.get(netns)).orElse(TreePMap.empty());
  }

  /** The devices of a namespace by index. */
  public PSortedMap<Integer, DeviceId> indexed(NetnsId netns) {
    return Optional.ofNullable(byIfindex.get(netns)).orElse(TreePMap.empty());
  }

  /** The ports of a bridge by number. */
  public PSortedMap<Integer, DeviceId> portsOf(DeviceId bridge) {
    return Optional.ofNullable(ports.get(bridge)).orElse(TreePMap.empty());
  }

  /** The devices that stand on a device. */
  public Collection<DeviceId> uppersOf(DeviceId lower) {
    return uppers.containsKey(lower) ? uppers.get(lower).keySet() : List.of();
  }

  /** The bond that a device is a slave of. */
  public Optional<DeviceId> bondOf(DeviceId slave) {
    return Optional.ofNullable(bonds.get(slave));
  }

  /** The tunnels whose home a namespace is. */
  public Collection<DeviceId> tunnelsOf(NetnsId home) {
    return tunnels.containsKey(home) ? tunnels.get(home).keySet() : List.of();
  }

  private PSortedMap<NetnsId, PSortedMap<DeviceId, DeviceId>> withTunnel(Device device) {
    if (!(device.kind() instanceof DeviceKind.Tunnel tunnel)) {
      return tunnels;
    }
    PSortedMap<DeviceId, DeviceId> others = Optional.ofNullable(tunnels.get(tunnel.home())).orElse(TreePMap.empty());
    return tunnels.plus(tunnel.home(), others.plus(device.id(), device.id()));
  }

  private PSortedMap<NetnsId, PSortedMap<DeviceId, DeviceId>> withoutTunnel(Device device) {
    if (!(device.kind() instanceof DeviceKind.Tunnel tunnel)) {
      return tunnels;
    }
    PSortedMap<DeviceId, DeviceId> left = tunnels.get(tunnel.home()).minus(device.id());
    return left.isEmpty() ? tunnels.minus(tunnel.home()) : tunnels.plus(tunnel.home(), left);
  }

  private PSortedMap<DeviceId, DeviceId> withSlaves(Device bond) {
    PSortedMap<DeviceId, DeviceId> more = bonds;
    for (DeviceId slave : bond.kind().slaves()) {
      more = more.plus(slave, bond.id());
    }
    return more;
  }

  DeviceIndex with(Device device) {
    NetnsId netns = device.netns();
    return new DeviceIndex(byName.plus(netns, named(netns).plus(device.name(), device.id())),
        byIfindex.plus(netns, indexed(netns).plus(device.place().ifindex(), device.id())),
        device.port().map(p -> withPort(p, device.id())).orElse(ports),
        device.lower().map(l -> withUpper(l, device.id())).orElse(uppers), withSlaves(device), withTunnel(device));
  }

  DeviceIndex without(Device device) {
    NetnsId netns = device.netns();
    PSortedMap<String, DeviceId> names = named(netns).minus(device.name());
    PSortedMap<Integer, DeviceId> indexes = indexed(netns).minus(device.place().ifindex());
    return new DeviceIndex(names.isEmpty() ? byName.minus(netns) : byName.plus(netns, names),
        indexes.isEmpty() ? byIfindex.minus(netns) : byIfindex.plus(netns, indexes),
        device.port().map(this::withoutPort).orElse(ports),
        device.lower().map(l -> withoutUpper(l, device.id())).orElse(uppers), bonds.minusAll(device.kind().slaves()),
        withoutTunnel(device));
  }

  private PSortedMap<DeviceId, PSortedMap<DeviceId, DeviceId>> withUpper(DeviceId lower, DeviceId upper) {
    PSortedMap<DeviceId, DeviceId> others = Optional.ofNullable(uppers.get(lower)).orElse(TreePMap.empty());
    return uppers.plus(lower, others.plus(upper, upper));
  }

  private PSortedMap<DeviceId, PSortedMap<DeviceId, DeviceId>> withoutUpper(DeviceId lower, DeviceId upper) {
    PSortedMap<DeviceId, DeviceId> left =
        Optional.ofNullable(uppers.get(lower)).orElse(TreePMap.<DeviceId, DeviceId>empty()).minus(upper);
    return left.isEmpty() ? uppers.minus(lower) : uppers.plus(lower, left);
  }

  private PSortedMap<DeviceId, PSortedMap<Integer, DeviceId>> withPort(BridgePort port, DeviceId device) {
    return ports.plus(port.bridge(), portsOf(port.bridge()).plus(port.number(), device));
  }

  private PSortedMap<DeviceId, PSortedMap<Integer, DeviceId>> withoutPort(BridgePort port) {
    PSortedMap<Integer, DeviceId> left = portsOf(port.bridge()).minus(port.number());
    return left.isEmpty() ? ports.minus(port.bridge()) : ports.plus(port.bridge(), left);
  }
}
