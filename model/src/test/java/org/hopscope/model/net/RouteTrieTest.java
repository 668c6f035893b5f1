package org.hopscope.model.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.addr.Ipv6Address;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A routing table answers as a walk through all of its rows would, whatever was put in and taken out and in which order. */
class RouteTrieTest {
  private final Random random = new Random(11);

  private IpAddress address(int width) {
    return width == 32
        ? new Ipv4Address(random.nextInt(4) << 30 | random.nextInt(8) << 8 | random.nextInt(4))
        : new Ipv6Address((long) random.nextInt(4) << 62 | random.nextInt(4), (long) random.nextInt(4) << 62
            | random.nextInt(4));
  }

  private Route route(int width) {
    IpPrefix to = IpPrefix.around(address(width), random.nextInt(width + 1));
    return new Route(to, RouteType.BLACKHOLE, List.of(), Optional.empty(), random.nextInt(3) - 1,
        new Route.Origin(Scope.GLOBAL, RouteProtocol.STATIC, random.nextInt(1000)));
  }

  private static Optional<Route> walked(RoutingTable table, IpAddress to, Predicate<Route> usable) {
    return table.rows().stream().filter(r -> r.destination().contains(to)).filter(usable)
        .min(Comparator.comparingInt((Route r) -> -r.destination().length()).thenComparing(Route.byMetric()));
  }

  @ParameterizedTest
  @ValueSource(ints = {32, 128})
  void theLongestPrefixWinsThenTheLowestMetricThenTheOlderRow(int width) {
    RoutingTable table = RoutingTable.EMPTY;
    for (int i = 0; i < 400; i++) {
      Route row = route(width);
      table = switch (random.nextInt(8)) {
        case 0 -> table.without(r -> r.origin().mtu() % 5 == 0);
        case 1, 2 -> table.withFirst(row);
        default -> table.with(row);
      };
      assertThat(table).isEqualTo(new RoutingTable(table.rows()));
      IpAddress to = address(width);
      Predicate<Route> usable = r -> r.origin().mtu() % 3 != 0;
      assertThat(table.lookup(to, _ -> true)).isEqualTo(walked(table, to, _ -> true));
      assertThat(table.lookup(to, usable)).isEqualTo(walked(table, to, usable));
    }
  }
}
