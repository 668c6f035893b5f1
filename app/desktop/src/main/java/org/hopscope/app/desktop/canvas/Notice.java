package org.hopscope.app.desktop.canvas;

import javafx.animation.PauseTransition;
import javafx.scene.Node;
import javafx.scene.layout.StackPane;
import javafx.util.Duration;
import org.hopscope.app.desktop.canvas.words.CanvasTexts;

/** A card below the middle of the canvas that says why something was refused, and goes by itself. */
final class Notice {
  private static final Duration LASTS = Duration.seconds(6);
  private static final double FROM_BOTTOM = 56;

  private final StackPane holder = new StackPane();
  private final CanvasTexts texts;
  private final PauseTransition pause = new PauseTransition(LASTS);

  Notice(CanvasTexts texts) {
    this.texts = texts;
    holder.setPickOnBounds(false);
    holder.setMouseTransparent(true);
    holder.setId("canvas-notice");
    pause.setOnFinished(_ -> holder.getChildren().clear());
  }

  Node node() {
    return holder;
  }

  void say(String title, String words) {
    holder.getChildren().setAll(ObjectionCard.of(title, words, texts));
    pause.playFromStart();
  }

  void place(double width, double height) {
    holder.autosize();
    holder.relocate(Math.round((width - holder.getWidth()) / 2), height - holder.getHeight() - FROM_BOTTOM);
  }
}
