package org.hopscope.model.why;

import java.util.List;
import java.util.Map;
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
        vlans.ports(scene.lab.portsOf(bridge.id()));
      }
    }
  }

  private void ports(List<Device> ports) {
    Map<Integer, Long> homes = ports.stream().map(p -> of(p).pvid()).filter(v -> v != 0)
        .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
    for (Device port : ports) {
      BridgeVlans own = of(port);
      long like = homes.getOrDefault(own.pvid(), 0L);
      homes.forEach((vlan, count) -> {
        if (vlan != own.pvid()) {
          say((met ? 0.1 : 0.55) + (count > like ? 0 : 0.2), "vlan.home", port, own.pvid(), vlan, " pvid untagged");
        }
      });
      ports.stream().flatMap(p -> of(p).vlans().stream()).distinct().filter(v -> !own.has(v)).sorted()
          .forEach(v -> say(met ? 0.4 : 0.8, "vlan.lacks", port, own.pvid(), v, ""));
    }
  }

  private void say(double cost, String key, Device port, int own, int vlan, String words) {
    ideas.add(cost + scene.distance(port.netns()), Sentences.say(key, scene.name(port), vlan, own), port.netns(),
        "bridge vlan add dev " + port.name() + " vid " + vlan + words);
  }

  private static BridgeVlans of(Device port) {
    return port.port().map(BridgePort::vlans).orElse(BridgeVlans.NONE);
  }
}
