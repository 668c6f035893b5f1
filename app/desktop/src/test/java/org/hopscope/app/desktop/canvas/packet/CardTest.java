package org.hopscope.app.desktop.canvas.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.stream.Stream;
import org.hopscope.app.desktop.canvas.words.CanvasTexts;
import org.hopscope.lessons.Syllabus;
import org.hopscope.lessons.codec.LessonRead;
import org.hopscope.lessons.lesson.Attempt;
import org.hopscope.lessons.lesson.Goal;
import org.hopscope.lessons.lesson.Lesson;
import org.hopscope.lessons.lesson.Rehearsal;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.sim.Simulator;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Step;
import org.hopscope.model.trace.Trace;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a packet does, the card beside it has words for it. */
class CardTest {
  private static final CanvasTexts TEXTS = new CanvasTexts(Locale.ENGLISH);

  static Stream<String> ids() {
    return Syllabus.bundled().entries().stream().map(e -> e.card().id());
  }

  @ParameterizedTest
  @MethodSource("ids")
  void everyStepOfALessonsProbesHasWords(String id) {
    Lesson lesson = Syllabus.bundled().read(id).map(r -> ((LessonRead.Ok) r).lesson()).orElseThrow();
    LabState done = Rehearsal.of(lesson.start(), Attempt.NONE, lesson.answers().solution()).lab();
    for (LabState lab : Stream.of(lesson.start(), done).toList()) {
      for (Goal goal : lesson.goals()) {
        goal.probes(lab).stream().limit(1).forEach(probe -> {
          Trace trace = Simulator.run(lab, probe);
          for (Step step : trace.steps()) {
            assertThat(Card.of(trace, step, TEXTS).map(Card::pill).orElse("none")).isNotBlank();
          }
        });
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Event.Rewriting.class)
  void everyRewritingHasWords(Event.Rewriting why) {
    assertThat(TEXTS.get("card.rewrite." + why)).isNotBlank();
  }
}
