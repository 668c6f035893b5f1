package org.hopscope.app.desktop.welcome;

import java.util.List;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.hopscope.app.desktop.action.Action;
import org.hopscope.app.desktop.kit.Kit;
import org.hopscope.app.desktop.kit.Messages;

/** Every key there is, read off the table of actions, with the few that panes have besides. */
public final class ShortcutsCard extends VBox {
  private static final List<String> CANVAS =
      List.of("walk", "nudge", "menu", "space", "wheel", "zoomwheel", "free", "esc");
  private static final List<String> TERMINAL = List.of("complete", "history", "recall", "find", "interrupt", "clear");

  public ShortcutsCard(List<Action> actions) {
    getStyleClass().add("shortcuts");
    setMaxWidth(860);
    setId("shortcuts");
    VBox left = new VBox(14, section("everywhere", actions.stream()
        .filter(a -> a.everywhere() && a.shortcut().isPresent()).map(a -> row(a.label(), a.keys())).toList()));
    VBox right = new VBox(14,
        section("canvas", actions.stream().filter(a -> !a.everywhere()).map(a -> row(a.label(), a.keys())).toList()),
        section("canvas.more", CANVAS.stream().map(id -> fixed("canvas", id)).toList()),
        section("terminal", TERMINAL.stream().map(id -> fixed("terminal", id)).toList()));
    HBox columns = new HBox(36, left, right);
    HBox.setHgrow(left, Priority.ALWAYS);
    HBox.setHgrow(right, Priority.ALWAYS);
    ScrollPane scroll = new ScrollPane(columns);
    scroll.setFitToWidth(true);
    scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
    scroll.setPrefViewportHeight(560);
    setVgrow(scroll, Priority.ALWAYS);
    getChildren().addAll(Kit.label(Messages.text("keys.title"), "about-name"), scroll);
  }

  private static Label[] fixed(String pane, String id) {
    return row(Messages.text("keys." + pane + "." + id), Messages.text("keys." + pane + "." + id + ".key"));
  }

  private static Label[] row(String what, String keys) {
    Label words = Kit.label(what, "keys-what");
    words.setMinWidth(0);
    words.setWrapText(true);
    words.setMinHeight(USE_PREF_SIZE);
    Label key = Kit.label(keys, "keys-key");
    key.setMinWidth(USE_PREF_SIZE);
    return new Label[] {words, key};
  }

  private static VBox section(String title, List<Label[]> rows) {
    GridPane grid = new GridPane();
    grid.setHgap(16);
    grid.setVgap(4);
    ColumnConstraints grow = new ColumnConstraints();
    grow.setHgrow(Priority.ALWAYS);
    ColumnConstraints keys = new ColumnConstraints();
    keys.setHalignment(javafx.geometry.HPos.RIGHT);
    grid.getColumnConstraints().addAll(grow, keys);
    for (int i = 0; i < rows.size(); i++) {
      grid.addRow(i, rows.get(i));
    }
    return new VBox(6, Kit.label(Messages.text("keys." + title), "section-title"), grid);
  }
}
