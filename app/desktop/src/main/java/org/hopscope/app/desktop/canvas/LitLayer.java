package org.hopscope.app.desktop.canvas;

import java.util.Set;
import javafx.scene.Node;
import javafx.scene.layout.Pane;
import javafx.scene.shape.Rectangle;
import org.hopscope.app.desktop.canvas.scene.Box;
import org.hopscope.app.desktop.canvas.scene.Picture;
import org.hopscope.app.desktop.canvas.scene.Viewport;
import org.hopscope.app.desktop.theme.Role;
import org.hopscope.app.desktop.theme.Theme;
import org.hopscope.app.desktop.workbench.Selection;

/** Lights the things that somebody points at in another pane. */
final class LitLayer {
  private static final double RADIUS = 14;

  private final Pane pane = new Pane();

  LitLayer() {
    pane.setMouseTransparent(true);
    pane.setPickOnBounds(false);
  }

  Node node() {
    return pane;
  }

  void show(Set<Selection> things, Picture picture, Viewport viewport, Theme theme) {
    pane.getChildren().setAll(things.stream().flatMap(t -> picture.find(t).stream()).map(part -> {
      Box box = viewport.toScreen(part.box()).grown(5);
      Rectangle light = new Rectangle(box.x(), box.y(), box.width(), box.height());
      light.setArcWidth(2 * RADIUS * viewport.scale());
      light.setArcHeight(2 * RADIUS * viewport.scale());
      light.setFill(theme.color(Role.ACCENT).deriveColor(0, 1, 1, 0.12));
      light.setStroke(theme.color(Role.ACCENT));
      light.setStrokeWidth(2);
      return light;
    }).toList());
  }
}
