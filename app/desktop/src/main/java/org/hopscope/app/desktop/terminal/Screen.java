package org.hopscope.app.desktop.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.control.ScrollBar;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.Region;
import javafx.scene.text.Font;
import javafx.scene.text.Text;
import org.hopscope.app.desktop.workbench.Selection;
import org.hopscope.assets.Face;

/**
 * A terminal's surface: the rows of a transcript, and behind the last one the line being typed. Only the rows in sight
 * are nodes, so thousands of lines cost nothing.
 */
final class Screen extends Region {
  /** The height of a row, in sizes of its type. */
  private static final double LEADING = 1.5;
  private static final double PAD_X = 14;
  private static final double PAD_Y = 8;

  private final Transcript transcript;
  private final Node input;
  private final Rows rows = new Rows();
  private final Marking marking = new Marking();
  private final List<RowView> views = new ArrayList<>();
  private final ScrollBar bar = new ScrollBar();
  /** As wide as a hundred columns in whatever type the rows are set. */
  private final Text measure = new Text("0".repeat(100));
  private double columnWidth;
  private double rowHeight;
  private int columns;

  Screen(Transcript transcript, Node input) {
    this.transcript = transcript;
    this.input = input;
    measure.getStyleClass().add("term-run");
    measure.setFont(Font.font(Face.MONO.family(), 12));
    measure.setManaged(false);
    measure.setVisible(false);
    measure.fontProperty().addListener((_, _, _) -> measure());
    measure();
    getStyleClass().add("term-screen");
    bar.setOrientation(Orientation.VERTICAL);
    bar.setFocusTraversable(false);
    bar.valueProperty().addListener((_, _, _) -> requestLayout());
    getChildren().addAll(measure, input, bar);
    addEventHandler(ScrollEvent.SCROLL, event -> scroll(-(int) Math.signum(event.getDeltaY()) * 3));
    addEventHandler(MouseEvent.MOUSE_PRESSED, event -> {
      if (event.isPrimaryButtonDown()) {
        marking.start(at(event));
        requestLayout();
      }
    });
    addEventHandler(MouseEvent.MOUSE_DRAGGED, event -> {
      if (event.isPrimaryButtonDown()) {
        marking.extend(at(event));
        requestLayout();
      }
    });
    addEventHandler(MouseEvent.MOUSE_CLICKED, event -> {
      if (event.getClickCount() == 2) {
        Marking.Spot spot = at(event);
        if (spot.line() < transcript.lines().size()) {
          marking.word(spot, transcript.lines().get(spot.line()).text());
        }
        requestLayout();
      }
    });
  }

  private void measure() {
    columnWidth = measure.getLayoutBounds().getWidth() / 100;
    rowHeight = Math.round(measure.getFont().getSize() * LEADING);
    columns = 0;
    requestLayout();
  }

  /** The transcript has grown, or lost its oldest lines. */
  void grown(boolean oldestGone) {
    if (oldestGone) {
      rows.reset();
      marking.clear();
    }
    rows.wrap(transcript.lines(), Math.max(20, columns));
    bar.setMax(hidden());
    bar.setValue(hidden());
    requestLayout();
  }

  /** The marked text, empty when nothing is marked. */
  String marked() {
    return marking.text(transcript.lines());
  }

  /** Marks so many characters from a spot on, and scrolls there. */
  void mark(Marking.Spot from, int length) {
    marking.start(from);
    marking.extend(new Marking.Spot(from.line(), from.column() + length));
    int row = 0;
    while (row < rows.size() - 1 && !(rows.get(row).line() == from.line() && from.column() < rows.get(row).to())) {
      row++;
    }
    double first = bar.getValue();
    if (row < first || row >= first + page()) {
      bar.setValue(Math.clamp(row - page() / 2, 0, bar.getMax()));
    }
    requestLayout();
  }

  /** The thing of the lab whose name is under the pointer. */
  Optional<Selection> about(MouseEvent event) {
    Marking.Spot spot = at(event);
    double column = (event.getX() - PAD_X) / columnWidth;
    return spot.line() < transcript.lines().size()
        ? transcript.lines().get(spot.line()).about(rowStart(event) + (int) Math.floor(column))
        : Optional.empty();
  }

  private int rowStart(MouseEvent event) {
    int index =
        (int) Math.round(Math.min(hidden(), bar.getValue())) + (int) Math.floor((event.getY() - PAD_Y) / rowHeight);
    return index >= 0 && index < rows.size() ? rows.get(index).from() : 0;
  }

  void unmark() {
    marking.clear();
    requestLayout();
  }

  /** Moves the rows in sight; positive is towards the end. */
  void scroll(int by) {
    bar.setValue(Math.clamp(bar.getValue() + by, 0, bar.getMax()));
  }

  /** How many rows fit. */
  int page() {
    return Math.max(1, (int) ((getHeight() - 2 * PAD_Y) / rowHeight));
  }

  @Override
  protected void layoutChildren() {
    int fitting = (int) Math.max(20, (getWidth() - 2 * PAD_X) / columnWidth);
    boolean atEnd = bar.getValue() >= bar.getMax();
    if (fitting != columns) {
      columns = fitting;
      rows.reset();
      rows.wrap(transcript.lines(), columns);
    }
    int hidden = hidden();
    bar.setMax(hidden);
    bar.setVisible(hidden > 0);
    bar.setVisibleAmount(hidden == 0 ? 1 : (double) page() * hidden / (rows.size() + 1));
    if (atEnd) {
      bar.setValue(hidden);
    }
    int first = (int) Math.min(hidden, Math.round(bar.getValue()));
    int shown = Math.min(page(), rows.size() - first);
    while (views.size() < shown) {
      RowView view = new RowView();
      views.add(view);
      getChildren().add(0, view);
    }
    for (int i = 0; i < views.size(); i++) {
      RowView view = views.get(i);
      view.setVisible(i < shown);
      if (i < shown) {
        Rows.Row row = rows.get(first + i);
        Transcript.Line line = transcript.lines().get(row.line());
        view.measure(columnWidth, rowHeight);
        view.show(line, row, marking.from(row.line()), marking.to(row.line(), line.text().length()));
        view.resizeRelocate(PAD_X, PAD_Y + i * rowHeight, getWidth() - 2 * PAD_X, rowHeight);
      }
    }
    input.setVisible(first + page() > rows.size());
    input.resizeRelocate(PAD_X, PAD_Y + shown * rowHeight, getWidth() - 2 * PAD_X, rowHeight);
    bar.resizeRelocate(getWidth() - 10, 0, 10, getHeight());
  }

  private int hidden() {
    return Math.max(0, rows.size() + 1 - page());
  }

  private Marking.Spot at(MouseEvent event) {
    int index =
        (int) Math.round(Math.min(hidden(), bar.getValue())) + (int) Math.floor((event.getY() - PAD_Y) / rowHeight);
    if (rows.size() == 0 || index >= rows.size()) {
      return new Marking.Spot(transcript.lines().size(), 0);
    }
    Rows.Row row = rows.get(Math.max(0, index));
    int column = (int) Math.round((event.getX() - PAD_X) / columnWidth);
    return new Marking.Spot(row.line(), Math.clamp(row.from() + column, row.from(), row.to()));
  }
}
