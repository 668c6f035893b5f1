package org.hopscope.app.desktop.canvas.draw;

import java.util.List;
import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;
import javafx.scene.shape.StrokeLineCap;
import javafx.scene.shape.StrokeLineJoin;
import javafx.scene.transform.Affine;
import org.hopscope.app.desktop.canvas.scene.Box;
import org.hopscope.app.desktop.canvas.scene.Point;
import org.hopscope.app.desktop.canvas.scene.Viewport;

/** Draws on a JavaFX canvas, as a viewport sees it. */
final class ScreenInk implements Ink {
  /** How long a corner's bend is for each unit of its radius. */
  private static final double BEND = 1.62;

  private final GraphicsContext gc;
  private final Viewport viewport;

  ScreenInk(GraphicsContext gc, Viewport viewport) {
    this.gc = gc;
    this.viewport = viewport;
  }

  @Override
  public void begin() {
    gc.save();
    gc.setTextBaseline(VPos.BASELINE);
    gc.translate(viewport.left(), viewport.top());
    gc.scale(viewport.scale(), viewport.scale());
  }

  @Override
  public void end() {
    gc.restore();
  }

  @Override
  public void fill(Box box, double radius, Color colour) {
    gc.setFill(colour);
    gc.fillRoundRect(box.x(), box.y(), box.width(), box.height(), 2 * radius, 2 * radius);
  }

  @Override
  public void outline(Box box, double radius, Pen pen) {
    take(pen);
    gc.strokeRoundRect(box.x(), box.y(), box.width(), box.height(), 2 * radius, 2 * radius);
  }

  @Override
  public void disc(Point centre, double radius, Color colour) {
    gc.setFill(colour);
    gc.fillOval(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius);
  }

  @Override
  public void ring(Point centre, double radius, Pen pen) {
    take(pen);
    gc.strokeOval(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius);
  }

  /**
   * Piece by piece: of a path as a whole the toolkit would look at every pixel of the box around it, and cables go far.
   */
  @Override
  public void path(List<Point> route, double radius, Pen pen) {
    take(pen);
    if (route.size() > 2) {
      gc.setLineCap(StrokeLineCap.BUTT);
    }
    double gone = 0;
    Point from = route.getFirst();
    for (int i = 1; i < route.size() - 1; i++) {
      Point corner = route.get(i);
      double before = route.get(i - 1).distance(corner);
      double after = corner.distance(route.get(i + 1));
      double round = Math.min(radius, Math.min(before, after) / 2);
      Point begin = round > 0 ? corner.towards(route.get(i - 1), round / before) : corner;
      gone += straight(from, begin, gone);
      from = round > 0 ? corner.towards(route.get(i + 1), round / after) : corner;
      if (round > 0) {
        gc.setLineDashOffset(gone);
        gc.beginPath();
        gc.moveTo(begin.x(), begin.y());
        gc.quadraticCurveTo(corner.x(), corner.y(), from.x(), from.y());
        gc.stroke();
        gone += round * BEND;
      }
    }
    straight(from, route.getLast(), gone);
    gc.setLineDashOffset(0);
  }

  private double straight(Point from, Point to, double gone) {
    gc.setLineDashOffset(gone);
    gc.strokeLine(from.x(), from.y(), to.x(), to.y());
    return from.distance(to);
  }

  /** Text is set in pixels, at the size it has there: letters that are scaled like lines come out with flaws. */
  @Override
  public void text(Type type, double size, String text, Point at, Color colour) {
    Affine units = gc.getTransform();
    Point pixel = viewport.toScreen(at);
    gc.setTransform(1, 0, 0, 1, 0, 0);
    gc.setFont(type.font(size * viewport.scale()));
    gc.setFill(colour);
    gc.fillText(text, pixel.x(), Math.round(pixel.y()));
    gc.setTransform(units);
  }

  private void take(Pen pen) {
    gc.setStroke(pen.colour());
    gc.setLineWidth(pen.width());
    gc.setLineDashes(pen.dashes().stream().mapToDouble(Double::doubleValue).toArray());
    // round caps on every dash are slow to draw and too fine to see
    gc.setLineCap(pen.dashes().isEmpty() ? StrokeLineCap.ROUND : StrokeLineCap.BUTT);
    gc.setLineJoin(StrokeLineJoin.ROUND);
  }
}
