package org.hopscope.model.reach;

import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.kube.linux.Pods;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.AssignedAddress;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.Inet6Address;
import org.hopscope.model.net.Netns;
import org.hopscope.model.net.NetnsId;

/**
 * A namespace with the address that others reach it by.
 *
 * @param netns the namespace
 * @param address the first address of its first device that has one, lo only where there is no other
 */
public record Place(NetnsId netns, IpAddress address) {
  /** All namespaces that have an address of a family, in the order of hosts and of their making. */
  public static List<Place> all(LabState lab, IpFamily family) {
    return lab.hosts().values().stream().sorted((a, b) -> Integer.compare(a.order(), b.order()))
        .flatMap(h -> lab.netnsOf(h.name()).stream()).flatMap(n -> of(lab, n, family).stream()).toList();
  }

  /** Where there are clusters, the pods that have a namespace of their own: what policies are about; else all. */
  public static List<Place> telling(LabState lab, IpFamily family) {
    List<Place> all = all(lab, family);
    List<Place> pods = all.stream().filter(p -> Pods.at(lab, p.netns()).isPresent()).toList();
    return pods.isEmpty() ? all : pods;
  }

  private static Optional<Place> of(LabState lab, Netns netns, IpFamily family) {
    List<Device> devices = lab.devicesOf(netns.id());
    return devices.stream().filter(d -> !d.isLoopback()).flatMap(d -> addresses(d, family).stream()).findFirst()
        .or(() -> devices.stream().flatMap(d -> addresses(d, family).stream()).filter(a -> !a.isLoopback()).findFirst())
        .map(a -> new Place(netns.id(), a));
  }

  private static List<IpAddress> addresses(Device device, IpFamily family) {
    return switch (family) {
      case INET -> device.addresses().stream().map(AssignedAddress::address).toList();
      case INET6 -> device.inet6().addresses().stream().map(Inet6Address::address).filter(a -> !a.isLinkLocal())
          .map(a -> (IpAddress) a).toList();
    };
  }
}
