package org.hopscope.lessons.lesson;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.stream.Stream;
import org.hopscope.model.predict.Concept;

/**
 * What a learner has predicted and answered, topic by topic.
 *
 * @param topics those with something wrong first, then those that were all right, then those still to be met
 */
public record Review(List<Topic> topics) {
  private static final ResourceBundle TITLES = ResourceBundle.getBundle("org.hopscope.lessons.concepts");

  public Review {
    topics = List.copyOf(topics);
  }

  /**
   * Something that was said.
   *
   * @param lesson the lesson's id
   * @param question what was asked
   * @param answer what was said
   * @param right whether it is so
   * @param why the reason
   */
  public record Said(String lesson, String question, String answer, boolean right, String why) {
  }

  /**
   * What one concept is about.
   *
   * @param concept its word
   * @param lessons the lessons that ask about it
   * @param said what was said in lessons
   * @param lookups how predictions at lookups went
   */
  public record Topic(String concept, List<String> lessons, List<Said> said, Tally lookups) {
    public Topic {
      lessons = List.copyOf(lessons);
      said = List.copyOf(said);
    }

    /** What it is called. */
    public String title() {
      return TITLES.getString(concept);
    }

    /** How often something was said about it. */
    public int asked() {
      return said.size() + lookups.asked();
    }

    /** How often that was right. */
    public int right() {
      return (int) said.stream().filter(Said::right).count() + lookups.right();
    }

    private int rank() {
      return asked() == 0 ? 2 : right() == asked() ? 1 : 0;
    }
  }

  /**
   * Looks back.
   *
   * @param lessons the lessons there are
   * @param progress what the learner has done
   */
  public static Review of(List<Lesson> lessons, Progress progress) {
    Map<String, List<String>> asking = new LinkedHashMap<>();
    Map<String, List<Said>> said = new LinkedHashMap<>();
    for (Lesson lesson : lessons) {
      Attempt attempt = progress.attempt(lesson.id());
      for (Prediction p : lesson.predictions()) {
        note(asking, p.concept(), lesson.id());
        attempt.prediction(p.id()).flatMap(p::option).map(o -> new Said(lesson.id(), p.question(), o.text(), o.right(),
            o.why())).ifPresent(s -> note(said, p.concept(), s));
      }
      for (Quiz q : lesson.quizzes()) {
        note(asking, q.concept(), lesson.id());
        attempt.answer(q.id()).map(a -> said(lesson, q, a)).ifPresent(s -> note(said, q.concept(), s));
      }
    }
    Stream<String> words = Stream.concat(asking.keySet().stream(), Stream.of(Concept.values()).map(Concept::word));
    return new Review(words.distinct().map(word -> new Topic(word, asking.getOrDefault(word, List.of()),
        said.getOrDefault(word, List.of()), concept(word).map(progress::tally).orElse(Tally.NONE)))
        .sorted(Comparator.comparingInt(Topic::rank)).toList());
  }

  private static Said said(Lesson lesson, Quiz quiz, List<String> answer) {
    boolean right = quiz.isRight(answer);
    return new Said(lesson.id(), quiz.question(), "", right, right ? quiz.why() : "");
  }

  private static Optional<Concept> concept(String word) {
    return Stream.of(Concept.values()).filter(c -> c.word().equals(word)).findFirst();
  }

  private static <T> void note(Map<String, List<T>> notes, String word, T what) {
    List<T> there = notes.computeIfAbsent(word, _ -> new ArrayList<>());
    if (!there.contains(what)) {
      there.add(what);
    }
  }
}
