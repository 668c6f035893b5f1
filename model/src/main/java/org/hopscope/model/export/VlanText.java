package org.hopscope.model.export;

import java.util.ArrayList;
import java.util.List;
import org.hopscope.model.net.BridgeVlans;
import org.hopscope.model.net.Device;

/** The VLANs of bridge ports and of bridges as they are typed. */
final class VlanText {
  private VlanText() {
  }

  /** What brings a device that is in some VLANs into those it is to be in. */
  static List<String> commands(Device device, BridgeVlans present) {
    List<String> lines = new ArrayList<>();
    BridgeVlans wanted = device.vlans();
    BridgeVlans now = present;
    String side = device.isBridge() ? " self" : " master";
    for (int vlan : present.vlans()) {
      if (!wanted.has(vlan)) {
        lines.add("bridge vlan del dev " + device.name() + " vid " + vlan + side);
        now = now.without(vlan);
      }
    }
    for (int vlan : wanted.vlans()) {
      boolean pvid = wanted.pvid() == vlan;
      BridgeVlans then = now.with(vlan, pvid, wanted.leavesUntagged(vlan));
      if (!then.equals(now)) {
        lines.add("bridge vlan add dev " + device.name() + " vid " + vlan + side + (pvid ? " pvid" : "")
            + (wanted.leavesUntagged(vlan) ? " untagged" : ""));
        now = then;
      }
    }
    return lines;
  }
}
