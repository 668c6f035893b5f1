package org.hopscope.app.desktop.canvas;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;
import org.hopscope.app.desktop.canvas.packet.Places;
import org.hopscope.app.desktop.canvas.scene.Point;
import org.hopscope.app.desktop.canvas.scene.Viewport;

/** Packets that are too many to have words: a dot each, drawn anew for every frame of their motion. */
final class Crowd {
  private static final double RADIUS = 4;

  private final Canvas canvas = new Canvas();
  private final List<Dot> dots = new ArrayList<>();
  private Viewport viewport = Viewport.HOME;

  /**
   * A packet.
   *
   * @param way the points that it passes in this step, the last of which is where it ends; one point if it stays
   */
  record Dot(List<Point> way, Color colour) {
  }

  Crowd() {
    canvas.setMouseTransparent(true);
  }

  Canvas node() {
    return canvas;
  }

  boolean isEmpty() {
    return dots.isEmpty();
  }

  /** Shows packets at the end of their ways, on a ground of this size; none to clear it. */
  void show(List<Dot> packets, Viewport seen, double width, double height) {
    dots.clear();
    dots.addAll(packets);
    viewport = seen;
    boolean shown = !dots.isEmpty();
    canvas.setVisible(shown);
    if (shown && (canvas.getWidth() != width || canvas.getHeight() != height)) {
      canvas.setWidth(width);
      canvas.setHeight(height);
    }
    frame(1);
  }

  /** Shows them after a part of their ways, from 0 to 1. */
  void frame(double part) {
    GraphicsContext gc = canvas.getGraphicsContext2D();
    gc.clearRect(0, 0, canvas.getWidth(), canvas.getHeight());
    for (Dot dot : dots) {
      Point at = viewport.toScreen(dot.way().size() == 1 ? dot.way().getFirst() : Places.along(dot.way(), part));
      gc.setFill(dot.colour());
      gc.fillOval(at.x() - RADIUS, at.y() - RADIUS, 2 * RADIUS, 2 * RADIUS);
    }
  }
}
