package org.hopscope.app.cli.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.PortNumber;
import org.hopscope.model.codec.LabCodec;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.probe.ProbeResult;
import org.hopscope.model.sim.Simulator;
import org.hopscope.model.trace.Trace;

/**
 * What can be measured. Every echo is a UDP question of 56 bytes and its answer, through the whole model, every step of it
 * recorded; what a trace taught the tables is taken over before the next. Packet-hops are echoes answered times two
 * directions times the links on the path; ARP is not counted.
 */
public final class Bench {
  /** A question has 12 bytes of its own. */
  private static final int REST_OF_56_BYTES = 44;
  /** Echoes of one probe: the traces of that many are kept until the probe ends. */
  private static final int ECHOES = 100;
  private static final double SECOND = 1e9;

  private Bench() {
  }

  /** Hosts on a bridge, each asking the next one again and again. */
  public static List<Figure> star(int n, double seconds) {
    LabState lab = Labs.star(n);
    Ring ring = new Ring(lab, n);
    ring.runFor(seconds / 2);
    return figures("star", "n=" + n, ring.runFor(seconds), 2);
  }

  /** One end of a row of routers asks the other. */
  public static List<Figure> chain(int routers, double seconds) {
    LabState lab = Labs.chain(routers);
    Ring ring = new Ring(lab, Labs.host(0), IpAddress.of("10.0." + routers + ".2"));
    ring.runFor(seconds / 2);
    return figures("routed", "n=" + routers, ring.runFor(seconds), routers + 1);
  }

  /** The first echo of every host, each with an ARP request to all the others. */
  public static List<Figure> first(int n) {
    LabState lab = Labs.star(n);
    new Ring(lab, n).times(Math.min(n, 200), 1);
    Counted counted = new Ring(lab, n).times(n, 1);
    String params = "n=" + n;
    return List.of(new Figure("star", params, "first_s", counted.nanos() / SECOND, "s"),
        new Figure("star", params, "first_steps", counted.steps(), "steps"));
  }

  /** A saved lab, from its text to the lab. */
  public static List<Figure> load(int n) {
    String text = LabCodec.encode(Labs.star(n));
    List<Long> times = new ArrayList<>();
    long cold = read(text);
    for (int i = 0; i < 15; i++) {
      times.add(read(text));
    }
    long median = times.stream().sorted().toList().get(times.size() / 2);
    String params = "n=" + n;
    return List.of(new Figure("load", params, "ready_s", median / SECOND, "s"),
        new Figure("load", params, "ready_cold_s", cold / SECOND, "s"),
        new Figure("load", params, "bytes", text.length(), "bytes"));
  }

  private static long read(String text) {
    long start = System.nanoTime();
    LabCodec.Decoded read = LabCodec.decode(text);
    long took = System.nanoTime() - start;
    if (!(read instanceof LabCodec.Decoded.Ok)) {
      throw new IllegalStateException("the lab cannot be read back: " + read);
    }
    return took;
  }

  private static List<Figure> figures(String kase, String params, Counted counted, int links) {
    double hops = counted.answered() * 2.0 * links;
    return List.of(new Figure(kase, params, "pkt_hops_per_s", hops / (counted.nanos() / SECOND), "1/s"),
        new Figure(kase, params, "steps_per_echo", (double) counted.steps() / counted.answered(), "steps"));
  }

  /**
   * What was done.
   *
   * @param answered echoes answered
   * @param steps steps recorded
   * @param nanos how long it took
   */
  private record Counted(long answered, long steps, long nanos) {
  }

  /** Who asks whom, in turn. */
  private static final class Ring {
    private final List<NetnsId> from = new ArrayList<>();
    private final List<IpAddress> to = new ArrayList<>();
    private LabState lab;
    private int next;

    /** Host i of a star asks host i + 1, the last one the first. */
    Ring(LabState lab, int n) {
      this.lab = lab;
      for (int i = 1; i <= n; i++) {
        from.add(Labs.host(i));
        to.add(IpAddress.of(Labs.address(i % n + 1)));
      }
    }

    Ring(LabState lab, NetnsId from, IpAddress to) {
      this.lab = lab;
      this.from.add(from);
      this.to.add(to);
    }

    Counted runFor(double seconds) {
      long start = System.nanoTime();
      Counted sum = new Counted(0, 0, 0);
      while (System.nanoTime() - start < seconds * SECOND) {
        sum = plus(sum, ask(ECHOES));
      }
      return new Counted(sum.answered(), sum.steps(), System.nanoTime() - start);
    }

    Counted times(int probes, int echoes) {
      long start = System.nanoTime();
      Counted sum = new Counted(0, 0, 0);
      for (int i = 0; i < probes; i++) {
        sum = plus(sum, ask(echoes));
      }
      return new Counted(sum.answered(), sum.steps(), System.nanoTime() - start);
    }

    private static Counted plus(Counted sum, Counted more) {
      return new Counted(sum.answered() + more.answered(), sum.steps() + more.steps(), 0);
    }

    private Counted ask(int echoes) {
      Probe.ClientOptions options =
          new Probe.ClientOptions(echoes, Optional.empty(), REST_OF_56_BYTES, 800, false);
      Probe probe = new Probe(from.get(next), to.get(next), Optional.empty(), Optional.empty(),
          new Probe.Datagram(new PortNumber(Labs.PORT), options));
      next = (next + 1) % from.size();
      Trace trace = Simulator.run(lab, probe);
      lab = trace.finish();
      if (!trace.result().succeeded()) {
        throw new IllegalStateException("not answered: " + probe + " " + trace.result());
      }
      long answered = ((ProbeResult.Exchanged) trace.result()).tries().size();
      return new Counted(answered, trace.steps().size(), 0);
    }
  }
}
