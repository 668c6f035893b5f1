package org.hopscope.app.cli.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Outcome;
import org.hopscope.model.lab.Session;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.reach.Matrix;
import org.hopscope.model.sim.Simulator;
import org.hopscope.model.trace.Trace;

/** Who reaches whom in a lab as it is: probes of which nothing is taken over. */
final class Reach {
  private static final int ROUNDS = 25;
  private static final int PAIRS = 100;
  private static final double SECOND = 1e9;

  private Reach() {
  }

  /** A ping from every host of a star to every one: before any have met, and once all have. */
  static List<Figure> matrix(int n) {
    LabState lab = Labs.star(n);
    List<Probe> probes = new ArrayList<>();
    for (int from = 1; from <= n; from++) {
      for (int to = 1; to <= n; to++) {
        probes.add(Probe.ping(Labs.host(from), IpAddress.of(Labs.address(to))));
      }
    }
    LabState met = lab;
    Simulator.Series series = new Simulator.Series();
    for (Probe probe : probes) {
      met = series.run(met, probe).finish();
    }
    return List.of(new Figure("matrix", "n=" + n, "matrix_s", median(met), "s"),
        new Figure("matrix", "n=" + n, "matrix_unmet_s", median(lab), "s"),
        new Figure("matrix", "n=" + n, "matrix_unmet_two_threads_s", shared(lab), "s"));
  }

  /** The matrix as the window makes it: two threads share its rows. */
  private static double shared(LabState lab) {
    List<Double> times = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      long start = System.nanoTime();
      CompletableFuture<Matrix> half =
          CompletableFuture.supplyAsync(() -> Matrix.part(lab, IpFamily.INET, Probe.Ping.ONCE, 1, 2));
      Matrix whole = Matrix.part(lab, IpFamily.INET, Probe.Ping.ONCE, 0, 2).with(half.join());
      times.add((System.nanoTime() - start) / SECOND);
      whole(whole);
    }
    return Bench.medianOfLater(times);
  }

  private static double median(LabState lab) {
    List<Double> times = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      long start = System.nanoTime();
      Matrix whole = Matrix.of(lab);
      times.add((System.nanoTime() - start) / SECOND);
      whole(whole);
    }
    return Bench.medianOfLater(times);
  }

  private static void whole(Matrix matrix) {
    if (matrix.count() != matrix.places().size() * matrix.places().size()) {
      throw new IllegalStateException("not everybody is reached");
    }
  }

  /** What a lesson asks after an edit: pings of a hundred pairs of a star's hosts that have met before. */
  static List<Figure> checks(int n) {
    Session session = new Session(Labs.star(n));
    Random random = new Random(3);
    List<Probe> probes = new ArrayList<>();
    for (int i = 0; i < PAIRS; i++) {
      probes.add(Probe.ping(Labs.host(1 + random.nextInt(n)), IpAddress.of(Labs.address(1 + random.nextInt(n)))));
    }
    for (Probe probe : probes) {
      Trace met = Simulator.run(session.state(), probe);
      session.commit(probe, met.learned(), met.end());
    }
    List<Double> times = new ArrayList<>();
    for (int i = 0; i < 4 * ROUNDS; i++) {
      toggle(session, n, i);
      times.add(run(session.state(), new Simulator.Series(), probes));
    }
    return List.of(new Figure("checks", "n=" + n + ",pairs=" + PAIRS, "checks_s", Bench.medianOfLater(times), "s"));
  }

  /** A small edit: a port's switch is turned. */
  static void toggle(Session session, int n, int turn) {
    DeviceRef port = new DeviceRef(session.state().firstHost().root(), "p" + (1 + turn / 2 % n));
    Edit edit = new Edit.SetArp(port, turn % 2 == 1);
    if (!(session.apply(edit) instanceof Outcome.Applied)) {
      throw new IllegalStateException("not done: " + edit);
    }
  }

  private static double run(LabState lab, Simulator.Series series, List<Probe> probes) {
    long start = System.nanoTime();
    for (Probe probe : probes) {
      Trace trace = series.run(lab, probe);
      if (!trace.result().succeeded()) {
        throw new IllegalStateException("not answered: " + probe);
      }
    }
    return (System.nanoTime() - start) / SECOND;
  }
}
