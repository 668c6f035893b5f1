package org.hopscope.app.desktop.search;

import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.hopscope.app.desktop.kit.Floating;
import org.hopscope.app.desktop.kit.Kit;
import org.hopscope.app.desktop.kit.Messages;

/** The box that finds actions, lessons and things by name. It floats over the window until something is chosen. */
public final class SearchBox extends VBox {
  private static final int MOST = 60;

  private final Supplier<List<Hit>> source;
  private final TextField field = new TextField();
  private final ListView<Hit> list = new ListView<>();
  private final Label none = Kit.label(Messages.text("search.none"), "empty-note");
  private final Pane over;

  private SearchBox(Pane over, Supplier<List<Hit>> source) {
    this.over = over;
    this.source = source;
    getStyleClass().add("search-card");
    setMaxWidth(560);
    field.setPromptText(Messages.text("search.hint"));
    field.getStyleClass().add("search-field");
    field.setId("search-field");
    list.getStyleClass().addAll("plain-list", "search-list");
    list.setCellFactory(_ -> new Cell());
    list.setFocusTraversable(false);
    none.setWrapText(true);
    getChildren().addAll(field, new StackPane(list, none));
    field.textProperty().addListener((_, _, _) -> find());
    addEventFilter(KeyEvent.KEY_PRESSED, this::key);
    list.setOnMouseClicked(_ -> choose());
    find();
  }

  /** Opens the box over everything in a pane. */
  public static void open(Pane over, Supplier<List<Hit>> source) {
    SearchBox box = new SearchBox(over, source);
    Floating.open(over, box);
    box.field.requestFocus();
  }

  private void find() {
    String typed = field.getText();
    List<Hit> hits = source.get().stream().filter(hit -> hit.rank(typed) >= 0)
        .sorted(Comparator.comparingInt((Hit hit) -> typed.isBlank() ? 0 : hit.rank(typed))).limit(MOST).toList();
    list.getItems().setAll(hits);
    list.getSelectionModel().selectFirst();
    none.setVisible(hits.isEmpty());
  }

  private void key(KeyEvent event) {
    int at = list.getSelectionModel().getSelectedIndex();
    switch (event.getCode()) {
      case ENTER -> choose();
      case DOWN -> move(Math.min(at + 1, list.getItems().size() - 1));
      case UP -> move(Math.max(at - 1, 0));
      default -> {
        return;
      }
    }
    event.consume();
  }

  private void move(int to) {
    list.getSelectionModel().select(to);
    list.scrollTo(Math.max(0, to - 4));
  }

  private void choose() {
    list.getSelectionModel().getSelectedItems().stream().findFirst().ifPresent(hit -> {
      Floating.close(over);
      hit.go().run();
    });
  }

  private static final class Cell extends ListCell<Hit> {
    private final Label kind = Kit.label("", "search-kind");
    private final Label label = Kit.label("", "search-label");
    private final Label aside = Kit.label("", "search-aside");
    private final HBox row = new HBox(10, kind, label, Kit.spring(), aside);

    Cell() {
      getStyleClass().add("search-row");
      row.setAlignment(Pos.CENTER_LEFT);
      kind.setMinWidth(70);
      setPrefWidth(0);
    }

    @Override
    protected void updateItem(Hit hit, boolean nothing) {
      super.updateItem(hit, nothing);
      if (nothing) {
        setGraphic(null);
        return;
      }
      kind.setText(hit.kind());
      label.setText(hit.label());
      aside.setText(hit.aside());
      setGraphic(row);
    }
  }
}
