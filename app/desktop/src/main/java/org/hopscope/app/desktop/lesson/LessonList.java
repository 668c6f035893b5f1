package org.hopscope.app.desktop.lesson;

import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.layout.HBox;
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

  private static Button row(LessonDesk desk, Lesson.Card card, Consumer<String> open) {
    boolean here = desk.lessonProperty().get().map(l -> l.id().equals(card.id())).orElse(false);
    StackPane tick = new StackPane();
    tick.getStyleClass().add("tick");
    boolean finished = isFinished(desk, card.id());
    if (finished) {
      tick.getChildren().add(new Icon(Glyph.TICK, 11));
    }
    VBox words = new VBox(Kit.label(card.id() + "  " + card.title(), "lesson-row-title"),
        Kit.paragraph(card.question(), "lesson-row-question"));
    words.setMinWidth(0);
    HBox line = new HBox(10, tick, words, Kit.spring(), minutes(card));
    line.setAlignment(Pos.TOP_LEFT);
    Button row = Kit.button("", () -> open.accept(card.id()), "lesson-row", finished ? "task-done" : "task-later");
    if (here) {
      row.getStyleClass().add("here");
    }
    row.setGraphic(line);
    row.setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
    row.setMaxWidth(Double.MAX_VALUE);
    row.setMinWidth(0);
    row.setAccessibleText(card.id() + " " + card.title());
    return row;
  }

  private static javafx.scene.control.Label minutes(Lesson.Card card) {
    var label = Kit.label(Messages.text("lesson.minutes", card.minutes()), "faint");
    label.setMinWidth(Region.USE_PREF_SIZE);
    return label;
  }

  /** A lesson that nobody has tried is not read to find out: that takes longer than the rest of the list. */
  private static boolean isFinished(LessonDesk desk, String id) {
    return desk.progressProperty().get().attempts().containsKey(id) && isFinishedAttempt(desk, id);
  }

  private static boolean isFinishedAttempt(LessonDesk desk, String id) {
    return desk.syllabus().read(id).map(read -> switch (read) {
      case LessonRead.Ok(Lesson lesson) -> desk.progressProperty().get().hasFinished(lesson);
      case LessonRead.Malformed _ -> false;
    }).orElse(false);
  }
}
