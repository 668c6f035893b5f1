package org.hopscope.model.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.Netns;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.Route;
import org.hopscope.model.net.Route.NextHop;
import org.hopscope.model.net.Route.Origin;
import org.hopscope.model.net.RouteProtocol;
import org.hopscope.model.net.RouteType;
import org.hopscope.model.net.RoutingTable;
import org.hopscope.model.net.Scope;
import org.pcollections.PVector;

/** Rows of IPv6's routing tables come and go (kernel net/ipv6/route.c, ip6_fib.c fib6_add_rt2node). */
final class Route6Edits {
  private Route6Edits() {
  }

  static LabState add(LabState lab, Netns netns, int number, NewRoute wish, RouteMode mode) {
    RoutingTable table = netns.inet6().table(number);
    RouteMode next = mode;
    if (wish.hops().size() > 1 && wish.hops().stream().anyMatch(h -> h.via().isEmpty())) {
      throw RefusedException.kernel(Errno.EINVAL,
          "Device only routes can not be added for IPv6 using the multipath API.");
    }
    for (NewHop hop : wish.hops()) {
      Route row = row(lab, netns, number, new NewRoute(wish.destination(), wish.type(), List.of(hop), wish.options()));
      table = put(table, row, next);
      // Each next hop behind the first is appended to what that one made (ip6_route_multipath_add).
      next = RouteMode.APPEND;
    }
    return lab.with(netns.withTable(IpFamily.INET6, number, table));
  }

  private static RoutingTable put(RoutingTable table, Route row, RouteMode mode) {
    Predicate<Route> sameKey = r -> r.destination().equals(row.destination()) && r.metric() == row.metric();
    boolean any = table.rows().stream().anyMatch(sameKey);
    return switch (mode) {
      case ADD -> {
        if (any) {
          throw RefusedException.kernel(Errno.EEXIST);
        }
        yield table.with(row);
      }
      case APPEND, PREPEND -> append(table, row, sameKey);
      case REPLACE, CHANGE -> {
        if (!any && mode == RouteMode.CHANGE) {
          boolean known = table.rows().stream().anyMatch(r -> r.destination().equals(row.destination()));
          throw known ? RefusedException.kernel(Errno.ENOENT)
              : RefusedException.kernel(Errno.ENOENT, "Can not replace route - no match found.");
        }
        yield any ? replace(table, row, sameKey) : table.with(row);
      }
    };
  }

  /** Rows with gateways that agree in destination and metric are one row of several ways (rt6_qualify_for_ecmp). */
  private static RoutingTable append(RoutingTable table, Route row, Predicate<Route> sameKey) {
    NextHop hop = row.hop().orElseThrow();
    if (table.rows().stream().filter(sameKey).flatMap(r -> r.hops().stream()).anyMatch(h -> isLike(h, hop))) {
      throw RefusedException.kernel(Errno.EEXIST);
    }
    Optional<Route> joined = row.via().flatMap(_ -> table.rows().stream().filter(sameKey)
        .filter(r -> r.via().isPresent()).findFirst());
    if (joined.isEmpty()) {
      return table.with(row);
    }
    List<NextHop> hops = new ArrayList<>(joined.get().hops());
    hops.add(hop);
    return new RoutingTable(table.rows().with(table.rows().indexOf(joined.get()), joined.get().withHops(hops)));
  }

  /** Kernel rt6_duplicate_nexthop: the same gateway by the same device, whatever its weight. */
  private static boolean isLike(NextHop one, NextHop other) {
    return one.device().equals(other.device()) && one.via().equals(other.via());
  }

  /** The first row that has a gateway as the new one has, or has none like it; else the first one. */
  private static RoutingTable replace(RoutingTable table, Route row, Predicate<Route> sameKey) {
    Route old = table.rows().stream().filter(sameKey)
        .filter(r -> r.via().isPresent() == row.via().isPresent()).findFirst()
        .or(() -> table.rows().stream().filter(sameKey).findFirst()).orElseThrow();
    return new RoutingTable(table.rows().with(table.rows().indexOf(old), row));
  }

  private static Route row(LabState lab, Netns netns, int table, NewRoute wish) {
    Optional<Device> said = wish.device().map(d -> Find.device(lab, new DeviceRef(netns.id(), d)));
    // A device whose MTU is too small has no IPv6 at all (in6_dev_get).
    if (said.filter(d -> !d.inet6().isRunning() && !Inet6Links.isDisabled(lab, d)).isPresent()) {
      throw RefusedException.kernel(Errno.ENODEV);
    }
    if (wish.onlink()) {
      checkUp(said.orElseThrow(() -> RefusedException.kernel(Errno.ENODEV, "Nexthop device required for onlink.")));
    }
    NextHop hop = switch (wish.type()) {
      case UNICAST, LOCAL, ANYCAST, MULTICAST, BROADCAST -> hop(lab, netns, table, wish, said);
      case BLACKHOLE, UNREACHABLE, PROHIBIT, THROW -> nowhere(lab, netns, wish.onlink());
    };
    Optional<IpAddress> source = wish.options().src().filter(s -> !s.isUnspecified());
    if (source.filter(s -> !speaks(lab, lab.device(hop.device()), s)).isPresent()) {
      throw RefusedException.kernel(Errno.EINVAL, "Invalid source address.");
    }
    return new Route(wish.destination(), wish.type(), Optional.of(hop), source,
        wish.options().metric().filter(m -> m != 0).orElse(Inet6Rows.USER_METRIC), new Origin(Scope.GLOBAL,
            wish.options().protocol().orElse(RouteProtocol.BOOT), wish.options().metrics()));
  }

  /** What leads nowhere is kept on lo, whatever device was said (fib6_nh_init). */
  private static NextHop nowhere(LabState lab, Netns netns, boolean onlink) {
    Device loopback = lab.devicesOf(netns.id()).stream().filter(Device::isLoopback).findFirst().orElseThrow();
    return new NextHop(Optional.empty(), loopback.id(), onlink);
  }

  private static NextHop hop(LabState lab, Netns netns, int table, NewRoute wish, Optional<Device> said) {
    Optional<IpAddress> gateway = wish.via();
    if (said.filter(d -> d.isLoopback()).isPresent()) {
      gateway.ifPresent(g -> through(lab, netns, table, wish, said, g));
      checkOn(lab, said.get());
      return nowhere(lab, netns, wish.onlink());
    }
    Device device = gateway.map(g -> through(lab, netns, table, wish, said, g))
        .orElseGet(() -> said.orElseThrow(() -> RefusedException.kernel(Errno.ENODEV)));
    checkOn(lab, device);
    return new NextHop(gateway, device.id(), wish.onlink()).withWeight(wish.hops().getFirst().weight());
  }

  private static void checkOn(LabState lab, Device device) {
    if (Inet6Links.isDisabled(lab, device)) {
      throw RefusedException.kernel(Errno.EACCES, "IPv6 is disabled on nexthop device.");
    }
    checkUp(device);
  }

  private static void checkUp(Device device) {
    if (!device.isUp()) {
      throw RefusedException.kernel(Errno.ENETDOWN, "Nexthop device is not up.");
    }
  }

  /** Kernel ip6_validate_gw: a gateway beyond the link must be on a network that a row leads to directly. */
  private static Device through(LabState lab, Netns netns, int table, NewRoute wish, Optional<Device> said,
      IpAddress gateway) {
    boolean own = gateway.isLinkLocal()
        ? said.filter(d -> d.inet6().addresses().stream().anyMatch(a -> a.address().equals(gateway))).isPresent()
        : isOwn(lab, netns.id(), gateway);
    if (own && said.isPresent()) {
      throw RefusedException.kernel(Errno.EINVAL, "Gateway can not be a local address.");
    }
    if (gateway.isMulticast() || gateway.isUnspecified()) {
      throw RefusedException.kernel(Errno.EINVAL, "Invalid gateway address.");
    }
    if (gateway.isLinkLocal() || wish.onlink()) {
      return notLoopback(
          said.orElseThrow(() -> RefusedException.kernel(Errno.EINVAL, "Egress device not specified.")));
    }
    Predicate<Route> passes = r -> r.type() != RouteType.UNICAST || !lab.device(r.device().orElseThrow()).isLoopback();
    Device found = lookup(netns, table, gateway, said).filter(passes)
        .or(() -> lookup(netns, Netns.LOCAL, gateway, said))
        .or(() -> lookup(netns, Netns.MAIN, gateway, said).filter(passes)).flatMap(Route::device).map(lab::device)
        .orElseThrow(() -> RefusedException.kernel(Errno.EHOSTUNREACH));
    notLoopback(found);
    if (own) {
      throw RefusedException.kernel(Errno.EINVAL, "Gateway can not be a local address.");
    }
    return found;
  }

  private static Device notLoopback(Device device) {
    if (device.isLoopback()) {
      throw RefusedException.kernel(Errno.EINVAL, "Egress device can not be loopback device for this route.");
    }
    return device;
  }

  /** The best row for a gateway, if it leads straight to the link and out of the device that was said. */
  private static Optional<Route> lookup(Netns netns, int table, IpAddress gateway, Optional<Device> said) {
    return netns.inet6().table(table)
        .lookup(gateway, r -> said.isEmpty() || r.device().equals(said.map(Device::id)))
        .filter(r -> r.via().isEmpty() && switch (r.type()) {
          case UNICAST, LOCAL, ANYCAST, MULTICAST, BROADCAST -> true;
          case BLACKHOLE, UNREACHABLE, PROHIBIT, THROW -> false;
        });
  }

  /** Addresses that count on their link or host only have to be the device's (kernel ipv6_chk_addr). */
  private static boolean speaks(LabState lab, Device device, IpAddress address) {
    return lab.devicesOf(device.netns()).stream()
        .filter(d -> d.id().equals(device.id()) || !address.isLinkLocal() && !address.isLoopback())
        .flatMap(d -> d.inet6().addresses().stream()).anyMatch(a -> a.address().equals(address) && a.isTaken());
  }

  private static boolean isOwn(LabState lab, NetnsId netns, IpAddress address) {
    return lab.devicesOf(netns).stream().flatMap(d -> d.inet6().addresses().stream())
        .anyMatch(a -> a.address().equals(address));
  }

  /** The rows for all next hops that are said, one after the other (ip6_route_multipath_del). */
  static LabState delete(LabState lab, Netns netns, int number, NewRoute wish) {
    if (number != Netns.MAIN && number != Netns.LOCAL && !netns.inet6().has(number)) {
      throw RefusedException.kernel(Errno.ESRCH, "FIB table does not exist.");
    }
    RoutingTable table = netns.inet6().table(number);
    for (NewHop hop : wish.hops()) {
      Optional<Device> device = hop.device().map(d -> Find.device(lab, new DeviceRef(netns.id(), d)));
      table = without(table, new NewRoute(wish.destination(), wish.type(), List.of(hop), wish.options()), device);
    }
    return lab.with(netns.withTable(IpFamily.INET6, number, table));
  }

  /**
   * Without the first row that agrees with all that is said; of what kind it is does not count. Where a gateway is said,
   * only the one next hop goes (ip6_route_del).
   */
  private static RoutingTable without(RoutingTable table, NewRoute wish, Optional<Device> device) {
    PVector<Route> rows = table.rows();
    for (int i = 0; i < rows.size(); i++) {
      Route row = rows.get(i);
      Optional<NextHop> meant = row.hops().stream().filter(h -> agrees(h, wish, device)).findFirst();
      if (row.destination().equals(wish.destination()) && meant.isPresent() && agrees(row, wish)) {
        List<NextHop> left = wish.via().isEmpty()
            ? List.of()
            : row.hops().stream().filter(h -> !h.equals(meant.get())).toList();
        return new RoutingTable(left.isEmpty() ? rows.minus(i) : rows.with(i, row.withHops(left)));
      }
    }
    throw RefusedException.kernel(isPlainDefault(wish, device) ? Errno.ENOENT : Errno.ESRCH);
  }

  /** A default route of which nothing is said is looked for where the kernel keeps its own "nowhere" (fib6_null_entry). */
  private static boolean isPlainDefault(NewRoute wish, Optional<Device> device) {
    return wish.destination().isDefault() && device.filter(d -> !d.isLoopback()).isEmpty() && wish.via().isEmpty()
        && wish.options().metric().isEmpty() && wish.options().protocol().isEmpty();
  }

  private static boolean agrees(NextHop hop, NewRoute wish, Optional<Device> device) {
    return device.filter(d -> !hop.device().equals(d.id())).isEmpty()
        && (wish.via().isEmpty() || hop.via().equals(wish.via()));
  }

  private static boolean agrees(Route row, NewRoute wish) {
    RouteOptions said = wish.options();
    return said.metric().filter(m -> m != 0 && m != row.metric()).isEmpty()
        && said.protocol().filter(p -> p != row.origin().protocol()).isEmpty();
  }
}
