package org.hopscope.app.desktop.reach;

import java.util.Optional;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.MenuItem;
import javafx.scene.control.OverrunStyle;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import org.hopscope.app.desktop.kit.Kit;
import org.hopscope.app.desktop.kit.Messages;
import org.hopscope.app.desktop.workbench.PlaceNames;
import org.hopscope.model.kube.linux.Pods;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.reach.Matrix;

/** A row of the matrix: who asks, and a mark for each who is asked; filled where it is reached, hollow where not. */
final class ReachRow extends ListCell<Integer> {
  private static final double NAME = 116;
  private static final double NAME_MOST = 236;
  /** What a row needs beside its name and its marks. */
  private static final double EDGES = 50;
  private static final PseudoClass REACHED = PseudoClass.getPseudoClass("reached");
  private static final PseudoClass CHANGED = PseudoClass.getPseudoClass("changed");
  private static final PseudoClass FRESH = PseudoClass.getPseudoClass("fresh");
  private static final PseudoClass CHOSEN = PseudoClass.getPseudoClass("chosen");

  private static final PseudoClass CUT = PseudoClass.getPseudoClass("cut");
  private static final PseudoClass OPENED = PseudoClass.getPseudoClass("opened");

  private final ReachPane pane;
  private final Label name = Kit.label("", "event-place");
  private final HBox cells = new HBox(3);
  private final HBox row = new HBox(8, name, cells);

  ReachRow(ReachPane pane) {
    this.pane = pane;
    name.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
    name.setEllipsisString("…");
    cells.setAlignment(Pos.CENTER_LEFT);
    row.setAlignment(Pos.CENTER_LEFT);
  }

  @Override
  protected void updateItem(Integer item, boolean none) {
    super.updateItem(item, none);
    if (none || pane.matrix().isEmpty() || item >= pane.matrix().get().places().size()) {
      setGraphic(null);
      setAccessibleText("");
      return;
    }
    Matrix matrix = pane.matrix().get();
    name.setText(pane.isNumbered() ? item + 1 + " " + place(matrix, item) : place(matrix, item));
    double width =
        Math.clamp(getListView().getWidth() - EDGES - ReachHead.STEP * matrix.places().size(), NAME, NAME_MOST);
    name.setMinWidth(width);
    name.setMaxWidth(width);
    while (cells.getChildren().size() > matrix.places().size()) {
      cells.getChildren().removeLast();
    }
    while (cells.getChildren().size() < matrix.places().size()) {
      cells.getChildren().add(mark());
    }
    for (int column = 0; column < matrix.places().size(); column++) {
      dress((Region) cells.getChildren().get(column), matrix, new Matrix.Cell(item, column));
    }
    setAccessibleText(sentence(matrix, new Matrix.Cell(item, pane.column())));
    setGraphic(row);
  }

  private static Region mark() {
    Region mark = new Region();
    mark.getStyleClass().add("reach-mark");
    return mark;
  }

  private void dress(Region mark, Matrix matrix, Matrix.Cell cell) {
    mark.pseudoClassStateChanged(REACHED, matrix.reaches(cell));
    mark.pseudoClassStateChanged(CHANGED, pane.isChanged(cell));
    mark.pseudoClassStateChanged(FRESH, pane.isFresh(cell));
    Optional<Boolean> foreseen = pane.foreseen(cell);
    mark.pseudoClassStateChanged(CUT, foreseen.equals(Optional.of(false)));
    mark.pseudoClassStateChanged(OPENED, foreseen.equals(Optional.of(true)));
    mark.pseudoClassStateChanged(CHOSEN, isSelected() && cell.column() == pane.column());
    mark.setOnMouseClicked(event -> {
      if (event.getButton() == MouseButton.PRIMARY) {
        pane.open(cell);
      }
    });
    mark.setOnContextMenuRequested(event -> {
      MenuItem open = new MenuItem(Messages.text("reach.open"));
      open.setOnAction(_ -> pane.open(cell));
      MenuItem why = new MenuItem(Messages.text("reach.why"));
      why.setDisable(matrix.reaches(cell));
      why.setOnAction(_ -> pane.ask(cell));
      new ContextMenu(open, why).show(mark, event.getScreenX(), event.getScreenY());
      event.consume();
    });
    mark.setOnMouseEntered(_ -> pane.point(cell.column()));
    mark.setOnMouseExited(_ -> pane.point(pane.column()));
  }

  static String place(Matrix matrix, int index) {
    NetnsId netns = matrix.places().get(index).netns();
    return Pods.at(matrix.lab(), netns).map(p -> PreviewWords.name(p.pod().key()))
        .orElseGet(() -> PlaceNames.of(matrix.lab(), netns));
  }

  private static String sentence(Matrix matrix, Matrix.Cell cell) {
    return Messages.text(matrix.reaches(cell) ? "reach.yes" : "reach.no", place(matrix, cell.row()),
        place(matrix, cell.column()));
  }
}
