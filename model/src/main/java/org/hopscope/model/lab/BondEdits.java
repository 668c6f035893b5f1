package org.hopscope.model.lab;

import java.util.Optional;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.net.BondMode;
import org.hopscope.model.net.BondSettings;
import org.hopscope.model.net.BondSlave;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.Device.LinkSettings;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.Driver;
import org.pcollections.TreePVector;

/**
 * Bonds, their slaves, and which slave is in use (kernel drivers/net/bonding/bond_main.c, bond_options.c;
 * Documentation/networking/bonding.rst). Not checked against a kernel: the one at hand has none. Left out: ARP
 * monitoring, delays, LACP's own packets, and the gratuitous ARP after a fail-over: switches learn with the next frame.
 */
final class BondEdits {
  private BondEdits() {
  }

  static LabState add(LabState lab, NewLink wish, LinkInfo.Bond info) {
    BondSettings settings = changed(lab, new DeviceRef(wish.ref().netns(), ""), BondSettings.DEFAULT, info);
    return Creation.add(lab, wish, new DeviceKind.Bond(settings, TreePVector.empty()));
  }

  /** bond_changelink: another mode only without slaves and while the bond is down (BOND_OPTFLAG_NOSLAVES, IFDOWN). */
  static LabState set(LabState lab, Device device, LinkInfo.Bond info) {
    if (!(device.kind() instanceof DeviceKind.Bond bond)) {
      return lab;
    }
    if (info.mode().filter(m -> m != bond.settings().mode()).isPresent()) {
      if (!bond.members().isEmpty()) {
        throw RefusedException.kernel(Errno.ENOTEMPTY);
      }
      if (device.isUp()) {
        throw RefusedException.kernel(Errno.EACCES);
      }
    }
    return lab.with(device.withKind(bond.withSettings(changed(lab, device.ref(), bond.settings(), info))));
  }

  private static BondSettings changed(LabState lab, DeviceRef bond, BondSettings old, LinkInfo.Bond info) {
    BondMode mode = info.mode().orElse(old.mode());
    boolean names = info.primary().isPresent() || info.active().isPresent();
    if (names && mode != BondMode.ACTIVE_BACKUP) {
      throw RefusedException.kernel(Errno.EACCES);
    }
    Optional<DeviceId> active = info.active().map(name -> slave(lab, bond, name)).or(old::active);
    return new BondSettings(mode, info.miimon().orElse(old.miimon()),
        info.primary().map(name -> slave(lab, bond, name)).or(old::primary), active);
  }

  private static DeviceId slave(LabState lab, DeviceRef bond, String name) {
    Device device = Find.device(lab, new DeviceRef(bond.netns(), name));
    Optional<DeviceId> its = lab.index().bondOf(device.id());
    if (its.isEmpty() || !its.equals(lab.find(bond).map(Device::id))) {
      throw RefusedException.kernel(Errno.EINVAL);
    }
    return device.id();
  }

  /** bond_enslave: the slave takes the bond's address and MTU and is switched on; the first one lends its address. */
  static LabState enslave(LabState lab, Device device, Device master, DeviceKind.Bond bond) {
    if (device.kind().driver().hardware() != Driver.Hardware.ETHER) {
      throw RefusedException.kernel(Errno.EINVAL);
    }
    if (device.kind() instanceof DeviceKind.Bond || device.isBridge() || device.lower().isPresent()) {
      throw RefusedException.unsupported("a " + device.kind().word() + " in a bond");
    }
    if (StackedEdits.isTaken(lab, device)) {
      throw RefusedException.kernel(Errno.EBUSY, "Device is in use and cannot be enslaved.");
    }
    if (device.isUp()) {
      throw RefusedException.kernel(Errno.EPERM, "Device can not be enslaved while up.");
    }
    if (StackedEdits.standsOn(lab, device, master.id())) {
      throw RefusedException.kernel(Errno.ELOOP);
    }
    LinkSettings had = device.link();
    boolean lends = bond.members().isEmpty() && !master.link().macByHand();
    MacAddress mac = lends ? had.mac() : master.link().mac();
    Device joined = device.withLink(worn(had, mac, false, master.link().mtu()));
    BondSlave slave = new BondSlave(device.id(), had.mac(), had.macByHand(), had.mtu());
    Device bonded = master.withKind(bond.withMembers(bond.members().plus(slave)))
        .withLink(worn(master.link(), mac, master.link().macByHand(), master.link().mtu()));
    return Power.set(lab.with(joined).with(bonded), device.id(), true);
  }

  /** bond_release: the slave is switched off and gets back what it had; an empty bond gets an address of its own. */
  static LabState release(LabState lab, Device device) {
    Optional<DeviceId> master = lab.index().bondOf(device.id());
    if (master.isEmpty() || !(lab.device(master.get()).kind() instanceof DeviceKind.Bond bond)) {
      return lab;
    }
    BondSlave slave = bond.members().stream().filter(s -> s.device().equals(device.id())).findFirst().orElseThrow();
    LabState off = Power.set(lab, device.id(), false);
    Device left = off.device(device.id());
    Device bonded = off.device(master.get());
    BondSettings settings = bond.settings();
    BondSettings without = new BondSettings(settings.mode(), settings.miimon(),
        settings.primary().filter(p -> !p.equals(device.id())), settings.active().filter(a -> !a.equals(device.id())));
    DeviceKind.Bond fewer = bond.withMembers(bond.members().minus(slave)).withSettings(without);
    boolean fresh = fewer.members().isEmpty() && !bonded.link().macByHand();
    MacAddress mac = fresh ? Macs.of(lab.basis().seed(), bonded.id()) : bonded.link().mac();
    return off.with(left.withLink(worn(left.link(), slave.mac(), slave.macByHand(), slave.mtu())))
        .with(
            bonded.withKind(fewer).withLink(worn(bonded.link(), mac, bonded.link().macByHand(), bonded.link().mtu())));
  }

  private static LinkSettings worn(LinkSettings link, MacAddress mac, boolean macByHand, int mtu) {
    return link.withMac(mac, macByHand).withMtu(mtu, link.mtuByHand());
  }

  /** A new address or MTU of a bond is its slaves' as well (bond_set_mac_address, bond_change_mtu). */
  static LabState spread(LabState lab, DeviceId id) {
    if (!(lab.device(id).kind() instanceof DeviceKind.Bond bond)) {
      return lab;
    }
    LinkSettings own = lab.device(id).link();
    LabState next = lab;
    for (BondSlave slave : bond.members()) {
      Device device = next.device(slave.device());
      next = next.with(device.withLink(worn(device.link(), own.mac(), false, own.mtu())));
    }
    return next;
  }

  /** bond_select_active_slave: the primary while its link is up, else the one in use, else the first whose link is up. */
  static LabState elect(LabState lab, DeviceId id) {
    if (!(lab.devices().get(id) instanceof Device device) || !(device.kind() instanceof DeviceKind.Bond bond)
        || bond.settings().mode() != BondMode.ACTIVE_BACKUP) {
      return lab;
    }
    Optional<DeviceId> best = bond.settings().primary().filter(p -> Links.hasLink(lab, bond, p))
        .or(() -> bond.settings().active().filter(a -> Links.hasLink(lab, bond, a)))
        .or(() -> bond.slaves().stream().filter(s -> Links.hasLink(lab, bond, s)).findFirst());
    return best.equals(bond.settings().active())
        ? lab
        : lab.with(device.withKind(bond.withSettings(bond.settings().withActive(best))));
  }
}
