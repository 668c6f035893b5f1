package org.hopscope.app.desktop.dock;

import java.util.Locale;
import java.util.stream.Collectors;
import javafx.application.Platform;
import javafx.beans.Observable;
import javafx.beans.binding.Bindings;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuItem;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.StackPane;
import org.hopscope.app.desktop.kit.Icon;
import org.hopscope.app.desktop.kit.Icon.Glyph;
import org.hopscope.app.desktop.kit.Kit;
import org.hopscope.app.desktop.kit.Messages;
import org.hopscope.app.desktop.workbench.CommandEntry;
import org.hopscope.app.desktop.workbench.Workbench;

/** COMMANDS: what made this lab, as commands that could be typed, whoever's hand it was. */
final class CommandsPane extends StackPane {
  private final Workbench workbench;

  CommandsPane(Workbench workbench) {
    this.workbench = workbench;
    ListView<CommandEntry> list = new ListView<>(workbench.commands());
    list.getStyleClass().add("plain-list");
    list.setAccessibleText(Messages.text("commands.name"));
    list.setFixedCellSize(22);
    list.setCellFactory(_ -> new Cell());
    Label empty = Kit.paragraph(Messages.text("commands.empty"), "empty-note");
    empty.visibleProperty().bind(Bindings.isEmpty(workbench.commands()));
    empty.setMouseTransparent(true);
    setAlignment(javafx.geometry.Pos.TOP_LEFT);
    getChildren().addAll(list, empty);
    // Only later: the list itself has not heard of a new command when this does.
    workbench.commands().addListener((Observable _) -> Platform.runLater(() -> showLast(list)));
    list.heightProperty().addListener(_ -> Platform.runLater(() -> showLast(list)));
    MenuItem one = new MenuItem(Messages.text("commands.copy.one"));
    one.setOnAction(_ -> copySelected(list));
    MenuItem all = new MenuItem(Messages.text("commands.copy.all"));
    all.setOnAction(_ -> copyAll());
    list.setContextMenu(new ContextMenu(one, all));
    list.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
      if (event.isShortcutDown() && event.getCode() == KeyCode.C) {
        copySelected(list);
        event.consume();
      }
    });
  }

  private static void showLast(ListView<CommandEntry> list) {
    list.scrollTo(list.getItems().size() - 1);
  }

  /** All commands, one a line, to the clipboard. */
  void copyAll() {
    copy(workbench.commands().stream().map(CommandEntry::line).collect(Collectors.joining("\n", "", "\n")));
  }

  private static void copySelected(ListView<CommandEntry> list) {
    copy(list.getSelectionModel().getSelectedItems().stream().map(CommandEntry::line)
        .collect(Collectors.joining("\n")));
  }

  private static void copy(String text) {
    ClipboardContent content = new ClipboardContent();
    content.putString(text);
    Clipboard.getSystemClipboard().setContent(content);
  }

  private static final class Cell extends ListCell<CommandEntry> {
    Cell() {
      getStyleClass().add("command");
      setPrefWidth(0);
    }

    @Override
    protected void updateItem(CommandEntry entry, boolean empty) {
      super.updateItem(entry, empty);
      if (empty) {
        setText("");
        setGraphic(null);
        return;
      }
      setText(entry.line());
      setGraphic(new Icon(switch (entry.hand()) {
        case GESTURE -> Glyph.POINTER;
        case TYPED -> Glyph.PROMPT;
        case LESSON -> Glyph.BOOK;
      }, 13));
      setAccessibleText(entry.line() + ", "
          + Messages.text("commands.origin." + entry.hand().name().toLowerCase(Locale.ROOT)));
    }
  }
}
