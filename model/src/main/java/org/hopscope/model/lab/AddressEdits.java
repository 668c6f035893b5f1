package org.hopscope.model.lab;

import java.util.Optional;
import java.util.Set;
import org.hopscope.model.addr.InterfaceAddress;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.net.AssignedAddress;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.Inet6Address;
import org.hopscope.model.net.Scope;
import org.pcollections.PVector;
import org.pcollections.TreePVector;

/** Addresses come and go ({@code ip addr add|replace|del|flush}). */
final class AddressEdits {
  private AddressEdits() {
  }

  static LabState add(LabState lab, DeviceRef ref, NewAddress wish, boolean replace) {
    Device device = Find.device(lab, ref);
    if (wish.local().address().family() == IpFamily.INET6) {
      return Inet6Edits.add(lab, device, wish, replace);
    }
    if (wish.local().address().isUnspecified()) {
      return lab;
    }
    AssignedAddress address = new AssignedAddress(wish.local(),
        wish.peer().filter(p -> !p.equals(wish.local().address())),
        wish.scope().orElse(wish.local().address().isLoopback() ? Scope.HOST : Scope.GLOBAL), false,
        Labels.of(wish.label(), device.name()), wish.broadcast().filter(b -> !b.isUnspecified()),
        new AssignedAddress.Traits(wish.noprefixroute(), wish.options().metric(),
            wish.options().lifetime4(lab.now())));
    Optional<AssignedAddress> there = device.addresses().stream()
        .filter(a -> a.connected().equals(address.connected()) && a.address().equals(address.address())).findFirst();
    return AddressList.put(lab, device, replace && there.isPresent()
        ? renewed(device, there.get(), address.traits())
        : AddressList.with(device.addresses(), address));
  }

  /** Of an address that is there, its metric and its times are set anew, and nothing else (kernel inet_rtm_newaddr). */
  private static PVector<AssignedAddress> renewed(Device device, AssignedAddress there, AssignedAddress.Traits wish) {
    return device.addresses().with(device.addresses().indexOf(there), there.withTraits(
        new AssignedAddress.Traits(there.noprefixroute(), wish.metric(), wish.lifetime())));
  }

  /** Without the addresses whose time is over (kernel check_lifetime, addrconf_verify_rtnl). */
  static LabState expired(LabState lab) {
    LabState next = lab;
    for (Device device : lab.devices().values()) {
      for (int i = 0; i < next.device(device.id()).addresses().size();) {
        Device now = next.device(device.id());
        boolean over = now.addresses().get(i).traits().lifetime().isOverAt(lab.now());
        next = over ? AddressList.put(next, now, AddressList.without(now.addresses(), i, promotes(next, now))) : next;
        i += over ? 0 : 1;
      }
      for (Inet6Address address : device.inet6().addresses()) {
        next = address.traits().lifetime().isOverAt(lab.now())
            ? Inet6Edits.delete(next, next.device(device.id()), address.local())
            : next;
      }
    }
    return next;
  }

  /** The first address that agrees with what is said; its network is that of its far end (kernel inet_rtm_deladdr). */
  static LabState delete(LabState lab, DeviceRef ref, InterfaceAddress wish, boolean lengthGiven,
      Optional<IpAddress> peer) {
    Device device = Find.device(lab, ref);
    if (wish.address().family() == IpFamily.INET6) {
      return Inet6Edits.delete(lab, device, wish);
    }
    PVector<AssignedAddress> list = device.addresses();
    for (int i = 0; i < list.size(); i++) {
      AssignedAddress address = list.get(i);
      boolean sameNetwork = address.local().length() == wish.length()
          && address.connected().contains(peer.orElse(wish.address()));
      if (address.address().equals(wish.address()) && (!lengthGiven || sameNetwork)) {
        return AddressList.put(lab, device, AddressList.without(list, i, promotes(lab, device)));
      }
    }
    throw RefusedException.kernel(Errno.EADDRNOTAVAIL, "ipv4: Address not found.");
  }

  private static boolean promotes(LabState lab, Device device) {
    return Sysctls.maxConf(lab, device, "promote_secondaries") > 0;
  }

  static LabState flush(LabState lab, DeviceRef ref, Set<IpFamily> families) {
    Device device = Find.device(lab, ref);
    boolean inet = families.contains(IpFamily.INET) && !device.addresses().isEmpty();
    LabState next = inet ? AddressList.put(lab, device, TreePVector.empty()) : lab;
    return families.contains(IpFamily.INET6) ? Inet6Edits.flush(next, next.device(device.id())) : next;
  }
}
