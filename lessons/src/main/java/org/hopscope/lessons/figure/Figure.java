package org.hopscope.lessons.figure;

import java.util.List;
import java.util.Optional;

/**
 * A drawing, from its upper left corner.
 *
 * @param width how wide it is, in points
 * @param height how high it is
 * @param parts what is drawn, the first at the bottom
 */
public record Figure(double width, double height, List<Part> parts) {
  public Figure {
    parts = List.copyOf(parts);
  }

  /**
   * Something drawn.
   *
   * @param shape what
   * @param moment when it is lit while a packet is watched; empty if never
   */
  public record Part(Shape shape, Optional<Moment> moment) {
  }

  /** What became of reading one. */
  public sealed interface Read {
    /** It can be read. */
    record Ok(Figure figure) implements Read {
    }

    /** It holds something that figures do not use. */
    record Malformed(int line, String reason) implements Read {
    }
  }

  /** What is drawn. */
  public sealed interface Shape {
    /** How it looks. */
    Look look();

    /** A box; {@code round} is the radius of its corners. */
    record Box(double x, double y, double width, double height, double round, Look look) implements Shape {
    }

    /** A straight line. */
    record Line(double fromX, double fromY, double toX, double toY, Look look) implements Shape {
    }

    /** A circle. */
    record Circle(double x, double y, double radius, Look look) implements Shape {
    }

    /** A path, as SVG writes it. */
    record Path(String data, Look look) implements Shape {
    }

    /** Words on one line; {@code y} is where they stand. */
    record Words(double x, double y, Anchor anchor, String text, Look look) implements Shape {
    }
  }

  /** Which point of some words is where they are put. */
  public enum Anchor {
    START, MIDDLE, END
  }
}
