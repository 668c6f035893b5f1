package org.hopscope.app.cli;

import java.util.Arrays;
import java.util.List;
import org.hopscope.lessons.lesson.Quiz;
import org.hopscope.lessons.lesson.Quiz.Form;

/** Quizzes as they are asked and answered in a terminal: by the numbers of what stands to choose from. */
final class TourQuiz {
  private TourQuiz() {
  }

  /** What stands to choose from, in an order that gives nothing away. */
  static List<Quiz.Item> items(Quiz quiz) {
    return switch (quiz.form()) {
      case Form.Choice(var items, var _) -> items;
      case Form.Order(var items) -> quiz.shuffled(items);
      case Form.Match(var items, var _, var _) -> quiz.shuffled(items);
      case Form.Mark _ -> List.of();
    };
  }

  /** How it is answered. */
  static String how(Quiz quiz) {
    return switch (quiz.form()) {
      case Form.Choice _ -> Messages.of("tour.how.choice");
      case Form.Order _ -> Messages.of("tour.how.order");
      case Form.Match(var _, var partners, var _) -> Messages.of("tour.how.match",
          String.join(", ", partners.stream().map(p -> p.id() + " (" + p.text() + ")").toList()));
      case Form.Mark _ -> Messages.of("tour.how.mark");
    };
  }

  /** What was said, as lessons write it. */
  static List<String> read(Quiz quiz, String words) {
    List<Quiz.Item> items = items(quiz);
    return Arrays.stream(words.strip().split("[\\s,]+")).filter(w -> !w.isEmpty()).map(word -> {
      int equals = word.indexOf('=');
      String number = equals < 0 ? word : word.substring(0, equals);
      boolean counts = number.matches("\\d{1,4}") && Integer.parseInt(number) >= 1
          && Integer.parseInt(number) <= items.size();
      String id = counts ? items.get(Integer.parseInt(number) - 1).id() : number;
      return equals < 0 ? id : Quiz.pair(id, word.substring(equals + 1));
    }).toList();
  }
}
