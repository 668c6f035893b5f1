package org.hopscope.lessons.lesson;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hopscope.lessons.check.Check;
import org.hopscope.lessons.check.Place;
import org.hopscope.lessons.check.ProbeOutcome;
import org.hopscope.lessons.check.ProbeSpec;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.LabState;
import org.junit.jupiter.api.Test;

class GoalTest {
  private static final Place HOST = Place.parse("@host").orElseThrow();

  private static LabState lab(String lines) {
    return Rehearsal.of(Editor.fresh(1), Attempt.NONE, ((Script.Read.Ok) Script.read(lines)).script()).lab();
  }

  @Test
  void isAProbeThatEndsAsItMust() {
    Goal goal = new Goal.Ends(ProbeSpec.of("@host -> 127.0.0.1"), Set.of(ProbeOutcome.ANSWERED), Optional.empty(),
        Optional.empty(), Set.of());
    assertThat(goal.isMet(lab("ip link set lo up\n"))).isTrue();
    assertThat(goal.isMet(lab("ip link set lo down\n"))).isFalse();
    assertThat(goal.probes(lab("ip link set lo up\n"))).hasSize(1);
  }

  @Test
  void isALineThatACommandShows() {
    Goal goal = new Goal.Shows(new Check.Shows(HOST, "ip link show type dummy", List.of("d7:"), 1));
    assertThat(goal.isMet(lab("ip link add d7 type dummy\n"))).isTrue();
    assertThat(goal.isMet(lab("ip link add d8 type dummy\n"))).isFalse();
    assertThat(goal.probes(lab(""))).isEmpty();
  }
}
