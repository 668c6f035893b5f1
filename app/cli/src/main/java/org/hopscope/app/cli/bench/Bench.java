package org.hopscope.app.cli.bench;

import java.util.ArrayList;
import java.util.List;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.codec.LabCodec;
import org.hopscope.model.lab.LabState;

/**
 * What can be measured: through the whole model, every step recorded, after warming up. Packet-hops are echoes answered
 * times two directions times the links on the path; ARP is not counted.
 */
public final class Bench {
  /** Echoes in a row, before the next host asks. */
  private static final int WARM_ROUNDS = 3;
  private static final int IN_A_ROW = 100;
  private static final int LOADS = 120;
  private static final double SECOND = 1e9;

  private Bench() {
  }

  /** Hosts on a bridge, each asking the next one again and again. */
  public static List<Figure> star(int n, double seconds) {
    Echoes echoes = Echoes.around(Labs.star(n), n, IN_A_ROW);
    echoes.during(seconds);
    return rates("star", "n=" + n, echoes.during(seconds), 2);
  }

  /** One end of a row of routers asks the other. */
  public static List<Figure> chain(int routers, double seconds) {
    Echoes echoes =
        Echoes.between(Labs.chain(routers), Labs.host(0), IpAddress.of("10.0." + routers + ".2"), IN_A_ROW);
    echoes.during(seconds);
    return rates("chain", "routers=" + routers, echoes.during(seconds), routers + 1);
  }

  /** The first echo of every host, after a few rounds that warm up, each with an ARP request to all the others. */
  public static List<Figure> first(int n) {
    LabState lab = Labs.star(n);
    for (int i = 0; i < WARM_ROUNDS; i++) {
      Echoes.around(lab, n, 1).round();
    }
    Echoes.Done done = Echoes.around(lab, n, 1).round();
    String params = "n=" + n;
    return List.of(new Figure("first", params, "first_s", done.seconds(), "s"),
        new Figure("first", params, "first_steps", done.steps(), "steps"));
  }

  /** kube-proxy's rules for so many services with three endpoints each. */
  public static List<Figure> rules(int services) {
    return Rules.measure(services);
  }

  /** A saved lab, from its text to the lab: the first time, and once the program has warmed up. */
  public static List<Figure> load(int n) {
    String text = LabCodec.encode(Labs.star(n));
    List<Double> times = new ArrayList<>();
    for (int i = 0; i < LOADS; i++) {
      times.add(read(text));
    }
    double cold = times.getFirst();
    String params = "n=" + n;
    return List.of(new Figure("load", params, "load_s", medianOfLater(times), "s"),
        new Figure("load", params, "load_cold_s", cold, "s"),
        new Figure("load", params, "bytes", text.length(), "bytes"));
  }

  /** A ping from every host of a star to every one, of which nothing is taken over. */
  public static List<Figure> matrix(int n) {
    return Reach.matrix(n);
  }

  /** "Why not?" in a star of so many hosts with one fault. */
  public static List<Figure> why(int n) {
    return Whys.measure(n);
  }

  /** What a lesson asks after an edit. */
  public static List<Figure> checks(int n) {
    return Reach.checks(n);
  }

  /** Longest-prefix match in a table of so many routes. */
  public static List<Figure> routes(int n) {
    return Routes.of(n);
  }

  /** A Kubernetes cluster of so many nodes. */
  public static List<Figure> cluster(int nodes) {
    return Clusters.measure(nodes);
  }

  /** What a lab and its history take of the heap. */
  public static List<Figure> memory(int n) {
    return Memory.of(n);
  }

  /** The median of the second half: the first warms up. */
  static double medianOfLater(List<Double> times) {
    List<Double> later = times.subList(times.size() / 2, times.size()).stream().sorted().toList();
    return later.get(later.size() / 2);
  }

  private static double read(String text) {
    long start = System.nanoTime();
    LabCodec.Decoded read = LabCodec.decode(text);
    double took = (System.nanoTime() - start) / SECOND;
    if (!(read instanceof LabCodec.Decoded.Ok)) {
      throw new IllegalStateException("the lab cannot be read back: " + read);
    }
    return took;
  }

  private static List<Figure> rates(String kase, String params, Echoes.Done done, int links) {
    return List.of(new Figure(kase, params, "echoes_per_s", done.answered() / done.seconds(), "1/s"),
        new Figure(kase, params, "pkt_hops_per_s", done.answered() * 2.0 * links / done.seconds(), "1/s"),
        new Figure(kase, params, "steps_per_s", done.steps() / done.seconds(), "1/s"));
  }
}
