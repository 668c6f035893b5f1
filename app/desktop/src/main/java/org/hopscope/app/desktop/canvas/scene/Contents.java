package org.hopscope.app.desktop.canvas.scene;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hopscope.app.desktop.workbench.Selection;
import org.hopscope.model.docker.Container;
import org.hopscope.model.docker.linux.Sandbox;
import org.hopscope.model.kube.linux.Pods;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Notes;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.Host;
import org.hopscope.model.net.Netns;
import org.hopscope.model.net.NetnsId;

/** A lab's things sorted by what holds them, so that a layout asks for each but once. */
final class Contents {
  private final LabState lab;
  private final Map<NetnsId, List<Device>> devices = new HashMap<>();
  private final Switches switches;
  private final Map<String, List<Netns>> netns;

  Contents(LabState lab) {
    this.lab = lab;
    for (Device device : lab.devices().values()) {
      devices.computeIfAbsent(device.netns(), _ -> new ArrayList<>()).add(device);
    }
    devices.values().forEach(list -> list.sort(Comparator.comparingInt(d -> d.place().ifindex())));
    switches = Switches.of(lab);
    netns = lab.netns().values().stream().filter(n -> !n.id().isRoot()).sorted(Comparator.comparingInt(Netns::order))
        .collect(Collectors.groupingBy(n -> n.id().host()));
  }

  List<Host> hosts() {
    return lab.hosts().values().stream().sorted(Comparator.comparingInt(Host::order)).toList();
  }

  /** The named namespaces of a host in the order of their making. */
  List<Netns> netnsOf(String host) {
    return netns.getOrDefault(host, List.of());
  }

  /** The named namespaces of a host; with several bridges, those of each bridge together. */
  List<Netns> grouped(Host host) {
    List<Device> bridges = bridges(host.root());
    List<Netns> all = netnsOf(host.name());
    if (bridges.size() < 2) {
      return all;
    }
    Map<NetnsId, Integer> group = new HashMap<>();
    for (int i = 0; i < bridges.size(); i++) {
      for (Device port : ports(bridges.get(i).id())) {
        int number = i;
        port.peer().map(lab::device).ifPresent(d -> group.merge(d.netns(), number, Math::min));
      }
    }
    return all.stream().sorted(Comparator.comparingInt(n -> group.getOrDefault(n.id(), bridges.size()))).toList();
  }

  Optional<Device> loopback(NetnsId id) {
    return in(id).stream().filter(Device::isLoopback).findFirst();
  }

  List<Device> bridges(NetnsId id) {
    return in(id).stream().filter(Switches::isBar).toList();
  }

  /** The devices that sit on the border: neither lo, nor a bridge, nor in a slot of one. */
  List<Device> chips(NetnsId id) {
    return in(id).stream().filter(d -> !d.isLoopback() && !Switches.isBar(d) && !switches.isInSlot(d)).toList();
  }

  List<Device> ports(DeviceId bridge) {
    return switches.ports(bridge).stream().filter(switches::isInSlot).toList();
  }

  /** The pod that lives in a namespace. */
  Optional<Pods.Place> pod(NetnsId id) {
    return Pods.at(lab, id);
  }

  /** What a namespace is called if it is a pod's or a container's. */
  Optional<String> inhabitant(NetnsId id) {
    return pod(id).map(p -> p.pod().meta().name()).or(() -> Sandbox.owner(lab, id).map(Container::name));
  }

  /** The network of Docker that a bridge carries. */
  Optional<String> network(Device bridge) {
    return Things.network(lab, bridge);
  }

  /** Whether a machine is a node of a cluster. */
  boolean isNode(String host) {
    return lab.clusterOf(host).isPresent();
  }

  Switches switches() {
    return switches;
  }

  /** Where someone put a thing, relative to what holds it. */
  Optional<Point> place(Selection thing) {
    Notes.Place place = lab.notes().places().get(Things.key(thing));
    return Optional.ofNullable(place).map(p -> new Point(p.x(), p.y()));
  }

  private List<Device> in(NetnsId id) {
    return devices.getOrDefault(id, List.of());
  }
}
