package org.hopscope.app.desktop.canvas.packet;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hopscope.app.desktop.canvas.scene.Box;
import org.hopscope.app.desktop.canvas.scene.Cable;
import org.hopscope.app.desktop.canvas.scene.Part;
import org.hopscope.app.desktop.canvas.scene.Picture;
import org.hopscope.app.desktop.canvas.scene.Point;
import org.hopscope.app.desktop.canvas.scene.Things;

/** Where spots are in a picture, and the way from one to the next. */
public final class Places {
  private static final double BESIDE = 17;

  private Places() {}

  /** The middle of a token at a spot; empty when the picture has no such thing. */
  public static Optional<Point> of(Picture picture, Spot spot) {
    return switch (spot) {
      case Spot.OnCable(var from, var to) -> picture.cable(from, to).map(c -> c.along(from, 0.5))
          .or(() -> picture.find(to).map(Places::beside));
      case Spot.AtDevice(var device) -> picture.find(device).map(Places::beside);
      case Spot.InNetns(var netns) -> picture.find(Things.of(netns)).map(Places::beside);
    };
  }

  /** Beside a thing's own words, where a token covers none of them. */
  private static Point beside(Part part) {
    Box box = part.box();
    return switch (part.kind()) {
      case CHIP, BRIDGE -> new Point(box.centreX(), box.bottom() + BESIDE);
      case SLOT -> new Point(box.centreX(), box.y() - BESIDE - 8);
      case LO -> new Point(box.right() + 48, box.centreY());
      case NETNS -> new Point(box.centreX(), box.y() + 75);
      case GROUP, NOTE, CLUSTER, OBJECT -> box.centre();
      case HOST -> new Point(box.centreX(), box.bottom() - 40);
    };
  }

  /** The corners a token passes from one spot to another: along the cable where there is one. */
  public static List<Point> way(Picture picture, Spot from, Spot to) {
    List<Point> way = new ArrayList<>();
    of(picture, from).ifPresent(way::add);
    if (to instanceof Spot.OnCable(var out, var in)) {
      picture.cable(out, in).ifPresent(c -> part(c, out, 0, way));
    } else if (from instanceof Spot.OnCable(var out, var in)) {
      picture.cable(out, in).ifPresent(c -> part(c, out, 0.5, way));
    }
    of(picture, to).ifPresent(way::add);
    return way;
  }

  /** The corners of half a cable, beginning at a part of its length. */
  private static void part(Cable cable, org.hopscope.model.net.DeviceId from, double begin, List<Point> way) {
    for (int i = 0; i <= 8; i++) {
      way.add(cable.along(from, begin + i / 16.0));
    }
  }

  /** The point after a part of a way's length, from 0 to 1. */
  public static Point along(List<Point> way, double part) {
    double length = 0;
    for (int i = 1; i < way.size(); i++) {
      length += way.get(i - 1).distance(way.get(i));
    }
    double want = length * part;
    for (int i = 1; i < way.size(); i++) {
      double piece = way.get(i - 1).distance(way.get(i));
      if (want <= piece && piece > 0) {
        return way.get(i - 1).towards(way.get(i), want / piece);
      }
      want -= piece;
    }
    return way.getLast();
  }
}
