package org.hopscope.app.desktop.canvas.draw;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import javafx.scene.paint.Color;
import org.hopscope.app.desktop.canvas.scene.Box;
import org.hopscope.app.desktop.canvas.scene.Point;
import org.hopscope.app.desktop.theme.Role;
import org.hopscope.app.desktop.theme.Theme;

/** Draws in canvas units with the colours of a theme. */
final class Brush {
  private final Ink ink;
  private final Map<Role, Color> colours = new EnumMap<>(Role.class);
  private final Theme theme;
  private final double finest;

  /**
   * A brush.
   *
   * @param finest no line is finer, in canvas units
   */
  Brush(Ink ink, Theme theme, double finest) {
    this.ink = ink;
    this.theme = theme;
    this.finest = finest;
  }

  Color colour(Role role) {
    return colours.computeIfAbsent(role, theme::color);
  }

  Color colour(Role role, double opacity) {
    return colour(role).deriveColor(0, 1, 1, opacity);
  }

  void fill(Box box, double radius, Color colour) {
    ink.fill(box, radius, colour);
  }

  void stroke(Box box, double radius, Color colour, double width, double... dashes) {
    ink.outline(box, radius, pen(colour, width, dashes));
  }

  private Ink.Pen pen(Color colour, double width, double... dashes) {
    return new Ink.Pen(colour, Math.max(finest, width), DoubleStream.of(dashes).boxed().toList());
  }

  /** The soft shadow of what floats: rings, each a little larger and fainter; what lies under the box is left alone. */
  void shadow(Box box, double radius) {
    double wash = theme.isLight() ? 0.014 : 0.05;
    for (int more = -2; more < 6; more++) {
      stroke(box.grown(more + 0.5).moved(0, 2), radius + more, Color.gray(0, wash * Math.min(6, 6 - more)), 1.2);
    }
  }

  void disc(Point centre, double radius, Color colour) {
    ink.disc(centre, radius, colour);
  }

  void ring(Point centre, double radius, Color colour, double width) {
    ink.ring(centre, radius, new Ink.Pen(colour, width));
  }

  void cross(Point centre, double reach, Color colour, double width) {
    Ink.Pen pen = new Ink.Pen(colour, width);
    ink.path(List.of(centre.plus(new Point(-reach, -reach)), centre.plus(new Point(reach, reach))), 0, pen);
    ink.path(List.of(centre.plus(new Point(-reach, reach)), centre.plus(new Point(reach, -reach))), 0, pen);
  }

  /** A line through corners, each rounded. */
  void path(List<Point> route, double radius, Color colour, double width, double... dashes) {
    ink.path(route, radius, pen(colour, width, dashes));
  }

  /** Text on a baseline, cut with an ellipsis where {@code room} ends; returns how wide it came out. */
  double text(Type type, String text, double x, double baseline, double room, Color colour) {
    String shown = type.fit(text, room);
    text(type, type.size(), shown, new Point(x, baseline), colour);
    return type.width(shown);
  }

  /** Text at another size than its type's own, uncut. */
  void text(Type type, double size, String text, Point at, Color colour) {
    ink.text(type, size, text, at, colour);
  }
}
