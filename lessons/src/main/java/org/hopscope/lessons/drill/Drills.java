package org.hopscope.lessons.drill;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import org.hopscope.lessons.lesson.Attempt;
import org.hopscope.lessons.lesson.Draw;
import org.hopscope.lessons.lesson.Lesson;
import org.hopscope.lessons.lesson.LessonRunner;
import org.hopscope.lessons.lesson.Rehearsal;
import org.hopscope.lessons.lesson.TaskState;
import org.hopscope.model.fault.Area;
import org.hopscope.model.fault.Fault;
import org.hopscope.model.fault.Faults;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Session;
import org.hopscope.model.sim.Simulator;
import org.hopscope.model.why.Explanation;
import org.hopscope.model.why.WhyNot;

/**
 * Draws drills. A fault is taken when it can be seen by a probe that worked, does not heal by itself, when "why not?" names it
 * and its repair does the whole lesson, and when there is a lookup that shows it; else the next one is tried.
 */
public final class Drills {
  /** The tasks of a lesson that can be drawn, by their ids. */
  public static final List<String> TASKS = List.of(DrillLesson.WATCH, DrillLesson.FIND, DrillLesson.MEND);
  private static final int TRIES = 400;
  private static final long MINUTE = 60_000_000_000L;
  private final Grounds grounds;

  /**
   * Drills.
   *
   * @param ids the lessons in whose solved labs a fault may be put
   * @param lessons gives them
   */
  public Drills(List<String> ids, Function<String, Optional<Lesson>> lessons) {
    grounds = new Grounds(ids, lessons);
  }

  /** A drill as a lesson: the words of another one, and the lab, the checks, the questions and answers of this draw. */
  public Lesson lesson(Lesson words, Draw draw) {
    Random random = new Random(draw.seed() * 7919 + draw.level());
    for (int i = 0; i < TRIES; i++) {
      Optional<Lesson> made = drill(draw, random).map(d -> new DrillLesson(d).of(words)).filter(Drills::isSolved);
      if (made.isPresent()) {
        return made.get();
      }
    }
    throw new IllegalStateException("no drill is drawn by " + draw);
  }

  private Optional<Drill> drill(Draw draw, Random random) {
    Ground ground = grounds.any(draw.level(), random);
    Faults faults = new Faults(ground.lab(), random.nextLong());
    Area area = Area.values()[random.nextInt(3) > 0 ? draw.level() - 1 : random.nextInt(draw.level())];
    List<String> kinds = faults.kinds().stream().filter(area.kinds()::contains).toList();
    if (kinds.isEmpty()) {
      return Optional.empty();
    }
    Optional<Fault> made = faults.of(kinds.get(random.nextInt(kinds.size())));
    return made.flatMap(fault -> seen(ground, fault).flatMap(sent -> {
      Explanation why = WhyNot.ask(fault.after(), sent.probe());
      boolean fair = why.suggestions().stream().findFirst()
          .filter(s -> s.breaks().isEmpty() && fault.isNamedBy(s)).isPresent();
      Drill drill = new Drill(draw, ground, fault, sent.trace(), why);
      return fair && drill.culprit().isPresent() && drill.choices().size() > 1 ? Optional.of(drill) : Optional.empty();
    }));
  }

  /** The first probe that was answered and is not any more, now and a minute later. */
  private static Optional<Ground.Sent> seen(Ground ground, Fault fault) {
    Session later = new Session(fault.after());
    later.apply(new Edit.Sleep(MINUTE));
    return ground.probes().stream().filter(Ground.Sent::answered)
        .filter(s -> Arrays.asList(fault.after(), later.state()).stream().noneMatch(lab -> answers(lab, s)))
        .findFirst();
  }

  private static boolean answers(LabState lab, Ground.Sent sent) {
    return lab.find(sent.probe().from()).isEmpty() || Simulator.run(lab, sent.probe()).result().succeeded();
  }

  private static boolean isSolved(Lesson lesson) {
    Rehearsal done = Rehearsal.of(lesson.start(), Attempt.NONE, lesson.answers().solution());
    return done.refused().stream().allMatch(Rehearsal.Refused::sent)
        && LessonRunner.evaluate(lesson, done.lab(), done.attempt()).stream().allMatch(TaskState::holds);
  }
}
