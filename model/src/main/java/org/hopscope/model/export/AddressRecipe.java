package org.hopscope.model.export;

import java.util.List;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.AssignedAddress;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.Inet6Address;
import org.hopscope.model.net.Lifetime;
import org.hopscope.model.net.Scope;

/** The addresses of a lab's devices, as commands. */
final class AddressRecipe {
  private final LabState wanted;
  private final Typist typist;

  AddressRecipe(LabState wanted, Typist typist) {
    this.wanted = wanted;
    this.typist = typist;
  }

  /** IPv4's addresses, in their order. */
  void addresses(Device device) {
    List<AssignedAddress> present = typist.twin(device).addresses();
    for (AssignedAddress address : device.addresses()) {
      if (present.stream().noneMatch(p -> p.local().equals(address.local()))) {
        typist.run(device, "ip addr add " + words(device, address) + " dev " + device.name());
      }
    }
    present.stream().filter(p -> device.addresses().stream().noneMatch(a -> a.local().equals(p.local())))
        .forEach(p -> typist.run(device, "ip addr del " + p.local() + " dev " + device.name()));
  }

  private String words(Device device, AssignedAddress address) {
    return address.peer().map(p -> address.address() + " peer " + p + "/" + address.local().length())
        .orElse(address.local().toString())
        + address.broadcast().map(b -> " broadcast " + b).orElse("") + " scope " + address.scope().word()
        + (address.label().equals(device.name()) ? "" : " label " + address.label())
        + (address.noprefixroute() ? " noprefixroute" : "")
        + (address.traits().metric() > 0 ? " metric " + address.traits().metric() : "")
        + times(address.traits().lifetime());
  }

  /** What is left of an address's time: one that has run out of being preferred is made so. */
  private String times(Lifetime lifetime) {
    return lifetime.valid().map(t -> " valid_lft " + Lifetime.left(t, wanted.now())).orElse("")
        + lifetime.preferred().map(t -> " preferred_lft " + Lifetime.left(t, wanted.now())).orElse("");
  }

  /** IPv6's addresses but those that a link has by itself; whether they are unique is asked anew. */
  void addresses6(Device device) {
    for (Inet6Address address : device.inet6().addresses()) {
      boolean there = typist.twin(device).inet6().addresses().stream().anyMatch(a -> a.local().equals(address.local()));
      if (!there && address.scope() != Scope.LINK) {
        typist.run(device, "ip -6 addr add " + address.local() + " dev " + device.name()
            + (address.traits().nodad() ? " nodad" : "") + (address.traits().noprefixroute() ? " noprefixroute" : "")
            + (address.traits().metric() > 0 ? " metric " + address.traits().metric() : "")
            + times(address.traits().lifetime()));
      }
    }
  }
}
