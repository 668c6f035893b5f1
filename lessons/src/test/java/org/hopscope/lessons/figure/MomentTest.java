package org.hopscope.lessons.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.hopscope.lessons.LessonFolders;
import org.hopscope.lessons.Syllabus;
import org.hopscope.lessons.lesson.Lesson;
import org.hopscope.lessons.prose.Prose;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Session;
import org.hopscope.model.shell.Shell;
import org.hopscope.model.sim.Simulator;
import org.hopscope.model.trace.Step;
import org.hopscope.model.trace.Trace;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Shapes of figures are lit at their moments")
class MomentTest {
  /** A step with the lab as it was when its packet was sent. */
  private record Watched(LabState lab, Step step) {
  }

  static Stream<String> ids() {
    return Syllabus.bundled().entries().stream().map(e -> e.card().id());
  }

  /** All that a learner can watch who does as the solution does, and sends what must work in the end. */
  private static List<Watched> watched(Lesson lesson) {
    Session session = new Session(lesson.start());
    List<Trace> traces = new ArrayList<>();
    lesson.answers().solution().commands()
        .forEach(c -> traces.addAll(Shell.run(session, session.state().firstHost().root(), c).traces()));
    lesson.goals().stream().flatMap(goal -> goal.probes(session.state()).stream())
        .forEach(probe -> traces.add(Simulator.run(session.state(), probe)));
    return traces.stream().flatMap(t -> t.steps().stream().map(s -> new Watched(t.start(), s))).toList();
  }

  private static List<Step> lit(String at, String asks) {
    Moment moment = Moment.parse(at, asks).orElseThrow();
    return watched(LessonFolders.lesson("A2")).stream().filter(w -> moment.isNow(w.lab(), w.step())).map(Watched::step)
        .toList();
  }

  private static Stream<Figure.Part> parts(Lesson lesson) {
    Stream<Prose> prose = Stream.concat(Stream.of(lesson.prose()),
        lesson.tasks().stream().flatMap(t -> Stream.of(t.prose(), t.afterwards())));
    return prose.flatMap(p -> p.blocks().stream()).<Figure>mapMulti((block, out) -> {
      if (block instanceof Prose.Block.Picture(String _, String _, Figure figure)) {
        out.accept(figure);
      }
    }).flatMap(figure -> figure.parts().stream());
  }

  @Test
  void aThingIsLitWhileThePacketIsThere() {
    assertThat(lit("netns1", "")).isNotEmpty().allMatch(s -> s.where().name().equals("netns1"));
    assertThat(lit("netns2:veth2 netns1:veth1", "")).isNotEmpty().allMatch(s -> s.device().isPresent());
    assertThat(lit("elsewhere netns1:no-such", "")).isEmpty();
  }

  @Test
  void aTableIsLitWhileItIsAskedThere() {
    assertThat(lit("netns2", "route")).isNotEmpty().allMatch(s -> s.where().name().equals("netns2"));
    assertThat(lit("", "route").size()).isGreaterThan(lit("netns2", "route").size());
    assertThat(lit("", "FORWARD")).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("ids")
  @DisplayName("whoever does as the solution does sees every moment of the figures")
  void everyMomentComes(String id) {
    Lesson lesson = LessonFolders.lesson(id);
    List<Moment> moments = parts(lesson).flatMap(p -> p.moment().stream()).toList();
    if (!moments.isEmpty()) {
      List<Watched> watched = watched(lesson);
      assertThat(moments.stream().filter(m -> watched.stream().noneMatch(w -> m.isNow(w.lab(), w.step())))).isEmpty();
    }
  }
}
