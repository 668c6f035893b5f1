package org.hopscope.lessons.lesson;

import java.util.List;

/**
 * What a lesson asks.
 *
 * @param predictions what to predict
 * @param quizzes what to answer
 */
public record Questions(List<Prediction> predictions, List<Quiz> quizzes) {
  public Questions {
    predictions = List.copyOf(predictions);
    quizzes = List.copyOf(quizzes);
  }
}
