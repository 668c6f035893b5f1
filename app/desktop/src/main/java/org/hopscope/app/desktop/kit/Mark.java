package org.hopscope.app.desktop.kit;

import javafx.scene.layout.Region;
import javafx.scene.shape.Circle;
import javafx.scene.shape.SVGPath;

/** Hopscope's mark: a hop from a filled place over two empty ones, 24 by 24 pixels. */
public final class Mark extends Region {
  private static final double SIZE = 24;
  private static final double GROUND = 17;
  private static final double RADIUS = 2.3;

  public Mark() {
    getStyleClass().add("mark");
    SVGPath hops = new SVGPath();
    hops.setContent("M4 14.2C4 8 11 8 11 14.2M11 14.2C11 6 20 6 20 14.2");
    hops.getStyleClass().add("mark-stroke");
    Circle from = new Circle(4, GROUND, RADIUS);
    from.getStyleClass().add("mark-fill");
    Circle over = new Circle(11, GROUND, RADIUS);
    over.getStyleClass().add("mark-stroke");
    Circle to = new Circle(20, GROUND, RADIUS);
    to.getStyleClass().add("mark-stroke");
    for (var shape : new javafx.scene.shape.Shape[] {hops, from, over, to}) {
      shape.setManaged(false);
    }
    getChildren().addAll(hops, from, over, to);
    setMinSize(SIZE, SIZE);
    setMaxSize(SIZE, SIZE);
    setPrefSize(SIZE, SIZE);
  }
}
