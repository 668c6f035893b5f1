package org.hopscope.model.lab;

import java.util.Optional;
import java.util.function.Predicate;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.PolicyRouting;
import org.hopscope.model.net.Route;
import org.hopscope.model.net.Route.NextHop;
import org.hopscope.model.net.RouteKey;
import org.hopscope.model.net.RouteType;
import org.hopscope.model.netfilter.Surroundings;

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
    return routing(lab, netns, _ -> true).lookup(RouteKey.to(to)).route().filter(row -> row.type() == RouteType.UNICAST)
        .flatMap(row -> device(row, by)).map(id -> lab.device(id).place().ifindex());
  }

  /** Whether answers find their way back (kernel rpfilter_lookup_reverse, rpfilter_lookup_reverse6). */
  public static boolean leadsBack(LabState lab, NetnsId netns, Surroundings.Back question) {
    DeviceId in = lab.find(new DeviceRef(netns, question.in())).orElseThrow().id();
    boolean six = question.to().family() == IpFamily.INET6;
    boolean strictly = six && (!question.loose() || question.to().isLinkLocal());
    RouteKey key = new RouteKey(question.to(), question.from(), Optional.empty(),
        strictly ? Optional.of(in) : Optional.empty(), question.mark(),
        new RouteKey.Upper(0, 0, 0, six ? 0 : question.trafficClass()));
    Optional<Route> best = routing(lab, netns, _ -> true).lookup(key).route();
    Optional<Route> chosen = strictly ? best.map(row -> routing(lab, netns, r -> r.leavesBy(in)).lookup(key).route()
        .filter(r -> r.destination().equals(row.destination())).orElse(row)) : best;
    return chosen.filter(row -> switch (row.type()) {
      case UNICAST -> question.loose() || row.leavesBy(in);
      case LOCAL -> question.takesLocal() && (six || question.loose() || row.leavesBy(in));
      case BROADCAST, ANYCAST, MULTICAST, BLACKHOLE, UNREACHABLE, PROHIBIT, THROW -> false;
    }).isPresent();
  }

  private static PolicyRouting routing(LabState lab, NetnsId netns, Predicate<Route> among) {
    return new PolicyRouting(lab.find(netns).orElseThrow(), id -> lab.device(id).name(),
        row -> row.isUsable(hop -> !hop.dead()) && among.test(row));
  }

  private static Optional<DeviceId> device(Route row, Optional<DeviceId> by) {
    return row.hops().stream().filter(hop -> !hop.dead()).map(NextHop::device)
        .filter(id -> by.isEmpty() || by.get().equals(id)).findFirst();
  }
}
