package org.hopscope.model.lab;

import java.util.Set;
import org.hopscope.model.addr.InterfaceAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.net.AssignedAddress;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceRef;
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
        wish.noprefixroute());
    boolean there = device.addresses().stream().anyMatch(
        a -> a.connected().equals(address.connected()) && a.address().equals(address.address()));
    return replace && there ? lab : AddressList.put(lab, device, AddressList.with(device.addresses(), address));
  }

  /** The first address that agrees with what is said (kernel inet_rtm_deladdr). */
  static LabState delete(LabState lab, DeviceRef ref, InterfaceAddress wish, boolean lengthGiven) {
    Device device = Find.device(lab, ref);
    if (wish.address().family() == IpFamily.INET6) {
      return Inet6Edits.delete(lab, device, wish);
    }
    PVector<AssignedAddress> list = device.addresses();
    for (int i = 0; i < list.size(); i++) {
      AssignedAddress address = list.get(i);
      boolean sameNetwork = address.local().length() == wish.length()
          && address.connected().contains(wish.address());
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
