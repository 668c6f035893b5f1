package org.hopscope.model.sim;

import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.PolicyRouting;
import org.hopscope.model.net.PolicyRule;
import org.hopscope.model.net.Route;
import org.hopscope.model.net.Route.NextHop;
import org.hopscope.model.net.RouteKey;
import org.hopscope.model.net.RouteType;

/**
 * Asks routing tables in the order of the policy rules, with what counts while packets are under way: carrier, and the
 * device a packet is bound to (kernel net/ipv4/fib_trie.c fib_table_lookup).
 */
final class Fib {
  private final Fabric fabric;

  Fib(Fabric fabric) {
    this.fabric = fabric;
  }

  /**
   * What the tables said.
   *
   * @param answer the table and the row
   * @param hop the first next hop of the row that can be used
   */
  record Result(PolicyRouting.Answer answer, Optional<NextHop> hop) {
    /** Nobody was asked. */
    static final Result UNASKED =
        new Result(new PolicyRouting.Answer(0, Optional.empty(), Optional.empty()), Optional.empty());

    Optional<Route> route() {
      return answer.route();
    }

    /** What refuses the packet, a row or a rule; THROW where nothing does and no row was found. */
    RouteType refusedAs() {
      return route().map(Route::type)
          .or(() -> answer.refusal()
              .map(r -> r.action() instanceof PolicyRule.Refuse refuse ? refuse.told() : RouteType.BLACKHOLE))
          .orElse(RouteType.THROW);
    }

    boolean is(RouteType type) {
      return route().filter(r -> r.type() == type).isPresent();
    }
  }

  /** The best row for a packet; without rules of one's own only the destination and the device to leave by count. */
  Result lookup(NetnsId netns, RouteKey key) {
    RouteKey asked = fabric.netns(netns).tables(key.destination().family()).rules().custom() ? key
        : RouteKey.to(key.destination()).by(key.outgoing());
    PolicyRouting.Answer answer = routing(netns, asked.outgoing()).lookup(asked);
    return new Result(answer, answer.route().flatMap(row -> firstUsable(row, asked.outgoing())));
  }

  private Optional<NextHop> firstUsable(Route row, Optional<DeviceId> out) {
    for (NextHop hop : row.hops()) {
      if (!hop.dead() && isUsable(row, hop, out)) {
        return Optional.of(hop);
      }
    }
    return Optional.empty();
  }

  private PolicyRouting routing(NetnsId netns, Optional<DeviceId> out) {
    return out.isPresent() ? fresh(netns, out) : fabric.net(netns)
        .routing(() -> new Fib(fabric.configured().lasting()).fresh(netns, out));
  }

  private PolicyRouting fresh(NetnsId netns, Optional<DeviceId> out) {
    return new PolicyRouting(fabric.netns(netns), id -> fabric.device(id).device().name(),
        row -> row.isUsable(hop -> isUsable(row, hop, out)));
  }

  /** The next hops of a row that can be used. */
  List<NextHop> usable(Route row, Optional<DeviceId> out) {
    return row.hops().stream().filter(hop -> !hop.dead() && isUsable(row, hop, out)).toList();
  }

  /** Wrong device, or without carrier where that counts. */
  private boolean isUsable(Route row, NextHop hop, Optional<DeviceId> out) {
    NetDev device = fabric.device(hop.device());
    boolean linkdown = row.type() != RouteType.LOCAL && !device.carrier()
        && fabric.ignoresLinkdown(device, row.destination().address().family());
    return !linkdown && out.map(hop.device()::equals).orElse(true);
  }

  /** What kind of address it is to a namespace; empty for one that no table knows. */
  Optional<RouteType> typeOf(NetnsId netns, IpAddress address) {
    return routing(netns, Optional.empty()).typeOf(address);
  }

  /** Whether an address is a subnet's broadcast address here (kernel inet_addr_type == RTN_BROADCAST). */
  boolean isBroadcast(NetnsId netns, IpAddress address) {
    return typeOf(netns, address).filter(t -> t == RouteType.BROADCAST).isPresent();
  }

  /** Whether an IPv4 address may be bound to although nobody has it: a group, or a broadcast. */
  boolean isForMany(NetnsId netns, IpAddress address) {
    return address.family() == IpFamily.INET && (address.isMulticast() || address.equals(Ipv4Address.LIMITED_BROADCAST)
        || isBroadcast(netns, address));
  }

  /**
   * The hardware address of an IPv4 address that the own tables call a broadcast or a group: nobody is asked for it (kernel
   * net/ipv4/arp.c arp_constructor).
   */
  Optional<MacAddress> forMany(NetnsId netns, IpAddress address) {
    Optional<RouteType> type = address.family() == IpFamily.INET ? typeOf(netns, address) : Optional.empty();
    return type.flatMap(t -> switch (t) {
      case BROADCAST -> Optional.of(MacAddress.BROADCAST);
      case MULTICAST -> Optional.of(MacAddress.ofGroup(address));
      case UNICAST, LOCAL, ANYCAST, BLACKHOLE, UNREACHABLE, PROHIBIT, THROW -> Optional.empty();
    });
  }

  /** From where a socket speaks that was bound to an address: of one for many, the kernel chooses (inet_saddr). */
  Optional<IpAddress> speaker(NetnsId netns, Optional<IpAddress> bound) {
    return bound.filter(b -> !isForMany(netns, b));
  }

  /** Whether a route names an address as its gateway by a device (kernel ip_fib_check_default). */
  boolean isGateway(NetDev device, IpAddress address) {
    return fabric.netns(device.netns()).tables(address.family()).byNumber().values().stream()
        .flatMap(table -> table.rows().stream()).flatMap(row -> row.hops().stream())
        .anyMatch(hop -> hop.device().equals(device.id()) && hop.via().filter(address::equals).isPresent());
  }

  /** Whether an address is one of the namespace's own (kernel inet_addr_type == RTN_LOCAL). */
  boolean isLocal(NetnsId netns, IpAddress address) {
    return fabric.net(netns).isLocal(address,
        a -> typeOf(netns, a).filter(t -> t == RouteType.LOCAL).isPresent());
  }
}
