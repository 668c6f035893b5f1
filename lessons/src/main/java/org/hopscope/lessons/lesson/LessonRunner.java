package org.hopscope.lessons.lesson;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hopscope.lessons.check.Evidence;
import org.hopscope.lessons.check.Finding;
import org.hopscope.lessons.check.Judge;
import org.hopscope.model.lab.LabState;

/** Says how far a learner is in a lesson: a pure function of the lab and of what the learner has said and seen. */
public final class LessonRunner {
  private static final Comparator<Finding> ROOT_CAUSE_FIRST =
      Comparator.comparing(Finding::holds).thenComparing(Finding::band);

  private LessonRunner() {
  }

  /** How far each task is, in the order of the tasks. Probes that several checks ask for are sent once. */
  public static List<TaskState> evaluate(Lesson lesson, LabState lab, Attempt attempt) {
    return evaluate(lesson, new Evidence(lab, said(lesson, attempt), attempt.watched()).since(lesson.start()));
  }

  /** The same of an answer that is plain commands or a saved lab, with what its probes saw: see {@link Evidence#ofFile}. */
  public static List<TaskState> evaluateFile(Lesson lesson, LabState lab, Attempt attempt) {
    return evaluate(lesson, Evidence.ofFile(lab, attempt.watched()).since(lesson.start()));
  }

  private static List<TaskState> evaluate(Lesson lesson, Evidence evidence) {
    return lesson.tasks().stream().map(task -> new TaskState(task, findings(task, evidence))).toList();
  }

  /** The attempt with every task that holds now marked as done once. */
  public static Attempt remember(List<TaskState> states, Attempt attempt) {
    Attempt remembered = attempt;
    for (TaskState state : states) {
      remembered = state.holds() ? remembered.complete(state.task().id()) : remembered;
    }
    return remembered;
  }

  private static Map<String, Boolean> said(Lesson lesson, Attempt attempt) {
    Map<String, Boolean> made = new HashMap<>();
    for (Prediction prediction : lesson.predictions()) {
      attempt.prediction(prediction.id()).flatMap(prediction::option)
          .ifPresent(option -> made.put(prediction.id(), option.right()));
    }
    for (Quiz quiz : lesson.quizzes()) {
      attempt.answer(quiz.id()).ifPresent(answer -> made.put(quiz.id(), quiz.isRight(answer)));
    }
    return made;
  }

  /** Root cause first; of failures that see the same thing the first stands for all. */
  private static List<Finding> findings(Task task, Evidence evidence) {
    List<Finding> sorted = task.checks().stream().map(check -> Judge.judge(check, evidence)).sorted(ROOT_CAUSE_FIRST)
        .toList();
    List<Finding> kept = new ArrayList<>();
    for (Finding finding : sorted) {
      if (finding.holds() || kept.stream().noneMatch(k -> !k.holds() && k.seen().equals(finding.seen()))) {
        kept.add(finding);
      }
    }
    return List.copyOf(kept);
  }
}
