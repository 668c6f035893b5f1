package org.hopscope.model.codec;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.AssignedAddress;
import org.hopscope.model.net.BridgePort;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.Driver;
import org.hopscope.model.net.FdbEntry;
import org.hopscope.model.net.NetnsId;

/** Looks whether a lab that was read holds together: no edit could have made one that does not. */
final class Consistency {
  private final LabState lab;
  private final Directory directory;

  private Consistency(LabState lab, Directory directory) {
    this.lab = lab;
    this.directory = directory;
  }

  static void check(LabState lab, Directory directory) throws MalformedException {
    Consistency consistency = new Consistency(lab, directory);
    consistency.checkLoopbacks();
    for (Device device : lab.devices().values()) {
      consistency.checkKind(device);
      consistency.checkAddresses(device);
    }
    Map<DeviceId, Integer> ports = new HashMap<>();
    lab.devices().values().forEach(d -> d.port().ifPresent(p -> ports.merge(p.bridge(), 1, Integer::sum)));
    for (Device bridge : lab.devices().values()) {
      consistency.checkBridge(bridge, ports.getOrDefault(bridge.id(), 0));
      consistency.checkEntries(bridge);
    }
  }

  private void checkLoopbacks() throws MalformedException {
    Set<NetnsId> with = new HashSet<>();
    for (Device device : lab.devices().values()) {
      if (device.isLoopback() && (device.place().ifindex() != 1 || !with.add(device.netns()))) {
        throw loopback(device.netns());
      }
    }
    for (NetnsId netns : lab.netns().keySet()) {
      if (!with.contains(netns)) {
        throw loopback(netns);
      }
    }
  }

  private MalformedException loopback(NetnsId netns) {
    return new MalformedException(directory.place(netns),
        "a namespace has one device of kind loopback, with the index 1");
  }

  private void checkKind(Device device) throws MalformedException {
    Optional<DeviceId> peer = device.peer();
    boolean mutual = peer.isEmpty()
        || !peer.get().equals(device.id()) && lab.device(peer.get()).peer().equals(Optional.of(device.id()))
            && lab.device(peer.get()).kind().word().equals(device.kind().word());
    if (!mutual) {
      throw malformed(device, "the other end of \"" + device.name() + "\" does not lead back to it");
    }
    checkStack(device);
    checkSlaves(device);
    boolean veth = device.kind() instanceof DeviceKind.Veth;
    if (veth && !lab.device(peer.orElseThrow()).netns().host().equals(device.netns().host())) {
      throw malformed(device, "both ends of a veth are on one host");
    }
    if (device.port().isPresent()) {
      boolean canBePort = device.kind().driver().hardware() == Driver.Hardware.ETHER && !device.isBridge()
          && lab.uppersOf(device.id()).stream()
              .noneMatch(u -> u.kind() instanceof DeviceKind.Macvlan || u.kind() instanceof DeviceKind.Ipvlan);
      if (!canBePort || !lab.device(device.port().get().bridge()).isBridge()) {
        throw malformed(device, "\"" + device.name() + "\" cannot be a port of what it names as its bridge");
      }
    }
  }

  /** A slave is in one bond, which is of its own namespace and lists it once. */
  private void checkSlaves(Device bond) throws MalformedException {
    Set<DeviceId> seen = new HashSet<>();
    for (DeviceId id : bond.kind().slaves()) {
      Device slave = lab.device(id);
      boolean fits = seen.add(id) && lab.index().bondOf(id).equals(Optional.of(bond.id())) && slave.port().isEmpty()
          && slave.kind().slaves().isEmpty() && !slave.isBridge() && slave.lower().isEmpty()
          && slave.kind().driver().hardware() == Driver.Hardware.ETHER;
      if (!fits) {
        throw malformed(bond, "\"" + slave.name() + "\" cannot be a slave of \"" + bond.name() + "\"");
      }
    }
    boolean strange = bond.kind() instanceof DeviceKind.Bond(var settings, var _)
        && !(settings.active().map(seen::contains).orElse(true) && settings.primary().map(seen::contains).orElse(true));
    if (strange) {
      throw malformed(bond, "\"" + bond.name() + "\" uses a device that is no slave of it");
    }
  }

  /** What a device stands on is on its host, can carry it, and does not stand on the device itself. */
  private void checkStack(Device device) throws MalformedException {
    Optional<DeviceId> lower = device.lower();
    if (lower.isEmpty()) {
      return;
    }
    Set<DeviceId> below = new HashSet<>(Set.of(device.id()));
    while (lower.isPresent()) {
      Device next = lab.device(lower.get());
      boolean fits = next.kind().driver().hardware() == Driver.Hardware.ETHER
          && next.netns().host().equals(device.netns().host()) && below.add(next.id());
      if (!fits) {
        throw malformed(device, "\"" + device.name() + "\" cannot stand on \"" + next.name() + "\"");
      }
      lower = next.lower();
    }
  }

  private void checkAddresses(Device device) throws MalformedException {
    if (device.addresses().isEmpty()) {
      return;
    }
    Set<String> seen = new HashSet<>();
    for (AssignedAddress address : device.addresses()) {
      boolean primary = device.addresses().stream()
          .anyMatch(a -> !a.secondary() && a.connected().equals(address.connected()));
      if (!primary || !seen.add(address.connected() + " " + address.address())) {
        throw malformed(device, address.local() + " stands twice, or is secondary without a primary address");
      }
    }
  }

  private void checkBridge(Device bridge, int ports) throws MalformedException {
    Collection<DeviceId> numbered = lab.index().portsOf(bridge.id()).values();
    if (ports != numbered.size()) {
      throw malformed(bridge, "two ports of \"" + bridge.name() + "\" have the same number");
    }
    boolean inTree = lab.learned().tree().bridges().containsKey(bridge.id());
    boolean allInTree = numbered.isEmpty()
        || numbered.stream().allMatch(p -> lab.learned().tree().ports().containsKey(p) == inTree);
    if (inTree && !bridge.isBridge() || !allInTree || lab.learned().tree().at().compareTo(lab.now()) > 0) {
      throw malformed(bridge, "what \"" + bridge.name() + "\" knows of the spanning tree does not fit its ports");
    }
    boolean orphan = bridge.port().isEmpty() && lab.learned().tree().ports().containsKey(bridge.id());
    if (orphan) {
      throw malformed(bridge, "\"" + bridge.name() + "\" knows of a spanning tree without being a port");
    }
  }

  private void checkEntries(Device bridge) throws MalformedException {
    for (FdbEntry row : lab.learned().fdb(bridge.id()).rows().values()) {
      boolean port = lab.device(row.device()).port().map(BridgePort::bridge).equals(Optional.of(bridge.id()));
      if (!port && !row.device().equals(bridge.id())) {
        throw malformed(bridge, "the entry for " + row.mac() + " leads to no port of \"" + bridge.name() + "\"");
      }
    }
  }

  private MalformedException malformed(Device device, String reason) {
    return new MalformedException(directory.place(device.id()), reason);
  }
}
