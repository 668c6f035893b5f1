package org.hopscope.app.desktop.canvas;

import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.hopscope.app.desktop.canvas.words.CanvasTexts;

/** A small card that says why something cannot be: what, and the words of who refuses it. */
final class ObjectionCard {
  private static final double WIDTH = 360;

  private ObjectionCard() {}

  static Region of(String title, String words, CanvasTexts texts) {
    Label what = new Label(title);
    what.getStyleClass().add("canvas-objection-title");
    Label why = new Label(words);
    why.getStyleClass().add("canvas-objection-words");
    what.setWrapText(true);
    why.setWrapText(true);
    VBox card = new VBox(2, what, why);
    card.setMaxWidth(WIDTH);
    card.setPrefWidth(Math.min(WIDTH, Math.max(title.length(), words.length()) * 7.0 + 36));
    card.getStyleClass().add("canvas-objection");
    card.setAccessibleText(texts.get("objection", title, words));
    card.setMouseTransparent(true);
    return card;
  }
}
