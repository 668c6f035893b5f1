package org.hopscope.model.lab;

import java.util.Optional;
import org.hopscope.model.addr.InterfaceAddress;
import org.hopscope.model.addr.Ipv6Address;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.Inet6Address;
import org.hopscope.model.net.Inet6Address.Traits;
import org.hopscope.model.net.Scope;
import org.pcollections.PVector;
import org.pcollections.TreePVector;

/** IPv6 addresses come and go ({@code ip addr}; kernel net/ipv6/addrconf.c inet6_rtm_newaddr, inet6_rtm_deladdr). */
final class Inet6Edits {
  private Inet6Edits() {
  }

  static LabState add(LabState lab, Device device, NewAddress wish, boolean replace) {
    Ipv6Address address = (Ipv6Address) wish.local().address();
    Traits traits = new Traits(wish.options().nodad(), wish.noprefixroute(), wish.options().lifetime(lab.now()),
        wish.options().metric(), false);
    Optional<Inet6Address> there =
        device.inet6().addresses().stream().filter(a -> a.address().equals(address)).findFirst();
    if (there.isPresent()) {
      if (!replace) {
        throw RefusedException.kernel(Errno.EEXIST, "ipv6: address already assigned.");
      }
      int at = device.inet6().addresses().indexOf(there.get());
      return put(lab, device, device.inet6().addresses().with(at, there.get().withTraits(traits)));
    }
    check(lab, device, address);
    return put(lab, device, with(device.inet6().addresses(), new Inet6Address(wish.local(),
        wish.peer().filter(p -> !p.equals(address)), traits, Duplicates.asks(lab, device, traits)
            ? new Inet6Address.Detection.Waiting()
            : new Inet6Address.Detection.Done())));
  }

  private static void check(LabState lab, Device device, Ipv6Address address) {
    if (!device.inet6().isRunning()) {
      throw RefusedException.kernel(Errno.EINVAL);
    }
    if (Inet6Links.isDisabled(lab, device)) {
      throw RefusedException.kernel(Errno.EACCES, "ipv6: IPv6 is disabled on this device.");
    }
    if (address.isUnspecified()) {
      throw RefusedException.kernel(Errno.EADDRNOTAVAIL, "ipv6: Invalid address.");
    }
    if (address.isMulticast()) {
      throw RefusedException.kernel(Errno.EADDRNOTAVAIL,
          "ipv6: Cannot assign multicast address without \"IFA_F_MCAUTOJOIN\" flag.");
    }
    if (address.isLoopback() && !device.isLoopback()) {
      throw RefusedException.kernel(Errno.EADDRNOTAVAIL, "ipv6: Cannot assign loopback address on this device.");
    }
  }

  /** A new address stands in front of those of its own scope, behind those of a wider one (ipv6_link_dev_addr). */
  static PVector<Inet6Address> with(PVector<Inet6Address> list, Inet6Address address) {
    int at = 0;
    while (at < list.size() && width(list.get(at).scope()) > width(address.scope())) {
      at++;
    }
    return list.plus(at, address);
  }

  /** Kernel ipv6_addr_src_scope: loopback counts as link. */
  private static int width(Scope scope) {
    return switch (scope) {
      case GLOBAL -> 14;
      case SITE -> 5;
      case LINK, HOST -> 2;
      case NOWHERE -> 0;
    };
  }

  /** Both the address and its length must agree, and a length is 128 when none is said. */
  static LabState delete(LabState lab, Device device, InterfaceAddress wish) {
    if (!device.inet6().isRunning()) {
      throw RefusedException.kernel(Errno.EACCES, "ipv6: IPv6 is disabled on this device.");
    }
    for (Inet6Address address : device.inet6().addresses()) {
      if (address.address().equals(wish.address()) && address.local().length() == wish.length()) {
        return put(lab, device, device.inet6().addresses().minus(address));
      }
    }
    throw RefusedException.kernel(Errno.EADDRNOTAVAIL, "ipv6: address not found.");
  }

  static LabState flush(LabState lab, Device device) {
    return device.inet6().addresses().isEmpty() ? lab : put(lab, device, TreePVector.empty());
  }

  /** The rows that follow are made when the edit is settled: see {@link Inet6Links}. */
  private static LabState put(LabState lab, Device device, PVector<Inet6Address> list) {
    LabState done = lab.with(device.withInet6(device.inet6().withAddresses(list)));
    for (Inet6Address address : device.inet6().addresses()) {
      done = list.stream().anyMatch(a -> a.local().address().equals(address.local().address()))
          ? done
          : Masquerades.withoutAddress(done, device, address.local().address());
    }
    return done;
  }
}
