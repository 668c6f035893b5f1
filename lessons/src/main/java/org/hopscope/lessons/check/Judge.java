package org.hopscope.lessons.check;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.probe.ProbeResult;
import org.hopscope.model.trace.Trace;

/** Decides whether a check holds. Pure: a lab that has been torn apart gives findings, never an exception. */
public final class Judge {
  private Judge() {
  }

  /** What a check finds. */
  public static Finding judge(Check check, Evidence evidence) {
    return switch (check) {
      case Check.Reach reach -> reach(reach, evidence);
      case Check.NoReach noReach -> noReach(noReach, evidence);
      case Check.AnyOf(List<Check> checks) -> anyOf(check, checks, evidence);
      case Check.AllOf(List<Check> checks) -> allOf(check, checks, evidence);
      case Check.Not(Check inner) -> {
        Finding found = judge(inner, evidence);
        yield new Finding(found.band(), !found.holds(), Words.of(check), found.tried(),
            found.holds() ? Sentences.say("not.fails", found.demand()) : found.seen(), found.about());
      }
      case Check.After(int seconds, Check inner) -> judge(inner, evidence.later(seconds)).withDemand(Words.of(check));
      case Check.RuleHit hit -> onTheWay(hit, hit.probe(), evidence);
      case Check.Carries carries -> onTheWay(carries, carries.probe(), evidence);
      case Check.SharedAmong shared -> missing(shared.probe(), evidence.lab())
          .map(c -> fails(shared, Optional.empty(), c)).orElseGet(() -> Sharing.judge(shared, evidence));
      case Check.Kept kept -> Keeping.problem(kept, evidence).map(c -> fails(kept, Optional.empty(), c))
          .orElseGet(() -> holds(Band.POLICY, kept, Optional.empty(), "holds"));
      case Check.Answered answered -> Testimony.answered(answered, evidence);
      case Check.Predicted predicted -> Testimony.predicted(predicted, evidence);
      case Check.Watched watched -> Testimony.watched(watched, evidence);
      case Check.NetnsExists _,Check.DeviceIs _,Check.Joined _,Check.HasAddress _,Check.HasRoute _,Check.HasNeighbour _,Check.HasLearned _,Check.SysctlIs _,Check.Listens _,Check.Count _,Check.Shows _ ->
          Inspection
              .problem(check, evidence.lab()).map(c -> fails(check, Optional.empty(), c))
              .orElseGet(() -> holds(Inspection.band(check), check, Optional.empty(), "holds"));
    };
  }

  private static Finding reach(Check.Reach reach, Evidence evidence) {
    Optional<Cause> missing = missing(reach.probe(), evidence.lab());
    if (missing.isPresent()) {
      return fails(reach, Optional.empty(), missing.get());
    }
    List<Trace> traces = reach.probe().probes(evidence.lab()).stream().map(evidence::run).toList();
    Optional<Trace> good = traces.stream().filter(t -> mismatch(reach, t).isEmpty()).findFirst();
    return good.map(t -> holds(Band.REACHABILITY, reach, Optional.of(Words.tried(t)), "reach.holds"))
        .orElseGet(() -> fails(reach, Optional.of(Words.tried(traces.getFirst())),
            mismatch(reach, traces.getFirst()).orElseThrow()));
  }

  private static Finding onTheWay(Check check, ProbeSpec probe, Evidence evidence) {
    Optional<Cause> missing = missing(probe, evidence.lab());
    if (missing.isPresent()) {
      return fails(check, Optional.empty(), missing.get());
    }
    List<Trace> traces = probe.probes(evidence.lab()).stream().map(evidence::run).toList();
    return traces.stream().filter(t -> Passage.problem(check, t).isEmpty()).findFirst()
        .map(t -> holds(Band.POLICY, check, Optional.of(Words.tried(t)), "holds"))
        .orElseGet(() -> fails(check, Optional.of(Words.tried(traces.getFirst())),
            Passage.problem(check, traces.getFirst()).orElseThrow()));
  }

  private static Finding noReach(Check.NoReach noReach, Evidence evidence) {
    LabState lab = evidence.lab();
    Optional<Cause> missing = missing(noReach.probe(), lab);
    if (missing.isPresent()) {
      return fails(noReach, Optional.empty(), missing.get());
    }
    List<Trace> traces = noReach.probe().probes(lab).stream().map(evidence::run).toList();
    Optional<Trace> bad = traces.stream().filter(t -> !endsAsWished(noReach, t)).findFirst();
    Optional<Cause> otherWay = traces.stream().flatMap(t -> Ways.problem(noReach.way(), t).stream()).findFirst();
    Trace shown = bad.orElse(traces.getFirst());
    Optional<String> tried = Optional.of(Words.tried(shown));
    Place from = noReach.probe().from();
    return bad.isEmpty() && otherWay.isPresent()
        ? fails(noReach, tried, otherWay.get())
        : bad.isEmpty()
            ? holds(Band.REACHABILITY, noReach, tried, "no-reach.holds")
        : fails(noReach, tried, Cause.of(Band.REACHABILITY, new ThingName.OfNetns(from), "no-reach.fails",
            shown.probe().to(), from, Words.outcome(ProbeOutcome.of(shown.result()))));
  }

  private static boolean endsAsWished(Check.NoReach wish, Trace trace) {
    ProbeOutcome outcome = ProbeOutcome.of(trace.result());
    return outcome != ProbeOutcome.ANSWERED && (wish.because().isEmpty() || wish.because().contains(outcome));
  }

  /** What keeps a probe from being tried at all. */
  private static Optional<Cause> missing(ProbeSpec spec, LabState lab) {
    if (spec.from().find(lab).isEmpty()) {
      return Optional.of(Cause.absent(spec.from()));
    }
    return switch (spec.to()) {
      case ProbeSpec.Target.Address _ -> Optional.empty();
      case ProbeSpec.Target.AnyOf(Place to) when to.find(lab).isEmpty() -> Optional.of(Cause.absent(to));
      case ProbeSpec.Target.AnyOf(Place to) -> spec.addresses(lab).isEmpty()
          ? Optional.of(Cause.of(Band.ADDRESSES, new ThingName.OfNetns(to), "address.none", to))
          : Optional.empty();
      case ProbeSpec.Target.OfService(ServiceName to) when to.find(lab).isEmpty() -> Optional.of(Cause.absent(to));
      case ProbeSpec.Target.OfService(ServiceName to) -> spec.addresses(lab).isEmpty()
          ? Optional.of(new Cause(Band.ADDRESSES, Sentences.say("service.headless", to), Optional.empty()))
          : Optional.empty();
    };
  }

  private static Optional<Cause> mismatch(Check.Reach reach, Trace trace) {
    return ending(reach, trace).or(() -> Ways.problem(reach.way(), trace));
  }

  private static Optional<Cause> ending(Check.Reach reach, Trace trace) {
    return switch (trace.result()) {
      case ProbeResult.Pinged pinged -> pinged.succeeded() ? Optional.empty() : Optional.of(Diagnosis.of(trace));
      case ProbeResult.Traced traced -> traced.succeeded() ? Optional.empty() : Optional.of(Diagnosis.of(trace));
      case ProbeResult.Paced paced -> paced.succeeded() ? Optional.empty() : Optional.of(Diagnosis.of(trace));
      case ProbeResult.Arped arped -> arped.succeeded() ? Optional.empty() : Optional.of(Diagnosis.of(trace));
      case ProbeResult.Exchanged exchanged when !exchanged.succeeded() -> Optional.of(Diagnosis.of(trace));
      case ProbeResult.Exchanged exchanged -> exchanged.tries().getFirst().answer()
          .flatMap(a -> wrongAnswer(reach, trace.probe(), a.label(), a.client()));
    };
  }

  private static Optional<Cause> wrongAnswer(Check.Reach reach, Probe probe, String label, IpAddress client) {
    ThingName from = new ThingName.OfNetns(reach.probe().from());
    Optional<Cause> other = reach.answeredBy().filter(wanted -> !wanted.equals(label))
        .map(wanted -> Cause.of(Band.REACHABILITY, from, "reach.other-server", probe.to(), label, wanted));
    return other.or(() -> reach.sourceSeen().filter(wanted -> !wanted.equals(client))
        .map(wanted -> Cause.of(Band.REACHABILITY, from, "reach.other-source", client, wanted)));
  }

  private static Finding anyOf(Check check, List<Check> checks, Evidence evidence) {
    List<Finding> findings = checks.stream().map(c -> judge(c, evidence)).toList();
    Finding nearest = findings.stream().filter(Finding::holds).findFirst()
        .orElseGet(() -> findings.stream().max(Comparator.comparing(Finding::band)).orElseThrow());
    return nearest.withDemand(Words.of(check));
  }

  private static Finding allOf(Check check, List<Check> checks, Evidence evidence) {
    List<Finding> findings = checks.stream().map(c -> judge(c, evidence)).toList();
    Finding first = findings.stream().filter(f -> !f.holds()).min(Comparator.comparing(Finding::band))
        .orElseGet(findings::getLast);
    return first.withDemand(Words.of(check));
  }

  static Finding holds(Band band, Check check, Optional<String> tried, String key) {
    return new Finding(band, true, Words.of(check), tried, Sentences.say(key), Optional.empty());
  }

  static Finding fails(Check check, Optional<String> tried, Cause cause) {
    return new Finding(cause.band(), false, Words.of(check), tried, cause.sentence(), cause.about());
  }
}
