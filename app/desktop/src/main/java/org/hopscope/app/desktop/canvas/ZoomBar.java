package org.hopscope.app.desktop.canvas;

import javafx.scene.control.Button;
import javafx.scene.layout.HBox;
import org.hopscope.app.desktop.canvas.words.CanvasTexts;

/** The zoom at the lower right: out, the scale (a click: 100 %), in, and all that there is. */
final class ZoomBar extends HBox {
  private final Button scale;
  private final CanvasTexts texts;

  ZoomBar(CanvasTexts texts, Runnable out, Runnable home, Runnable in, Runnable fit) {
    this.texts = texts;
    getStyleClass().add("canvas-zoom");
    scale = button("zoom.home", home);
    show(1);
    Button less = button("zoom.out", out);
    less.setText("−");
    Button more = button("zoom.in", in);
    more.setText("+");
    Button all = button("zoom.fit", fit);
    all.getStyleClass().add("last");
    getChildren().addAll(less, scale, more, all);
  }

  void show(double value) {
    scale.setText(texts.get("zoom.scale", Math.round(value * 100)));
  }

  private Button button(String key, Runnable action) {
    Button button = new Button(texts.get(key));
    button.setAccessibleText(texts.get(key));
    button.getStyleClass().setAll("canvas-zoom-button");
    button.setOnAction(_ -> action.run());
    return button;
  }
}
