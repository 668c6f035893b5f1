package org.hopscope.model.lab;

import java.util.Optional;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.Driver;
import org.hopscope.model.packet.Header;

/**
 * VLAN sub-interfaces (kernel net/8021q/vlan_netlink.c, vlan.c; sem-L16). Not checked against a kernel: the one at hand
 * has none. Left out: maps of priorities, loose binding, GVRP and MVRP.
 */
final class VlanEdits {
  /** VLAN_VID_MASK: the greatest number is reserved (IEEE 802.1Q 9.6). */
  private static final int TOO_GREAT = 4095;

  private VlanEdits() {
  }

  /** vlan_validate and vlan_newlink, with vlan_check_real_dev. */
  static LabState add(LabState lab, NewLink wish, Optional<Device> lower, LinkInfo.Vlan info) {
    if (info.id().isEmpty() && info.protocol().isEmpty()) {
      throw refused(Errno.EINVAL, "VLAN properties not specified");
    }
    info.id().filter(id -> id >= TOO_GREAT).ifPresent(id -> {
      throw refused(Errno.ERANGE, "Invalid VLAN id");
    });
    int id = info.id().orElseThrow(() -> refused(Errno.EINVAL, "VLAN id not specified"));
    Device below = lower.orElseThrow(() -> refused(Errno.EINVAL, "link not specified"));
    int protocol = info.protocol().orElse(Header.Vlan.CUSTOMER);
    if (below.kind().driver().hardware() != Driver.Hardware.ETHER) {
      throw refused(Errno.EOPNOTSUPP, "VLANs not supported on device");
    }
    if (lab.uppersOf(below.id()).stream().anyMatch(u -> u.kind() instanceof DeviceKind.Vlan(var _, int same, int type)
        && same == id && type == protocol)) {
      throw refused(Errno.EEXIST, "VLAN device already exists");
    }
    int mtu = Links.mtuOf(lab, below);
    wish.mtu().filter(m -> m > mtu).ifPresent(m -> {
      throw RefusedException.kernel(Errno.EINVAL);
    });
    LabState made =
        StackedEdits.on(lab, wish, below, new DeviceKind.Vlan(below.id(), id, protocol), Optional.of(mtu));
    return wish.mac().isPresent() ? made : StackedEdits.inheritMac(made, wish.ref(), below);
  }

  /** vlan_changelink: the number and the type stay; only flags and maps can change. */
  static LabState set(LabState lab, Device device, LinkInfo.Vlan info) {
    boolean same = device.kind() instanceof DeviceKind.Vlan(var _, int id, int protocol)
        && info.id().filter(i -> i != id).isEmpty() && info.protocol().filter(p -> p != protocol).isEmpty();
    if (!same) {
      throw RefusedException.unsupported("changing the VLAN of a device: a kernel takes the words and ignores them");
    }
    return lab;
  }

  /** vlan_dev_open: not while the device below is down. */
  static void checkOpen(Device below) {
    if (!below.isUp()) {
      throw RefusedException.kernel(Errno.ENETDOWN);
    }
  }

  private static RefusedException refused(Errno errno, String words) {
    return RefusedException.kernel(errno, "8021q: " + words + ".");
  }
}
