package org.hopscope.model.fault;

import java.util.List;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.BridgeVlans;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceKind;

/** What can be broken about a bridge that filters by VLAN: that it does, where a port is at home, which VLANs a trunk carries. */
final class VlanFaults {
  private final LabState lab;
  private final Breakages ways;

  VlanFaults(LabState lab, Breakages ways) {
    this.lab = lab;
    this.ways = ways;
  }

  void add(Device bridge) {
    if (bridge.kind() instanceof DeviceKind.Bridge(var settings, boolean _) && settings.vlanFiltering()) {
      ways.can("vlan-filtering-off", bridge.netns(), Breakages.named(bridge.name(), "vlan_filtering 1"),
          "ip link set dev " + bridge.name() + " type bridge vlan_filtering 0");
      lab.portsOf(bridge.id()).forEach(this::port);
    }
  }

  private void port(Device port) {
    BridgeVlans vlans = port.port().orElseThrow().vlans();
    String dev = " dev " + port.name();
    for (int vlan : vlans.vlans()) {
      String flags = (vlans.pvid() == vlan ? " pvid" : "") + (vlans.leavesUntagged(vlan) ? " untagged" : "");
      String add = "bridge vlan add" + dev + " vid ";
      List<List<String>> marks = Breakages.named("bridge vlan add" + dev + " vid " + vlan, flags);
      ways.can("vlan-missing", port.netns(), marks, "bridge vlan del" + dev + " vid " + vlan);
      if (!flags.isEmpty()) {
        ways.can("vlan-pvid", port.netns(), marks, "bridge vlan del" + dev + " vid " + vlan, add + (vlan ^ 30) + flags);
        ways.can("vlan-number", port.netns(), marks, "bridge vlan del" + dev + " vid " + vlan,
            add + (vlan + 1) + flags);
        ways.can("vlan-tagged", port.netns(), marks, add + vlan + " pvid");
      }
    }
  }
}
