package org.hopscope.model.lab;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.addr.Ipv6Address;
import org.hopscope.model.net.AssignedAddress;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.Netns;
import org.hopscope.model.net.Route;
import org.hopscope.model.net.Route.NextHop;
import org.hopscope.model.net.Route.Origin;
import org.hopscope.model.net.RouteProtocol;
import org.hopscope.model.net.RouteType;
import org.hopscope.model.net.RoutingTable;
import org.hopscope.model.net.Scope;
import org.hopscope.model.netfilter.AddressType;

/**
 * The rows that the kernel itself makes for a device's addresses (net/ipv4/fib_frontend.c fib_add_ifaddr): a local one
 * for each address as soon as it is there, connected and broadcast ones while the device is switched on (sem-L8, L9).
 */
final class KernelRoutes {
  private KernelRoutes() {
  }

  /** A row and the table it stands in. */
  record Row(int table, Route route) {
    /** Rows of one device have not much more in common. */
    @Override
    public int hashCode() {
      return route.destination().hashCode() * 31 + route.type().ordinal();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Row that && table == that.table && route.equals(that.route);
    }

    IpFamily family() {
      return route.destination().address().family();
    }
  }

  /** All rows for the addresses of a device as it is, in the order of their making. */
  static Set<Row> of(Device device) {
    Set<Row> rows = new LinkedHashSet<>();
    for (AssignedAddress address : device.addresses()) {
      primaryOf(device, address).ifPresent(primary -> addRows(rows, device, address, primary));
    }
    return rows;
  }

  /**
   * Takes {@code gone} out of a namespace's tables and puts {@code come} in, behind what is there. A row whose source the
   * local table does not call local as yet stays out: groups, and what another address's network calls its broadcast
   * (kernel fib_valid_prefsrc).
   */
  static Netns change(Netns netns, Set<Row> gone, Set<Row> come) {
    Netns changed = netns;
    for (Row row : gone) {
      RoutingTable table = changed.tables(row.family()).table(row.table());
      RoutingTable without = table.without(row.route()::equals);
      changed = without == table ? changed : changed.withTable(row.family(), row.table(), without);
    }
    for (Row row : come) {
      RoutingTable table = changed.tables(row.family()).table(row.table());
      changed = table.has(row.route()) || !hasSource(changed, row.route()) ? changed
          : changed.withTable(row.family(), row.table(), table.with(row.route()));
    }
    return changed;
  }

  private static boolean hasSource(Netns netns, Route row) {
    return row.prefSrc().filter(source -> !(row.type() == RouteType.LOCAL && row.destination().address().equals(source))
        && AddressTypes.of(netns, source) != AddressType.LOCAL).isEmpty();
  }

  private static Optional<IpAddress> primaryOf(Device device, AssignedAddress address) {
    if (!address.secondary()) {
      return Optional.of(address.address());
    }
    return device.addresses().stream().filter(a -> !a.secondary() && a.connected().equals(address.connected()))
        .map(AssignedAddress::address).findFirst();
  }

  private static void addRows(Set<Row> rows, Device device, AssignedAddress address, IpAddress primary) {
    rows.add(row(device, IpPrefix.host(address.address()), RouteType.LOCAL, primary));
    if (!device.isUp()) {
      return;
    }
    address.broadcast().filter(b -> !b.equals(Ipv4Address.LIMITED_BROADCAST))
        .ifPresent(b -> rows.add(row(device, IpPrefix.host(b), RouteType.BROADCAST, primary)));
    IpPrefix network = address.connected();
    if (network.address().isUnspecified() || address.secondary()
        || network.equals(IpPrefix.host(address.address()))) {
      return;
    }
    if (!address.noprefixroute()) {
      rows.add(row(device, network, device.isLoopback() ? RouteType.LOCAL : RouteType.UNICAST, primary,
          address.traits().metric()));
    }
    if (network.length() < 31) {
      rows.add(row(device, IpPrefix.host(broadcastOf(network)), RouteType.BROADCAST, primary));
    }
  }

  private static IpAddress broadcastOf(IpPrefix network) {
    return switch (network.address()) {
      case Ipv4Address first -> first.broadcast(network.length());
      case Ipv6Address first -> first;
    };
  }

  private static Row row(Device device, IpPrefix destination, RouteType type, IpAddress source) {
    return row(device, destination, type, source, 0);
  }

  private static Row row(Device device, IpPrefix destination, RouteType type, IpAddress source, int metric) {
    int table = type == RouteType.UNICAST ? Netns.MAIN : Netns.LOCAL;
    Scope scope = type == RouteType.LOCAL ? Scope.HOST : Scope.LINK;
    return new Row(table, new Route(destination, type, Optional.of(new NextHop(Optional.empty(), device.id(), false)),
        Optional.of(source), metric, new Origin(scope, RouteProtocol.KERNEL, 0)));
  }
}
