package org.hopscope.lessons.check;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hopscope.model.codec.LabFacts;
import org.hopscope.model.codec.LabFacts.Fact;

/** Judges whether a lab is still what it was at the start, but for what had to be mended. */
final class Keeping {
  private Keeping() {
  }

  static Optional<Cause> problem(Check.Kept check, Evidence evidence) {
    Set<Fact> start = LabFacts.of(evidence.start());
    Set<Fact> now = LabFacts.of(evidence.lab());
    Set<String> gone = Set.copyOf(check.gone());
    Set<Fact> lost = without(start, now);
    Set<Fact> brought = without(now, start);
    Optional<Fact> stands = now.stream().filter(f -> start.contains(f) && gone.contains(f.toString())).findFirst();
    Set<String> free = new HashSet<>();
    start.stream().filter(f -> gone.contains(f.toString())).forEach(f -> free.add(f.slot()));
    brought.stream().filter(f -> check.back().contains(f.toString())).forEach(f -> free.add(f.slot()));
    Set<List<String>> there = new HashSet<>();
    start.forEach(f -> there.add(f.on()));
    return stands.map(f -> cause("kept.stands", f))
        .or(() -> lost.stream().filter(f -> !gone.contains(f.toString()) && !f.setting()).findFirst()
            .map(f -> cause("kept.gone", f)))
        .or(() -> brought.stream().filter(f -> f.setting() && there.contains(f.on()) && !free.contains(f.slot()))
            .findFirst().map(f -> cause("kept.other", f)))
        .or(() -> lost.stream().filter(f -> f.setting() && !free.contains(f.slot())).findFirst()
            .map(f -> cause("kept.gone", f)))
        .or(() -> {
          long more = brought.stream().filter(f -> !f.setting() && there.contains(f.on())).count();
          return more > check.room() ? Optional.of(cause("kept.more", more, check.room())) : Optional.empty();
        });
  }

  private static Set<Fact> without(Set<Fact> facts, Set<Fact> others) {
    Set<Fact> left = new LinkedHashSet<>(facts);
    left.removeAll(others);
    return left;
  }

  private static Cause cause(String key, Object... gaps) {
    return new Cause(Band.POLICY, Sentences.say(key, gaps), Optional.empty());
  }
}
