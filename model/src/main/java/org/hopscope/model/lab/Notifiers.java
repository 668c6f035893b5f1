package org.hopscope.model.lab;

import org.hopscope.model.net.Device;
import org.hopscope.model.net.Device.LinkSettings;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.MacvlanMode;

/**
 * What happens to devices that stand on another one when that one changes (kernel netdevice notifiers:
 * macvlan_device_event, vlan_device_event). Carrier follows by itself: see {@link Links}. VLANs go down and up with the
 * device below, whatever they were before.
 */
final class Notifiers {
  private Notifiers() {
  }

  /** {@code after} with everything that stands on the device brought after it. */
  static LabState follow(LabState before, LabState after, DeviceId lower) {
    Device was = before.devices().get(lower);
    Device is = after.devices().get(lower);
    if (was == null || is == null) {
      return after;
    }
    LabState next = after;
    for (DeviceId upper : after.index().uppersOf(lower)) {
      LabState changed = follow(before, was, next, is, next.device(upper));
      next = changed == next ? next : follow(next, changed, upper);
    }
    return next;
  }

  private static LabState follow(LabState before, Device was, LabState after, Device is, Device upper) {
    int mtu = Links.mtuOf(after, is);
    boolean moved = upper.kind() instanceof DeviceKind.Ipvlan && mtu != Links.mtuOf(before, was);
    boolean narrower = mtu < Links.mtuOf(before, was) && upper.link().mtu() > mtu;
    LabState sized = narrower || moved ? after.with(upper.withLink(withMtu(upper.link(), mtu))) : after;
    boolean readdressed = !Links.macOf(before, was).equals(Links.macOf(after, is));
    LabState worn = readdressed && followsMac(upper) ? worn(sized, upper.id(), is) : sized;
    return was.isUp() != is.isUp() && upper.kind() instanceof DeviceKind.Vlan
        ? Power.set(worn, upper.id(), is.isUp())
        : worn;
  }

  /** Whether such a device takes over every new hardware address of the device below. */
  private static boolean followsMac(Device upper) {
    return switch (upper.kind()) {
      case DeviceKind.Ipvlan _ -> true;
      case DeviceKind.Vlan _ -> !upper.link().macByHand();
      case DeviceKind.Macvlan(var _, MacvlanMode mode) -> mode == MacvlanMode.PASSTHRU;
      case DeviceKind.Loopback _,DeviceKind.Nic _,DeviceKind.Veth _,DeviceKind.Bridge _,DeviceKind.Dummy _,DeviceKind.Tun _,DeviceKind.Bond _,DeviceKind.Tunnel _,DeviceKind.WireGuard _,DeviceKind.OvsInternal _ ->
          false;
    };
  }

  private static LabState worn(LabState lab, DeviceId upper, Device lower) {
    return StackedEdits.inheritMac(lab, lab.device(upper).ref(), lower);
  }

  private static LinkSettings withMtu(LinkSettings link, int mtu) {
    return link.withMtu(mtu, link.mtuByHand());
  }
}
