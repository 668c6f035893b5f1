package org.hopscope.app.desktop.terminal;

import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.TextArea;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.hopscope.app.desktop.kit.Kit;
import org.hopscope.app.desktop.kit.Messages;

/** Shows pasted lines and what they will do before they do it. Enter runs them, Esc leaves them. */
final class PasteCard extends VBox {
  private static final int MOST_ROWS = 14;

  PasteCard(PastePlan plan, Runnable run, Runnable leave) {
    getStyleClass().add("paste-card");
    setMaxSize(560, Region.USE_PREF_SIZE);
    setId("paste-card");
    TextArea text = new TextArea(String.join("\n", plan.lines()));
    text.setEditable(false);
    text.getStyleClass().add("paste-lines");
    text.setAccessibleText(Messages.text("terminal.paste.lines"));
    text.setPrefRowCount(Math.min(MOST_ROWS, plan.lines().size() + 1));
    text.setMinHeight(40);
    Button go = Kit.button(Messages.text("terminal.paste.run", plan.lines().size()), run, "primary-button");
    go.setId("paste-run");
    HBox buttons =
        new HBox(8, Kit.spring(), Kit.button(Messages.text("terminal.paste.leave"), leave, "quiet-button"), go);
    buttons.setAlignment(Pos.CENTER_RIGHT);
    getChildren().addAll(text, Kit.paragraph(plan.isTried()
        ? Messages.text("terminal.paste.plan", plan.commands(), plan.changes(), plan.probes())
        : Messages.text("terminal.paste.untried", plan.lines().size()), "paste-words"));
    plan.trouble()
        .ifPresent(why -> getChildren().add(Kit.paragraph(Messages.text("terminal.paste.trouble", why), "bad-text")));
    getChildren().add(buttons);
    addEventFilter(KeyEvent.KEY_PRESSED, event -> {
      if (event.getCode() == KeyCode.ENTER && event.getTarget() == text) {
        run.run();
        event.consume();
      }
    });
  }

  /** Puts the focus where Enter runs the lines. */
  void focus() {
    lookup("#paste-run").requestFocus();
  }
}
