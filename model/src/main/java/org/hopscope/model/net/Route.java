package org.hopscope.model.net;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpPrefix;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/**
 * A row of a routing table (kernel struct fib_alias with its fib_info), as ip-route(8) shows it.
 *
 * @param destination the network it is for
 * @param type what it does with a packet
 * @param hops where it sends it: none for the types that send nowhere, several for a multipath route
 * @param prefSrc the source address it prefers for packets of the own host
 * @param metric lower wins among routes to the same destination; 0 to 4294967295, compared as unsigned
 * @param origin scope, protocol and what a person added to it
 */
public record Route(IpPrefix destination, RouteType type, List<NextHop> hops, Optional<IpAddress> prefSrc,
    int metric, Origin origin) {
  public Route {
    hops = List.copyOf(hops);
  }

  /** As of any record, written out: tables are searched for rows at every change of a device. */
  @Override
  public boolean equals(Object other) {
    return this == other || other instanceof Route that && metric == that.metric && type == that.type
        && destination.equals(that.destination) && hops.equals(that.hops) && prefSrc.equals(that.prefSrc)
        && origin.equals(that.origin);
  }

  @Override
  public int hashCode() {
    return Objects.hash(destination, type, hops, prefSrc, metric, origin);
  }

  /** A route with at most one next hop. */
  public Route(IpPrefix destination, RouteType type, Optional<NextHop> hop, Optional<IpAddress> prefSrc, int metric,
      Origin origin) {
    this(destination, type, hop.map(List::of).orElse(List.of()), prefSrc, metric, origin);
  }

  /**
   * Where a route sends a packet (kernel struct fib_nh).
   *
   * @param via the gateway; empty when the destination is on the link
   * @param device the device it leaves by
   * @param onlink whether the gateway is taken to be on the link whatever the table says (sem-R4)
   * @param weight how large its share of the flows is among several, 1 to 256
   * @param dead whether its device was switched off or lost its addresses since: only one of several can be (RTNH_F_DEAD)
   * @param own whether the gateway was reached over a route of scope host when the route was made, as an address of one's
   *     own is: then it is shown, and the destination counts as on the link all the same (fib_check_nh_v4_gw,
   *     rt_set_nexthop)
   */
  public record NextHop(Optional<IpAddress> via, DeviceId device, boolean onlink, int weight, boolean dead,
      boolean own) {
    /** As of any record, written out: routes are told apart by their devices first. */
    @Override
    public boolean equals(Object other) {
      return this == other || other instanceof NextHop that && device.equals(that.device) && via.equals(that.via)
          && onlink == that.onlink && weight == that.weight && dead == that.dead && own == that.own;
    }

    @Override
    public int hashCode() {
      return Objects.hash(via, device, onlink, weight, dead, own);
    }

    /** A next hop that is the only one. */
    public NextHop(Optional<IpAddress> via, DeviceId device, boolean onlink) {
      this(via, device, onlink, 1, false, false);
    }

    public NextHop withDead(boolean value) {
      return new NextHop(via, device, onlink, weight, value, own);
    }

    public NextHop withWeight(int value) {
      return new NextHop(via, device, onlink, value, dead, own);
    }

    /** The gateway that packets are sent to, if they are sent to one. */
    public Optional<IpAddress> gateway() {
      return own ? Optional.empty() : via;
    }
  }

  /**
   * What a route carries besides its match and its action.
   *
   * @param scope how far the destination is
   * @param protocol who made it
   * @param metrics what it says about the path
   */
  public record Origin(Scope scope, RouteProtocol protocol, Metrics metrics) {
    /** With no more said about the path than its MTU, 0 for nothing. */
    public Origin(Scope scope, RouteProtocol protocol, int mtu) {
      this(scope, protocol, Metrics.ofMtu(mtu));
    }

    /** The {@code mtu} attribute, 0 when none. */
    public int mtu() {
      return metrics.mtu();
    }
  }

  /**
   * What a route says about the path (kernel RTAX_*, ip-route(8)).
   *
   * @param mtu the MTU in bytes, 0 when none is said
   * @param mtuLocked whether the MTU holds whatever routers say, and DF is never set ({@code mtu lock})
   * @param advmss the largest TCP segment that is announced, 0 when none is said
   * @param hopLimit the TTL of the own packets, 0 when none is said
   * @param others what else is said, in the words that {@code ip route} prints
   */
  public record Metrics(int mtu, boolean mtuLocked, int advmss, int hopLimit,
      PSortedMap<PathMetric, String> others) {
    /** Nothing said. */
    public static final Metrics NONE = new Metrics(0, false, 0, 0, TreePMap.empty());

    /** Whether all that is said here is said by it as well (kernel fib_metrics_match). */
    public boolean says(Metrics wish) {
      return (wish.mtu == 0 || wish.mtu == mtu) && (wish.advmss == 0 || wish.advmss == advmss)
          && (wish.hopLimit == 0 || wish.hopLimit == hopLimit)
          && wish.others.entrySet().stream().allMatch(e -> e.getValue().equals(others.get(e.getKey())));
    }

    /** With another MTU. */
    public Metrics withMtu(int value, boolean locked) {
      return new Metrics(value, locked, advmss, hopLimit, others);
    }

    /** An MTU alone. */
    public static Metrics ofMtu(int mtu) {
      return mtu == 0 ? NONE : NONE.withMtu(mtu, false);
    }
  }

  /** Its first next hop, if it has any. */
  public Optional<NextHop> hop() {
    return hops.isEmpty() ? Optional.empty() : Optional.of(hops.getFirst());
  }

  /** The device it leaves by, if it sends anywhere; of several the first. */
  public Optional<DeviceId> device() {
    return hop().map(NextHop::device);
  }

  /** The gateway, if it has one; of several the first. */
  public Optional<IpAddress> via() {
    return hop().flatMap(NextHop::via);
  }

  /** Whether it spreads flows over several next hops. */
  public boolean isMultipath() {
    return hops.size() > 1;
  }

  /**
   * Whether other rows or next hops may stand in for it, by what is known of neighbours just now: of several next hops, or of
   * several default routes (kernel fib_select_path).
   */
  public boolean isOneOfSeveral() {
    return isMultipath() || destination.isDefault() && via().isPresent();
  }

  /** Whether one of its next hops leaves by this device. */
  public boolean leavesBy(DeviceId device) {
    for (NextHop hop : hops) {
      if (hop.device().equals(device)) {
        return true;
      }
    }
    return false;
  }

  /** The same by way of one of its next hops alone. */
  public Route through(NextHop hop) {
    return isMultipath() ? withHops(List.of(hop)) : this;
  }

  /** With other next hops. */
  public Route withHops(List<NextHop> value) {
    return new Route(destination, type, value, prefSrc, metric, origin);
  }

  /** With each next hop changed. */
  public Route mapHops(UnaryOperator<NextHop> change) {
    return new Route(destination, type, hops.stream().map(change).toList(), prefSrc, metric, origin);
  }

  /**
   * Whether a packet may take it: it sends nowhere, or one of its next hops lives and is fit for it (fib_table_lookup).
   */
  public boolean isUsable(Predicate<NextHop> fit) {
    for (NextHop hop : hops) {
      if (!hop.dead() && fit.test(hop)) {
        return true;
      }
    }
    return hops.isEmpty();
  }

  /** The order of metrics: unsigned. */
  public static Comparator<Route> byMetric() {
    return (one, other) -> Integer.compareUnsigned(one.metric, other.metric);
  }
}
