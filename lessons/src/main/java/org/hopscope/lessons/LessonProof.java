package org.hopscope.lessons;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.hopscope.lessons.check.Finding;
import org.hopscope.lessons.check.ProbeOutcome;
import org.hopscope.lessons.check.Words;
import org.hopscope.lessons.lesson.Attempt;
import org.hopscope.lessons.lesson.Goal;
import org.hopscope.lessons.lesson.Lesson;
import org.hopscope.lessons.lesson.LessonRunner;
import org.hopscope.lessons.lesson.Rehearsal;
import org.hopscope.lessons.lesson.Script;
import org.hopscope.lessons.lesson.Task;
import org.hopscope.lessons.lesson.TaskState;
import org.hopscope.model.lab.LabState;

/**
 * Replays everything a lesson brings along: its start does no task yet, its solution does them one by one, every variant
 * does all, every wrong answer fails where and why it should, and the goals are true of each finished lab.
 */
public final class LessonProof {
  private final Lesson lesson;
  private final List<String> faults = new ArrayList<>();

  private LessonProof(Lesson lesson) {
    this.lesson = lesson;
  }

  /** What is wrong with a lesson, in words; nothing when it proves itself. */
  public static List<String> faults(Lesson lesson) {
    LessonProof proof = new LessonProof(lesson);
    proof.start();
    proof.solution();
    lesson.answers().variants().forEach(v -> proof.finished(v.file(), proof.perform(v.file(), v.script())));
    lesson.answers().wrong().forEach(proof::wrong);
    return List.copyOf(proof.faults);
  }

  private void start() {
    for (TaskState state : LessonRunner.evaluate(lesson, lesson.start(), Attempt.NONE)) {
      require(!state.holds(), "lesson.json: the start already does task " + state.task().id());
    }
  }

  private void solution() {
    Script solution = lesson.answers().solution();
    String file = lesson.answers().file();
    Rehearsal done = new Rehearsal(lesson.start(), Attempt.NONE, List.of());
    for (Task task : lesson.tasks()) {
      done = Rehearsal.of(done.lab(), done.attempt(), solution.part(task.id()));
      carriedOut(file, done);
      List<TaskState> states = LessonRunner.evaluate(lesson, done.lab(), done.attempt());
      TaskState state = states.get(lesson.tasks().indexOf(task));
      require(state.holds(),
          file + ": task " + task.id() + " does not hold when its part has been done: " + first(state));
    }
    finished(file, done);
  }

  private Rehearsal perform(String who, Script script) {
    Rehearsal done = Rehearsal.of(lesson.start(), Attempt.NONE, script);
    carriedOut(who, done);
    return done;
  }

  private void carriedOut(String who, Rehearsal done) {
    done.refused().stream().filter(r -> !r.sent())
        .forEach(r -> faults.add(who + ":" + r.number() + ": " + r.command() + ": " + r.said()));
  }

  private void finished(String who, Rehearsal done) {
    for (TaskState state : LessonRunner.evaluate(lesson, done.lab(), done.attempt())) {
      require(state.holds(), who + ": task " + state.task().id() + " does not hold: " + first(state));
    }
    lesson.goals().forEach(goal -> goal(who, goal, done.lab()));
  }

  private void goal(String who, Goal goal, LabState lab) {
    require(goal.isMet(lab), who + ": misses the goal " + switch (goal) {
      case Goal.Ends ends -> ends.probe() + ": "
          + ends.outcome().stream().map(ProbeOutcome::word).sorted().collect(Collectors.joining(" or "));
      case Goal.Shows shows -> Words.of(shows.line());
    });
  }

  private void wrong(Lesson.Wrong wrong) {
    Rehearsal done = perform(wrong.file(), wrong.script());
    for (TaskState state : LessonRunner.evaluate(lesson, done.lab(), done.attempt())) {
      if (state.task().id().equals(wrong.task())) {
        require(!state.holds(), wrong.file() + ": task " + wrong.task() + " holds, but should not");
        require(state.holds() || first(state).contains(wrong.reason()),
            wrong.file() + ": fails with \"" + first(state) + "\", not with \"" + wrong.reason() + "\"");
      }
    }
  }

  private static String first(TaskState state) {
    return state.failures().stream().map(Finding::seen).findFirst().orElse("nothing");
  }

  private void require(boolean so, String otherwise) {
    if (!so) {
      faults.add(otherwise);
    }
  }
}
