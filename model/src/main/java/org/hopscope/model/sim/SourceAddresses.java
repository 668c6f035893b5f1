package org.hopscope.model.sim;

import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.net.AssignedAddress;
import org.hopscope.model.net.Route;
import org.hopscope.model.net.Scope;

/** Chooses the address that the own host speaks from. */
final class SourceAddresses {
  private final Fabric fabric;

  SourceAddresses(Fabric fabric) {
    this.fabric = fabric;
  }

  /** For a packet that takes a route: the one it prefers, else one of its device (kernel fib_result_prefsrc). */
  Ipv4Address forRoute(Route route, Route.NextHop hop, NetDev device) {
    return route.prefSrc().map(Addresses::v4)
        .orElseGet(() -> select(device, hop.via(), route.origin().scope()));
  }

  /**
   * The first primary address of a device that is valid far enough, best one in whose subnet {@code towards} lies; when
   * the device has none, the first of any device. 0.0.0.0 when there is none at all (kernel inet_select_addr).
   *
   * @param scope how far the address must be valid; addresses of a nearer scope do not count
   */
  Ipv4Address select(NetDev device, Optional<IpAddress> towards, Scope scope) {
    Optional<AssignedAddress> first = Optional.empty();
    for (AssignedAddress row : device.device().addresses()) {
      if (!row.secondary() && row.scope().number() <= scope.number()) {
        if (towards.map(row.connected()::contains).orElse(true)) {
          return Addresses.v4(row.address());
        }
        first = first.or(() -> Optional.of(row));
      }
    }
    return first.or(() -> ofOthers(device, scope)).map(row -> Addresses.v4(row.address())).orElse(Ipv4Address.ANY);
  }

  private Optional<AssignedAddress> ofOthers(NetDev device, Scope scope) {
    return fabric.devices(device.netns()).stream().flatMap(d -> d.device().addresses().stream())
        .filter(a -> !a.secondary() && a.scope() != Scope.LINK && a.scope().number() <= scope.number()).findFirst();
  }
}
