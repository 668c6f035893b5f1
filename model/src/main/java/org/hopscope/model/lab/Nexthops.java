package org.hopscope.model.lab;

import java.util.Optional;
import java.util.function.Predicate;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.Netns;
import org.hopscope.model.net.PolicyRouting;
import org.hopscope.model.net.Route;
import org.hopscope.model.net.Route.NextHop;
import org.hopscope.model.net.RouteKey;
import org.hopscope.model.net.RouteType;
import org.hopscope.model.net.Scope;

/** Where a new route can send packets (kernel net/ipv4/fib_semantics.c fib_check_nh, sem-R4). */
final class Nexthops {
  private final LabState lab;
  private final Netns netns;
  private final int table;
  private final Scope scope;

  /** For a route of the given scope in a table. */
  Nexthops(LabState lab, Netns netns, int table, Scope scope) {
    this.lab = lab;
    this.netns = netns;
    this.table = table;
    this.scope = scope;
  }

  NextHop resolve(NewHop wish) {
    Optional<Device> device = wish.device().map(d -> Find.device(lab, new DeviceRef(netns.id(), d)));
    Optional<IpAddress> gateway = wish.via().filter(v -> !v.isUnspecified());
    return found(device, gateway, wish.onlink()).withWeight(wish.weight());
  }

  private NextHop found(Optional<Device> device, Optional<IpAddress> gateway, boolean onlink) {
    if (scope == Scope.HOST) {
      if (gateway.isPresent()) {
        throw RefusedException.kernel(Errno.EINVAL, "Route with host scope can not have a gateway.");
      }
      return new NextHop(Optional.empty(), device.orElseThrow(Nexthops::noDevice).id(), false);
    }
    if (gateway.isEmpty()) {
      return direct(device, onlink);
    }
    return onlink ? onlink(device, gateway.get()) : through(device.map(Device::id), gateway.get());
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

  private NextHop onlink(Optional<Device> device, IpAddress gateway) {
    if (scope.number() >= Scope.LINK.number()) {
      throw RefusedException.kernel(Errno.EINVAL, "Nexthop has invalid scope.");
    }
    Device found =
        device.orElseThrow(() -> RefusedException.kernel(Errno.ENODEV, "Nexthop device required for onlink."));
    if (!found.isUp()) {
      throw RefusedException.kernel(Errno.ENETDOWN, "Nexthop device is not up.");
    }
    if (gateway.isMulticast() || gateway.equals(Ipv4Address.LIMITED_BROADCAST) || !netns.inet().has(Netns.LOCAL)
        || routing(_ -> true).local(RouteKey.to(gateway)).filter(r -> isOwn(r.type())).isPresent()) {
      throw invalid(Errno.EINVAL);
    }
    return new NextHop(Optional.of(gateway), found.id(), true);
  }

  /**
   * Whether an address of that type is no station beside this one. A row that refuses tells nothing of an address: its
   * lookup fails, and an address without a type is taken for a station's (kernel __inet_dev_addr_type).
   */
  private static boolean isOwn(RouteType type) {
    return switch (type) {
      case LOCAL, BROADCAST, ANYCAST, MULTICAST -> true;
      case UNICAST, BLACKHOLE, UNREACHABLE, PROHIBIT, THROW -> false;
    };
  }

  /** The gateway must be reached over a route that is at least one step nearer than the new one, carrier or not. */
  private NextHop through(Optional<DeviceId> device, IpAddress gateway) {
    int nearer = Math.max(scope.number() + 1, Scope.LINK.number());
    Predicate<Route> usable = r -> r.origin().scope().number() >= nearer
        && r.isUsable(h -> device.map(h.device()::equals).orElse(true));
    Optional<Route> own = table == Netns.MAIN ? Optional.empty() : netns.inet().table(table).lookup(gateway, usable);
    PolicyRouting.Answer answer = own.filter(r -> r.type() == RouteType.UNICAST || r.type() == RouteType.LOCAL)
        .map(r -> new PolicyRouting.Answer(table, Optional.of(r), Optional.empty()))
        .orElseGet(() -> routing(usable).lookup(RouteKey.to(gateway).by(device)));
    answer.refusal().ifPresent(_ -> {
      throw invalid(Errno.EINVAL);
    });
    Route route = answer.route().orElseThrow(() -> invalid(Errno.ENETUNREACH));
    return switch (route.type()) {
      case UNICAST, LOCAL -> new NextHop(Optional.of(gateway), up(route, device), false, 1, false,
          route.origin().scope() != Scope.LINK);
      case BROADCAST, ANYCAST, MULTICAST, BLACKHOLE, UNREACHABLE, PROHIBIT, THROW -> throw invalid(Errno.EINVAL);
    };
  }

  private PolicyRouting routing(Predicate<Route> usable) {
    return new PolicyRouting(netns, d -> lab.device(d).name(), usable);
  }

  private DeviceId up(Route route, Optional<DeviceId> wanted) {
    DeviceId device = wanted.or(() -> route.hops().stream().filter(h -> !h.dead()).map(NextHop::device).findFirst())
        .orElseThrow(() -> invalid(Errno.EINVAL));
    if (!lab.device(device).isUp()) {
      throw RefusedException.kernel(Errno.ENETDOWN);
    }
    return device;
  }

  private static RefusedException invalid(Errno errno) {
    return RefusedException.kernel(errno, "Nexthop has invalid gateway.");
  }
}
