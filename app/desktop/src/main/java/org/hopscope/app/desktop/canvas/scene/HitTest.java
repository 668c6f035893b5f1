package org.hopscope.app.desktop.canvas.scene;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hopscope.app.desktop.workbench.Selection;

/** Says what lies under a point: the topmost thing, and which spot of it. */
public final class HitTest {
  private static final double MARK = 24;
  private static final double HANDLE = 9;
  private static final double EDGE = 6;
  private static final double CORNER = 14;

  private HitTest() {}

  /** Spots of a thing that mean something of their own. */
  public enum Spot {
    /** Anywhere else on it. */
    BODY,
    /** The mark of a device's state: a click switches it. */
    MARK,
    /** The line with the address. */
    ADDRESS,
    /** The knob that a new cable is pulled from. */
    HANDLE,
    /** The corner by which a remark is made larger. */
    CORNER
  }

  /** What was hit. */
  public record Hit(Part part, Spot spot) {
  }

  /** The topmost thing under a point. */
  public static Optional<Hit> at(Picture picture, Point p) {
    List<Part> topFirst = List.copyOf(picture.parts()).reversed();
    for (Part part : topFirst) {
      if (hasHandle(part) && handle(part).distance(p) <= HANDLE) {
        return Optional.of(new Hit(part, Spot.HANDLE));
      }
    }
    Optional<Part> best = Optional.empty();
    for (Part part : topFirst) {
      if (covers(part, p) && best.map(b -> part.kind().compareTo(b.kind()) > 0).orElse(true)) {
        best = Optional.of(part);
      }
    }
    return best.map(b -> new Hit(b, spot(b, p)));
  }

  /** A group is hit by its title and its edge only: what lies in it stays in reach. */
  private static boolean covers(Part part, Point p) {
    return part.box().contains(p)
        && (part.kind() != Part.Kind.GROUP || p.y() < part.box().y() + Sizes.GROUP_HEAD || spot(part, p) == Spot.CORNER
            || !part.box().grown(-EDGE).contains(p));
  }

  /** The part that would take a device dropped at a point, leaving out some things: a bridge, a namespace or a host. */
  public static Optional<Part> holderAt(Picture picture, Point p, Set<Selection> without) {
    Optional<Part> best = Optional.empty();
    for (Part part : picture.parts()) {
      boolean takes = part.holdsDevices() || part.kind() == Part.Kind.BRIDGE;
      Box reach = part.holdsDevices()
          ? new Box(part.box().x(), part.box().y(), part.box().width(), part.box().height() + Sizes.CHIP_BELOW)
          : part.box();
      if (takes && reach.contains(p) && without.stream().noneMatch(w -> picture.isWithin(part.thing(), w))
          && best.map(b -> part.kind().compareTo(b.kind()) > 0).orElse(true)) {
        best = Optional.of(part);
      }
    }
    return best;
  }

  /** Where the knob of a part is: in the middle of a chip's lower edge, of a frame's right edge. */
  public static Point handle(Part part) {
    Box box = part.box();
    return part.kind() == Part.Kind.CHIP
        ? new Point(box.centreX(), box.bottom())
        : new Point(box.right(), box.centreY());
  }

  /** Whether a cable can be pulled from a part. */
  public static boolean hasHandle(Part part) {
    return switch (part.kind()) {
      case HOST, NETNS, BRIDGE, CHIP -> true;
      case CLUSTER, OBJECT, SLOT, LO, GROUP, NOTE -> false;
    };
  }

  private static Spot spot(Part part, Point p) {
    double x = p.x() - part.box().x();
    double y = p.y() - part.box().y();
    return switch (part.kind()) {
      case CLUSTER, OBJECT, HOST, NETNS -> Spot.BODY;
      case GROUP, NOTE -> part.box().right() - p.x() < CORNER && part.box().bottom() - p.y() < CORNER
          ? Spot.CORNER
          : Spot.BODY;
      case CHIP -> x < MARK && y < MARK ? Spot.MARK : y >= MARK ? Spot.ADDRESS : Spot.BODY;
      case BRIDGE -> y < Sizes.SLOT_TOP + Sizes.SLOT_HEIGHT + 4 ? Spot.BODY : x < MARK ? Spot.MARK : Spot.ADDRESS;
      case SLOT -> x < MARK - 4 ? Spot.MARK : Spot.BODY;
      case LO -> part.box().right() - p.x() < MARK ? Spot.MARK : Spot.BODY;
    };
  }
}
