package org.hopscope.model.lab;

import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.Netns;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.Route;
import org.hopscope.model.net.RouteType;
import org.hopscope.model.netfilter.AddressType;

/** What an address is to a namespace (kernel net/ipv4/fib_frontend.c __inet_dev_addr_type). */
public final class AddressTypes {
  private AddressTypes() {
  }

  /** As its local table says; with a device's name, only rows by that device count. */
  public static AddressType of(LabState lab, NetnsId netns, IpAddress address, Optional<String> device) {
    if (address instanceof Ipv4Address(int bits) && (bits >>> 24 == 0 || bits == -1)) {
      return AddressType.BROADCAST;
    }
    if (address.isMulticast()) {
      return AddressType.MULTICAST;
    }
    Optional<Route> row = lab.find(netns).orElseThrow().tables(address.family()).table(Netns.LOCAL)
        .lookup(address, _ -> true)
        .filter(r -> device.isEmpty() || r.device().equals(
            lab.find(new DeviceRef(netns, device.get())).map(d -> d.id())));
    return row.map(r -> type(r.type())).orElse(AddressType.UNICAST);
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
