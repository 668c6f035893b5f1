package org.hopscope.app.cli.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.PortNumber;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.probe.ProbeResult;
import org.hopscope.model.sim.Simulator;
import org.hopscope.model.trace.Trace;

/**
 * Who asks whom in a lab: each a UDP question of 56 bytes and its answer. Each trace is recorded whole, and what
 * it taught the tables is taken over, before the next probe is sent.
 */
final class Echoes {
  /** What a question of 56 bytes has besides its own 12. */
  private static final int REST = 44;
  /** Where all questions come from: one socket, as the peer's. */
  private static final int CLIENT_PORT = 4000;
  private static final int PATIENCE_MILLIS = 800;
  private static final double SECOND = 1e9;

  private final List<Probe> probes;
  private final Simulator.Series series = new Simulator.Series();
  private LabState lab;

  private Echoes(LabState lab, List<Probe> probes) {
    this.lab = lab;
    this.probes = probes;
  }

  /** Host i of a star asks host i + 1, the last one the first, so many times in a row. */
  static Echoes around(LabState star, int hosts, int times) {
    List<Probe> probes = new ArrayList<>();
    for (int i = 1; i <= hosts; i++) {
      probes.add(question(Labs.host(i), IpAddress.of(Labs.address(i % hosts + 1)), times));
    }
    return new Echoes(star, probes);
  }

  /** One asks another so many times in a row. */
  static Echoes between(LabState lab, NetnsId from, IpAddress to, int times) {
    return new Echoes(lab, List.of(question(from, to, times)));
  }

  private static Probe question(NetnsId from, IpAddress to, int times) {
    Probe.ClientOptions options =
        new Probe.ClientOptions(times, Optional.of(new PortNumber(CLIENT_PORT)), REST, PATIENCE_MILLIS, false);
    return new Probe(from, to, Optional.empty(), Optional.empty(),
        new Probe.Datagram(new PortNumber(Labs.PORT), options));
  }

  /**
   * What was done.
   *
   * @param answered echoes answered
   * @param steps steps recorded
   * @param seconds how long it took
   */
  record Done(long answered, long steps, double seconds) {
    private Done plus(Done more) {
      return new Done(answered + more.answered, steps + more.steps, seconds + more.seconds);
    }
  }

  /** Round after round until so many seconds are over. */
  Done during(double seconds) {
    Done sum = round();
    while (sum.seconds() < seconds) {
      sum = sum.plus(round());
    }
    return sum;
  }

  /** Everyone asks. */
  Done round() {
    long start = System.nanoTime();
    long answered = 0;
    long steps = 0;
    for (Probe probe : probes) {
      Trace trace = series.run(lab, probe);
      lab = trace.finish();
      answered += answered(trace);
      steps += trace.steps().size();
    }
    return new Done(answered, steps, (System.nanoTime() - start) / SECOND);
  }

  private static long answered(Trace trace) {
    if (!trace.result().succeeded() || !(trace.result() instanceof ProbeResult.Exchanged exchanged)) {
      throw new IllegalStateException("not answered: " + trace.probe() + " " + trace.result());
    }
    return exchanged.tries().size();
  }
}
