package org.hopscope.model.net;

import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpPrefix;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.pcollections.TreePVector;

/** Longest-prefix match over tables from a learner's to an unreasonable one. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class RoutingBenchmark {
  private static final int DESTINATIONS = 1024;

  /** How many routes the table has. */
  @Param({"4", "100", "1000", "10000"})
  public int routes;

  private RoutingTable table;
  private IpAddress[] destinations;
  private int next;

  /** Fills the table and draws the addresses to look up, the same each time. */
  @Setup
  public void fill() {
    var random = new Random(7);
    table = RoutingTable.EMPTY;
    for (int i = 0; i < routes; i++) {
      table = table.with(route(IpPrefix.of("10." + random.nextInt(256) + "." + random.nextInt(256) + ".0/24")));
    }
    destinations = new IpAddress[DESTINATIONS];
    for (int i = 0; i < DESTINATIONS; i++) {
      destinations[i] = IpAddress.of("10." + random.nextInt(256) + "." + random.nextInt(256) + ".9");
    }
  }

  /** One lookup, of another address each time. */
  @Benchmark
  public Optional<Route> lookup() {
    next = (next + 1) % DESTINATIONS;
    return table.lookup(destinations[next], _ -> true);
  }

  private static Route route(IpPrefix destination) {
    return new Route(destination, RouteType.BLACKHOLE, Optional.empty(), Optional.empty(), 0,
        new Route.Origin(org.hopscope.model.net.Scope.GLOBAL, RouteProtocol.STATIC, 0));
  }
}
