package org.hopscope.app.desktop.canvas;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.css.PseudoClass;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Pane;
import javafx.scene.layout.VBox;
import org.hopscope.app.desktop.canvas.scene.Box;

/** A small field that opens on the thing it is about. Enter takes it, Esc or a click elsewhere leaves it. */
final class InlineField {
  private static final PseudoClass WRONG = PseudoClass.getPseudoClass("wrong");
  private static final double LEAST_WIDTH = 136;
  private static final double LEAST_HEIGHT = 34;
  private static final double LEAST_LINES = 64;
  private static final double MOST_LINES = 240;

  private final Pane layer;
  private final Runnable closed;

  /**
   * What a field is for.
   *
   * @param id how tests and style sheets find it
   * @param text what it begins with
   * @param prompt what it says while it is empty
   * @param wrong what is wrong with a text; empty when it can be taken
   * @param take what happens with it
   */
  record Question(String id, String text, String prompt, Function<String, Optional<String>> wrong,
      Consumer<String> take) {
  }

  InlineField(Pane layer, Runnable closed) {
    this.layer = layer;
    this.closed = closed;
  }

  /** Opens it over a place, given in pixels. */
  void ask(Question question, Box over) {
    TextField field = new TextField(question.text());
    field.setId(question.id());
    field.setPromptText(question.prompt());
    field.getStyleClass().add("canvas-field");
    field.setPrefWidth(Math.max(LEAST_WIDTH, over.width()));
    field.setPrefHeight(Math.max(LEAST_HEIGHT, over.height()));
    Label hint = new Label();
    hint.getStyleClass().add("canvas-field-hint");
    hint.setVisible(false);
    VBox box = new VBox(4, field, hint);
    box.relocate(Math.round(over.x()), Math.round(over.y()));
    field.textProperty().addListener((_, _, text) -> {
      Optional<String> wrong = question.wrong().apply(text.strip());
      boolean bad = wrong.isPresent() && !text.isBlank();
      field.pseudoClassStateChanged(WRONG, bad);
      hint.setText(wrong.orElse(""));
      hint.setVisible(bad);
    });
    field.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
      if (event.getCode() == KeyCode.ESCAPE) {
        close(box);
        event.consume();
      }
    });
    field.setOnAction(_ -> {
      String text = field.getText().strip();
      if (question.wrong().apply(text).isEmpty()) {
        close(box);
        question.take().accept(text);
      }
    });
    field.focusedProperty().addListener((_, _, focused) -> {
      if (!focused) {
        layer.getChildren().remove(box);
      }
    });
    layer.getChildren().setAll(box);
    field.requestFocus();
    field.selectAll();
  }

  /** Opens a field of several lines: a click elsewhere or Ctrl+Enter takes what was written, Esc leaves it. */
  void write(Question question, Box over) {
    TextArea area = new TextArea(question.text());
    area.setId(question.id());
    area.setPromptText(question.prompt());
    area.getStyleClass().add("canvas-writing");
    area.setWrapText(true);
    BooleanProperty kept = new SimpleBooleanProperty(true);
    area.setPrefSize(Math.max(LEAST_WIDTH, over.width()), Math.max(LEAST_LINES, Math.min(MOST_LINES, over.height())));
    VBox box = new VBox(area);
    box.relocate(Math.round(over.x()), Math.round(over.y()));
    area.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
      boolean takes = event.getCode() == KeyCode.ENTER && event.isShortcutDown();
      if (takes || event.getCode() == KeyCode.ESCAPE) {
        kept.set(takes);
        close(box);
        event.consume();
      }
    });
    area.focusedProperty().addListener((_, _, focused) -> {
      if (!focused) {
        layer.getChildren().remove(box);
        String text = area.getText().strip();
        if (kept.get() && !text.equals(question.text())
            && question.wrong().apply(text).isEmpty()) {
          question.take().accept(text);
        }
      }
    });
    layer.getChildren().setAll(box);
    area.requestFocus();
    area.selectAll();
  }

  private void close(VBox box) {
    layer.getChildren().remove(box);
    closed.run();
  }
}
