package org.hopscope.app.desktop.canvas.scene;

import java.util.Collection;
import java.util.Optional;

/**
 * An upright rectangle in canvas units.
 *
 * @param x its left edge
 * @param y its upper edge
 * @param width not negative
 * @param height not negative
 */
public record Box(double x, double y, double width, double height) {
  /** The box with two opposite corners. */
  public static Box between(Point one, Point other) {
    return new Box(Math.min(one.x(), other.x()), Math.min(one.y(), other.y()), Math.abs(one.x() - other.x()),
        Math.abs(one.y() - other.y()));
  }

  /** The smallest box around all of them; empty when there are none. */
  public static Optional<Box> around(Collection<Box> boxes) {
    return boxes.stream().reduce(Box::union);
  }

  public double right() {
    return x + width;
  }

  public double bottom() {
    return y + height;
  }

  public double centreX() {
    return x + width / 2;
  }

  public double centreY() {
    return y + height / 2;
  }

  public Point corner() {
    return new Point(x, y);
  }

  public Point centre() {
    return new Point(centreX(), centreY());
  }

  public boolean contains(Point p) {
    return p.x() >= x && p.x() < right() && p.y() >= y && p.y() < bottom();
  }

  /** Whether the other one lies wholly inside. */
  public boolean contains(Box other) {
    return other.x >= x && other.right() <= right() && other.y >= y && other.bottom() <= bottom();
  }

  /** Whether they share more than an edge. */
  public boolean intersects(Box other) {
    return other.x < right() && other.right() > x && other.y < bottom() && other.bottom() > y;
  }

  public Box union(Box other) {
    double left = Math.min(x, other.x);
    double top = Math.min(y, other.y);
    return new Box(left, top, Math.max(right(), other.right()) - left, Math.max(bottom(), other.bottom()) - top);
  }

  public Box moved(double dx, double dy) {
    return new Box(x + dx, y + dy, width, height);
  }

  public Box at(Point corner) {
    return new Box(corner.x(), corner.y(), width, height);
  }

  /** Larger by {@code more} on every side; smaller when it is negative. */
  public Box grown(double more) {
    return new Box(x - more, y - more, Math.max(0, width + 2 * more), Math.max(0, height + 2 * more));
  }
}
