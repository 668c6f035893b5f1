package org.hopscope.app.desktop.canvas;

import java.util.List;
import javafx.scene.paint.Color;
import javafx.scene.shape.ArcTo;
import javafx.scene.shape.LineTo;
import javafx.scene.shape.MoveTo;
import javafx.scene.shape.Path;
import javafx.scene.shape.StrokeLineCap;
import org.hopscope.app.desktop.canvas.scene.Point;

/** Lines above the picture. */
final class Strokes {
  private static final double RADIUS = 16;

  private Strokes() {}

  /** A line through corners, given in pixels, each corner rounded. */
  static Path line(List<Point> route, Color colour, double width) {
    Path path = new Path(new MoveTo(route.getFirst().x(), route.getFirst().y()));
    for (int i = 1; i < route.size() - 1; i++) {
      corner(path, route.get(i - 1), route.get(i), route.get(i + 1));
    }
    path.getElements().add(new LineTo(route.getLast().x(), route.getLast().y()));
    path.setStroke(colour);
    path.setStrokeWidth(width);
    path.setStrokeLineCap(StrokeLineCap.ROUND);
    return path;
  }

  private static void corner(Path path, Point before, Point corner, Point after) {
    double in = before.distance(corner);
    double out = corner.distance(after);
    double radius = Math.min(RADIUS, Math.min(in, out) / 2);
    if (radius < 0.5) {
      path.getElements().add(new LineTo(corner.x(), corner.y()));
      return;
    }
    Point begin = corner.towards(before, radius / in);
    Point end = corner.towards(after, radius / out);
    boolean clockwise = (corner.x() - before.x()) * (after.y() - corner.y())
        - (corner.y() - before.y()) * (after.x() - corner.x()) > 0;
    path.getElements().addAll(new LineTo(begin.x(), begin.y()),
        new ArcTo(radius, radius, 0, end.x(), end.y(), false, clockwise));
  }
}
