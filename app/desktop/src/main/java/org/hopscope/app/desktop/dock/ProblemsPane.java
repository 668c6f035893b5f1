package org.hopscope.app.desktop.dock;

import java.util.Set;
import javafx.beans.binding.Bindings;
import javafx.collections.ObservableList;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import org.hopscope.app.desktop.kit.Icon;
import org.hopscope.app.desktop.kit.Icon.Glyph;
import org.hopscope.app.desktop.kit.Kit;
import org.hopscope.app.desktop.kit.Messages;
import org.hopscope.app.desktop.workbench.Workbench;

/** PROBLEMS: what is probably amiss; choosing one selects the thing it is about. */
final class ProblemsPane extends StackPane {
  ProblemsPane(Workbench workbench, ObservableList<Problem> problems) {
    ListView<Problem> list = new ListView<>(problems);
    list.getStyleClass().add("plain-list");
    list.setAccessibleText(Messages.text("problems.name"));
    list.setCellFactory(_ -> new Cell());
    Label empty = Kit.paragraph(Messages.text("problems.empty"), "empty-note");
    empty.visibleProperty().bind(Bindings.isEmpty(problems));
    empty.setMouseTransparent(true);
    setAlignment(javafx.geometry.Pos.TOP_LEFT);
    getChildren().addAll(list, empty);
    Runnable jump = () -> list.getSelectionModel().getSelectedItems().stream().findFirst()
        .ifPresent(problem -> workbench.select(Set.of(problem.about())));
    list.setOnMouseClicked(_ -> jump.run());
    list.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
      if (event.getCode() == KeyCode.ENTER) {
        jump.run();
      }
    });
  }

  private static final class Cell extends ListCell<Problem> {
    private final Icon icon = new Icon(Glyph.WARNING, 13);
    private final Label place = Kit.label("", "event-place");
    private final Label sentence = Kit.paragraph("", "event-sentence");
    private final HBox row = new HBox(8, icon, place, sentence);

    Cell() {
      getStyleClass().add("event");
      icon.getStyleClass().add("warn");
      place.setMinWidth(Region.USE_PREF_SIZE);
      row.setMinWidth(0);
      setPrefWidth(0);
    }

    @Override
    protected void updateItem(Problem problem, boolean none) {
      super.updateItem(problem, none);
      if (none) {
        setGraphic(null);
        return;
      }
      place.setText(problem.where());
      sentence.setText(problem.sentence());
      setGraphic(row);
    }
  }
}
