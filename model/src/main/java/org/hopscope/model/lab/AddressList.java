package org.hopscope.model.lab;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.net.AssignedAddress;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.Netns;
import org.hopscope.model.net.RouteType;
import org.hopscope.model.net.RoutingTable;
import org.pcollections.PVector;

/** The list of addresses on a device and what follows from a change of it (kernel net/ipv4/devinet.c). */
final class AddressList {
  private AddressList() {
  }

  /**
   * With one more address: a second one of the same subnet becomes a secondary, at the end; a primary one stands behind
   * the primaries of at least its own scope ({@code __inet_insert_ifa}, sem-L13).
   */
  static PVector<AssignedAddress> with(PVector<AssignedAddress> list, AssignedAddress address) {
    int behindPrimaries = 0;
    boolean secondary = false;
    for (int i = 0; i < list.size(); i++) {
      AssignedAddress other = list.get(i);
      if (!other.secondary() && address.scope().number() <= other.scope().number()) {
        behindPrimaries = i + 1;
      }
      if (other.connected().equals(address.connected())) {
        if (other.address().equals(address.address())) {
          throw RefusedException.kernel(Errno.EEXIST, "ipv4: Address already assigned.");
        }
        if (other.scope() != address.scope()) {
          throw RefusedException.kernel(Errno.EINVAL, "ipv4: Invalid scope value.");
        }
        secondary = true;
      }
    }
    return list.plus(secondary ? list.size() : behindPrimaries, address.withSecondary(secondary));
  }

  /**
   * Without the address at {@code at}. A primary one takes its secondaries with it, or, with {@code promote}, hands over
   * to the first of them ({@code __inet_del_ifa}, promote_secondaries).
   */
  static PVector<AssignedAddress> without(PVector<AssignedAddress> list, int at, boolean promote) {
    AssignedAddress gone = list.get(at);
    PVector<AssignedAddress> left = list.minus(at);
    if (gone.secondary()) {
      return left;
    }
    Optional<AssignedAddress> heir = left.stream().filter(a -> isSecondaryOf(a, gone)).findFirst();
    if (heir.isEmpty() || !promote) {
      for (AssignedAddress address : left) {
        left = isSecondaryOf(address, gone) ? left.minus(address) : left;
      }
      return left;
    }
    return with(left.minus(heir.get()), at, heir.get().withSecondary(false));
  }

  /** A promoted address goes behind the last primary of at least its scope that stood behind the one that is gone. */
  private static PVector<AssignedAddress> with(PVector<AssignedAddress> list, int from, AssignedAddress promoted) {
    int place = from;
    for (int i = from; i < list.size(); i++) {
      if (!list.get(i).secondary() && promoted.scope().number() <= list.get(i).scope().number()) {
        place = i + 1;
      }
    }
    return list.plus(place, promoted);
  }

  private static boolean isSecondaryOf(AssignedAddress address, AssignedAddress primary) {
    return address.secondary() && address.connected().equals(primary.connected());
  }

  /**
   * Puts a list in place and brings the routing tables after it. Rows that prefer a source address go with the last
   * holder of that address (fib_sync_down_addr); all rows through a device and its neighbours go with its last address
   * (fib_disable_ip).
   */
  static LabState put(LabState lab, Device device, PVector<AssignedAddress> list) {
    Device changed = device.withAddresses(list);
    Set<KernelRoutes.Row> before = KernelRoutes.of(device);
    Set<KernelRoutes.Row> after = KernelRoutes.of(changed);
    Set<KernelRoutes.Row> come = new LinkedHashSet<>(after);
    come.removeAll(before);
    Set<KernelRoutes.Row> gone = new LinkedHashSet<>(before);
    gone.removeAll(after);
    Netns netns = KernelRoutes.change(lab.find(device.netns()).orElseThrow(), gone, come);
    for (AssignedAddress address : device.addresses()) {
      if (list.stream().noneMatch(a -> a.address().equals(address.address()))) {
        netns = withoutSource(netns, address.address());
      }
    }
    LabState done = lab.with(come.isEmpty() ? netns : Detach.revive(netns, changed, IpFamily.INET)).with(changed);
    for (AssignedAddress address : device.addresses()) {
      done = list.stream().anyMatch(a -> a.address().equals(address.address()))
          ? done
          : Masquerades.withoutAddress(done, device, address.address());
    }
    return list.isEmpty() && !device.addresses().isEmpty() ? Detach.fromIp(done, changed, IpFamily.INET) : done;
  }

  private static Netns withoutSource(Netns netns, IpAddress source) {
    boolean stillLocal = netns.inet().local().rows().stream()
        .anyMatch(r -> r.type() == RouteType.LOCAL && r.destination().contains(source));
    RoutingTable main = netns.inet().main().without(r -> !stillLocal && r.prefSrc().equals(Optional.of(source)));
    return main == netns.inet().main() ? netns : netns.withTable(IpFamily.INET, Netns.MAIN, main);
  }
}
