package org.hopscope.model.why;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hopscope.model.net.BridgePort;
import org.hopscope.model.net.BridgeVlans;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.trace.DropReason;

/** What may be wrong where a bridge filters by VLAN: a port that puts frames into another VLAN than others do, or lacks one. */
final class VlanIdeas {
  private final Scene scene;
  private final Ideas ideas;
  private final boolean met;

  private VlanIdeas(Scene scene, Ideas ideas) {
    this.scene = scene;
    this.ideas = ideas;
    met = scene.died(DropReason.OTHER_VLAN, DropReason.VLAN_NOT_ALLOWED, DropReason.NO_OTHER_PORT,
        DropReason.NEIGHBOUR_FAILED);
  }

  static void have(Scene scene, Ideas ideas) {
    VlanIdeas vlans = new VlanIdeas(scene, ideas);
    for (Device bridge : scene.devices()) {
      if (bridge.kind() instanceof DeviceKind.Bridge(var settings, boolean _) && settings.vlanFiltering()) {
        vlans.ports(bridge, scene.lab.portsOf(bridge.id()));
      } else if (bridge.isBridge()) {
        vlans.unfiltered(bridge);
      }
    }
  }

  /** Ports of which somebody said which VLANs they are in, and a bridge that does not ask. */
  private void unfiltered(Device bridge) {
    long said = scene.lab.portsOf(bridge.id()).stream().map(p -> of(p))
        .filter(v -> !v.vlans().isEmpty() && !(v.vlans().size() == 1 && v.isDefault(BridgeVlans.DEFAULT_PVID))).count();
    if (said > 0) {
      ideas.add(0.05 + scene.distance(bridge.netns()), Sentences.say("bridge.unfiltered", scene.name(bridge)),
          bridge.netns(), "ip link set dev " + bridge.name() + " type bridge vlan_filtering 1");
    }
  }

  /** A port that says of a VLAN otherwise than others do whether frames leave without their tag. */
  private void tagged(Device port, int vlan) {
    ideas.add((met ? 0.15 : 0.4) + scene.distance(port.netns()), Sentences.say("vlan.tagged", scene.name(port), vlan),
        port.netns(), "bridge vlan add dev " + port.name() + " vid " + vlan + " pvid untagged");
  }

  private void ports(Device bridge, List<Device> ports) {
    Map<Integer, Long> members = ports.stream().flatMap(p -> of(p).vlans().stream())
        .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
    Map<Integer, Long> homes = ports.stream().map(p -> of(p).pvid()).filter(v -> v != 0)
        .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
    for (Device port : ports) {
      BridgeVlans own = of(port);
      boolean trunk = own.pvid() == 0 && !own.vlans().isEmpty();
      boolean lonely = own.pvid() != 0 && members.getOrDefault(own.pvid(), 0L) < 2;
      long like = homes.getOrDefault(own.pvid(), 0L);
      members.forEach((vlan, count) -> {
        if (vlan != own.pvid()) {
          boolean common = homes.getOrDefault(vlan, 0L) > like;
          double cost = (met ? 0.1 : 0.55) + (lonely ? -0.1 : common ? 0 : 0.2) + (trunk ? 0.5 : 0);
          say(cost, "vlan.home", port, own.pvid(), vlan, " pvid untagged");
        }
      });
      if (own.pvid() != 0 && !own.leavesUntagged(own.pvid())) {
        tagged(port, own.pvid());
      }
      members.keySet().stream().filter(v -> !own.has(v))
          .forEach(v -> say((met ? 0.4 : 0.8) - (trunk ? 0.3 : 0), "vlan.lacks", port, own.pvid(), v, ""));
    }
    for (Device device : scene.lab.devicesOf(bridge.netns())) {
      boolean free = device.port().isEmpty() && !device.isBridge() && !device.isLoopback()
          && device.globalAddresses().isEmpty() && scene.devices.contains(device.id());
      if (free) {
        unplugged(bridge, device, members.keySet());
      }
    }
  }

  /** A device that may have been a port: of all VLANs, with their tags, or of one. */
  private void unplugged(Device bridge, Device device, Set<Integer> vlans) {
    String reason = Sentences.say("link.no-master", scene.name(device), bridge.name());
    String master = "ip link set dev " + device.name() + " master " + bridge.name();
    String add = "bridge vlan add dev " + device.name() + " vid ";
    List<String> all = new ArrayList<>(List.of(master));
    vlans.forEach(v -> all.add(add + v));
    double cost = 0.1 + scene.distance(device.netns());
    ideas.add(cost + 0.05, reason, device.netns(), all.toArray(String[]::new));
    vlans.forEach(v -> ideas.add(cost, reason, device.netns(), master, add + v + " pvid untagged"));
  }

  private void say(double cost, String key, Device port, int own, int vlan, String words) {
    ideas.add(cost + scene.distance(port.netns()), Sentences.say(key, scene.name(port), vlan, own), port.netns(),
        "bridge vlan add dev " + port.name() + " vid " + vlan + words);
  }

  private static BridgeVlans of(Device port) {
    return port.port().map(BridgePort::vlans).orElse(BridgeVlans.NONE);
  }
}
