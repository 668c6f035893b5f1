package org.hopscope.app.desktop.lesson;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import javafx.application.Platform;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.hopscope.app.desktop.kit.Icon;
import org.hopscope.app.desktop.kit.Icon.Glyph;
import org.hopscope.app.desktop.kit.Kit;
import org.hopscope.app.desktop.kit.Messages;
import org.hopscope.lessons.Syllabus;
import org.hopscope.lessons.codec.LessonRead;
import org.hopscope.lessons.lesson.Lesson;

/** The table of contents: chapters and their lessons, each with how far the learner is. */
public final class LessonList extends VBox {
  public LessonList(LessonDesk desk, Consumer<String> open) {
    getStyleClass().add("lesson-list");
    String chapter = "";
    for (Syllabus.Entry entry : desk.syllabus().entries()) {
      Lesson.Card card = entry.card();
      if (!card.chapter().equals(chapter)) {
        chapter = card.chapter();
        getChildren().add(Kit.label(Kit.capitals(chapter), "eyebrow", "chapter"));
      }
      getChildren().add(row(desk, card, open));
    }
  }

  private static HBox row(LessonDesk desk, Lesson.Card card, Consumer<String> open) {
    boolean here = desk.lessonProperty().get().map(l -> l.id().equals(card.id())).orElse(false);
    StackPane tick = new StackPane();
    tick.getStyleClass().add("tick");
    VBox words = new VBox(Kit.paragraph(card.id() + "  " + card.title(), "lesson-row-title"),
        Kit.paragraph(card.question(), "lesson-row-question"));
    words.setMinWidth(0);
    HBox.setHgrow(words, Priority.ALWAYS);
    HBox row = new HBox(10, tick, words, minutes(card));
    row.getStyleClass().addAll("lesson-row", "task-later");
    if (!desk.progressProperty().get().attempt(card.id()).completed().isEmpty()) {
      CompletableFuture.supplyAsync(() -> isFinished(desk, card.id())).thenAcceptAsync(finished -> {
        if (finished) {
          row.getStyleClass().add("task-done");
          tick.getChildren().setAll(new Icon(Glyph.TICK, 11));
        }
      }, Platform::runLater);
    }
    if (here) {
      row.getStyleClass().add("here");
    }
    Kit.pressable(row, () -> open.accept(card.id()));
    row.setAccessibleText(card.id() + " " + card.title());
    return row;
  }

  private static javafx.scene.control.Label minutes(Lesson.Card card) {
    var label = Kit.label(Messages.text("lesson.minutes", card.minutes()), "faint");
    label.setMinWidth(Region.USE_PREF_SIZE);
    return label;
  }

  /** Which tasks a lesson has is known once it is read, which takes a moment: so the tick comes when it comes. */
  private static boolean isFinished(LessonDesk desk, String id) {
    return desk.read(id).map(read -> switch (read) {
      case LessonRead.Ok(Lesson lesson) -> desk.progressProperty().get().hasFinished(lesson);
      case LessonRead.Malformed _ -> false;
    }).orElse(false);
  }
}
