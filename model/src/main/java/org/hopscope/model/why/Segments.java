package org.hopscope.model.why;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.BridgePort;
import org.hopscope.model.net.BridgeVlans;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.DeviceKind;

/** Which devices are wired to one another at layer 2, switched on or not: what an ARP request could reach if all was well. */
public final class Segments {
  private final LabState lab;
  private final Map<Node, Node> above = new HashMap<>();
  private final Map<Node, List<Device>> members = new HashMap<>();

  /** A device, as frames with one VLAN's tag see it; 0 for those without. */
  private record Node(DeviceId device, int vlan) {
  }

  /** The segments of a lab. */
  public Segments(LabState lab) {
    this.lab = lab;
    Set<Integer> vlans = new TreeSet<>(Set.of(0));
    lab.devices().values().forEach(d -> tag(d).ifPresent(vlans::add));
    lab.devices().values().stream().filter(this::isFiltered)
        .forEach(d -> vlans.addAll(d.port().orElseThrow().vlans().vlans()));
    Map<Integer, Device> networks = new HashMap<>();
    for (Device device : lab.devices().values()) {
      for (int vlan : vlans) {
        device.peer().ifPresent(peer -> join(device.id(), vlan, peer, vlan));
        device.port().filter(_ -> !isFiltered(device)).map(BridgePort::bridge)
            .ifPresent(bridge -> join(device.id(), vlan, bridge, vlan));
        device.kind().slaves().forEach(slave -> join(device.id(), vlan, slave, vlan));
      }
      if (device.kind() instanceof DeviceKind.Bridge(var settings, boolean _) && settings.vlanFiltering()) {
        join(device.id(), 0, device.id(), settings.vlans().pvid());
      }
      if (isFiltered(device)) {
        filtered(device, device.port().orElseThrow());
      }
      device.lower().ifPresent(lower -> join(device.id(), 0, lower, tag(device).orElse(0)));
      if (device.kind() instanceof DeviceKind.Vxlan(var _, var _, var settings)) {
        Device first = networks.computeIfAbsent(settings.id(), _ -> device);
        vlans.forEach(vlan -> join(device.id(), vlan, first.id(), vlan));
      }
      if (device.kind() instanceof DeviceKind.WireGuard(var _, var settings)) {
        settings.publicKey().ifPresent(key -> lab.devices().values().stream()
            .filter(d -> d.kind() instanceof DeviceKind.WireGuard(var _, var s) && s.peer(key).isPresent())
            .forEach(d -> join(device.id(), 0, d.id(), 0)));
      }
    }
    for (Device device : lab.devices().values()) {
      members.computeIfAbsent(root(new Node(device.id(), 0)), _ -> new ArrayList<>()).add(device);
    }
  }

  private boolean isFiltered(Device device) {
    return device.port().flatMap(p -> Optional.ofNullable(lab.devices().get(p.bridge())))
        .filter(b -> b.kind() instanceof DeviceKind.Bridge(var settings, boolean _) && settings.vlanFiltering())
        .isPresent();
  }

  /** Within a bridge that filters by VLAN a port's frames without a tag are of its own VLAN. */
  private void filtered(Device port, BridgePort place) {
    BridgeVlans vlans = place.vlans();
    if (vlans.pvid() != 0) {
      join(port.id(), 0, place.bridge(), vlans.pvid());
    }
    vlans.vlans().stream().filter(v -> !vlans.leavesUntagged(v)).forEach(v -> join(port.id(), v, place.bridge(), v));
  }

  private static Optional<Integer> tag(Device device) {
    return device.kind() instanceof DeviceKind.Vlan(var _, int id, int _) ? Optional.of(id) : Optional.empty();
  }

  private void join(DeviceId one, int vlan, DeviceId other, int otherVlan) {
    if (lab.devices().containsKey(other)) {
      Node a = root(new Node(one, vlan));
      Node b = root(new Node(other, otherVlan));
      if (!a.equals(b)) {
        above.put(a, b);
      }
    }
  }

  private Node root(Node node) {
    Node at = node;
    while (above.containsKey(at)) {
      at = above.get(at);
    }
    return at;
  }

  /** All devices that untagged frames of this one could reach, itself included, in the order of their making. */
  public List<Device> around(DeviceId device) {
    return members.getOrDefault(root(new Node(device, 0)), List.of());
  }
}
