package org.hopscope.lessons.mutation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.hopscope.lessons.lesson.Attempt;
import org.hopscope.lessons.lesson.Lesson;
import org.hopscope.lessons.lesson.LessonRunner;
import org.hopscope.lessons.lesson.Rehearsal;
import org.hopscope.lessons.lesson.Script;
import org.hopscope.lessons.lesson.TaskState;
import org.hopscope.model.lab.LabState;

/**
 * How many of the mutants of a lesson's solution that miss one of the lesson's goals are caught by its checks. Goals are
 * declared apart from the checks, so that neither can be blind where the other is.
 *
 * @param lesson the lesson's id
 * @param tried how many mutants were tried
 * @param harmful how many of them miss a goal
 * @param survivors the harmful ones that the checks let pass
 */
public record MutationScore(String lesson, int tried, int harmful, List<Mutant> survivors) {
  /** The least share of harmful mutants that a lesson must catch, in percent. */
  public static final int FLOOR = 95;
  private static final long SEED = 7;

  public MutationScore {
    survivors = List.copyOf(survivors);
  }

  /**
   * Tries a lesson's mutants.
   *
   * @param lesson the lesson
   * @param most how many at most; which ones, a fixed seed decides
   */
  public static MutationScore of(Lesson lesson, int most) {
    Script solution = lesson.answers().solution();
    List<Rehearsal> after = rehearse(lesson.start(), solution);
    LabState done = after.getLast().lab();
    List<Mutant> mutants = new ArrayList<>(Mutants.of(solution, List.of(lesson.start(), done)));
    Collections.shuffle(mutants, new Random(SEED));
    int harmful = 0;
    List<Mutant> survivors = new ArrayList<>();
    List<Mutant> chosen = mutants.subList(0, Math.min(most, mutants.size()));
    for (Mutant mutant : chosen) {
      Rehearsal before = after.get(mutant.kept());
      Rehearsal made = Rehearsal.of(before.lab(), before.attempt(), new Script(mutant.rest()));
      if (!lesson.goals().stream().allMatch(goal -> goal.isMet(made.lab()))) {
        harmful++;
        if (LessonRunner.evaluate(lesson, made.lab(), made.attempt()).stream().allMatch(TaskState::holds)) {
          survivors.add(mutant);
        }
      }
    }
    return new MutationScore(lesson.id(), chosen.size(), harmful, survivors);
  }

  /** The lab after each line, and before the first. */
  private static List<Rehearsal> rehearse(LabState start, Script solution) {
    List<Rehearsal> after = new ArrayList<>(List.of(new Rehearsal(start, Attempt.NONE, List.of())));
    for (Script.Line line : solution.lines()) {
      Rehearsal before = after.getLast();
      after.add(Rehearsal.of(before.lab(), before.attempt(), new Script(List.of(line))));
    }
    return after;
  }

  /** How many harmful mutants are caught, in percent; 100 when none is harmful. */
  public double percent() {
    return harmful == 0 ? 100 : 100.0 * (harmful - survivors.size()) / harmful;
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%s: %d of %d harmful mutants caught (%.1f %%), %d tried", lesson,
        harmful - survivors.size(), harmful, percent(), tried);
  }
}
