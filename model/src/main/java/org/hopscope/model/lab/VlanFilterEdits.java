package org.hopscope.model.lab;

import java.util.function.UnaryOperator;
import org.hopscope.model.net.BridgePort;
import org.hopscope.model.net.BridgeSettings;
import org.hopscope.model.net.BridgeVlans;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.FdbEntry;

/**
 * The VLANs of bridge ports and of bridges ({@code bridge vlan}; kernel net/bridge/br_vlan.c, br_netlink.c br_afspec;
 * sem-B14). Not checked against a kernel: the one at hand has no VLAN filtering.
 */
final class VlanFilterEdits {
  private VlanFilterEdits() {
  }

  /** br_vlan_add and nbp_vlan_add, for each of a range. */
  static LabState add(LabState lab, Edit.AddVlan edit) {
    Device device = target(lab, edit.device(), edit.side(), edit.first(), edit.last());
    if (edit.flags().pvid() && edit.first() != edit.last()) {
      throw RefusedException.kernel(Errno.EINVAL);
    }
    return change(lab, device, vlans -> {
      BridgeVlans more = vlans;
      for (int vlan = edit.first(); vlan <= edit.last(); vlan++) {
        more = more.with(vlan, edit.flags().pvid(), edit.flags().untagged());
      }
      return more;
    });
  }

  /** br_vlan_delete and nbp_vlan_delete, for each of a range; a VLAN that is not there is passed over. */
  static LabState delete(LabState lab, Edit.DeleteVlan edit) {
    Device device = target(lab, edit.device(), edit.side(), edit.first(), edit.last());
    LabState left = lab;
    for (int vlan = edit.first(); vlan <= edit.last(); vlan++) {
      left = without(left, left.device(device.id()), vlan);
    }
    return left;
  }

  /** What {@code vlan_default_pvid} does to the ports. */
  static LabState moveDefault(LabState lab, Device bridge, int from, int to) {
    if (from == to) {
      return lab;
    }
    LabState moved = lab;
    for (Device port : lab.portsOf(bridge.id())) {
      BridgeVlans wanted = port.vlans().moved(from, to);
      LabState left = wanted.has(from) ? moved : without(moved, port, from);
      moved = change(left, left.device(port.id()), _ -> wanted);
    }
    return moved;
  }

  /** With a VLAN go the rows that were learned in it behind the port, and its own ones. */
  private static LabState without(LabState lab, Device device, int vlan) {
    if (!device.vlans().has(vlan)) {
      return lab;
    }
    DeviceId bridge = device.port().map(BridgePort::bridge).orElse(device.id());
    LabState left = change(lab, device, v -> v.without(vlan));
    return left.withLearned(left.learned().withFdb(bridge, left.learned().fdb(bridge).without(r -> r.vlan() == vlan
        && r.device().equals(device.id())
        && (r.kind() == FdbEntry.Kind.LEARNED || r.kind() == FdbEntry.Kind.REMOVED))));
  }

  private static LabState change(LabState lab, Device device, UnaryOperator<BridgeVlans> how) {
    return device.kind() instanceof DeviceKind.Bridge(BridgeSettings settings, boolean touched)
        ? lab.with(device.withKind(new DeviceKind.Bridge(settings.withVlans(how.apply(settings.vlans())), touched)))
        : lab.with(device.withPort(device.port().map(p -> p.withVlans(how.apply(p.vlans())))));
  }

  /** The device that is meant, if it is a port or a bridge as was said (rtnetlink.c rtnl_bridge_setlink, br_process_vlan_info). */
  private static Device target(LabState lab, DeviceRef ref, FdbSide side, int first, int last) {
    Device device = Find.device(lab, ref);
    boolean fits = side == FdbSide.SELF ? device.isBridge() : device.port().isPresent();
    if (!fits) {
      throw RefusedException.kernel(Errno.EOPNOTSUPP);
    }
    if (first < 1 || last > BridgeVlans.LAST || first > last) {
      throw RefusedException.kernel(Errno.EINVAL);
    }
    return device;
  }
}
