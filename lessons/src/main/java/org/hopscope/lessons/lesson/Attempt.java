package org.hopscope.lessons.lesson;

import java.util.List;
import java.util.Optional;
import org.hopscope.lessons.check.Observation;
import org.hopscope.model.trace.Trace;
import org.pcollections.OrderedPSet;
import org.pcollections.PMap;
import org.pcollections.PSet;
import org.pcollections.TreePMap;

/**
 * What a learner has said, seen and done in one lesson: what the lab itself does not remember.
 *
 * @param predictions the option chosen for each prediction, by id; the first choice stands
 * @param answers the latest answer to each quiz, by id
 * @param watched the probes watched to their end
 * @param completed the tasks that have ever been done, by id
 * @param hints how many hints of each task have been opened, by task id
 * @param seconds the time spent, in whole seconds
 * @param drill which drill it is about and how many came before, for a lesson that is drawn anew again and again
 */
public record Attempt(PMap<String, String> predictions, PMap<String, List<String>> answers, PSet<Observation> watched,
    PSet<String> completed, PMap<String, Integer> hints, long seconds, Optional<Drilling> drill) {
  /** Nothing yet. */
  public static final Attempt NONE = new Attempt(TreePMap.<String, String>empty(),
      TreePMap.<String, List<String>>empty(), OrderedPSet.empty(), OrderedPSet.empty(),
      TreePMap.<String, Integer>empty(), 0, Optional.empty());

  /**
   * Where a learner is in a lesson that never ends.
   *
   * @param draw which drill is open
   * @param mended how many were mended before, from 0
   */
  public record Drilling(Draw draw, int mended) {
  }

  /** What is left of it for another drill: what was said and seen was about the one before. */
  public Attempt draw(Draw next, boolean mended) {
    int before = drill.map(Drilling::mended).orElse(0);
    return new Attempt(NONE.predictions, NONE.answers, NONE.watched, completed, NONE.hints, seconds,
        Optional.of(new Drilling(next, before + (mended ? 1 : 0))));
  }

  /** The option that was predicted, if that prediction was made. */
  public Optional<String> prediction(String id) {
    return Optional.ofNullable(predictions.get(id));
  }

  /** With a prediction made. The first choice stands: what comes later was said with the answer in sight. */
  public Attempt predict(String id, String option) {
    return predictions.containsKey(id) ? this : withPredictions(predictions.plus(id, option));
  }

  /** The latest answer to a quiz, if there is one. */
  public Optional<List<String>> answer(String quiz) {
    return Optional.ofNullable(answers.get(quiz));
  }

  /** With a quiz answered. An answer may be given again; the latest counts. */
  public Attempt answer(String quiz, List<String> answer) {
    return new Attempt(predictions, answers.plus(quiz, List.copyOf(answer)), watched, completed, hints, seconds, drill);
  }

  /** With a trace watched to its end. */
  public Attempt watch(Trace trace) {
    return watch(Observation.of(trace));
  }

  /** With something watched. */
  public Attempt watch(Observation seen) {
    return new Attempt(predictions, answers, watched.plus(seen), completed, hints, seconds, drill);
  }

  /** With a task done at least once. */
  public Attempt complete(String task) {
    return new Attempt(predictions, answers, watched, completed.plus(task), hints, seconds, drill);
  }

  /** With at least so many hints of a task opened. */
  public Attempt openHints(String task, int count) {
    int open = Math.max(count, hintsOpened(task));
    return new Attempt(predictions, answers, watched, completed, hints.plus(task, open), seconds, drill);
  }

  /** How many hints of a task have been opened. */
  public int hintsOpened(String task) {
    return Optional.ofNullable(hints.get(task)).orElse(0);
  }

  /** With so many more seconds spent. */
  public Attempt spend(long more) {
    return new Attempt(predictions, answers, watched, completed, hints, seconds + more, drill);
  }

  private Attempt withPredictions(PMap<String, String> value) {
    return new Attempt(value, answers, watched, completed, hints, seconds, drill);
  }
}
