package org.hopscope.model.lab;

import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.lab.Edit.NewRoute;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.Netns;
import org.hopscope.model.net.Route;
import org.hopscope.model.net.Route.NextHop;
import org.hopscope.model.net.RouteType;
import org.hopscope.model.net.Scope;

/** Where a new route can send packets (kernel net/ipv4/fib_semantics.c fib_check_nh, sem-R4). */
final class Nexthops {
  private Nexthops() {
  }

  static NextHop resolve(LabState lab, Netns netns, int table, NewRoute wish, Scope scope) {
    Optional<Device> device = wish.device().map(d -> Find.device(lab, new DeviceRef(netns.id(), d)));
    Optional<IpAddress> gateway = wish.via().filter(v -> !v.isUnspecified());
    if (scope == Scope.HOST) {
      if (gateway.isPresent()) {
        throw RefusedException.kernel(Errno.EINVAL, "Route with host scope can not have a gateway.");
      }
      return new NextHop(Optional.empty(), device.orElseThrow(Nexthops::noDevice).id(), false);
    }
    if (gateway.isEmpty()) {
      return direct(device, wish.onlink());
    }
    return wish.onlink()
        ? onlink(netns, device, gateway.get(), scope)
        : through(lab, netns, table, device.map(Device::id), gateway.get(), scope);
  }

  private static NextHop direct(Optional<Device> device, boolean onlink) {
    if (onlink) {
      throw RefusedException.kernel(Errno.EINVAL,
          "Invalid flags for nexthop - PERVASIVE and ONLINK can not be set.");
    }
    Device found = device.orElseThrow(Nexthops::noDevice);
    if (!found.isUp()) {
      throw RefusedException.kernel(Errno.ENETDOWN, "Device for nexthop is not up.");
    }
    return new NextHop(Optional.empty(), found.id(), false);
  }

  private static RefusedException noDevice() {
    return RefusedException.kernel(Errno.ENODEV);
  }

  private static NextHop onlink(Netns netns, Optional<Device> device, IpAddress gateway, Scope scope) {
    if (scope.number() >= Scope.LINK.number()) {
      throw RefusedException.kernel(Errno.EINVAL, "Nexthop has invalid scope.");
    }
    Device found =
        device.orElseThrow(() -> RefusedException.kernel(Errno.ENODEV, "Nexthop device required for onlink."));
    if (!found.isUp()) {
      throw RefusedException.kernel(Errno.ENETDOWN, "Nexthop device is not up.");
    }
    Optional<Route> special = netns.inet().local().lookup(gateway, r -> true);
    if (special.isPresent() || gateway.isMulticast()) {
      throw invalid(Errno.EINVAL);
    }
    return new NextHop(Optional.of(gateway), found.id(), true);
  }

  /** The gateway must be reached over a route that is at least one step nearer than the new one, carrier or not. */
  private static NextHop through(LabState lab, Netns netns, int table, Optional<DeviceId> device, IpAddress gateway,
      Scope scope) {
    int nearer = Math.max(scope.number() + 1, Scope.LINK.number());
    Optional<Route> found = table == Netns.MAIN ? Optional.empty() : lookup(netns, table, gateway, nearer, device);
    Route route = found.filter(r -> r.type() == RouteType.UNICAST || r.type() == RouteType.LOCAL)
        .or(() -> byRules(netns, gateway, nearer, device)).orElseThrow(() -> invalid(Errno.ENETUNREACH));
    return switch (route.type()) {
      case UNICAST, LOCAL -> new NextHop(Optional.of(gateway), up(lab, route), false);
      case BROADCAST, ANYCAST, MULTICAST, BLACKHOLE, UNREACHABLE, PROHIBIT, THROW -> throw invalid(Errno.EINVAL);
    };
  }

  private static DeviceId up(LabState lab, Route route) {
    DeviceId device = route.device().orElseThrow(() -> invalid(Errno.EINVAL));
    if (!lab.device(device).isUp()) {
      throw RefusedException.kernel(Errno.ENETDOWN);
    }
    return device;
  }

  private static Optional<Route> byRules(Netns netns, IpAddress gateway, int nearer, Optional<DeviceId> device) {
    for (int table : new int[] {Netns.LOCAL, Netns.MAIN, Netns.DEFAULT}) {
      Optional<Route> found = lookup(netns, table, gateway, nearer, device);
      if (found.isPresent() && found.get().type() != RouteType.THROW) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static Optional<Route> lookup(Netns netns, int table, IpAddress gateway, int nearer,
      Optional<DeviceId> device) {
    return netns.inet().table(table).lookup(gateway, r -> r.origin().scope().number() >= nearer
        && (device.isEmpty() || r.device().isEmpty() || r.device().equals(device)));
  }

  private static RefusedException invalid(Errno errno) {
    return RefusedException.kernel(errno, "Nexthop has invalid gateway.");
  }
}
