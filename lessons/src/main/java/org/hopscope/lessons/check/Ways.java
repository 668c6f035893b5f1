package org.hopscope.lessons.check;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.trace.Trace;

/** Judges the way a probe took. */
final class Ways {
  private Ways() {
  }

  /** What is the matter with a probe's way; empty when it took the wished one. */
  static Optional<Cause> problem(Check.Way wish, Trace trace) {
    if (wish.equals(Check.Way.ANY)) {
      return Optional.empty();
    }
    LabState lab = trace.start();
    ThingName from = new ThingName.OfNetns(Place.of(lab, trace.probe().from()));
    Set<Observation.Mark> seen = Observation.of(trace).marks();
    Optional<Place> passedBy = wish.through().stream()
        .filter(place -> trace.steps().stream().noneMatch(s -> place.find(lab).equals(Optional.of(s.where()))))
        .findFirst();
    return passedBy.map(place -> Cause.of(Band.POLICY, from, "way.around", place))
        .or(() -> first(wish.marks(), mark -> !seen.contains(mark))
            .map(mark -> Cause.of(Band.POLICY, from, "way.not." + mark.name())))
        .or(() -> first(wish.without(), seen::contains)
            .map(mark -> Cause.of(Band.POLICY, from, "way.yet." + mark.name())));
  }

  /** A way in words, to stand behind what is sent. */
  static String words(Check.Way wish) {
    return wish.through().stream().map(place -> Sentences.say("say.through", place)).collect(Collectors.joining())
        + said("say.watched.", wish.marks()) + said("say.without.", wish.without());
  }

  private static String said(String key, Set<Observation.Mark> marks) {
    return marks.stream().sorted().map(mark -> Sentences.say(key + mark.name())).collect(Collectors.joining());
  }

  private static Optional<Observation.Mark> first(Set<Observation.Mark> marks,
      Predicate<Observation.Mark> is) {
    return List.copyOf(marks).stream().sorted().filter(is).findFirst();
  }
}
