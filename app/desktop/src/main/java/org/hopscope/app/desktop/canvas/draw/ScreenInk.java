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

  @Override
  public void path(List<Point> route, double radius, Pen pen) {
    take(pen);
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
