package org.hopscope.app.desktop.lesson;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.hopscope.app.desktop.kit.DropButton;
import org.hopscope.app.desktop.kit.Kit;
import org.hopscope.app.desktop.kit.Messages;
import org.hopscope.lessons.lesson.Attempt;
import org.hopscope.lessons.lesson.Draw;

/** Which drill is open: its number, how hard it is, how many were mended, and the way to the next. */
final class DrillBar extends HBox {
  DrillBar(Draw draw, Attempt attempt, Consumer<Draw> open) {
    super(6);
    Label number = Kit.label(Messages.text("drill.number", Long.toString(draw.seed()),
        attempt.drill().map(Attempt.Drilling::mended).orElse(0)), "banner-words");
    DropButton level = new DropButton(() -> levels(draw, open));
    level.setText(Messages.text("drill.level", draw.level()));
    level.setId("drill-level");
    level.getStyleClass().add("quiz-chosen");
    level.setAccessibleText(Messages.text("drill.level." + draw.level()));
    Button next = Kit.button(Messages.text("drill.next"), () -> open.accept(draw.next()), "link-button");
    next.setId("drill-next");
    getChildren().addAll(number, Kit.spring(), level, next);
    setAlignment(Pos.CENTER_LEFT);
    getStyleClass().add("banner");
    VBox.setMargin(this, new Insets(0, 0, 12, 0));
  }

  private static List<MenuItem> levels(Draw draw, Consumer<Draw> open) {
    return IntStream.rangeClosed(1, Draw.LEVELS).mapToObj(level -> {
      MenuItem item = new MenuItem(Messages.text("drill.level." + level));
      item.setOnAction(_ -> open.accept(draw.at(level)));
      return item;
    }).toList();
  }
}
