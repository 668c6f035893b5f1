package org.hopscope.app.desktop.canvas.scene;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.hopscope.app.desktop.workbench.Selection;

/** Goes from thing to thing by keyboard. */
public final class Walk {
  private Walk() {}

  /** Where an arrow key points. */
  public enum Way {
    LEFT(-1, 0), RIGHT(1, 0), UP(0, -1), DOWN(0, 1);

    private final int dx;
    private final int dy;

    Way(int dx, int dy) {
      this.dx = dx;
      this.dy = dy;
    }

    /** So far that way. */
    public Point by(double far) {
      return new Point(dx * far, dy * far);
    }
  }

  /** The thing before or after another one in the order of reading; empty past the ends. From nowhere, the first or last. */
  public static Optional<Selection> next(Picture picture, Optional<Selection> from, boolean forward) {
    List<Selection> order = order(picture);
    if (order.isEmpty()) {
      return Optional.empty();
    }
    int at = from.map(order::indexOf).orElse(-1);
    if (at < 0) {
      return Optional.of(forward ? order.getFirst() : order.getLast());
    }
    int next = forward ? at + 1 : at - 1;
    return next >= 0 && next < order.size() ? Optional.of(order.get(next)) : Optional.empty();
  }

  /** The nearest thing in a direction. */
  public static Optional<Selection> towards(Picture picture, Optional<Selection> from, Way way) {
    Optional<Part> start = from.flatMap(picture::find);
    if (start.isEmpty()) {
      return next(picture, Optional.empty(), true);
    }
    Point centre = start.get().box().centre();
    return picture.parts().stream().filter(p -> ahead(centre, p.box().centre(), way) > 1)
        .min(Comparator.comparingDouble(p -> cost(centre, p.box().centre(), way))).map(Part::thing);
  }

  private static double ahead(Point from, Point to, Way way) {
    return (to.x() - from.x()) * way.dx + (to.y() - from.y()) * way.dy;
  }

  private static double cost(Point from, Point to, Way way) {
    double aside = Math.abs((to.x() - from.x()) * way.dy) + Math.abs((to.y() - from.y()) * way.dx);
    return ahead(from, to, way) + 2.5 * aside;
  }

  /** Each thing before what it holds, top to bottom and left to right. */
  public static List<Selection> order(Picture picture) {
    List<Selection> order = new ArrayList<>();
    picture.parts().stream().filter(p -> p.holder().isEmpty()).sorted(READING)
        .forEach(p -> collect(picture, p, order));
    return order;
  }

  private static final Comparator<Part> READING =
      Comparator.<Part>comparingDouble(p -> p.box().y()).thenComparingDouble(p -> p.box().x());

  private static void collect(Picture picture, Part part, List<Selection> order) {
    order.add(part.thing());
    picture.parts().stream().filter(p -> p.holder().map(part.thing()::equals).orElse(false)).sorted(READING)
        .forEach(p -> collect(picture, p, order));
  }
}
