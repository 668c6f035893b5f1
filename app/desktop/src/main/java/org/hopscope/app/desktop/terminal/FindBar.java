package org.hopscope.app.desktop.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import org.hopscope.app.desktop.kit.Icon;
import org.hopscope.app.desktop.kit.Icon.Glyph;
import org.hopscope.app.desktop.kit.Kit;
import org.hopscope.app.desktop.kit.Messages;

/** Finds text in what the terminal has printed, the latest first: Enter goes back in time, Shift+Enter on. */
final class FindBar extends HBox {
  private final Transcript transcript;
  private final Screen screen;
  private final Runnable closed;
  private final TextField field = new TextField();
  private final Label count = Kit.label("", "term-find-count");
  private List<Marking.Spot> found = List.of();
  private int at;

  FindBar(Transcript transcript, Screen screen, Runnable closed) {
    this.transcript = transcript;
    this.screen = screen;
    this.closed = closed;
    getStyleClass().add("term-find");
    setAlignment(Pos.CENTER_LEFT);
    setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
    field.setId("terminal-find");
    field.setPromptText(Messages.text("terminal.find"));
    field.setAccessibleText(Messages.text("terminal.find"));
    field.setPrefColumnCount(16);
    count.setMinWidth(52);
    getChildren().addAll(field, count, Kit.iconButton(new Icon(Glyph.CROSS, 12), Messages.text("terminal.find.close"),
        this::close));
    field.textProperty().addListener((_, _, _) -> find());
    addEventFilter(KeyEvent.KEY_PRESSED, event -> {
      if (event.getCode() == KeyCode.ESCAPE) {
        close();
        event.consume();
      } else if (event.getCode() == KeyCode.ENTER && !found.isEmpty()) {
        at = Math.floorMod(at + (event.isShiftDown() ? -1 : 1), found.size());
        show();
        event.consume();
      }
    });
  }

  void open() {
    field.requestFocus();
    field.selectAll();
    find();
  }

  private void close() {
    screen.unmark();
    closed.run();
  }

  private void find() {
    found = find(transcript.lines(), field.getText());
    at = 0;
    show();
  }

  private void show() {
    count.setText(field.getText().isEmpty()
        ? ""
        : found.isEmpty()
            ? Messages.text("terminal.find.none")
        : Messages.text("terminal.find.count", at + 1, found.size()));
    if (found.isEmpty()) {
      screen.unmark();
    } else {
      screen.mark(found.get(at), field.getText().length());
    }
  }

  /** Where a text begins, whatever its case, the latest first. */
  static List<Marking.Spot> find(List<Transcript.Line> lines, String text) {
    String wanted = text.toLowerCase(Locale.ROOT);
    List<Marking.Spot> spots = new ArrayList<>();
    for (int line = lines.size() - 1; line >= 0 && !wanted.isEmpty(); line--) {
      String printed = lines.get(line).text().toLowerCase(Locale.ROOT);
      for (int from = printed.lastIndexOf(wanted); from >= 0; from = from == 0 ? -1
          : printed.lastIndexOf(wanted, from - 1)) {
        spots.add(new Marking.Spot(line, from));
      }
    }
    return spots;
  }
}
