package org.hopscope.lessons.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.hopscope.lessons.LessonFolders;
import org.hopscope.lessons.Syllabus;
import org.hopscope.lessons.lesson.Attempt;
import org.hopscope.lessons.lesson.Lesson;
import org.hopscope.lessons.lesson.LessonRunner;
import org.hopscope.lessons.lesson.Rehearsal;
import org.hopscope.lessons.lesson.Script;
import org.hopscope.lessons.lesson.TaskState;
import org.hopscope.model.lab.Editor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MutationTest {
  /** All of them take four seconds. */
  private static final int ALL = Integer.MAX_VALUE;

  static Stream<String> ids() {
    return Syllabus.bundled().entries().stream().map(e -> e.card().id());
  }

  @ParameterizedTest
  @MethodSource("ids")
  void theChecksOfALessonSeeTheMistakesThatMissItsGoals(String id) {
    MutationScore score = MutationScore.of(LessonFolders.lesson(id), ALL);
    System.out.println(score);
    score.survivors().forEach(m -> System.out.println("  survived: " + m.change()));
    assertThat(score.percent()).as(score.toString()).isGreaterThanOrEqualTo(MutationScore.FLOOR);
    assertThat(score.harmful()).as("harmful mutants of " + score).isPositive();
  }

  @ParameterizedTest
  @MethodSource("ids")
  void harmlessExtrasNeverFailALesson(String id) {
    Lesson lesson = LessonFolders.lesson(id);
    String extras = """
        ip netns add zz-spare
        ip -n zz-spare link set lo up
        ip link add zz-br type bridge
        ip link set zz-br up
        ip link add zz-dummy type dummy
        ip addr add 100.64.77.1/24 dev zz-dummy
        ip link set zz-dummy up
        ip link add zz0 type veth peer name zz1 netns zz-spare
        ip link set zz0 master zz-br
        ip link set zz0 up
        """;
    Script plain = lesson.answers().solution();
    for (boolean first : List.of(true, false)) {
      List<Script.Line> lines = new ArrayList<>(plain.lines());
      lines.addAll(first ? 0 : lines.size(), ((Script.Read.Ok) Script.read(extras)).script().lines());
      Rehearsal done = Rehearsal.of(lesson.start(), Attempt.NONE, new Script(lines));
      assertThat(done.refused()).allMatch(Rehearsal.Refused::sent);
      assertThat(LessonRunner.evaluate(lesson, done.lab(), done.attempt())).allMatch(TaskState::holds);
    }
  }

  @Test
  void aMutantIsALineLeftOutTwoLinesSwappedOrAWordThatIsAnotherOne() {
    Script solution = ((Script.Read.Ok) Script.read("""
        #!task one
        ip link add br7 type vxlan id 42
        #!predict p right
        ip -n left addr add 10.0.0.1/24 dev eth0
        iptables -A INPUT -p tcp --dport 80 -j DROP
        """)).script();
    List<String> changes = Mutants.of(solution, List.of(Editor.fresh(1))).stream().map(Mutant::change).toList();
    assertThat(changes).contains("line 2 left out: ip link add br7 type vxlan id 42",
        "lines 2 and 4 in the other order",
        "line 2: 42 became 43: ip link add br7 type vxlan id 43",
        "line 4: 10.0.0.1/24 became 10.0.0.1/16: ip -n left addr add 10.0.0.1/16 dev eth0",
        "line 4: 10.0.0.1/24 became 10.0.1.1/24: ip -n left addr add 10.0.1.1/24 dev eth0",
        "line 5: 80 became 81: iptables -A INPUT -p tcp --dport 81 -j DROP",
        "line 5: DROP became ACCEPT: iptables -A INPUT -p tcp --dport 80 -j ACCEPT");
    assertThat(changes).noneMatch(c -> c.contains("predict"));
  }
}
