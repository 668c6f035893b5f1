package org.hopscope.model.lab;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.Inet6Address;
import org.hopscope.model.net.Netns;
import org.hopscope.model.net.Route;
import org.hopscope.model.net.Route.NextHop;
import org.hopscope.model.net.Route.Origin;
import org.hopscope.model.net.RouteProtocol;
import org.hopscope.model.net.RouteType;
import org.hopscope.model.net.Scope;

/**
 * The rows that the kernel itself makes for a device's IPv6 addresses (net/ipv6/addrconf.c addrconf_f6i_alloc,
 * addrconf_prefix_route, addrconf_add_mroute; anycast.c): a local one for each address that it takes packets for, connected
 * ones while the device is switched on, one for all groups once it has had carrier or was given an address, and on a router
 * one for each network's anycast address.
 */
final class Inet6Rows {
  /** The metric of connected rows (IP6_RT_PRIO_ADDRCONF); what a person adds has {@link #USER_METRIC}. */
  static final int KERNEL_METRIC = 256;
  /** The metric of a row for which none is said (IP6_RT_PRIO_USER). */
  static final int USER_METRIC = 1024;
  private static final IpPrefix GROUPS = IpPrefix.of("ff00::/8");

  private Inet6Rows() {
  }

  /** All rows for the addresses of a device as it is, in the order of their making. */
  static Set<KernelRoutes.Row> of(LabState lab, Device device) {
    Set<KernelRoutes.Row> rows = new LinkedHashSet<>();
    if (!Inet6Links.isOn(lab, device)) {
      device.inet6().addresses().stream().filter(a -> !a.traits().kept() && a.isTaken())
          .forEach(a -> rows.add(local(device, RouteType.LOCAL, a.address())));
      return rows;
    }
    if (device.inet6().hasGroups() && !device.isLoopback()) {
      rows.add(row(device, GROUPS, RouteType.MULTICAST, KERNEL_METRIC));
    }
    boolean router = Inet6Links.isRouter(lab, device);
    for (Inet6Address address : device.inet6().addresses()) {
      if (address.isTaken()) {
        rows.add(local(device, RouteType.LOCAL, address.address()));
      }
      if (router && address.isTaken() && address.local().length() < 127) {
        rows.add(local(device, RouteType.ANYCAST, address.network()));
      }
      int metric = address.traits().metric() > 0 ? address.traits().metric() : KERNEL_METRIC;
      if (!address.traits().noprefixroute() && !address.address().isLoopback()) {
        rows.add(row(device, IpPrefix.around(address.address(), address.local().length()), RouteType.UNICAST, metric));
      }
      address.peer().filter(_ -> address.isTaken())
          .ifPresent(peer -> rows.add(row(device, IpPrefix.host(peer), RouteType.UNICAST, metric)));
    }
    return rows;
  }

  private static KernelRoutes.Row local(Device device, RouteType type, IpAddress to) {
    return row(device, IpPrefix.host(to), type, 0);
  }

  private static KernelRoutes.Row row(Device device, IpPrefix destination, RouteType type, int metric) {
    int table = type == RouteType.UNICAST ? Netns.MAIN : Netns.LOCAL;
    return new KernelRoutes.Row(table,
        new Route(destination, type, Optional.of(new NextHop(Optional.empty(), device.id(), false)), Optional.empty(),
            metric, new Origin(Scope.GLOBAL, RouteProtocol.KERNEL, 0)));
  }
}
