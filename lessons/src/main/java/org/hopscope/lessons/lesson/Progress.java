package org.hopscope.lessons.lesson;

import java.util.Optional;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/**
 * All that a learner has done, lesson by lesson. It belongs to the learner and stays on the machine.
 *
 * @param attempts by lesson id
 * @param current the lesson that was open last
 */
public record Progress(PSortedMap<String, Attempt> attempts, Optional<String> current) {
  /** Nothing yet. */
  public static final Progress NONE = new Progress(TreePMap.empty(), Optional.empty());

  /** What was done in a lesson. */
  public Attempt attempt(String lesson) {
    return Optional.ofNullable(attempts.get(lesson)).orElse(Attempt.NONE);
  }

  public Progress with(String lesson, Attempt attempt) {
    return new Progress(attempts.plus(lesson, attempt), current);
  }

  public Progress withCurrent(String lesson) {
    return new Progress(attempts, Optional.of(lesson));
  }

  /** Whether every task of a lesson has been done at least once. */
  public boolean hasFinished(Lesson lesson) {
    return lesson.tasks().stream().allMatch(t -> attempt(lesson.id()).completed().contains(t.id()));
  }
}
