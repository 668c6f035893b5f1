package org.hopscope.app.desktop.canvas.scene;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.Host;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.ovs.OvsBridge;
import org.hopscope.model.ovs.OvsPort;

/**
 * Which devices are drawn as patch bars and what is plugged into them: bridges of the kernel, and those of Open vSwitch, each
 * by its own device. A switch's port that lives in another namespace is plugged in all the same.
 */
public final class Switches {
  private final LabState lab;
  private final Map<DeviceId, List<Device>> ports = new HashMap<>();
  private final Map<DeviceId, Device> bars = new HashMap<>();
  private final List<Patch> patches = new ArrayList<>();

  /** A bridge of Open vSwitch joined to another one by patch ports. */
  record Patch(Device one, Device other) {
  }

  private Switches(LabState lab) {
    this.lab = lab;
  }

  /** All of a lab. */
  static Switches of(LabState lab) {
    Switches switches = new Switches(lab);
    Map<DeviceId, List<Device>> plugged = new HashMap<>();
    for (Device device : lab.devices().values()) {
      device.port().ifPresent(p -> plugged.computeIfAbsent(p.bridge(), _ -> new ArrayList<>()).add(device));
    }
    plugged.forEach((bridge, list) -> {
      list.sort(Comparator.comparingInt(d -> d.port().orElseThrow().number()));
      switches.put(lab.device(bridge), list);
    });
    lab.hosts().values().forEach(switches::open);
    return switches;
  }

  private void put(Device bar, List<Device> list) {
    ports.put(bar.id(), list);
    list.forEach(port -> bars.put(port.id(), bar));
  }

  private void open(Host host) {
    if (host.ovs().bridges().isEmpty()) {
      return;
    }
    Map<String, Device> behind = devices(lab, host);
    Map<String, Device> owner = new HashMap<>();
    for (OvsBridge bridge : host.ovs().bridges()) {
      Optional.ofNullable(behind.get(bridge.name())).ifPresent(own -> {
        put(own, bridge.ports().stream().filter(p -> p.number() != OvsPort.LOCAL)
            .sorted(Comparator.comparingInt(OvsPort::number)).map(p -> behind.get(p.name())).filter(d -> d != null)
            .filter(d -> !bars.containsKey(d.id())).toList());
        bridge.ports().forEach(p -> owner.put(p.name(), own));
      });
    }
    for (OvsBridge bridge : host.ovs().bridges()) {
      for (OvsPort port : bridge.ports()) {
        if (port.type() instanceof OvsPort.Type.Patch(Optional<String> peer) && owner.containsKey(bridge.name())) {
          peer.map(owner::get).filter(far -> owner.get(bridge.name()).id().compareTo(far.id()) < 0)
              .ifPresent(far -> patches.add(new Patch(owner.get(bridge.name()), far)));
        }
      }
    }
  }

  /** The devices behind the ports of a host's switch, by the ports' names. */
  private static Map<String, Device> devices(LabState lab, Host host) {
    Map<String, Device> behind = new HashMap<>();
    lab.devicesOf(host.root()).stream().filter(d -> !(d.kind() instanceof DeviceKind.OvsInternal))
        .forEach(d -> behind.put(d.name(), d));
    lab.devices().values().stream().filter(d -> d.netns().host().equals(host.name())).forEach(d -> {
      if (d.kind() instanceof DeviceKind.OvsInternal(String port, boolean _)) {
        behind.put(port, d);
      }
    });
    return behind;
  }

  /** What is plugged into a bar, in the order of its port numbers. */
  List<Device> ports(DeviceId bar) {
    return ports.getOrDefault(bar, List.of());
  }

  /** The bar that a device is plugged into. */
  Optional<Device> barOf(DeviceId port) {
    return Optional.ofNullable(bars.get(port));
  }

  /** Whether it lies in a slot of its bar: in the same namespace. */
  boolean isInSlot(Device device) {
    return barOf(device.id()).map(b -> b.netns().equals(device.netns())).orElse(false);
  }

  /** The patches between bridges, each once. */
  List<Patch> patches() {
    return patches;
  }

  /** Whether a device is drawn as a bar. */
  public static boolean isBar(Device device) {
    return device.isBridge() || isOpen(device);
  }

  /** Whether it stands for a bridge of Open vSwitch. */
  public static boolean isOpen(Device device) {
    return device.kind() instanceof DeviceKind.OvsInternal(String _, boolean own) && own;
  }

  /** The bars of a namespace. */
  public static List<Device> in(LabState lab, NetnsId netns) {
    return lab.devicesOf(netns).stream().filter(Switches::isBar).toList();
  }

  /** The bridge of Open vSwitch that a device is a port of, by the name the switch knows it by. */
  public static Optional<String> openBridge(LabState lab, Device device) {
    String port = device.kind() instanceof DeviceKind.OvsInternal(String name, boolean _) ? name : device.name();
    return device.netns().isRoot() || device.kind() instanceof DeviceKind.OvsInternal
        ? Optional.ofNullable(lab.hosts().get(device.netns().host())).flatMap(h -> h.ovs().bridgeOf(port))
            .map(OvsBridge::name).filter(b -> !b.equals(port))
        : Optional.empty();
  }

  /** How many ports a bar has besides its own one. */
  public static int count(LabState lab, Device bar) {
    return bar.kind() instanceof DeviceKind.OvsInternal(String name, boolean _)
        ? lab.hosts().get(bar.netns().host()).ovs().bridge(name).map(b -> b.ports().size() - 1).orElse(0)
        : lab.portsOf(bar.id()).size();
  }
}
