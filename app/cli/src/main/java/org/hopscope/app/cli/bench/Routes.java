package org.hopscope.app.cli.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.net.Route;
import org.hopscope.model.net.RouteProtocol;
import org.hopscope.model.net.RouteType;
import org.hopscope.model.net.RoutingTable;
import org.hopscope.model.net.Scope;

/** Longest-prefix match in one large routing table, as the packet path asks it. */
final class Routes {
  private static final int DESTINATIONS = 4096;
  private static final int ROUNDS = 400;
  private static final double SECOND = 1e9;

  private Routes() {
  }

  static List<Figure> of(int n) {
    Random random = new Random(7);
    RoutingTable table = RoutingTable.EMPTY;
    for (int i = 0; i < n; i++) {
      table = table.with(row(IpPrefix.around(new Ipv4Address(random.nextInt()), 8 + random.nextInt(25))));
    }
    List<Ipv4Address> destinations = new ArrayList<>();
    for (int i = 0; i < DESTINATIONS; i++) {
      int somewhere = ((Ipv4Address) table.rows().get(random.nextInt(n)).destination().address()).bits();
      destinations.add(new Ipv4Address(somewhere | random.nextInt(256)));
    }
    List<Double> times = new ArrayList<>();
    long found = 0;
    for (int i = 0; i < ROUNDS; i++) {
      long start = System.nanoTime();
      for (Ipv4Address destination : destinations) {
        found += table.lookup(destination, _ -> true).isPresent() ? 1 : 0;
      }
      times.add((System.nanoTime() - start) / SECOND);
    }
    if (found == 0) {
      throw new IllegalStateException("nothing was found");
    }
    return List.of(new Figure("routes", "n=" + n, "lookups_per_s", DESTINATIONS / Bench.medianOfLater(times), "1/s"));
  }

  private static Route row(IpPrefix to) {
    return new Route(to, RouteType.BLACKHOLE, Optional.empty(), Optional.empty(), 0,
        new Route.Origin(Scope.GLOBAL, RouteProtocol.STATIC, 0));
  }
}
