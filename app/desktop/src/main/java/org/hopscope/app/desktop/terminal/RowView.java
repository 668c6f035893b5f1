package org.hopscope.app.desktop.terminal;

import java.util.Locale;
import javafx.scene.layout.Region;
import javafx.scene.shape.Rectangle;
import javafx.scene.text.Text;

/** One visible row of the terminal; shows another row by changing its texts. */
final class RowView extends Region {
  private final Rectangle selected = new Rectangle();
  private double columnWidth;

  RowView() {
    selected.getStyleClass().add("term-selection");
    selected.setManaged(false);
    getChildren().add(selected);
    setMouseTransparent(true);
  }

  /** Columns of this width, rows of this height, from the next showing on. */
  void measure(double column, double height) {
    columnWidth = column;
    selected.setHeight(height);
  }

  /** Shows a part of a line, with columns {@code selectedFrom} to {@code selectedTo} of it on the selection colour. */
  void show(Transcript.Line line, Rows.Row row, int selectedFrom, int selectedTo) {
    getChildren().remove(1, getChildren().size());
    selected.setX(Math.max(0, selectedFrom - row.from()) * columnWidth);
    int columns = Math.min(selectedTo, row.to()) - Math.max(selectedFrom, row.from());
    selected.setWidth(Math.max(0, columns) * columnWidth);
    int start = 0;
    for (Transcript.Run run : line.runs()) {
      int end = start + run.text().length();
      int from = Math.max(start, row.from());
      int to = Math.min(end, row.to());
      if (from < to) {
        Text text = new Text(run.text().substring(from - start, to - start));
        text.getStyleClass().addAll("term-run", "term-" + run.tone().name().toLowerCase(Locale.ROOT));
        text.setManaged(false);
        text.setTextOrigin(javafx.geometry.VPos.TOP);
        text.setX((from - row.from()) * columnWidth);
        text.setY(1);
        getChildren().add(text);
      }
      start = end;
    }
  }
}
