package org.hopscope.lessons.check;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.probe.ProbeResult;
import org.hopscope.model.trace.Trace;

/** Who answers when somebody calls again and again. */
public final class Sharing {
  /** Calls for each server: by chance alone, one of three is missed in less than one lab in a hundred thousand. */
  private static final int CALLS = 12;

  private Sharing() {
  }

  /** What a check of sharing finds in a lab in which its probe can be sent. */
  static Finding judge(Check.SharedAmong shared, Evidence evidence) {
    Trace trace = shared.probe().probes(evidence.lab()).stream()
        .map(p -> evidence.run(often(p, Set.copyOf(shared.among()).size()))).findFirst()
        .orElseThrow();
    Optional<String> tried = Optional.of(Words.tried(trace));
    if (!(trace.result() instanceof ProbeResult.Exchanged exchanged) || !exchanged.succeeded()) {
      return Judge.fails(shared, tried, Diagnosis.of(trace));
    }
    Set<String> seen = answering(exchanged);
    Optional<IpAddress> other = exchanged.tries().stream().flatMap(t -> t.answer().stream()).map(a -> a.client())
        .filter(c -> shared.sourceSeen().map(w -> !w.equals(c)).orElse(false)).findFirst();
    if (other.isPresent()) {
      return Judge.fails(shared, tried, Cause.of(Band.REACHABILITY, new ThingName.OfNetns(shared.probe().from()),
          "reach.other-source", other.get(), shared.sourceSeen().orElseThrow()));
    }
    return seen.equals(Set.copyOf(shared.among()))
        ? Judge.holds(Band.REACHABILITY, shared, tried, "shared.holds")
        : Judge.fails(shared, tried, Cause.of(Band.REACHABILITY, new ThingName.OfNetns(shared.probe().from()),
            "shared.others", String.join(", ", seen)));
  }

  /** The labels of the servers that answered; none for what is no client of a port. */
  public static Set<String> answering(ProbeResult result) {
    Set<String> seen = new TreeSet<>();
    if (result instanceof ProbeResult.Exchanged exchanged) {
      exchanged.tries().forEach(t -> t.answer().ifPresent(a -> seen.add(a.label())));
    }
    return seen;
  }

  /** A probe of a port, sent as often as it takes to meet each of so many servers; any other probe as it is. */
  public static Probe often(Probe probe, int servers) {
    return switch (probe.action()) {
      case Probe.Connect(var port, var options) -> with(probe, new Probe.Connect(port, calls(options, servers)));
      case Probe.Datagram(var port, var options) -> with(probe, new Probe.Datagram(port, calls(options, servers)));
      case Probe.Ping _,Probe.Traceroute _,Probe.Tracepath _,Probe.Arping _ -> probe;
    };
  }

  private static Probe with(Probe probe, Probe.Action action) {
    return new Probe(probe.from(), probe.to(), probe.source(), probe.device(), action);
  }

  private static Probe.ClientOptions calls(Probe.ClientOptions one, int servers) {
    return new Probe.ClientOptions(CALLS * servers, one.sourcePort(), one.size(), one.waitMillis(),
        one.dontFragment(), one.talk());
  }
}
