package org.hopscope.model.lab;

import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.PolicyRouting;
import org.hopscope.model.net.Route;
import org.hopscope.model.net.Route.NextHop;
import org.hopscope.model.net.RouteKey;
import org.hopscope.model.net.RouteType;

/**
 * By which device a namespace reaches an address (kernel net/ipv4/netfilter/nft_fib_ipv4.c nft_fib4_eval): what packet filters ask
 * to see whether a sender can have sent what came in. Own addresses are reached by none.
 */
public final class WayOut {
  private WayOut() {
  }

  /**
   * The number of the device.
   *
   * @param only the device that the way must lead by; empty for any
   */
  public static Optional<Integer> of(LabState lab, NetnsId netns, IpAddress to, Optional<String> only) {
    Optional<DeviceId> by = only.flatMap(name -> lab.find(new DeviceRef(netns, name))).map(Device::id);
    if (only.isPresent() && by.isEmpty()) {
      return Optional.empty();
    }
    PolicyRouting routing = new PolicyRouting(lab.find(netns).orElseThrow(), id -> lab.device(id).name(),
        row -> row.isUsable(hop -> !hop.dead()));
    return routing.lookup(RouteKey.to(to)).route().filter(row -> row.type() == RouteType.UNICAST)
        .flatMap(row -> device(row, by)).map(id -> lab.device(id).place().ifindex());
  }

  private static Optional<DeviceId> device(Route row, Optional<DeviceId> by) {
    return row.hops().stream().filter(hop -> !hop.dead()).map(NextHop::device)
        .filter(id -> by.isEmpty() || by.get().equals(id)).findFirst();
  }
}
