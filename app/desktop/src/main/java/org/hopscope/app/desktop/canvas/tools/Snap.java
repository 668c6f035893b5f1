package org.hopscope.app.desktop.canvas.tools;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hopscope.app.desktop.canvas.scene.Box;
import org.hopscope.app.desktop.canvas.scene.Part;
import org.hopscope.app.desktop.canvas.scene.Picture;
import org.hopscope.app.desktop.canvas.scene.Point;
import org.hopscope.app.desktop.canvas.scene.Sizes;
import org.hopscope.app.desktop.workbench.Selection;

/**
 * Lines things up: an edge that comes near an edge of a sibling, or the margin of what holds it, goes there.
 *
 * @param by how far to go to be in line
 * @param guides the lines that it then shares, from end to end
 */
record Snap(Point by, List<Box> guides) {
  private static final double NEAR = 8;

  /** How a box in a holder would line up; things in {@code without} are no siblings. */
  static Snap of(Picture picture, Box box, Optional<Selection> holder, Set<Selection> without) {
    List<Box> siblings = picture.parts().stream()
        .filter(p -> p.holder().equals(holder) && !without.contains(p.thing()))
        .filter(p -> p.kind() == Part.Kind.NETNS || p.kind() == Part.Kind.BRIDGE || p.kind() == Part.Kind.HOST)
        .map(Part::box).toList();
    List<Line> upright = new ArrayList<>();
    List<Line> level = new ArrayList<>();
    holder.flatMap(picture::find).map(Part::box).ifPresent(h -> {
      upright.add(new Line(h.x() + Sizes.PAD, h));
      level.add(new Line(h.y() + Sizes.HOST_HEAD, h));
    });
    for (Box sibling : siblings) {
      upright.add(new Line(sibling.x(), sibling));
      level.add(new Line(sibling.y(), sibling));
    }
    Optional<Line> x = nearest(upright, box.x());
    Optional<Line> y = nearest(level, box.y());
    Point by = new Point(x.map(l -> l.at() - box.x()).orElse(0.0), y.map(l -> l.at() - box.y()).orElse(0.0));
    Box there = box.moved(by.x(), by.y());
    List<Box> guides = new ArrayList<>();
    x.map(l -> l.with().union(there)).ifPresent(u -> guides.add(new Box(there.x(), u.y(), 0, u.height())));
    y.map(l -> l.with().union(there)).ifPresent(u -> guides.add(new Box(u.x(), there.y(), u.width(), 0)));
    return new Snap(by, guides);
  }

  /** A line to be in, and whose edge it is. */
  private record Line(double at, Box with) {
  }

  private static Optional<Line> nearest(List<Line> lines, double at) {
    return lines.stream().filter(l -> Math.abs(l.at() - at) <= NEAR)
        .min(Comparator.comparingDouble(l -> Math.abs(l.at() - at)));
  }
}
