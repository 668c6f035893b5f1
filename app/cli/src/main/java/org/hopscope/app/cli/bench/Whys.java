package org.hopscope.app.cli.bench;

import java.util.ArrayList;
import java.util.List;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Session;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.why.Explanation;
import org.hopscope.model.why.WhyNot;

/** How long "why not?" takes in a star of so many hosts with one fault; the faults come round in turn. */
final class Whys {
  private static final int ROUNDS = 40;
  private static final double MILLION = 1e6;
  private static final List<List<String>> FAULTS = List.of(List.of("ip -n h2 link set eth0 down"),
      List.of("ip link set p2 nomaster"), List.of("ip netns exec h2 iptables -A INPUT -p icmp -j DROP"),
      List.of("ip -n h2 addr add 10.1.200.2/16 dev eth0", "ip -n h2 addr del 10.1.0.2/16 dev eth0"),
      List.of("ip -n h1 neigh replace 10.1.0.2 lladdr 02:00:00:00:77:77 dev eth0 nud permanent"));

  private Whys() {
  }

  static List<Figure> measure(int n) {
    LabState star = Labs.star(n);
    Probe probe = Probe.ping(Labs.host(1), IpAddress.of(Labs.address(2)));
    List<Double> times = new ArrayList<>();
    double worst = 0;
    for (int i = 0; i < ROUNDS; i++) {
      Session session = new Session(star);
      Labs.type(session, FAULTS.get(i % FAULTS.size()).toArray(String[]::new));
      long start = System.nanoTime();
      Explanation why = WhyNot.ask(session.state(), probe);
      double millis = (System.nanoTime() - start) / MILLION;
      if (why.suggestions().isEmpty()) {
        throw new IllegalStateException("nothing helps: " + FAULTS.get(i % FAULTS.size()));
      }
      times.add(millis);
      worst = i < FAULTS.size() ? worst : Math.max(worst, millis);
    }
    return List.of(new Figure("why", "n=" + n, "first_ms", times.getFirst(), "ms"),
        new Figure("why", "n=" + n, "why_ms", Bench.medianOfLater(times), "ms"),
        new Figure("why", "n=" + n, "worst_ms", worst, "ms"));
  }
}
