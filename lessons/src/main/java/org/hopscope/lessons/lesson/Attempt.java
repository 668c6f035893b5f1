package org.hopscope.lessons.lesson;

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
 * @param watched the probes watched to their end
 * @param completed the tasks that have ever been done, by id
 * @param hints how many hints of each task have been opened, by task id
 * @param seconds the time spent, in whole seconds
 */
public record Attempt(PMap<String, String> predictions, PSet<Observation> watched, PSet<String> completed,
    PMap<String, Integer> hints, long seconds) {
  /** Nothing yet. */
  public static final Attempt NONE = new Attempt(TreePMap.<String, String>empty(), OrderedPSet.empty(),
      OrderedPSet.empty(), TreePMap.<String, Integer>empty(), 0);

  /** The option that was predicted, if that prediction was made. */
  public Optional<String> prediction(String id) {
    return Optional.ofNullable(predictions.get(id));
  }

  /** With a prediction made. The first choice stands: what comes later was said with the answer in sight. */
  public Attempt predict(String id, String option) {
    return predictions.containsKey(id) ? this : withPredictions(predictions.plus(id, option));
  }

  /** With a trace watched to its end. */
  public Attempt watch(Trace trace) {
    return watch(Observation.of(trace));
  }

  /** With something watched. */
  public Attempt watch(Observation seen) {
    return new Attempt(predictions, watched.plus(seen), completed, hints, seconds);
  }

  /** With a task done at least once. */
  public Attempt complete(String task) {
    return new Attempt(predictions, watched, completed.plus(task), hints, seconds);
  }

  /** With at least so many hints of a task opened. */
  public Attempt openHints(String task, int count) {
    int open = Math.max(count, hintsOpened(task));
    return new Attempt(predictions, watched, completed, hints.plus(task, open), seconds);
  }

  /** How many hints of a task have been opened. */
  public int hintsOpened(String task) {
    return Optional.ofNullable(hints.get(task)).orElse(0);
  }

  /** With so many more seconds spent. */
  public Attempt spend(long more) {
    return new Attempt(predictions, watched, completed, hints, seconds + more);
  }

  private Attempt withPredictions(PMap<String, String> value) {
    return new Attempt(value, watched, completed, hints, seconds);
  }
}
