package org.hopscope.app.desktop.canvas.scene;

/**
 * A point in canvas units (1 unit = 1 pixel at 100 %), or a way from one to another.
 *
 * @param x to the right
 * @param y downwards
 */
public record Point(double x, double y) {
  /** Where everything begins; as a way, no way at all. */
  public static final Point ZERO = new Point(0, 0);

  public Point plus(Point way) {
    return new Point(x + way.x, y + way.y);
  }

  public Point minus(Point from) {
    return new Point(x - from.x, y - from.y);
  }

  public double distance(Point other) {
    return Math.hypot(x - other.x, y - other.y);
  }

  /** The point on the straight way to another one; {@code part} from 0 to 1. */
  public Point towards(Point other, double part) {
    return new Point(x + (other.x - x) * part, y + (other.y - y) * part);
  }
}
