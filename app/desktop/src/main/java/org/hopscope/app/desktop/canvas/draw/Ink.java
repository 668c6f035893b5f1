package org.hopscope.app.desktop.canvas.draw;

import java.util.List;
import javafx.scene.paint.Color;
import org.hopscope.app.desktop.canvas.scene.Box;
import org.hopscope.app.desktop.canvas.scene.Point;

/**
 * What a picture is drawn with: a few figures in canvas units, on a screen or in a file. Everything that draws a lab draws
 * through it, so that a file shows what the screen shows.
 */
interface Ink {
  /** Before the first figure. */
  void begin();

  /** After the last one. */
  void end();

  /** A filled box with round corners. */
  void fill(Box box, double radius, Color colour);

  /** The outline of a box with round corners. */
  void outline(Box box, double radius, Pen pen);

  /** A filled circle. */
  void disc(Point centre, double radius, Color colour);

  /** A circle's outline. */
  void ring(Point centre, double radius, Pen pen);

  /** A line through corners, each rounded as far as there is room. */
  void path(List<Point> route, double radius, Pen pen);

  /** Text on a baseline, uncut. */
  void text(Type type, double size, String text, Point at, Color colour);

  /**
   * How a line is drawn.
   *
   * @param width in canvas units
   * @param dashes lengths of dashes and gaps in turn; none for a whole line
   */
  record Pen(Color colour, double width, List<Double> dashes) {
    public Pen {
      dashes = List.copyOf(dashes);
    }

    /** For a whole line. */
    public Pen(Color colour, double width) {
      this(colour, width, List.of());
    }
  }
}
