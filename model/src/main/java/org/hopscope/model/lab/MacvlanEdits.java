package org.hopscope.model.lab;

import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.Driver;
import org.hopscope.model.net.MacvlanMode;

/** What is peculiar to macvlans when they are made, changed and switched on (kernel drivers/net/macvlan.c, sem-D7). */
final class MacvlanEdits {
  private MacvlanEdits() {
  }

  /** macvlan_common_newlink: on another macvlan it stands on what that one stands on. */
  static LabState add(LabState lab, NewLink wish, Optional<Device> lower, LinkInfo.Macvlan info) {
    Device named = StackedEdits.required(lower);
    Device below = named.kind() instanceof DeviceKind.Macvlan(var real, MacvlanMode _) ? lab.device(real) : named;
    int mtu = Links.mtuOf(lab, below);
    wish.mtu().filter(m -> m > mtu).ifPresent(m -> {
      throw RefusedException.kernel(Errno.EINVAL);
    });
    if (below.kind().driver().hardware() != Driver.Hardware.ETHER) {
      throw RefusedException.kernel(Errno.EINVAL);
    }
    List<Device> siblings = on(lab, below);
    if (siblings.isEmpty() && StackedEdits.isTaken(lab, below)) {
      throw RefusedException.kernel(Errno.EBUSY);
    }
    MacvlanMode mode = info.mode().orElse(MacvlanMode.VEPA);
    if (isPassthru(siblings) || mode == MacvlanMode.PASSTHRU && !siblings.isEmpty()) {
      throw RefusedException.kernel(Errno.EINVAL);
    }
    LabState made =
        StackedEdits.on(lab, wish, below, new DeviceKind.Macvlan(below.id(), mode), Optional.of(mtu));
    return mode == MacvlanMode.PASSTHRU ? StackedEdits.inheritMac(made, wish.ref(), below) : made;
  }

  /** macvlan_changelink: passthru can be neither entered nor left. */
  static LabState set(LabState lab, Device device, LinkInfo.Macvlan info) {
    if (info.mode().isEmpty() || !(device.kind() instanceof DeviceKind.Macvlan(var below, MacvlanMode old))) {
      return lab;
    }
    MacvlanMode mode = info.mode().get();
    if ((mode == MacvlanMode.PASSTHRU) != (old == MacvlanMode.PASSTHRU)) {
      throw RefusedException.kernel(Errno.EINVAL);
    }
    return lab.with(device.withKind(new DeviceKind.Macvlan(below, mode)));
  }

  /** macvlan_open: refused while the device below or another macvlan that is up wears the same address. */
  static void checkOpen(LabState lab, Device device, Device below) {
    if (!isPassthru(on(lab, below)) && isBusy(lab, below, device.link().mac())) {
      throw RefusedException.kernel(Errno.EADDRINUSE);
    }
  }

  /** macvlan_set_mac_address: in passthru mode it is the device below that changes. */
  static LabState setMac(LabState lab, Device device, Device below, MacAddress mac) {
    if (isPassthru(on(lab, below))) {
      Device changed = below.withLink(below.link().withMac(mac));
      return lab.with(changed).with(device.withLink(device.link().withMac(mac)));
    }
    if (isBusy(lab, below, mac)) {
      throw RefusedException.kernel(Errno.EADDRINUSE);
    }
    return lab.with(device.withLink(device.link().withMac(mac)));
  }

  /** macvlan_addr_busy: macvlans that are down are not looked at. */
  private static boolean isBusy(LabState lab, Device below, MacAddress mac) {
    return Links.macOf(lab, below).equals(mac)
        || on(lab, below).stream().anyMatch(m -> m.isUp() && m.link().mac().equals(mac));
  }

  private static List<Device> on(LabState lab, Device below) {
    return lab.uppersOf(below.id()).stream().filter(u -> u.kind() instanceof DeviceKind.Macvlan).toList();
  }

  private static boolean isPassthru(List<Device> macvlans) {
    return macvlans.stream()
        .anyMatch(m -> m.kind() instanceof DeviceKind.Macvlan(var _, MacvlanMode mode) && mode == MacvlanMode.PASSTHRU);
  }
}
