package org.hopscope.lessons.check;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.probe.ProbeResult;
import org.hopscope.model.trace.Trace;

/** Judges who answers when somebody calls again and again. */
final class Sharing {
  /** Calls for each server: by chance alone, one of three is missed in less than one lab in a hundred thousand. */
  private static final int CALLS = 12;

  private Sharing() {
  }

  /** What a check of sharing finds in a lab in which its probe can be sent. */
  static Finding judge(Check.SharedAmong shared, Evidence evidence) {
    Trace trace = shared.probe().probes(evidence.lab()).stream().map(p -> evidence.run(often(p, shared))).findFirst()
        .orElseThrow();
    Optional<String> tried = Optional.of(Words.tried(trace));
    if (!(trace.result() instanceof ProbeResult.Exchanged exchanged) || !exchanged.succeeded()) {
      return Judge.fails(shared, tried, Diagnosis.of(trace));
    }
    Set<String> seen = new TreeSet<>();
    exchanged.tries().forEach(t -> t.answer().ifPresent(a -> seen.add(a.label())));
    return seen.equals(Set.copyOf(shared.among()))
        ? Judge.holds(Band.REACHABILITY, shared, tried, "shared.holds")
        : Judge.fails(shared, tried, Cause.of(Band.REACHABILITY, new ThingName.OfNetns(shared.probe().from()),
            "shared.others", String.join(", ", seen)));
  }

  private static Probe often(Probe probe, Check.SharedAmong shared) {
    return switch (probe.action()) {
      case Probe.Connect(var port, var options) -> with(probe, new Probe.Connect(port, calls(options, shared)));
      case Probe.Datagram(var port, var options) -> with(probe, new Probe.Datagram(port, calls(options, shared)));
      case Probe.Ping _,Probe.Traceroute _,Probe.Arping _ -> probe;
    };
  }

  private static Probe with(Probe probe, Probe.Action action) {
    return new Probe(probe.from(), probe.to(), probe.source(), probe.device(), action);
  }

  private static Probe.ClientOptions calls(Probe.ClientOptions one, Check.SharedAmong shared) {
    return new Probe.ClientOptions(CALLS * List.copyOf(Set.copyOf(shared.among())).size(), one.sourcePort(),
        one.size(), one.waitMillis(), one.dontFragment(), one.talk());
  }
}
