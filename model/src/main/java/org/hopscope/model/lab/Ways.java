package org.hopscope.model.lab;

import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.PolicyRouting;
import org.hopscope.model.net.Route.NextHop;
import org.hopscope.model.net.RouteKey;

/** Where routing tables lead just now, for what is configured by them (kernel ip_route_output_key outside of traffic). */
final class Ways {
  private Ways() {
  }

  /** The device that a packet to an address would leave by; with {@code bound} only ways by that one count. */
  static Optional<Device> device(LabState lab, NetnsId netns, IpAddress to, Optional<DeviceId> bound) {
    PolicyRouting routing = new PolicyRouting(lab.find(netns).orElseThrow(), id -> lab.device(id).name(),
        route -> route.hops().isEmpty() || route.hops().stream()
            .anyMatch(h -> !h.dead() && bound.map(h.device()::equals).orElse(true)));
    return routing.lookup(RouteKey.to(to)).route()
        .flatMap(r -> r.hops().stream().filter(h -> bound.map(h.device()::equals).orElse(true)).findFirst())
        .map(NextHop::device).map(lab::device);
  }
}
