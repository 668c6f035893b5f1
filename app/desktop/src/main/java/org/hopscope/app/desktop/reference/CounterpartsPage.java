package org.hopscope.app.desktop.reference;

import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.VBox;
import org.hopscope.app.desktop.kit.Kit;
import org.hopscope.app.desktop.kit.Messages;
import org.hopscope.lessons.codec.ArticleMapReader;
import org.hopscope.lessons.lesson.Counterparts;

/** The article's tables: Linux on the left, Kubernetes on the right. A row opens the lesson that shows it. */
final class CounterpartsPage extends VBox {
  private static final double[] SHARES = {32, 44, 24};

  private final LessonChips chips;

  CounterpartsPage(LessonChips chips) {
    this.chips = chips;
    getStyleClass().add("reference-page");
    getChildren().add(Kit.paragraph(Messages.text("counterparts.intro"), "term-text"));
    for (Counterparts.Table table : ArticleMapReader.counterparts().tables()) {
      Label heading = Kit.paragraph(table.heading(), "section-title");
      GridPane head = grid();
      head.getStyleClass().add("counterparts-head");
      head.addRow(0, Kit.label("LINUX", "eyebrow"), Kit.label("KUBERNETES", "eyebrow"),
          Kit.label(Messages.text("counterparts.shown"), "eyebrow"));
      getChildren().addAll(heading, head);
      table.rows().forEach(row -> getChildren().add(row(row)));
    }
  }

  private GridPane row(Counterparts.Row row) {
    VBox right = new VBox(3, Kit.paragraph(row.kubernetes(), "term-text"));
    row.truth().ifPresent(t -> right.getChildren().add(Kit.paragraph(t, "term-truth")));
    FlowPane shown = chips.of(row.lessons(), row.later(), 180);
    GridPane grid = grid();
    grid.getStyleClass().add("reference-row");
    grid.addRow(0, top(Kit.paragraph(row.linux(), "term-name")), top(right), top(shown));
    row.lessons().stream().findFirst().ifPresent(first -> {
      grid.getStyleClass().add("opens");
      Kit.pressable(grid, () -> chips.open(first));
      grid.setAccessibleText(row.linux() + ": " + row.kubernetes());
    });
    return grid;
  }

  private static <T extends Node> T top(T cell) {
    GridPane.setValignment(cell, VPos.TOP);
    return cell;
  }

  private static GridPane grid() {
    GridPane grid = new GridPane(14, 0);
    for (double share : SHARES) {
      ColumnConstraints column = new ColumnConstraints();
      column.setPercentWidth(share);
      grid.getColumnConstraints().add(column);
    }
    return grid;
  }
}
