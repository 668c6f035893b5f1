package org.hopscope.app.desktop.search;

import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.hopscope.app.desktop.kit.Kit;
import org.hopscope.app.desktop.kit.Messages;

/** The box that finds actions, lessons and things by name. It floats over the window until something is chosen. */
public final class SearchBox extends StackPane {
  private static final int MOST = 60;

  private final Supplier<List<Hit>> source;
  private final TextField field = new TextField();
  private final ListView<Hit> list = new ListView<>();
  private final Label none = Kit.label(Messages.text("search.none"), "empty-note");
  private final Node before;

  private SearchBox(Supplier<List<Hit>> source, Node before) {
    this.source = source;
    this.before = before;
    getStyleClass().add("veil");
    setAlignment(Pos.TOP_CENTER);
    field.setPromptText(Messages.text("search.hint"));
    field.getStyleClass().add("search-field");
    field.setId("search-field");
    list.getStyleClass().addAll("plain-list", "search-list");
    list.setCellFactory(_ -> new Cell());
    list.setFocusTraversable(false);
    VBox card = new VBox(field, new StackPane(list, none));
    card.getStyleClass().add("search-card");
    card.setMaxSize(560, Region.USE_PREF_SIZE);
    getChildren().add(card);
    field.textProperty().addListener((_, _, _) -> find());
    addEventFilter(KeyEvent.KEY_PRESSED, this::key);
    addEventHandler(MouseEvent.MOUSE_PRESSED, event -> {
      if (event.getTarget() == this) {
        close();
      }
    });
    list.setOnMouseClicked(_ -> choose());
    find();
  }

  /** Opens the box over everything in a pane. */
  public static void open(Pane over, Supplier<List<Hit>> source) {
    if (over.getChildren().getLast() instanceof SearchBox) {
      return;
    }
    SearchBox box = new SearchBox(source, over.getScene().getFocusOwner());
    over.getChildren().add(box);
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
      case ESCAPE -> close();
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
      close();
      hit.go().run();
    });
  }

  private void close() {
    ((Pane) getParent()).getChildren().remove(this);
    if (before != null) {
      before.requestFocus();
    }
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
