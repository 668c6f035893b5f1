package org.hopscope.app.desktop.lesson;

import java.util.Optional;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.TraversalDirection;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.RadioButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.hopscope.app.desktop.kit.Kit;
import org.hopscope.app.desktop.kit.Messages;
import org.hopscope.lessons.lesson.Prediction;

/** A question about what will happen. Once an answer is chosen it stands, and says whether and why it is right. */
final class PredictionCard extends VBox {
  private static final PseudoClass RIGHT = PseudoClass.getPseudoClass("right");
  private static final PseudoClass WRONG = PseudoClass.getPseudoClass("wrong");

  PredictionCard(LessonDesk desk, Prediction prediction) {
    getStyleClass().add("prediction");
    getChildren().add(Kit.paragraph(prediction.question(), "prediction-question"));
    Optional<String> chosen = desk.attempt().prediction(prediction.id());
    ToggleGroup group = new ToggleGroup();
    for (Prediction.Option option : prediction.options()) {
      boolean picked = chosen.equals(Optional.of(option.id()));
      RadioButton radio = new RadioButton(option.text());
      radio.setToggleGroup(group);
      radio.setWrapText(true);
      radio.setMinHeight(Region.USE_PREF_SIZE);
      radio.setMaxWidth(Double.MAX_VALUE);
      radio.getStyleClass().add("option");
      radio.setSelected(picked);
      radio.setDisable(chosen.isPresent());
      boolean reveal = chosen.isPresent() && (picked || option.right());
      radio.pseudoClassStateChanged(RIGHT, reveal && option.right());
      radio.pseudoClassStateChanged(WRONG, reveal && !option.right());
      radio.setOnAction(_ -> desk.predict(prediction.id(), option.id()));
      radio.addEventFilter(KeyEvent.KEY_PRESSED, event -> key(event, radio));
      getChildren().add(radio);
    }
    chosen.flatMap(prediction::option).ifPresent(this::explain);
  }

  /** The first choice stands, so arrows only go from option to option, and Enter or Space chooses. */
  private static void key(KeyEvent event, RadioButton radio) {
    switch (event.getCode()) {
      case UP, LEFT -> radio.requestFocusTraversal(TraversalDirection.PREVIOUS);
      case DOWN, RIGHT -> radio.requestFocusTraversal(TraversalDirection.NEXT);
      case ENTER, SPACE -> radio.fire();
      default -> {
        return;
      }
    }
    event.consume();
  }

  private void explain(Prediction.Option option) {
    Label verdict = Kit.label(Messages.text(option.right() ? "prediction.right" : "prediction.wrong"), "verdict",
        option.right() ? "ok-text" : "bad-text");
    verdict.setMinWidth(Region.USE_PREF_SIZE);
    Label why = Kit.paragraph(option.why(), "prediction-why");
    why.setContentDisplay(ContentDisplay.TEXT_ONLY);
    VBox words = new VBox(2, verdict, why);
    words.setAlignment(Pos.TOP_LEFT);
    words.getStyleClass().add("prediction-answer");
    getChildren().add(words);
  }
}
