package org.hopscope.model.lab;

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
    Route row = row(lab, netns, number, wish);
    return lab.with(netns.withTable(IpFamily.INET6, number, put(netns.inet6().table(number), row, mode)));
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
          throw RefusedException.kernel(Errno.ENOENT, "Can not replace route - no match found.");
        }
        yield any ? replace(table, row, sameKey) : table.with(row);
      }
    };
  }

  /** Rows with gateways that agree in all but these become one row of several ways, which the model has not. */
  private static RoutingTable append(RoutingTable table, Route row, Predicate<Route> sameKey) {
    if (table.rows().stream().filter(sameKey).anyMatch(r -> r.hop().equals(row.hop()))) {
      throw RefusedException.kernel(Errno.EEXIST);
    }
    if (row.via().isPresent() && table.rows().stream().filter(sameKey).anyMatch(r -> r.via().isPresent())) {
      throw RefusedException.unsupported("a second gateway for " + row.destination() + " with metric " + row.metric());
    }
    return table.with(row);
  }

  /** The first row that has a gateway as the new one has, or has none like it; else the first one. */
  private static RoutingTable replace(RoutingTable table, Route row, Predicate<Route> sameKey) {
    Route old = table.rows().stream().filter(sameKey)
        .filter(r -> r.via().isPresent() == row.via().isPresent()).findFirst()
        .or(() -> table.rows().stream().filter(sameKey).findFirst()).orElseThrow();
    return new RoutingTable(table.rows().with(table.rows().indexOf(old), row));
  }

  private static Route row(LabState lab, Netns netns, int table, NewRoute wish) {
    if (wish.hops().size() > 1) {
      throw RefusedException.unsupported("nexthop for IPv6");
    }
    Optional<Device> said = wish.device().map(d -> Find.device(lab, new DeviceRef(netns.id(), d)));
    NextHop hop = switch (wish.type()) {
      case UNICAST, LOCAL, ANYCAST, MULTICAST, BROADCAST -> hop(lab, netns, table, wish, said);
      case BLACKHOLE, UNREACHABLE, PROHIBIT, THROW -> nowhere(lab, netns);
    };
    Optional<IpAddress> source = wish.options().src().filter(s -> !s.isUnspecified());
    if (source.filter(s -> !isOwn(lab, netns.id(), s)).isPresent()) {
      throw RefusedException.kernel(Errno.EINVAL, "Invalid source address.");
    }
    return new Route(wish.destination(), wish.type(), Optional.of(hop), source,
        wish.options().metric().filter(m -> m != 0).orElse(Inet6Rows.USER_METRIC), new Origin(Scope.GLOBAL,
            wish.options().protocol().orElse(RouteProtocol.BOOT), wish.options().metrics()));
  }

  /** What leads nowhere is kept on lo, whatever device was said (fib6_nh_init). */
  private static NextHop nowhere(LabState lab, Netns netns) {
    return new NextHop(Optional.empty(), lab.find(new DeviceRef(netns.id(), "lo")).orElseThrow().id(), false);
  }

  private static NextHop hop(LabState lab, Netns netns, int table, NewRoute wish, Optional<Device> said) {
    if (wish.onlink()) {
      Device device =
          said.orElseThrow(() -> RefusedException.kernel(Errno.ENODEV, "Nexthop device required for onlink."));
      checkUp(device);
    }
    Optional<IpAddress> gateway = wish.via().filter(v -> !v.isUnspecified());
    if (said.filter(d -> d.isLoopback()).isPresent()) {
      gateway.ifPresent(g -> through(lab, netns, table, wish, said, g));
      return nowhere(lab, netns);
    }
    Device device = gateway.map(g -> through(lab, netns, table, wish, said, g))
        .orElseGet(() -> said.orElseThrow(() -> RefusedException.kernel(Errno.ENODEV)));
    if (Inet6Links.isDisabled(lab, device)) {
      throw RefusedException.kernel(Errno.EACCES, "IPv6 is disabled on nexthop device.");
    }
    checkUp(device);
    return new NextHop(gateway, device.id(), wish.onlink());
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
    if (gateway.isMulticast()) {
      throw RefusedException.kernel(Errno.EINVAL, "Invalid gateway address.");
    }
    if (gateway.isLinkLocal() || wish.onlink()) {
      return said.orElseThrow(() -> RefusedException.kernel(Errno.EINVAL, "Egress device not specified."));
    }
    Predicate<Route> passes = r -> r.type() != RouteType.UNICAST || !lab.device(r.device().orElseThrow()).isLoopback();
    Device found = lookup(netns, table, gateway, said).filter(passes)
        .or(() -> lookup(netns, Netns.LOCAL, gateway, said))
        .or(() -> lookup(netns, Netns.MAIN, gateway, said).filter(passes)).flatMap(Route::device).map(lab::device)
        .orElseThrow(() -> RefusedException.kernel(Errno.EHOSTUNREACH));
    if (found.isLoopback()) {
      throw RefusedException.kernel(Errno.EINVAL, "Egress device can not be loopback device for this route.");
    }
    if (own) {
      throw RefusedException.kernel(Errno.EINVAL, "Gateway can not be a local address.");
    }
    return found;
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

  private static boolean isOwn(LabState lab, NetnsId netns, IpAddress address) {
    return lab.devicesOf(netns).stream().flatMap(d -> d.inet6().addresses().stream())
        .anyMatch(a -> a.address().equals(address));
  }

  /** The first row that agrees with all that is said; of what kind it is does not count (ip6_route_del). */
  static LabState delete(LabState lab, Netns netns, int number, NewRoute wish, Optional<Device> device) {
    if (number != Netns.MAIN && number != Netns.LOCAL && !netns.inet6().has(number)) {
      throw RefusedException.kernel(Errno.ESRCH, "FIB table does not exist.");
    }
    PVector<Route> rows = netns.inet6().table(number).rows();
    for (int i = 0; i < rows.size(); i++) {
      Route row = rows.get(i);
      if (row.destination().equals(wish.destination()) && agrees(row, wish, device)) {
        return lab.with(netns.withTable(IpFamily.INET6, number, new RoutingTable(rows.minus(i))));
      }
    }
    throw RefusedException.kernel(isPlainDefault(wish, device) ? Errno.ENOENT : Errno.ESRCH);
  }

  /** A default route of which nothing is said is looked for where the kernel keeps its own "nowhere" (fib6_null_entry). */
  private static boolean isPlainDefault(NewRoute wish, Optional<Device> device) {
    return wish.destination().isDefault() && device.isEmpty() && wish.via().isEmpty()
        && wish.options().metric().isEmpty() && wish.options().protocol().isEmpty();
  }

  private static boolean agrees(Route row, NewRoute wish, Optional<Device> device) {
    RouteOptions said = wish.options();
    return device.filter(d -> !row.device().equals(Optional.of(d.id()))).isEmpty()
        && (wish.via().isEmpty() || row.via().equals(wish.via()))
        && said.metric().filter(m -> m != 0 && m != row.metric()).isEmpty()
        && said.protocol().filter(p -> p != row.origin().protocol()).isEmpty();
  }
}
