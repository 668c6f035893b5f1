package org.hopscope.lessons;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hopscope.lessons.codec.LessonReader;
import org.hopscope.lessons.codec.LessonSource;
import org.hopscope.lessons.lesson.Attempt;
import org.hopscope.lessons.lesson.Lesson;
import org.hopscope.lessons.lesson.LessonRunner;
import org.hopscope.lessons.lesson.Rehearsal;
import org.hopscope.lessons.lesson.Script;
import org.hopscope.lessons.lesson.TaskState;
import org.hopscope.model.lab.Editor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SyllabusTest {
  /** Names and addresses of the lessons, and others in their place; together they read as a script of replacements. */
  private static final List<List<String>> OTHER_NAMES = List.of(List.of("\\bnetns1\\b", "kitchen"),
      List.of("\\bnetns2\\b", "hall"), List.of("\\bveth1\\b", "plug-a"), List.of("\\bveth2\\b", "plug-b"),
      List.of("(?<!as )\\bclient\\b", "guest"), List.of("\\bweb\\b", "shop"),
      List.of("\\b(blue|red|green)([01])\\b", "$1-x$2"),
      List.of("\\bbr0\\b", "sw9"), List.of("\\bp([abc])\\b", "port-$1"), List.of("\\beth0\\b", "nic7"),
      List.of("\\b10\\.1\\.([12])\\.", "172.20.$1."), List.of("\\b10\\.0\\.([0-3])\\.", "192.168.4$1."),
      List.of("\\bwg0\\b", "tunnel7"), List.of("\\b10\\.9\\.0\\.", "10.77.0."),
      List.of("\\b8080\\b", "9191"), List.of("\\bpod([12])\\b", "app$1"), List.of("\\b10\\.244\\.", "10.66."),
      List.of("\\b203\\.0\\.113\\.", "198.51.100."), List.of("\\b192\\.168\\.(1|2|50)\\.", "172.31.$1."));

  /** The same for lessons with a cluster, whose devices have the names that the plugin gives them. */
  private static final List<List<String>> OTHER_NAMES_IN_CLUSTERS = List.of(List.of("\\bdemo\\b(?!\\.yaml)", "plant"),
      List.of("(?<!as )\\bclient\\b", "guest"), List.of("\\bweb\\b(?!\\.yaml)", "shop"), List.of("\\b8080\\b", "9191"),
      List.of("\\b10\\.244\\.", "10.66."), List.of("\\b10\\.96\\.", "10.112."),
      List.of("\\b172\\.18\\.", "172.30."), List.of("\\b203\\.0\\.113\\.", "198.51.100."));

  static Stream<String> ids() {
    return Syllabus.bundled().entries().stream().map(e -> e.card().id());
  }

  @Test
  void holdsItsLessonsInTheirOrder() {
    assertThat(ids()).containsExactly("A1", "A2", "A3", "A4", "A5", "A6", "A7", "A8", "A9", "A10", "A11", "A12", "B1",
        "B2", "B3", "B4", "B5", "B6", "C1", "C2", "C3", "C4", "C5", "C6", "D1", "D2", "D3", "D4", "D5", "D6", "D7",
        "D8",
        "D9",
        "D10", "D11", "E1", "E2", "E3", "E4", "E5", "E6", "E7", "F1", "F2", "F3", "F4");
  }

  @Test
  void bringsAllAnswersThatProveTheLessons() {
    List<Lesson> lessons = ids().map(LessonFolders::lesson).toList();
    assertThat(lessons.stream().mapToInt(l -> l.tasks().size()).sum()).isEqualTo(163);
    assertThat(lessons.stream().mapToInt(l -> l.answers().variants().size()).sum()).isEqualTo(97);
    assertThat(lessons.stream().mapToInt(l -> l.answers().wrong().size()).sum()).isEqualTo(207);
    assertThat(lessons.stream().mapToInt(l -> l.predictions().size()).sum()).isEqualTo(107);
  }

  @ParameterizedTest
  @MethodSource("ids")
  void tellsInItsTableOfContentsWhatTheLessonSaysOfItself(String id) {
    assertThat(LessonFolders.lesson(id).card()).isEqualTo(Syllabus.bundled().entry(id).orElseThrow().card());
  }

  @ParameterizedTest
  @MethodSource("ids")
  void everyLessonProvesItself(String id) {
    assertThat(LessonProof.faults(LessonFolders.lesson(id))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("ids")
  void everyLessonKeepsToTheHouseRules(String id) {
    assertThat(LessonLint.faults(LessonFolders.lesson(id))).isEmpty();
  }

  /** Those whose lab is always the same: a drill has its own names and addresses. */
  static Stream<String> still() {
    return ids().filter(id -> LessonFolders.lesson(id).draw().isEmpty());
  }

  @ParameterizedTest
  @MethodSource("still")
  void everyLessonProvesItselfUnderOtherNamesAndAddresses(String id, @TempDir Path folder) {
    boolean cluster = !LessonFolders.lesson(id).start().clusters().isEmpty();
    List<List<String>> names = cluster ? OTHER_NAMES_IN_CLUSTERS : OTHER_NAMES;
    LessonFolders.copy(id, folder,
        text -> text.lines().map(line -> renamed(line, names)).collect(Collectors.joining("\n")));
    Lesson lesson = LessonFolders.read(LessonReader.read(new LessonSource.Folder(folder)));
    assertThat(lesson.answers().solution()).isNotEqualTo(LessonFolders.lesson(id).answers().solution());
    assertThat(LessonProof.faults(lesson)).isEmpty();
  }

  /** Names of files stay. */
  private static String renamed(String line, List<List<String>> names) {
    String changed = line;
    for (List<String> pair : line.startsWith("![") ? List.<List<String>>of() : names) {
      changed = changed.replaceAll(pair.getFirst(), pair.getLast());
    }
    return changed;
  }

  @Test
  void theArticlesFirstExperimentTypedIntoAnEmptyLabDoesTheSecondLessonToo() {
    String typed = """
        ip netns add netns1
        ip netns add netns2
        ip link add veth1 type veth peer name veth2
        ip link set veth1 netns netns1
        ip link set veth2 netns netns2
        ip netns exec netns1 ip addr add 10.1.1.1/24 dev veth1
        ip netns exec netns2 ip addr add 10.1.1.2/24 dev veth2
        """;
    Lesson lesson = LessonFolders.lesson("A2");
    Rehearsal built = Rehearsal.of(Editor.fresh(99), Attempt.NONE, ((Script.Read.Ok) Script.read(typed)).script());
    Rehearsal done = Rehearsal.of(built.lab(), built.attempt(), lesson.answers().solution());
    assertThat(LessonRunner.evaluate(lesson, done.lab(), done.attempt())).allMatch(TaskState::holds);
    assertThat(done.refused()).extracting(Rehearsal.Refused::command)
        .containsExactly("ip netns exec netns1 ping -c 1 10.1.1.2", "ip netns exec netns1 ping -c 1 10.1.1.2");
  }

  @Test
  void knowsWhichLessonComesNext() {
    Syllabus syllabus = Syllabus.bundled();
    assertThat(syllabus.next("A1").map(e -> e.card().id())).contains("A2");
    assertThat(syllabus.next("A10").map(e -> e.card().id())).contains("A11");
    assertThat(syllabus.next(syllabus.entries().getLast().card().id())).isEmpty();
    assertThat(syllabus.next("Z9")).isEmpty();
    assertThat(syllabus.read("Z9")).isEmpty();
  }
}
