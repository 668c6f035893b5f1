package org.hopscope.model.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.hopscope.model.net.Device;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever edits come in whatever order: the promises of a session hold. */
class EditWalkTest {
  private static final int STEPS = 120;

  static LongStream seeds() {
    return LongStream.range(0, 300);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void everyStateOfAWalkHoldsTogether(long seed) {
    EditWalk walk = new EditWalk(seed);
    Session session = new Session(Editor.fresh(seed));
    for (int i = 0; i < STEPS; i++) {
      LabState before = session.state();
      Edit edit = walk.next(before);
      switch (session.apply(edit)) {
        case Outcome.Applied(Change change) -> assertThat(change.after()).isEqualTo(session.state());
        case Outcome.Refused(Refusal why) -> {
          assertThat(why.text()).as("why %s is refused", edit).isNotBlank();
          assertThat(session.state()).as("after refusing %s", edit).isSameAs(before);
        }
      }
      Invariants.check(session.state());
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void undoToTheStartAndRedoToTheEndPassTheSameStates(long seed) {
    EditWalk walk = new EditWalk(seed);
    Session session = new Session(Editor.fresh(seed));
    List<LabState> states = new ArrayList<>(List.of(session.state()));
    for (int i = 0; i < STEPS; i++) {
      session.apply(walk.next(session.state()));
      if (!session.state().equals(states.getLast())) {
        states.add(session.state());
      }
    }
    for (int i = states.size() - 2; i >= 0; i--) {
      session.undo();
      assertThat(session.state()).isEqualTo(states.get(i));
    }
    assertThat(session.canUndo()).isFalse();
    for (int i = 1; i < states.size(); i++) {
      session.redo();
      assertThat(session.state()).isEqualTo(states.get(i));
    }
    assertThat(session.canRedo()).isFalse();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void theSameSeedGivesTheSameLab(long seed) {
    assertThat(walked(seed)).isEqualTo(walked(seed));
    assertThat(walked(seed).toString()).isEqualTo(walked(seed).toString());
  }

  @Test
  void walksReachMostOfTheLab() {
    Set<String> kinds = new HashSet<>();
    for (long seed : seeds().limit(40).toArray()) {
      LabState lab = walked(seed);
      lab.devices().values().stream().map(Device::kind).forEach(k -> kinds.add(k.word()));
      kinds.add(lab.learned().neighbours().isEmpty() ? "" : "neighbours");
      kinds.add(lab.learned().fdbs().isEmpty() ? "" : "fdb");
      kinds.add(lab.netns().values().stream().anyMatch(n -> n.inet().main().rows().size() > 1) ? "routes" : "");
      kinds.add(lab.devices().values().stream().anyMatch(d -> d.port().isPresent()) ? "ports" : "");
    }
    assertThat(kinds).contains("loopback", "veth", "bridge", "nic", "neighbours", "fdb", "routes", "ports");
  }

  private static LabState walked(long seed) {
    EditWalk walk = new EditWalk(seed);
    Session session = new Session(Editor.fresh(seed));
    for (int i = 0; i < STEPS; i++) {
      session.apply(walk.next(session.state()));
    }
    return session.state();
  }
}
