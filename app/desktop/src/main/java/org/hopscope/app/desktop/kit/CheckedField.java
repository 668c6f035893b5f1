package org.hopscope.app.desktop.kit;

import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javafx.css.PseudoClass;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.VBox;

/** A text field that is checked as one types and says below what is wrong. Enter takes what is right, Esc gives up. */
public final class CheckedField extends VBox {
  private static final PseudoClass WRONG = PseudoClass.getPseudoClass("wrong");

  private final TextField field = new TextField();
  private final Label complaint = Kit.paragraph("", "complaint");
  private final UnaryOperator<String> check;
  private String settled = "";

  /**
   * A field.
   *
   * @param name what it is called, for those who do not see where it stands
   * @param hint what stands in it while it is empty
   * @param check says what is wrong with a text, and nothing when it is right
   * @param take is given what is right on Enter
   */
  public CheckedField(String name, String hint, UnaryOperator<String> check, Consumer<String> take) {
    this.check = check;
    field.setPromptText(hint);
    field.setAccessibleText(name);
    field.getStyleClass().add("mono");
    Kit.show(complaint, false);
    getChildren().addAll(field, complaint);
    setSpacing(2);
    field.textProperty().addListener((_, _, _) -> judge());
    field.setOnAction(_ -> {
      String text = field.getText().strip();
      if (!text.equals(settled) && check.apply(text).isEmpty()) {
        take.accept(text);
      }
    });
    field.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
      if (event.getCode() == KeyCode.ESCAPE && !field.getText().equals(settled)) {
        reset(settled);
        event.consume();
      }
    });
    field.idProperty().bind(idProperty().map(id -> id + "-field"));
  }

  /** Shows a value that is as it should be, in place of whatever was typed. */
  public void reset(String value) {
    settled = value;
    field.setText(value);
    judge();
  }

  private void judge() {
    String text = field.getText().strip();
    String wrong = text.isEmpty() || text.equals(settled) ? "" : check.apply(text);
    field.pseudoClassStateChanged(WRONG, !wrong.isEmpty());
    complaint.setText(wrong);
    Kit.show(complaint, !wrong.isEmpty());
  }
}
