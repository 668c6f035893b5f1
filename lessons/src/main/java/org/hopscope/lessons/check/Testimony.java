package org.hopscope.lessons.check;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.NetnsId;

/** Judges what the learner has said and seen, which no lab remembers. */
final class Testimony {
  private Testimony() {
  }

  static Finding predicted(Check.Predicted check, Evidence evidence) {
    Optional<Boolean> made = Optional.ofNullable(evidence.said().get(check.id()));
    if (!evidence.inPerson()) {
      return Judge.holds(Band.POLICY, check, Optional.empty(), "predicted.unasked");
    }
    if (made.isEmpty()) {
      return fails(check, "predicted.not");
    }
    return check.right() && !made.get() ? fails(check, "predicted.wrong")
        : Judge.holds(Band.POLICY, check, Optional.empty(), "predicted.holds");
  }

  static Finding answered(Check.Answered check, Evidence evidence) {
    if (!evidence.inPerson() || evidence.said().getOrDefault(check.quiz(), false)) {
      return Judge.holds(Band.POLICY, check, Optional.empty(), "quiz.holds");
    }
    return fails(check, evidence.said().containsKey(check.quiz()) ? "quiz.wrong" : "quiz.not");
  }

  static Finding watched(Check.Watched check, Evidence evidence) {
    Optional<NetnsId> from = check.probe().from().find(evidence.lab());
    List<Observation> same = evidence.watched().stream().filter(o -> from.equals(Optional.of(o.from()))
        && check.probe().socket().equals(o.socket()) && isTarget(check.probe().to(), o, evidence.lab())).toList();
    List<Observation> wanted = same.stream().filter(o -> endsAsWished(check, o.outcome())).toList();
    boolean holds = wanted.stream().anyMatch(o -> o.marks().containsAll(check.marks()));
    if (holds || !evidence.inPerson() && wouldBeSeen(check, evidence)) {
      return Judge.holds(Band.POLICY, check, Optional.empty(), "watched.holds");
    }
    Optional<Cause> missing = same.isEmpty() ? missing(check.probe(), evidence.lab()) : Optional.empty();
    if (missing.isPresent()) {
      return Judge.fails(check, Optional.empty(), missing.get());
    }
    return fails(check, same.isEmpty() ? "watched.not" : wanted.isEmpty() ? "watched.end" : "watched.way",
        Words.probe(check.probe()), same.stream().map(Observation::outcome).distinct().sorted().map(Words::outcome)
            .collect(Collectors.joining(Sentences.say("say.or"))));
  }

  /** The place that a probe needs and the lab does not have. */
  private static Optional<Cause> missing(ProbeSpec probe, LabState lab) {
    Stream<Place> to = probe.to() instanceof ProbeSpec.Target.AnyOf(Place place) ? Stream.of(place) : Stream.of();
    return Stream.concat(Stream.of(probe.from()), to).filter(place -> place.find(lab).isEmpty()).findFirst()
        .map(Cause::absent);
  }

  /** What happens on the way depends on what was learned before, and is not asked of a lab that stands still. */
  private static boolean wouldBeSeen(Check.Watched check, Evidence evidence) {
    return check.probe().probes(evidence.lab()).stream().map(evidence::run).map(Observation::of)
        .anyMatch(o -> endsAsWished(check, o.outcome()));
  }

  private static boolean endsAsWished(Check.Watched check, ProbeOutcome outcome) {
    return check.outcome().isEmpty() || check.outcome().contains(outcome);
  }

  private static boolean isTarget(ProbeSpec.Target target, Observation seen, LabState lab) {
    return switch (target) {
      case ProbeSpec.Target.Address(IpAddress address) -> address.equals(seen.to());
      case ProbeSpec.Target.OfService(ServiceName service) -> service.addresses(lab).contains(seen.to());
      case ProbeSpec.Target.AnyOf(Place place) -> seen.holder().isPresent() && seen.holder().equals(place.find(lab));
    };
  }

  private static Finding fails(Check check, String key, Object... gaps) {
    return Judge.fails(check, Optional.empty(), new Cause(Band.POLICY, Sentences.say(key, gaps), Optional.empty()));
  }
}
