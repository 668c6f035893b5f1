package org.hopscope.lessons.lesson;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.ResourceBundle;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.hopscope.lessons.LessonFolders;
import org.hopscope.lessons.Syllabus;
import org.hopscope.lessons.lesson.Review.Topic;
import org.hopscope.model.predict.Concept;
import org.junit.jupiter.api.Test;

class ReviewTest {
  private static final List<Lesson> LESSONS =
      Syllabus.bundled().entries().stream().map(e -> LessonFolders.lesson(e.card().id())).toList();

  @Test
  void everyConceptHasATitleAndEveryTitleAConcept() {
    Review review = Review.of(LESSONS, Progress.NONE);
    assertThat(new TreeSet<>(ResourceBundle.getBundle("org.hopscope.lessons.concepts").keySet()))
        .isEqualTo(review.topics().stream().map(Topic::concept).collect(Collectors.toCollection(TreeSet::new)));
    assertThat(review.topics()).allSatisfy(t -> assertThat(t.asked()).isZero());
  }

  @Test
  void whatWasWrongComesFirstAndWhatWasNotAskedLast() {
    Progress done = Progress.NONE.with("D3", Attempt.NONE.predict("wire", "inner").predict("size", "small"))
        .with("D6", Attempt.NONE.predict("both", "priority").answer("tables", List.of("hears=flows")))
        .predicted(Concept.LONGEST_PREFIX, true).predicted(Concept.FDB_PORT, false);
    Review review = Review.of(LESSONS, done);
    assertThat(review.topics().subList(0, 6)).extracting(Topic::concept).containsExactly("encapsulation", "flow-table",
        "fdb-port", "mtu", "flow-priority", "longest-prefix");
    Topic wire = review.topics().getFirst();
    assertThat(wire.said()).singleElement().satisfies(said -> {
      assertThat(said.lesson()).isEqualTo("D3");
      assertThat(said.answer()).isEqualTo("10.244.1.2 and 10.244.2.2");
      assertThat(said.right()).isFalse();
    });
    assertThat(wire.lessons()).contains("D3");
    assertThat(review.topics().get(2).asked()).isEqualTo(1);
    assertThat(review.topics().get(5).right()).isEqualTo(1);
  }
}
