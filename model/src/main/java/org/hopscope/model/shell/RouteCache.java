package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.RouteFilter;
import org.hopscope.model.net.Netns;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.Route;
import org.hopscope.model.net.RouteException;
import org.hopscope.model.net.RouteProtocol;
import org.hopscope.model.net.Scope;
import org.hopscope.model.net.VirtualTime;
import org.pcollections.TreePMap;

/**
 * {@code ip route show cache}: what ICMP told about single destinations, each as the row that it hangs on would be for that
 * address alone (kernel fnhe_dump_bucket, rt6_nh_dump_exceptions).
 */
final class RouteCache {
  private RouteCache() {
  }

  static Command show(LabState lab, NetnsId netns, List<IpFamily> families, RouteFilter filter,
      IpProgram.Options options) {
    List<Answer.Routes.Row> rows = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    for (RouteException told : lab.learned().exceptions().getOrDefault(netns, TreePMap.empty()).values()) {
      Optional<Route> row = told.route().filter(_ -> told.isValidAt(lab.now())).map(r -> row(r, told));
      if (row.isPresent() && families.contains(told.destination().family())
          && filter.admits(row.get(), d -> lab.device(d).name())) {
        rows.add(new Answer.Routes.Row(Netns.MAIN, row.get()));
        lines.addAll(lines(lab, row.get(), told, options));
      }
    }
    return Command.Said.answered(
        options.json() ? List.of(RouteText.json(lab, rows, Set.of(), options.details())) : lines,
        new Answer.Routes(lab, netns, rows, Set.of()));
  }

  private static Route row(Route on, RouteException told) {
    IpAddress to = told.destination();
    boolean inet6 = to.family() == IpFamily.INET6;
    Route.Metrics metrics = Route.Metrics.NONE.withMtu(told.mtu().bytes(), told.mtu().locked());
    Optional<Route.NextHop> hop =
        on.hop().map(h -> new Route.NextHop(told.gateway().or(h::gateway), h.device(), false));
    return new Route(IpPrefix.host(to), on.type(), hop, Optional.empty(), inet6 ? on.metric() : 0,
        new Route.Origin(Scope.GLOBAL, inet6 ? on.origin().protocol() : RouteProtocol.BOOT, metrics));
  }

  private static List<String> lines(LabState lab, Route row, RouteException told, IpProgram.Options options) {
    String expires = "expires " + told.expires().since(lab.now()) / VirtualTime.SECOND + "sec ";
    Route bare = new Route(row.destination(), row.type(), row.hops(), row.prefSrc(), row.metric(),
        new Route.Origin(row.origin().scope(), row.origin().protocol(), Route.Metrics.NONE));
    String metrics =
        RouteMetrics.words(row.origin().metrics()).stream().map(m -> m + " ").collect(Collectors.joining());
    String line = RouteText.line(lab, bare);
    if (told.destination().family() == IpFamily.INET6) {
      return List.of(line.replaceFirst("pref medium$", expires + metrics + "pref medium"));
    }
    String cache = "    cache " + (told.gateway().isPresent() ? "<redirected> " : "") + expires + metrics;
    return options.oneLine() ? List.of(line + " \\" + cache) : List.of(line + " ", cache);
  }
}
