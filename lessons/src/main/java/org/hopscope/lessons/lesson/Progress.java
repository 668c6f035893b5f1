package org.hopscope.lessons.lesson;

import java.util.Optional;
import org.hopscope.model.predict.Concept;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/**
 * All that a learner has done: lesson by lesson, and concept by concept what they predicted at lookups. It belongs to the
 * learner and stays on the machine.
 *
 * @param attempts by lesson id
 * @param tallies how predictions went, by what they were about
 * @param current the lesson that was open last
 */
public record Progress(PSortedMap<String, Attempt> attempts, PSortedMap<Concept, Tally> tallies,
    Optional<String> current) {
  /** Nothing yet. */
  public static final Progress NONE = new Progress(TreePMap.empty(), TreePMap.empty(), Optional.empty());

  /** What was done in a lesson. */
  public Attempt attempt(String lesson) {
    return Optional.ofNullable(attempts.get(lesson)).orElse(Attempt.NONE);
  }

  /** How predictions of a concept went. */
  public Tally tally(Concept concept) {
    return Optional.ofNullable(tallies.get(concept)).orElse(Tally.NONE);
  }

  public Progress with(String lesson, Attempt attempt) {
    return new Progress(attempts.plus(lesson, attempt), tallies, current);
  }

  public Progress with(Concept concept, Tally tally) {
    return new Progress(attempts, tallies.plus(concept, tally), current);
  }

  /** With one more prediction. */
  public Progress predicted(Concept concept, boolean right) {
    return with(concept, tally(concept).plus(right));
  }

  public Progress withCurrent(String lesson) {
    return new Progress(attempts, tallies, Optional.of(lesson));
  }

  /** Whether every task of a lesson has been done at least once. */
  public boolean hasFinished(Lesson lesson) {
    return lesson.tasks().stream().allMatch(t -> attempt(lesson.id()).completed().contains(t.id()));
  }
}
