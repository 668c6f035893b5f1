package org.hopscope.model.lab;

import java.util.Map;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.Learned;
import org.hopscope.model.net.Netns;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.RouteException;
import org.hopscope.model.net.RoutingTables;
import org.pcollections.PSortedMap;

/**
 * What becomes of what ICMP told about ways when the routing tables change: it goes with the row that it hangs on, whatever
 * comes in its place (kernel free_fib_info, fib6_info_destroy_rcu), and follows the MTU of the device (fib_sync_mtu).
 */
final class PathNotes {
  private PathNotes() {
  }

  static LabState settle(LabState before, LabState after) {
    LabState settled = after;
    for (Map.Entry<NetnsId, PSortedMap<IpAddress, RouteException>> told : after.learned().exceptions().entrySet()) {
      Optional<Netns> was = before.find(told.getKey());
      Optional<Netns> is = after.find(told.getKey());
      boolean same = was.isPresent() && is.isPresent() && was.get().inet() == is.get().inet()
          && was.get().inet6() == is.get().inet6() && before.devices() == after.devices();
      if (!same && is.isPresent()) {
        settled = settled.withLearned(rows(before, after, is.get(), settled.learned(), told.getValue()));
      }
    }
    return settled;
  }

  private static Learned rows(LabState before, LabState after, Netns netns, Learned learned,
      PSortedMap<IpAddress, RouteException> told) {
    Learned left = learned.withoutRouteExceptions(netns.id());
    for (RouteException row : told.values()) {
      if (row.route().isEmpty() || stands(netns.tables(row.destination().family()), row)) {
        left = left.withRouteException(netns.id(), widths(before, after, row));
      }
    }
    return left;
  }

  private static boolean stands(RoutingTables tables, RouteException told) {
    return tables.byNumber().values().stream().flatMap(t -> t.rows().stream()).anyMatch(told::hangsOn);
  }

  private static RouteException widths(LabState before, LabState after, RouteException told) {
    Optional<Device> is = told.route().flatMap(r -> r.device()).map(d -> after.devices().get(d));
    Optional<Device> was = is.map(d -> before.devices().get(d.id()));
    return was.isPresent() && is.isPresent() && was.get().link().mtu() != is.get().link().mtu()
        ? told.afterMtu(is.get().id(), was.get().link().mtu(), is.get().link().mtu())
        : told;
  }
}
