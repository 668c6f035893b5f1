package org.hopscope.app.desktop.canvas.tools;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hopscope.app.desktop.canvas.scene.Box;
import org.hopscope.app.desktop.canvas.scene.Part;
import org.hopscope.app.desktop.canvas.scene.Picture;
import org.hopscope.app.desktop.canvas.scene.Point;
import org.hopscope.app.desktop.workbench.Selection;

/**
 * The hand carries things.
 *
 * @param things what it carries: none of them lies in another one
 * @param start where it took hold
 * @param now where it is, or would be if what it carries were lined up
 * @param targets what would take them
 * @param guides the lines that they share with others
 * @param plan what would happen if it let go now
 */
record Dragging(Set<Selection> things, Point start, Point now, Set<Selection> targets,
    List<Box> guides, Plan plan)
    implements Phase {
  static Dragging begin(Selection grabbed, Point start, Desk desk) {
    Picture picture = desk.picture();
    Set<Selection> things = new LinkedHashSet<>();
    for (Part part : picture.parts()) {
      if (desk.selection().contains(part.thing()) && part.holder().stream().noneMatch(
          h -> things.stream().anyMatch(outer -> picture.isWithin(h, outer)))) {
        things.add(part.thing());
      }
    }
    Selection held = things.contains(grabbed)
        ? grabbed
        : things.stream().filter(t -> picture.isWithin(grabbed, t)).findFirst().orElse(grabbed);
    things.add(held);
    return new Dragging(things, start, start, Drops.targets(desk, things), List.of(), Plan.NOTHING);
  }

  @Override
  public Phase move(Touch touch, Desk desk) {
    Snap snap = snap(touch, desk);
    Point by = touch.at().minus(start).plus(snap.by());
    return new Dragging(things, start, start.plus(by), targets, snap.guides(),
        Drops.plan(desk, things, touch.at(), by));
  }

  @Override
  public Phase release(Touch touch, Desk desk) {
    Point by = touch.at().minus(start).plus(snap(touch, desk).by());
    Drops.plan(desk, things, touch.at(), by).carryOut(desk);
    return Idle.START;
  }

  /** A frame or a bridge carried alone lines up with its siblings; Alt lets it go free. */
  private Snap snap(Touch touch, Desk desk) {
    Optional<Part> alone = things.size() == 1
        ? desk.picture().find(things.iterator().next())
        : Optional.empty();
    Point by = touch.at().minus(start);
    return alone.filter(p -> p.holdsDevices() || p.kind() == Part.Kind.BRIDGE)
        .filter(_ -> !touch.held().contains(Touch.Held.ALT))
        .map(p -> Snap.of(desk.picture(), p.box().moved(by.x(), by.y()), p.holder(), things))
        .orElse(new Snap(Point.ZERO, List.of()));
  }

  @Override
  public Sketch sketch(Desk desk) {
    Sketch carrying = Sketch.NOTHING.with(new Sketch.Carried(things, now.minus(start))).guided(guides);
    return plan.show(carrying, targets, now);
  }
}
