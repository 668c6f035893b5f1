package org.hopscope.lessons.lesson;

import java.util.List;
import java.util.Optional;

/**
 * A question about what will happen, asked before it happens. Any answer counts as made; none is punished.
 *
 * @param id its name within the lesson
 * @param task the task it is asked in
 * @param concept what it is about, the same word in every lesson, such as {@code connected-route}
 * @param question the question
 * @param options two or more answers, exactly one of them right
 */
public record Prediction(String id, String task, String concept, String question, List<Option> options) {
  public Prediction {
    options = List.copyOf(options);
  }

  /**
   * One answer.
   *
   * @param id its name within the prediction
   * @param text the answer
   * @param right whether it is what happens
   * @param why what to say once it was chosen
   */
  public record Option(String id, String text, boolean right, String why) {
  }

  /** An answer by its id. */
  public Optional<Option> option(String chosen) {
    return options.stream().filter(o -> o.id().equals(chosen)).findFirst();
  }
}
