package org.hopscope.model.lab;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.Netns;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.PolicyRouting;
import org.hopscope.model.net.Route;
import org.hopscope.model.net.Route.NextHop;
import org.hopscope.model.net.Route.Origin;
import org.hopscope.model.net.RouteKey;
import org.hopscope.model.net.RouteProtocol;
import org.hopscope.model.net.RouteType;
import org.hopscope.model.net.RoutingTable;
import org.hopscope.model.net.RoutingTables;
import org.hopscope.model.net.Scope;
import org.pcollections.PVector;

/** Rows of routing tables come and go ({@code ip route}; kernel net/ipv4/fib_trie.c, fib_semantics.c). */
final class RouteEdits {
  /** What the kernel takes instead of more (net/ipv4/metrics.c ip_metrics_convert). */
  private static final int MAX_MTU = 65535 - 15;
  private static final int MAX_ADVMSS = 65535 - 40;
  private static final int MAX_HOP_LIMIT = 255;

  private RouteEdits() {
  }

  static LabState add(LabState lab, NetnsId where, NewRoute wish, RouteMode mode) {
    Netns netns = Find.netns(lab, where);
    IpFamily family = wish.destination().address().family();
    int number = tableOf(wish.options(), wish.type());
    if (family == IpFamily.INET6) {
      return Route6Edits.add(lab, netns, number, wish, mode);
    }
    Route row = row(lab, netns, number, wish);
    return lab.with(netns.withTable(family, number, put(netns.tables(family).table(number), row, mode)));
  }

  /** fib_table_insert: what counts as "there already" is a row for the same network with the same metric. */
  private static RoutingTable put(RoutingTable table, Route row, RouteMode mode) {
    Optional<Route> first = table.like(row);
    if (first.isEmpty()) {
      if (mode == RouteMode.CHANGE) {
        throw RefusedException.kernel(Errno.ENOENT);
      }
      return table.with(row);
    }
    boolean same = table.rows().contains(row);
    return switch (mode) {
      case ADD -> throw RefusedException.kernel(Errno.EEXIST);
      case APPEND, PREPEND -> {
        if (same) {
          throw RefusedException.kernel(Errno.EEXIST);
        }
        yield mode == RouteMode.APPEND ? table.with(row) : table.withFirst(row);
      }
      case REPLACE, CHANGE -> {
        if (same && !first.get().equals(row)) {
          throw RefusedException.kernel(Errno.EEXIST);
        }
        yield new RoutingTable(table.rows().with(table.rows().indexOf(first.get()), row));
      }
    };
  }

  private static Route row(LabState lab, Netns netns, int table, NewRoute wish) {
    Scope scope = wish.options().scope().orElseGet(() -> defaultScope(wish));
    if (leastScope(wish.type()).number() > scope.number() || scope == Scope.NOWHERE) {
      throw RefusedException.kernel(Errno.EINVAL, "Invalid scope.");
    }
    List<NextHop> hops = switch (wish.type()) {
      case UNICAST, LOCAL, BROADCAST, ANYCAST, MULTICAST -> hops(lab, netns, table, wish, scope);
      case BLACKHOLE, UNREACHABLE, PROHIBIT, THROW -> {
        if (wish.hops().size() > 1 || wish.via().isPresent() || wish.device().isPresent()) {
          wish.hops().forEach(h -> h.device().ifPresent(d -> Find.device(lab, new DeviceRef(netns.id(), d))));
          throw RefusedException.kernel(Errno.EINVAL,
              "Gateway, device and multipath can not be specified for this route type.");
        }
        yield List.of();
      }
    };
    Optional<IpAddress> source = wish.options().src().filter(s -> !s.isUnspecified());
    if (!hops.isEmpty() && source.isPresent() && !isLocal(lab, netns, table, source.get())
        && !isItself(wish, source.get())) {
      throw RefusedException.kernel(Errno.EINVAL, "Invalid prefsrc address.");
    }
    return new Route(wish.destination(), wish.type(), hops, source, wish.options().metric().orElse(0),
        new Origin(scope, wish.options().protocol().orElse(RouteProtocol.BOOT), capped(wish.options().metrics())));
  }

  private static List<NextHop> hops(LabState lab, Netns netns, int table, NewRoute wish, Scope scope) {
    if (scope == Scope.HOST && wish.hops().size() > 1) {
      throw RefusedException.kernel(Errno.EINVAL, "Route with host scope can not have multiple nexthops.");
    }
    Nexthops nexthops = new Nexthops(lab, netns, table, scope);
    return wish.hops().stream().map(nexthops::resolve).toList();
  }

  private static Route.Metrics capped(Route.Metrics said) {
    return new Route.Metrics(Math.min(said.mtu(), MAX_MTU), said.mtuLocked(), Math.min(said.advmss(), MAX_ADVMSS),
        Math.min(said.hopLimit(), MAX_HOP_LIMIT), said.others());
  }

  private static boolean isLocal(LabState lab, Netns netns, int table, IpAddress address) {
    Predicate<Route> local = r -> r.type() == RouteType.LOCAL;
    return new PolicyRouting(netns, d -> lab.device(d).name(), _ -> true).local(RouteKey.to(address)).filter(local)
        .isPresent()
        || table != Netns.MAIN && netns.inet().table(table).lookup(address, _ -> true).filter(local).isPresent();
  }

  private static boolean isItself(NewRoute wish, IpAddress source) {
    return wish.type() == RouteType.LOCAL && wish.destination().address().equals(source);
  }

  /** What iproute2 chooses (iproute.c iproute_modify): a route without a gateway leads to the link only. */
  private static Scope defaultScope(NewRoute wish) {
    return switch (wish.type()) {
      case LOCAL -> Scope.HOST;
      case BROADCAST, ANYCAST, MULTICAST -> Scope.LINK;
      case UNICAST -> wish.hops().size() == 1 && wish.via().isEmpty() ? Scope.LINK : Scope.GLOBAL;
      case BLACKHOLE, UNREACHABLE, PROHIBIT, THROW -> Scope.GLOBAL;
    };
  }

  /** The widest scope of a type (fib_props). */
  private static Scope leastScope(RouteType type) {
    return switch (type) {
      case LOCAL -> Scope.HOST;
      case BROADCAST, ANYCAST, MULTICAST -> Scope.LINK;
      case UNICAST, BLACKHOLE, UNREACHABLE, PROHIBIT, THROW -> Scope.GLOBAL;
    };
  }

  /** Table 0 means none said (RT_TABLE_UNSPEC). */
  private static int tableOf(RouteOptions said, RouteType type) {
    said.table().filter(t -> t < 0).ifPresent(t -> {
      throw RefusedException.unsupported("table " + Integer.toUnsignedString(t));
    });
    return said.table().filter(t -> t != 0).orElse(switch (type) {
      case LOCAL, BROADCAST, ANYCAST -> Netns.LOCAL;
      case UNICAST, MULTICAST, BLACKHOLE, UNREACHABLE, PROHIBIT, THROW -> Netns.MAIN;
    });
  }

  /** The first row that agrees with all that is said (fib_table_delete, fib_nh_match). */
  static LabState delete(LabState lab, NetnsId where, NewRoute wish, boolean typeGiven) {
    Netns netns = Find.netns(lab, where);
    Optional<DeviceId> device =
        wish.device().map(d -> Find.device(lab, new DeviceRef(where, d))).map(Device::id);
    int number = tableOf(wish.options(), typeGiven ? wish.type() : RouteType.UNICAST);
    if (wish.destination().address().family() == IpFamily.INET6) {
      return Route6Edits.delete(lab, netns, number, wish);
    }
    if (!exists(netns.inet(), number)) {
      throw RefusedException.kernel(Errno.ESRCH, "FIB table does not exist.");
    }
    PVector<Route> rows = netns.inet().table(number).rows();
    for (int i = 0; i < rows.size(); i++) {
      Route row = rows.get(i);
      if (row.destination().equals(wish.destination()) && (!typeGiven || row.type() == wish.type())
          && (device.isEmpty() || row.device().equals(device)) && agrees(lab, row, wish)) {
        return lab.with(netns.withTable(IpFamily.INET, number, new RoutingTable(rows.minus(i))));
      }
    }
    throw RefusedException.kernel(Errno.ESRCH);
  }

  /** A table exists once somebody put a row in it; the main one comes with the local one (kernel fib_new_table). */
  private static boolean exists(RoutingTables tables, int number) {
    return tables.has(number) || number == Netns.MAIN && tables.has(Netns.LOCAL);
  }

  private static boolean agrees(LabState lab, Route row, NewRoute wish) {
    RouteOptions said = wish.options();
    return (wish.via().isEmpty() || row.via().equals(wish.via()))
        && (wish.hops().size() == 1 || agree(lab, row.hops(), wish.hops()))
        && (said.src().isEmpty() || row.prefSrc().equals(said.src()))
        && said.metric().filter(m -> m != 0 && m != row.metric()).isEmpty()
        && said.scope().filter(s -> s != Scope.NOWHERE && s != row.origin().scope()).isEmpty()
        && said.protocol().filter(p -> !p.equals(row.origin().protocol())).isEmpty()
        && row.origin().metrics().says(said.metrics());
  }

  /** All that is said of several next hops, in their order. */
  private static boolean agree(LabState lab, List<NextHop> hops, List<NewHop> said) {
    return hops.size() <= said.size() && IntStream.range(0, hops.size())
        .allMatch(i -> said.get(i).via().filter(v -> !hops.get(i).via().equals(Optional.of(v))).isEmpty()
            && said.get(i).device().filter(d -> !lab.device(hops.get(i).device()).name().equals(d)).isEmpty());
  }

  /** iproute2 lists the rows and deletes one after the other; a table that is not there has none to list. */
  static LabState flush(LabState lab, NetnsId where, IpFamily family, RouteFilter filter) {
    Netns netns = Find.netns(lab, where);
    filter.device().ifPresent(d -> Find.device(lab, new DeviceRef(where, d)));
    boolean always =
        family == IpFamily.INET6 && filter.table().filter(t -> t == Netns.MAIN || t == Netns.LOCAL).isPresent();
    if (!always && filter.table().filter(t -> !exists(netns.tables(family), t)).isPresent()) {
      throw RefusedException.kernel(Errno.ENOENT, family.protocol() + ": FIB table does not exist.");
    }
    Netns left = netns;
    for (int number : filter.table().map(Set::of).orElse(netns.tables(family).byNumber().keySet())) {
      RoutingTable table = netns.tables(family).table(number);
      RoutingTable kept = table.without(r -> filter.admits(r, d -> lab.device(d).name()));
      left = kept == table ? left : left.withTable(family, number, kept);
    }
    return left == netns ? lab : lab.with(left);
  }

  static LabState flushCache(LabState lab, NetnsId where) {
    return lab.withLearned(lab.learned().withoutRouteExceptions(Find.netns(lab, where).id()));
  }
}
