package org.hopscope.model.lab;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.hopscope.model.net.BridgePort;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.Inet6Address;
import org.hopscope.model.net.Inet6Address.Detection;
import org.hopscope.model.net.VirtualTime;

/**
 * Duplicate address detection (RFC 4862 5.4, kernel net/ipv6/addrconf.c addrconf_dad_begin; sem-X1). The outcome follows
 * from who is on the link when it begins: the solicitations themselves are no packets of a trace, since no probe sends
 * them. The kernel waits a random time of at most one second before it asks, the model half of it.
 */
final class Duplicates {
  private static final long DELAY = VirtualTime.SECOND / 2;

  private Duplicates() {
  }

  /** How it goes on with an address on a device that is switched on; {@code ready} when the device can ask. */
  static Detection begin(LabState lab, Device device, Inet6Address address, boolean ready) {
    if (!asks(lab, device, address.traits())) {
      return new Detection.Done();
    }
    if (!ready) {
      return new Detection.Waiting();
    }
    long questions = Long.parseLong(Sysctls.onDevice(lab, device, SysctlGroup.CONF6, "dad_transmits"));
    long apart = Long.parseLong(Sysctls.onDevice(lab, device, SysctlGroup.NEIGH6, "retrans_time_ms"));
    VirtualTime until = lab.now().plus(DELAY + questions * apart * VirtualTime.MILLI);
    return new Detection.Asking(until, questions > 0 && isTaken(lab, device, address));
  }

  /** Whether anybody is asked at all. */
  static boolean asks(LabState lab, Device device, Inet6Address.Traits traits) {
    return Sysctls.maxConf(lab, device, SysctlGroup.CONF6, "accept_dad") > 0 && !device.isLoopback() && device.usesArp()
        && !traits.nodad();
  }

  /** Whether a device on the same link has the address already; who began to ask earlier has it. */
  private static boolean isTaken(LabState lab, Device device, Inet6Address address) {
    boolean alone = lab.index().holdersOf(address.address()).stream().allMatch(device.id()::equals);
    return !alone && isMet(lab, device, address);
  }

  private static boolean isMet(LabState lab, Device device, Inet6Address address) {
    Set<DeviceId> seen = new HashSet<>(Set.of(device.id()));
    Deque<Device> next = new ArrayDeque<>();
    next.add(device);
    while (!next.isEmpty()) {
      Device at = next.poll();
      if (!at.id().equals(device.id()) && holds(at, address)) {
        return true;
      }
      at.peer().filter(_ -> at.isUp()).ifPresent(p -> visit(lab, p, seen, next));
      at.port().map(BridgePort::bridge).ifPresent(b -> visit(lab, b, seen, next));
      lab.index().portsOf(at.id()).values().forEach(p -> visit(lab, p, seen, next));
    }
    return false;
  }

  private static boolean holds(Device device, Inet6Address address) {
    for (Inet6Address theirs : device.inet6().addresses()) {
      if (theirs.address().equals(address.address()) && theirs.isTaken()) {
        return true;
      }
    }
    return false;
  }

  private static void visit(LabState lab, DeviceId id, Set<DeviceId> seen, Deque<Device> next) {
    if (seen.add(id)) {
      Optional.ofNullable(lab.devices().get(id)).filter(Device::isUp).ifPresent(next::add);
    }
  }
}
