package org.hopscope.model.lab;

import java.util.Optional;
import java.util.function.Predicate;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.Netns;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.Route;
import org.hopscope.model.net.RouteType;
import org.hopscope.model.net.RoutingTables;
import org.hopscope.model.netfilter.AddressType;

/** What an address is to a namespace (kernel net/ipv4/fib_frontend.c __inet_dev_addr_type). */
public final class AddressTypes {
  private AddressTypes() {
  }

  /**
   * As its local table says; with a device's name, only rows by that device count. IPv4 takes any address for a broadcast
   * as long as a namespace has no local table at all.
   */
  public static AddressType of(LabState lab, NetnsId netns, IpAddress address, Optional<String> device) {
    return of(lab.find(netns).orElseThrow(), address, r -> device.isEmpty()
        || r.device().equals(lab.find(new DeviceRef(netns, device.get())).map(d -> d.id())));
  }

  /** As its local table says. */
  static AddressType of(Netns netns, IpAddress address) {
    return of(netns, address, _ -> true);
  }

  private static AddressType of(Netns netns, IpAddress address, Predicate<Route> counts) {
    if (address instanceof Ipv4Address(int bits) && (bits == 0 || bits == -1)) {
      return AddressType.BROADCAST;
    }
    if (address.isMulticast()) {
      return AddressType.MULTICAST;
    }
    RoutingTables tables = netns.tables(address.family());
    if (address.family() == IpFamily.INET && !tables.has(Netns.LOCAL)) {
      return AddressType.BROADCAST;
    }
    return tables.table(Netns.LOCAL).lookup(address, _ -> true).filter(counts).map(r -> type(r.type()))
        .orElse(AddressType.UNICAST);
  }

  /** bind(2): an own address, a group or a broadcast (kernel inet_addr_valid_or_nonlocal, __inet6_bind). */
  public static boolean mayBind(LabState lab, NetnsId netns, IpAddress address) {
    return switch (of(lab, netns, address, Optional.empty())) {
      case LOCAL, MULTICAST, BROADCAST -> true;
      case UNSPEC, UNICAST, ANYCAST, BLACKHOLE, UNREACHABLE, PROHIBIT, THROW, NAT, XRESOLVE -> false;
    };
  }

  private static AddressType type(RouteType type) {
    return switch (type) {
      case UNICAST -> AddressType.UNICAST;
      case LOCAL -> AddressType.LOCAL;
      case BROADCAST -> AddressType.BROADCAST;
      case BLACKHOLE -> AddressType.BLACKHOLE;
      case UNREACHABLE -> AddressType.UNREACHABLE;
      case PROHIBIT -> AddressType.PROHIBIT;
      case THROW -> AddressType.THROW;
      case ANYCAST -> AddressType.ANYCAST;
      case MULTICAST -> AddressType.MULTICAST;
    };
  }
}
