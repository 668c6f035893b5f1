package org.hopscope.app.desktop.lesson;

import java.util.List;
import org.hopscope.lessons.lesson.Attempt;
import org.hopscope.lessons.lesson.Lesson;
import org.hopscope.lessons.lesson.LessonRunner;
import org.hopscope.lessons.lesson.TaskState;
import org.hopscope.model.lab.LabState;

/**
 * How far a lesson is, and what that was judged by: as long as nothing of it changes it need not be judged again.
 *
 * @param lesson the lesson
 * @param lab the lab that was judged
 * @param attempt what the learner had said and seen
 * @param tasks how far each task is
 */
public record Judgement(Lesson lesson, LabState lab, Attempt attempt, List<TaskState> tasks) {
  /** Judges a lab. */
  public static Judgement of(Lesson lesson, LabState lab, Attempt attempt) {
    return new Judgement(lesson, lab, attempt, LessonRunner.evaluate(lesson, lab, attempt));
  }

  boolean isOf(Lesson asked, LabState now, Attempt said) {
    return lesson == asked && attempt.equals(said) && lab.equals(now);
  }
}
