package org.hopscope.app.desktop.canvas.draw;

import javafx.scene.canvas.GraphicsContext;
import javafx.scene.image.WritableImage;
import javafx.scene.paint.Color;
import javafx.scene.paint.ImagePattern;
import org.hopscope.app.desktop.canvas.scene.Viewport;
import org.hopscope.app.desktop.theme.Role;
import org.hopscope.app.desktop.theme.Theme;

/** The dotted ground that everything lies on. Its dots keep a comfortable distance at any zoom. */
public final class Ground {
  private static final double STEP = 20;
  private static final double LEAST = 14;
  private static final double RADIUS = 1.05;

  private Ground() {}

  public static void draw(GraphicsContext gc, Theme theme, Viewport viewport, double width, double height) {
    gc.setFill(theme.color(Role.CANVAS));
    gc.fillRect(0, 0, width, height);
    double step = STEP * viewport.scale();
    while (step < LEAST) {
      step *= 2;
    }
    int tile = (int) Math.round(step);
    double left = Math.floorMod(Math.round(viewport.left()), tile);
    double top = Math.floorMod(Math.round(viewport.top()), tile);
    gc.setFill(new ImagePattern(tile(tile, theme.color(Role.GRID)), left, top, tile, tile, false));
    gc.fillRect(0, 0, width, height);
  }

  /** A square with one dot in its middle, its edge softened by how much of each pixel it covers. */
  private static WritableImage tile(int size, Color dot) {
    WritableImage image = new WritableImage(size, size);
    double middle = size / 2.0;
    for (int x = 0; x < size; x++) {
      for (int y = 0; y < size; y++) {
        double distance = Math.hypot(x + 0.5 - middle, y + 0.5 - middle);
        double covered = Math.clamp(RADIUS + 0.5 - distance, 0, 1);
        image.getPixelWriter().setColor(x, y, dot.deriveColor(0, 1, 1, covered));
      }
    }
    return image;
  }
}
