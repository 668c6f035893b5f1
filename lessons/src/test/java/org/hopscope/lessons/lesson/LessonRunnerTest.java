package org.hopscope.lessons.lesson;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.hopscope.lessons.LessonFolders;
import org.hopscope.lessons.Syllabus;
import org.hopscope.lessons.check.Finding;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.LinkChange;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.Netns;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.pcollections.TreePMap;

class LessonRunnerTest {
  private static final Lesson A2 = LessonFolders.lesson("A2");

  @Test
  void ticksATaskHoweverItWasReachedAndUnticksItWhenItStopsHolding() {
    Rehearsal done = Rehearsal.of(A2.start(), Attempt.NONE, A2.answers().solution());
    assertThat(holding(done)).containsExactly("die", "half", "answer", "back");
    Rehearsal broken = Rehearsal.of(done.lab(), done.attempt(), script("ip -n netns2 link set veth2 down"));
    assertThat(holding(broken)).containsExactly("die", "half");
    Rehearsal mended = Rehearsal.of(broken.lab(), broken.attempt(), script("ip -n netns2 link set dev veth2 up"));
    assertThat(holding(mended)).containsExactly("die", "half", "answer", "back");
  }

  @Test
  void remembersWhatWasDoneOnce() {
    Rehearsal done = Rehearsal.of(A2.start(), Attempt.NONE, A2.answers().solution());
    Attempt remembered = LessonRunner.remember(evaluate(done), done.attempt());
    assertThat(remembered.completed()).containsExactlyInAnyOrder("die", "half", "answer", "back");
    Attempt later = LessonRunner.remember(LessonRunner.evaluate(A2, A2.start(), remembered), remembered);
    assertThat(later.completed()).hasSize(4);
    assertThat(Progress.NONE.with("A2", later).hasFinished(A2)).isTrue();
  }

  @Test
  void saysOneRootCauseForManyFailures() {
    Lesson lesson = LessonFolders.lesson("A10");
    Rehearsal off = Rehearsal.of(lesson.start(), Attempt.NONE,
        script("ip link set pc master br0\nip link set br0 down"));
    TaskState apart = LessonRunner.evaluate(lesson, off.lab(), off.attempt()).getLast();
    assertThat(apart.task().checks()).hasSize(4);
    assertThat(apart.failures()).extracting(Finding::seen).containsExactly("br0 in host is down");
  }

  @Test
  void putsFailuresFirstAndTheDeepestCauseFirstAmongThem() {
    TaskState answer = LessonRunner.evaluate(A2, A2.start(), Attempt.NONE).get(2);
    assertThat(answer.findings()).extracting(Finding::seen).containsExactly("veth1 in netns1 is down",
        "The prediction is not made yet", "ping netns1 → netns2 has not been watched to its end yet");
  }

  @Test
  void startsATaskWhereTheOnesBeforeItAreDone() {
    Rehearsal half = Rehearsal.upTo(A2, "answer");
    assertThat(holding(half)).containsExactly("die", "half");
    assertThat(Rehearsal.upTo(A2, "die").lab()).isEqualTo(A2.start());
  }

  static Stream<Arguments> tornApart() {
    return Syllabus.bundled().entries().stream().flatMap(e -> Stream.of(1L, 2L, 3L, 5L, 8L, 13L, 21L, 34L)
        .map(seed -> Arguments.of(e.card().id(), seed)));
  }

  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("tornApart")
  void findsSomethingToSayInALabThatIsTakenApartPieceByPiece(String id, long seed) {
    Lesson lesson = LessonFolders.lesson(id);
    Random random = new Random(seed);
    LabState lab = Rehearsal.of(lesson.start(), Attempt.NONE, lesson.answers().solution()).lab();
    List<Edit> pieces = pieces(lab);
    while (!pieces.isEmpty()) {
      Edit edit = pieces.remove(random.nextInt(pieces.size()));
      lab = switch (Editor.apply(lab, edit)) {
        case Editor.Result.Done(LabState after) -> after;
        case Editor.Result.Refused _ -> lab;
      };
      List<TaskState> states = LessonRunner.evaluate(lesson, lab, Attempt.NONE);
      assertThat(states.stream().flatMap(state -> state.findings().stream()).map(Finding::seen))
          .as("%s after %s, seed %d", id, edit, seed).hasSizeGreaterThanOrEqualTo(states.size())
          .noneMatch(String::isBlank);
    }
    assertThat(LessonRunner.evaluate(lesson, lab, Attempt.NONE).stream().map(TaskState::holds)).containsOnly(false);
  }

  @Test
  void survivesALabWithoutAnyHost() {
    LabState nothing = LabState.bare(1, TreePMap.empty());
    for (Syllabus.Entry entry : Syllabus.bundled().entries()) {
      assertThat(LessonRunner.evaluate(LessonFolders.lesson(entry.card().id()), nothing, Attempt.NONE))
          .noneMatch(TaskState::holds);
    }
  }

  private static List<Edit> pieces(LabState lab) {
    List<Edit> pieces = new ArrayList<>();
    for (Device device : lab.devices().values()) {
      pieces.add(new Edit.FlushAddresses(device.ref()));
      pieces.add(new Edit.SetLink(device.ref(), LinkChange.up(false)));
      pieces.add(new Edit.DeleteLink(device.ref()));
    }
    for (Netns netns : lab.netns().values()) {
      pieces.add(new Edit.DeleteNetns(netns.id()));
    }
    return pieces;
  }

  private static List<String> holding(Rehearsal done) {
    return evaluate(done).stream().filter(TaskState::holds).map(s -> s.task().id()).toList();
  }

  private static List<TaskState> evaluate(Rehearsal done) {
    return LessonRunner.evaluate(A2, done.lab(), done.attempt());
  }

  private static Script script(String text) {
    return ((Script.Read.Ok) Script.read(text)).script();
  }
}
