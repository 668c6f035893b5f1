package org.hopscope.lessons.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.hopscope.lessons.LessonFolders;
import org.hopscope.lessons.LessonLint;
import org.hopscope.lessons.LessonProof;
import org.hopscope.lessons.Syllabus;
import org.hopscope.lessons.lesson.Attempt;
import org.hopscope.lessons.lesson.Draw;
import org.hopscope.lessons.lesson.Lesson;
import org.hopscope.lessons.lesson.LessonRunner;
import org.hopscope.lessons.lesson.Rehearsal;
import org.hopscope.lessons.lesson.Script;
import org.hopscope.lessons.lesson.TaskState;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The fault drill, les-F4")
class DrillTest {
  private static Lesson drill(int level, long seed) {
    return LessonFolders.read(Syllabus.bundled().read("F4", Optional.of(new Draw(level, seed))).orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  @DisplayName("every drill proves itself: its repair passes, and what is wrong fails where and why it should")
  void proves(int level) {
    for (long seed = 1; seed <= 6; seed++) {
      Lesson drill = drill(level, seed);
      assertThat(LessonProof.faults(drill)).as(level + "/" + seed).isEmpty();
      assertThat(LessonLint.faults(drill)).as(level + "/" + seed).isEmpty();
    }
  }

  @Test
  @DisplayName("the same level and seed give the same drill, others another")
  void isDrawnByItsNumbers() {
    assertThat(drill(2, 5)).isEqualTo(drill(2, 5)).isNotEqualTo(drill(2, 6)).isNotEqualTo(drill(3, 5));
    assertThat(drill(1, 1).start()).isEqualTo(LessonFolders.lesson("F4").start());
  }

  @Test
  @DisplayName("drills are put into labs made for them and into the solved labs of lessons")
  void usesBothKindsOfLabs() {
    TreeSet<Boolean> made = new TreeSet<>();
    for (long seed = 1; seed <= 8; seed++) {
      made.add(drill(1, seed).tasks().getFirst().prose().plain().contains("made for the drill"));
    }
    assertThat(made).containsExactly(false, true);
  }

  @Test
  @DisplayName("the words of a drill stay the same, only what is drawn changes")
  void keepsItsWords() {
    assertThat(drill(1, 2).prose()).isEqualTo(drill(4, 9).prose());
    assertThat(drill(1, 2).words()).isLessThan(LessonLint.MOST_WORDS);
  }

  @Test
  @DisplayName("a repair that takes something else away, or sets it differently, or opens everything, does not pass")
  void seesCollateralChanges() {
    Lesson drill = drill(2, 5);
    String from = drill.queued().orElseThrow().probe().from().name();
    assertThat(mended(drill)).isTrue();
    assertThat(mended(drill, "ip -n " + from + " link set lo down")).isFalse();
    assertThat(mended(drill, "ip -n " + from + " link set eth0 mtu 1400")).isFalse();
    assertThat(mended(drill, "ip netns exec " + from + " iptables -P INPUT DROP")).isFalse();
    assertThat(mended(drill, "ip netns add spare")).isTrue();
  }

  private static boolean mended(Lesson drill, String... besides) {
    List<Script.Line> lines = new ArrayList<>(drill.answers().solution().lines());
    for (String line : besides) {
      lines.add(new Script.Line.Command(99, line));
    }
    Rehearsal done = Rehearsal.of(drill.start(), Attempt.NONE, new Script(lines));
    return LessonRunner.evaluate(drill, done.lab(), done.attempt()).stream().allMatch(TaskState::holds);
  }
}
