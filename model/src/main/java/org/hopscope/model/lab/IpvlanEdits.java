package org.hopscope.model.lab;

import java.util.Optional;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.Driver;
import org.hopscope.model.net.IpvlanFlag;
import org.hopscope.model.net.IpvlanMode;

/**
 * What is peculiar to ipvlans (kernel drivers/net/ipvlan/ipvlan_main.c, sem-D8). Mode and flag belong to the device
 * below: whoever says them last says them for all. Not checked against a kernel: the one at hand has none.
 */
final class IpvlanEdits {
  private IpvlanEdits() {
  }

  /** ipvlan_link_new: on another ipvlan it stands on what that one stands on. */
  static LabState add(LabState lab, NewLink wish, Optional<Device> lower, LinkInfo.Ipvlan info) {
    Device named = StackedEdits.required(lower);
    Device below = named.kind() instanceof DeviceKind.Ipvlan(var real, var _, var _) ? lab.device(real) : named;
    if (below.kind().driver().hardware() != Driver.Hardware.ETHER) {
      throw RefusedException.kernel(Errno.EINVAL);
    }
    Optional<DeviceKind.Ipvlan> sibling = lab.uppersOf(below.id()).stream().map(Device::kind)
        .flatMap(k -> k instanceof DeviceKind.Ipvlan i ? Optional.of(i).stream()
            : Optional.<DeviceKind.Ipvlan>empty().stream())
        .findFirst();
    if (sibling.isEmpty() && StackedEdits.isTaken(lab, below)) {
      throw RefusedException.kernel(Errno.EBUSY);
    }
    IpvlanFlag flag = info.flag().or(() -> sibling.map(DeviceKind.Ipvlan::flag)).orElse(IpvlanFlag.BRIDGE);
    DeviceKind.Ipvlan kind = new DeviceKind.Ipvlan(below.id(), info.mode().orElse(IpvlanMode.L3), flag);
    LabState made = StackedEdits.on(lab, wish, below, kind, Optional.of(Links.mtuOf(lab, below)));
    return withAll(StackedEdits.inheritMac(made, wish.ref(), below), kind);
  }

  /** ipvlan_nl_changelink. */
  static LabState set(LabState lab, Device device, LinkInfo.Ipvlan info) {
    return device.kind() instanceof DeviceKind.Ipvlan(DeviceId below, IpvlanMode mode, IpvlanFlag flag)
        ? withAll(lab, new DeviceKind.Ipvlan(below, info.mode().orElse(mode), info.flag().orElse(flag)))
        : lab;
  }

  private static LabState withAll(LabState lab, DeviceKind.Ipvlan kind) {
    LabState next = lab;
    for (Device upper : lab.uppersOf(kind.below())) {
      next = upper.kind() instanceof DeviceKind.Ipvlan ? next.with(upper.withKind(kind)) : next;
    }
    return next;
  }
}
