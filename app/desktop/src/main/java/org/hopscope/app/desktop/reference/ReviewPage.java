package org.hopscope.app.desktop.reference;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.hopscope.app.desktop.kit.Icon;
import org.hopscope.app.desktop.kit.Icon.Glyph;
import org.hopscope.app.desktop.kit.Kit;
import org.hopscope.app.desktop.kit.Messages;
import org.hopscope.app.desktop.lesson.LessonDesk;
import org.hopscope.lessons.codec.LessonRead;
import org.hopscope.lessons.lesson.Lesson;
import org.hopscope.lessons.lesson.Progress;
import org.hopscope.lessons.lesson.Review;

/** What the learner has predicted and answered, concept by concept: what to look at again stands first. */
final class ReviewPage extends VBox {
  private final LessonChips chips;

  ReviewPage(LessonDesk desk, LessonChips chips) {
    this.chips = chips;
    getStyleClass().add("reference-page");
    getChildren().add(Kit.label(Messages.text("review.reading"), "empty-note"));
    Progress progress = desk.progressProperty().get();
    CompletableFuture.supplyAsync(() -> Review.of(lessons(desk), progress)).thenAcceptAsync(
        review -> fill(desk, review), Platform::runLater);
  }

  /** All lessons that can be read; those that were not read yet take a moment. */
  private static List<Lesson> lessons(LessonDesk desk) {
    return desk.syllabus().entries().stream().map(e -> desk.read(e.card().id()).orElseThrow())
        .<Lesson>mapMulti((read, out) -> {
          if (read instanceof LessonRead.Ok(Lesson lesson)) {
            out.accept(lesson);
          }
        }).toList();
  }

  private void fill(LessonDesk desk, Review review) {
    long finished = lessons(desk).stream().filter(desk.progressProperty().get()::hasFinished).count();
    int asked = review.topics().stream().mapToInt(Review.Topic::asked).sum();
    int right = review.topics().stream().mapToInt(Review.Topic::right).sum();
    getChildren().setAll(Kit.paragraph(Messages.text("review.sum", finished, desk.syllabus().entries().size(), asked,
        right), "term-text"));
    part("review.again", review.topics().stream().filter(t -> t.asked() > t.right()));
    part("review.right", review.topics().stream().filter(t -> t.asked() > 0 && t.asked() == t.right()));
    part("review.open", review.topics().stream().filter(t -> t.asked() == 0));
  }

  private void part(String title, Stream<Review.Topic> topics) {
    List<Node> rows = topics.map(this::row).toList();
    if (!rows.isEmpty()) {
      getChildren().add(Kit.paragraph(Messages.text(title), "section-title"));
      getChildren().addAll(rows);
    }
  }

  private Node row(Review.Topic topic) {
    Label count = Kit.label(topic.asked() == 0 ? "" : Messages.text("review.count", topic.right(), topic.asked()),
        topic.asked() > topic.right() ? "bad-text" : "ok-text", "term-count");
    count.setMinWidth(Region.USE_PREF_SIZE);
    VBox words = new VBox(4, new HBox(10, Kit.label(topic.title(), "term-name"), count));
    topic.said().forEach(said -> words.getChildren().add(said(said)));
    if (topic.lookups().asked() > 0) {
      words.getChildren().add(Kit.paragraph(Messages.text("review.lookups", topic.lookups().asked(),
          topic.lookups().right()), "term-truth"));
    }
    words.setMinWidth(0);
    HBox.setHgrow(words, Priority.ALWAYS);
    HBox row = new HBox(12, words, chips.of(topic.lessons(), List.of(), 150));
    row.getStyleClass().add("reference-row");
    return row;
  }

  private static Node said(Review.Said said) {
    Icon mark = new Icon(said.right() ? Glyph.TICK : Glyph.CROSS, 11);
    mark.getStyleClass().add(said.right() ? "review-right" : "review-wrong");
    VBox words = new VBox(1, Kit.paragraph(said.question(), "term-text"));
    if (!said.answer().isEmpty()) {
      words.getChildren().add(Kit.paragraph(Messages.text("review.said", said.answer(), said.why()), "term-truth"));
    }
    words.setMinWidth(0);
    HBox.setHgrow(words, Priority.ALWAYS);
    return new HBox(8, mark, words);
  }
}
