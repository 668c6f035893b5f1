package org.hopscope.app.desktop.lesson;

import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.hopscope.app.desktop.kit.Icon;
import org.hopscope.app.desktop.kit.Icon.Glyph;
import org.hopscope.app.desktop.kit.Kit;
import org.hopscope.app.desktop.kit.Messages;
import org.hopscope.app.desktop.why.WhyCard;
import org.hopscope.lessons.check.Finding;
import org.hopscope.lessons.lesson.Lesson;
import org.hopscope.lessons.lesson.Task;
import org.hopscope.lessons.lesson.TaskState;
import org.hopscope.model.trace.Trace;

/** A task with its tick. The one to do now is open: what to do, what stands in the way, predictions and hints. */
final class TaskCard extends HBox {
  /** How wide the tick is with the gap beside it, as the style sheet has them. */
  private static final double TICK = 29;

  /** Which part of itself a card shows. */
  enum Stand {
    DONE, JUST_DONE, AGAIN, NOW, LATER
  }

  /**
   * Makes a card.
   *
   * @param desk what is known of the learner
   * @param lesson whose task it is
   * @param state the task, and how far it is
   * @param stand which part is shown
   * @param prose makes nodes of sentences
   * @param turn run when a task that is done shall be opened again, or closed
   */
  TaskCard(LessonDesk desk, Lesson lesson, TaskState state, Stand stand, ProseView prose, Runnable turn) {
    Task task = state.task();
    getStyleClass().addAll("task", switch (stand) {
      case DONE, JUST_DONE, AGAIN -> "task-done";
      case NOW -> "task-now";
      case LATER -> "task-later";
    });
    setAccessibleText(Messages.text(state.holds() ? "task.done" : "task.open", task.title()));
    StackPane tick = new StackPane();
    tick.getStyleClass().add("tick");
    if (state.holds()) {
      tick.getChildren().add(new Icon(Glyph.TICK, 13));
    }
    Label title = Kit.paragraph(task.title(), "task-title");
    VBox words = new VBox(title);
    words.setMinWidth(0);
    HBox.setHgrow(words, Priority.ALWAYS);
    setAlignment(Pos.TOP_LEFT);
    getChildren().addAll(tick, words);
    if (stand == Stand.NOW) {
      setFocusTraversable(true);
      open(desk, lesson, state, prose, words);
    } else if (stand == Stand.JUST_DONE || stand == Stand.AGAIN) {
      if (stand == Stand.AGAIN) {
        words.getChildren().add(prose.beside(TICK, task.prose(), "prose-small"));
      }
      questions(desk, lesson, task, words);
      if (!task.afterwards().isEmpty()) {
        words.getChildren().add(prose.beside(TICK, task.afterwards(), "prose-small"));
      }
    }
    if (stand == Stand.DONE || stand == Stand.AGAIN) {
      title.getStyleClass().add("turns");
      title.setId("turn-" + task.id());
      title.setAccessibleText(Messages.text(stand == Stand.DONE ? "task.again" : "task.fold", task.title()));
      title.setGraphic(new Icon(stand == Stand.DONE ? Glyph.RIGHT : Glyph.DOWN, 13));
      title.setContentDisplay(ContentDisplay.RIGHT);
      Kit.pressable(title, turn);
    }
  }

  private static void open(LessonDesk desk, Lesson lesson, TaskState state, ProseView prose, VBox words) {
    Task task = state.task();
    if (!task.prose().isEmpty()) {
      words.getChildren().add(prose.beside(TICK, task.prose(), "prose-small"));
    }
    state.failures().stream().findFirst().ifPresent(f -> words.getChildren().add(finding(f)));
    if (state.failures().stream().anyMatch(f -> f.tried().isPresent())) {
      desk.unanswered(task).ifPresent(trace -> words.getChildren().add(why(desk, trace)));
    }
    questions(desk, lesson, task, words);
    int opened = desk.attempt().hintsOpened(task.id());
    for (int i = 0; i < opened; i++) {
      VBox hint = new VBox(2, Kit.label(Messages.text("hint.title", i + 1, Task.HINTS), "hint-title"),
          prose.of(task.hints().get(i), "prose-small"));
      hint.getStyleClass().add("hint");
      words.getChildren().add(hint);
    }
  }

  /** Asks why a probe that should be answered is not, and what would help. */
  private static Button why(LessonDesk desk, Trace trace) {
    Button why = Kit.button(Messages.text("finding.why"), () -> {
    }, "link-button", "flush");
    why.setId("finding-why");
    why.setOnAction(
        _ -> WhyCard.open(why, desk.workbench(), trace, step -> desk.workbench().open(trace, step)));
    return why;
  }

  private static void questions(LessonDesk desk, Lesson lesson, Task task, VBox words) {
    lesson.predictions().stream().filter(p -> p.task().equals(task.id()))
        .forEach(p -> words.getChildren().add(new PredictionCard(desk, p)));
    lesson.quizzes().stream().filter(q -> q.task().equals(task.id()))
        .forEach(q -> words.getChildren().add(new QuizCard(desk, q)));
  }

  private static Label finding(Finding finding) {
    Optional<String> tried = finding.tried();
    String text = tried.map(t -> Messages.text("finding.tried", t, finding.seen()))
        .orElseGet(() -> Messages.text("finding.seen", finding.seen()));
    Label label = Kit.paragraph(text, "finding");
    if (tried.isPresent()) {
      label.getStyleClass().add("tried");
    }
    return label;
  }
}
