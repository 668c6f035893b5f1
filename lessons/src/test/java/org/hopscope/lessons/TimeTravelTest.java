package org.hopscope.lessons;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.hopscope.lessons.lesson.Lesson;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Session;
import org.hopscope.model.net.Learned;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.probe.SavedProbe;
import org.hopscope.model.shell.Shell;
import org.hopscope.model.sim.Simulator;
import org.hopscope.model.trace.Effect;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Fate;
import org.hopscope.model.trace.Narrator;
import org.hopscope.model.trace.Step;
import org.hopscope.model.trace.Trace;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Every probe of every lesson can be gone through in any order")
class TimeTravelTest {
  private static final int JOURNEYS = 25;
  private static final int SHORT = 12;

  static Stream<String> ids() {
    return Syllabus.bundled().entries().stream().map(e -> e.card().id());
  }

  /** What is sent in a lesson: the probes that its solution sends, those kept with its lab, and those of its goals. */
  private static List<Trace> traces(Lesson lesson) {
    List<Trace> traces = new ArrayList<>();
    Session session = new Session(lesson.start());
    lesson.answers().solution().commands()
        .forEach(c -> traces.addAll(Shell.run(session, session.state().firstHost().root(), c).traces()));
    for (LabState lab : List.of(lesson.start(), session.state())) {
      probes(lesson, lab).forEach(p -> traces.add(Simulator.run(lab, p)));
    }
    return traces;
  }

  private static List<Probe> probes(Lesson lesson, LabState lab) {
    Stream<SavedProbe> saved = Stream.concat(lab.notes().probes().values().stream(), lesson.queued().stream());
    Stream<Probe> goals = lesson.goals().stream().flatMap(g -> g.probes(lab).stream());
    return Stream.concat(saved.map(SavedProbe::probe), goals).filter(p -> lab.find(p.from()).isPresent()).distinct()
        .toList();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("ids")
  @DisplayName("the lab at n is the same after going to m and back")
  void thereAndBack(String id) {
    Random random = new Random(id.hashCode());
    for (Trace trace : traces(LessonFolders.lesson(id))) {
      List<Learned> walked = walked(trace);
      int last = trace.steps().size();
      for (int[] journey : journeys(last, random)) {
        LabState at = trace.stateAt(journey[0]);
        assertThat(trace.stateAt(journey[1]).learned()).isEqualTo(walked.get(journey[1]));
        assertThat(trace.stateAt(journey[0])).isEqualTo(at);
        assertThat(at.learned()).isEqualTo(walked.get(journey[0]));
      }
    }
  }

  /** All pairs of a short trace; of a long one both ends and some between. */
  private static List<int[]> journeys(int last, Random random) {
    List<int[]> all = new ArrayList<>(List.of(new int[] {0, last}, new int[] {last, 0}));
    if (last <= SHORT) {
      for (int n = 0; n <= last; n++) {
        for (int m = 0; m <= last; m++) {
          all.add(new int[] {n, m});
        }
      }
    } else {
      for (int i = 0; i < JOURNEYS; i++) {
        all.add(new int[] {random.nextInt(last + 1), random.nextInt(last + 1)});
      }
    }
    return all;
  }

  /** The tables before each step and after the last, going forward one step at a time. */
  private static List<Learned> walked(Trace trace) {
    List<Learned> all = new ArrayList<>(List.of(trace.start().learned()));
    for (Step step : trace.steps()) {
      Learned learned = all.getLast();
      for (Effect effect : step.effects()) {
        learned = effect.applyTo(learned);
      }
      all.add(learned);
    }
    return all;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("ids")
  @DisplayName("the words of a copy's last step agree with its fate, and those of the whole with the result")
  void words(String id) {
    for (Trace trace : traces(LessonFolders.lesson(id))) {
      assertThat(Narrator.whyFailed(trace).isPresent()).isNotEqualTo(trace.result().succeeded());
      for (Step step : trace.steps()) {
        if (step.event() instanceof Event.Ended(Fate fate)) {
          String headline = Narrator.headline(trace, step.index());
          assertThat(Narrator.sentence(trace, step.index())).isNotBlank().doesNotContain("{");
          assertThat(headline.startsWith("died")).as(headline).isEqualTo(fate instanceof Fate.Died);
          assertThat(headline.startsWith("delivered")).as(headline).isEqualTo(fate instanceof Fate.Delivered);
        }
      }
    }
  }
}
