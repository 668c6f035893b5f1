package org.hopscope.app.desktop.reference;

import java.util.List;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import org.hopscope.app.desktop.kit.Kit;
import org.hopscope.app.desktop.kit.Messages;
import org.hopscope.lessons.Syllabus;

/** Lessons as small buttons that open them; those still to come are only named. */
final class LessonChips {
  private final Syllabus syllabus;
  private final Consumer<String> open;

  LessonChips(Syllabus syllabus, Consumer<String> open) {
    this.syllabus = syllabus;
    this.open = open;
  }

  void open(String lesson) {
    open.accept(lesson);
  }

  /** Chips in a column that is this wide. */
  FlowPane of(List<String> lessons, List<String> later, double width) {
    FlowPane chips = new FlowPane(4, 4);
    chips.setAlignment(Pos.TOP_LEFT);
    chips.setPrefWrapLength(width);
    chips.setMinWidth(width);
    chips.setPrefWidth(width);
    chips.setMaxWidth(width);
    lessons.forEach(id -> chips.getChildren().add(chip(id)));
    if (!later.isEmpty()) {
      Label soon = Kit.label(Messages.text("reference.later", String.join(", ", later)), "chip-later");
      chips.getChildren().add(soon);
    }
    return chips;
  }

  private Button chip(String id) {
    Button chip = Kit.button(id, () -> open.accept(id), "chip");
    Kit.named(chip, syllabus.entry(id).map(e -> id + " " + e.card().title()).orElse(id));
    return chip;
  }
}
