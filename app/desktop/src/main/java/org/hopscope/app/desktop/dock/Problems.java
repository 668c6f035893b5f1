package org.hopscope.app.desktop.dock;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hopscope.app.desktop.kit.Messages;
import org.hopscope.app.desktop.workbench.PlaceNames;
import org.hopscope.app.desktop.workbench.Selection;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Links;
import org.hopscope.model.net.AssignedAddress;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceId;

/** What is probably amiss in a lab, read off its state alone; the surest causes of trouble first. */
final class Problems {
  private final LabState lab;
  private final List<Problem> found = new ArrayList<>();

  private Problems(LabState lab) {
    this.lab = lab;
  }

  static List<Problem> of(LabState lab) {
    Problems problems = new Problems(lab);
    lab.devices().values().forEach(problems::addressOnDownDevice);
    lab.devices().values().forEach(problems::peerDown);
    lab.devices().values().forEach(problems::addressOnPort);
    problems.duplicateAddresses();
    lab.devices().values().forEach(problems::differentMtu);
    lab.clusters().values().forEach(c -> problems.found.addAll(KubeProblems.of(c)));
    return List.copyOf(problems.found);
  }

  private void addressOnDownDevice(Device device) {
    if (!device.isUp() && !device.addresses().isEmpty()) {
      add(device, "problem.down", device.name(), device.addresses().getFirst().local());
    }
  }

  private void peerDown(Device device) {
    Optional<Device> peer = device.peer().map(lab::device).filter(p -> !p.isUp());
    if (device.isUp() && peer.isPresent()) {
      add(device, "problem.peer", device.name(), peer.get().name(), place(peer.get()));
    }
  }

  private void addressOnPort(Device device) {
    if (device.port().isPresent() && !device.addresses().isEmpty()) {
      add(device, "problem.port", device.name(), lab.device(device.port().get().bridge()).name());
    }
  }

  private void differentMtu(Device device) {
    Optional<Device> peer = device.peer().map(lab::device).filter(p -> p.link().mtu() < device.link().mtu());
    peer.ifPresent(p -> add(device, "problem.mtu", device.name(), device.link().mtu(), p.name(), p.link().mtu()));
  }

  /** The same address twice on one wire: on two devices that a frame could pass between. */
  private void duplicateAddresses() {
    Map<Map.Entry<Integer, String>, Device> holders = new HashMap<>();
    Wires wires = Wires.of(lab);
    for (Device device : lab.devices().values()) {
      for (AssignedAddress address : device.addresses()) {
        if (!address.address().isLoopback()) {
          var key = Map.entry(wires.of(device.id()), address.address().toString());
          Device other = holders.putIfAbsent(key, device);
          if (other != null && other != device) {
            add(device, "problem.duplicate", address.address(), place(other) + ":" + other.name(),
                place(device) + ":" + device.name());
          }
        }
      }
    }
    duplicateMacs(wires);
  }

  private void duplicateMacs(Wires wires) {
    Map<Map.Entry<Integer, MacAddress>, Device> holders = new HashMap<>();
    for (Device device : lab.devices().values()) {
      if (!device.isBridge() && !device.isLoopback()) {
        Device other = holders.putIfAbsent(Map.entry(wires.of(device.id()), Links.macOf(lab, device)), device);
        if (other != null) {
          add(device, "problem.mac", Links.macOf(lab, device), place(other) + ":" + other.name(),
              place(device) + ":" + device.name());
        }
      }
    }
  }

  private void add(Device device, String key, Object... gaps) {
    DeviceId id = device.id();
    Object[] words = Arrays.stream(gaps).map(Object::toString).toArray();
    found.add(new Problem(new Selection.OfDevice(id), place(device), Messages.text(key, words)));
  }

  private String place(Device device) {
    return PlaceNames.of(lab, device.netns());
  }
}
