package org.hopscope.app.desktop.canvas.draw;

import java.util.EnumMap;
import java.util.Map;
import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;
import javafx.scene.shape.StrokeLineCap;
import javafx.scene.shape.StrokeLineJoin;
import javafx.scene.transform.Affine;
import org.hopscope.app.desktop.canvas.scene.Box;
import org.hopscope.app.desktop.canvas.scene.Point;
import org.hopscope.app.desktop.canvas.scene.Viewport;
import org.hopscope.app.desktop.theme.Role;
import org.hopscope.app.desktop.theme.Theme;

/** Draws in canvas units with the colours of a theme. */
public final class Brush {
  private final GraphicsContext gc;
  private final Map<Role, Color> colours = new EnumMap<>(Role.class);
  private final Theme theme;
  private final Viewport viewport;

  public Brush(GraphicsContext gc, Theme theme, Viewport viewport) {
    this.gc = gc;
    this.theme = theme;
    this.viewport = viewport;
    gc.setTextBaseline(VPos.BASELINE);
  }

  Color colour(Role role) {
    return colours.computeIfAbsent(role, theme::color);
  }

  Color colour(Role role, double opacity) {
    return colour(role).deriveColor(0, 1, 1, opacity);
  }

  void fill(Box box, double radius, Color colour) {
    gc.setFill(colour);
    gc.fillRoundRect(box.x(), box.y(), box.width(), box.height(), 2 * radius, 2 * radius);
  }

  void stroke(Box box, double radius, Color colour, double width, double... dashes) {
    line(colour, width, dashes);
    gc.strokeRoundRect(box.x(), box.y(), box.width(), box.height(), 2 * radius, 2 * radius);
  }

  /** The soft shadow of what floats: a few washes, each a little larger. */
  void shadow(Box box, double radius) {
    Color wash = Color.gray(0, theme == Theme.LIGHT ? 0.014 : 0.05);
    for (int more = 6; more > 0; more--) {
      fill(box.grown(more).moved(0, 2), radius + more, wash);
    }
  }

  void disc(Point centre, double radius, Color colour) {
    gc.setFill(colour);
    gc.fillOval(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius);
  }

  void ring(Point centre, double radius, Color colour, double width) {
    line(colour, width);
    gc.strokeOval(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius);
  }

  void cross(Point centre, double reach, Color colour, double width) {
    line(colour, width);
    gc.strokeLine(centre.x() - reach, centre.y() - reach, centre.x() + reach, centre.y() + reach);
    gc.strokeLine(centre.x() - reach, centre.y() + reach, centre.x() + reach, centre.y() - reach);
  }

  /** A line through corners, each rounded. */
  void path(java.util.List<Point> route, double radius, Color colour, double width, double... dashes) {
    line(colour, width, dashes);
    gc.beginPath();
    gc.moveTo(route.getFirst().x(), route.getFirst().y());
    for (int i = 1; i < route.size() - 1; i++) {
      Point corner = route.get(i);
      double room = Math.min(route.get(i - 1).distance(corner), corner.distance(route.get(i + 1))) / 2;
      gc.arcTo(corner.x(), corner.y(), route.get(i + 1).x(), route.get(i + 1).y(), Math.min(radius, room));
    }
    gc.lineTo(route.getLast().x(), route.getLast().y());
    gc.stroke();
  }

  /** Text on a baseline, cut with an ellipsis where {@code room} ends; returns how wide it came out. */
  double text(Type type, String text, double x, double baseline, double room, Color colour) {
    String shown = type.fit(text, room);
    text(type, type.size(), shown, new Point(x, baseline), colour);
    return type.width(shown);
  }

  /**
   * Text at another size than its type's own, uncut. It is set in pixels, at the size it has there: letters that are
   * scaled like lines come out with flaws.
   */
  void text(Type type, double size, String text, Point at, Color colour) {
    Affine units = gc.getTransform();
    Point pixel = viewport.toScreen(at);
    gc.setTransform(1, 0, 0, 1, 0, 0);
    gc.setFont(type.font(size * viewport.scale()));
    gc.setFill(colour);
    gc.fillText(text, pixel.x(), Math.round(pixel.y()));
    gc.setTransform(units);
  }

  private void line(Color colour, double width, double... dashes) {
    gc.setStroke(colour);
    gc.setLineWidth(width);
    gc.setLineDashes(dashes);
    // round caps on every dash are slow to draw and too fine to see
    gc.setLineCap(dashes.length == 0 ? StrokeLineCap.ROUND : StrokeLineCap.BUTT);
    gc.setLineJoin(StrokeLineJoin.ROUND);
  }
}
