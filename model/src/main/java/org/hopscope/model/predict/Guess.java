package org.hopscope.model.predict;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.hopscope.model.trace.Considerations;
import org.hopscope.model.trace.Considered;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Lookup;
import org.hopscope.model.trace.Trace;

/**
 * A lookup whose outcome may be guessed before it is shown.
 *
 * @param step the step of the trace, from 0
 * @param concept what it is about
 * @param question what to ask
 * @param rows the rows one may pick, in the table's order, the last of them that no row decides; one of them wins
 */
public record Guess(int step, Concept concept, String question, List<Considered> rows) {
  public Guess {
    rows = List.copyOf(rows);
  }

  /**
   * What is said of a pick.
   *
   * @param right whether it is the row that wins
   * @param winner the place of the row that wins, from 0
   * @param sentence why the picked row won, or why it lost and which one won
   */
  public record Judgement(boolean right, int winner, String sentence) {
  }

  /** What can be guessed at a step; empty where nothing is looked up, or there is no choice. */
  public static Optional<Guess> at(Trace trace, int step) {
    if (!(trace.steps().get(step).event() instanceof Event.Looked(Lookup lookup))) {
      return Optional.empty();
    }
    List<Considered> rows = Considerations.choices(lookup, trace.stateAt(step));
    Concept concept = Concept.of(lookup);
    return rows.size() < 2
        ? Optional.empty()
        : Optional.of(new Guess(step, concept, Sentences.say("question." + concept.word()), rows));
  }

  /** All that can be guessed in a trace, in the order of its steps. */
  public static List<Guess> all(Trace trace) {
    return IntStream.range(0, trace.steps().size()).mapToObj(i -> at(trace, i)).flatMap(Optional::stream).toList();
  }

  /**
   * Judges a pick.
   *
   * @param pick the place of a row, from 0; {@link IndexOutOfBoundsException} for any other
   */
  public Judgement judge(int pick) {
    Considered picked = rows.get(pick);
    int winner = IntStream.range(0, rows.size()).filter(i -> rows.get(i).won()).findFirst().orElseThrow();
    return picked.won()
        ? new Judgement(true, winner, Sentences.say("right", picked.row(), picked.reason()))
        : new Judgement(false, winner, Sentences.say("wrong", picked.row(), picked.reason(), rows.get(winner).row(),
            rows.get(winner).reason()));
  }
}
