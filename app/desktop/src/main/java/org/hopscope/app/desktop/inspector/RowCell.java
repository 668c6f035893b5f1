package org.hopscope.app.desktop.inspector;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.hopscope.app.desktop.kit.Kit;
import org.hopscope.app.desktop.theme.Layers;
import org.hopscope.model.trace.Layer;
import org.hopscope.model.trace.RowRef;

/** A row of an inspector's table: lit in the layer's colour when the step decided by it, marked when it wrote it. */
final class RowCell extends ListCell<Row> {
  private static final PseudoClass LIT = PseudoClass.getPseudoClass("lit");
  private static final PseudoClass TITLE = PseudoClass.getPseudoClass("title");
  private static final PseudoClass TRANSLATED = PseudoClass.getPseudoClass("translated");
  private static final PseudoClass STOP = PseudoClass.getPseudoClass("stop");
  private static final PseudoClass WRITTEN = PseudoClass.getPseudoClass("written");

  /**
   * What the current step makes worth looking at.
   *
   * @param winner the row that decided
   * @param written the rows that were written
   * @param layer in whose colour
   */
  record Light(Optional<RowRef> winner, Set<RowRef> written, Layer layer) {
    static final Light NONE = new Light(Optional.empty(), Set.of(), Layer.L2);
  }

  private final Supplier<Light> light;
  private final Predicate<RowRef> stops;
  private final Label head = Kit.paragraph("", "row-head");
  private final Label tail = Kit.paragraph("", "row-tail");
  private final Label mark = Kit.label("", "row-mark");
  private final VBox words = new VBox(head, tail);
  private final HBox line = new HBox(8, words, mark);

  /**
   * A cell.
   *
   * @param stops whether playing stops at a row
   */
  RowCell(Supplier<Light> light, Predicate<RowRef> stops) {
    this.light = light;
    this.stops = stops;
    getStyleClass().add("table-row");
    line.setAlignment(Pos.TOP_LEFT);
    HBox.setHgrow(words, Priority.ALWAYS);
    words.setMinWidth(0);
    mark.setMinWidth(Region.USE_PREF_SIZE);
    setPrefWidth(0);
  }

  @Override
  protected void updateItem(Row row, boolean none) {
    super.updateItem(row, none);
    Layers.unmark(this);
    Optional<RowRef> ref = none ? Optional.empty() : row.ref();
    Light now = light.get();
    boolean lit = ref.isPresent() && ref.equals(now.winner());
    boolean written = ref.filter(now.written()::contains).isPresent();
    pseudoClassStateChanged(TITLE, !none && row.form() == Row.Form.TITLE);
    pseudoClassStateChanged(TRANSLATED, !none && row.form() == Row.Form.TRANSLATED);
    pseudoClassStateChanged(STOP, ref.filter(stops).isPresent());
    pseudoClassStateChanged(LIT, lit);
    pseudoClassStateChanged(WRITTEN, written);
    if (lit || written) {
      Layers.mark(this, now.layer());
    }
    if (none) {
      setGraphic(null);
      return;
    }
    head.setText(row.head());
    Kit.show(head, !row.head().isEmpty());
    tail.setText(row.tail());
    Kit.show(tail, !row.tail().isEmpty());
    mark.setText(row.mark());
    mark.getStyleClass().setAll("label", "row-mark", "mood-" + row.mood().name().toLowerCase(Locale.ROOT));
    setGraphic(line);
  }
}
