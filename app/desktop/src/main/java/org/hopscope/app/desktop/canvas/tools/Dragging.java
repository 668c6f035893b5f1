package org.hopscope.app.desktop.canvas.tools;

import java.util.LinkedHashSet;
import java.util.Set;
import org.hopscope.app.desktop.canvas.scene.Part;
import org.hopscope.app.desktop.canvas.scene.Picture;
import org.hopscope.app.desktop.canvas.scene.Point;
import org.hopscope.app.desktop.workbench.Selection;

/**
 * The hand carries things.
 *
 * @param things what it carries: none of them lies in another one
 * @param start where it took hold
 * @param now where it is
 * @param targets what would take them
 * @param plan what would happen if it let go now
 */
record Dragging(Set<Selection> things, Point start, Point now, Set<Selection> targets, Plan plan)
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
    return new Dragging(things, start, start, Drops.targets(desk, things), Plan.NOTHING);
  }

  @Override
  public Phase move(Touch touch, Desk desk) {
    Plan next = Drops.plan(desk, things, touch.at(), touch.at().minus(start));
    return new Dragging(things, start, touch.at(), targets, next);
  }

  @Override
  public Phase release(Touch touch, Desk desk) {
    Drops.plan(desk, things, touch.at(), touch.at().minus(start)).carryOut(desk);
    return Idle.START;
  }

  @Override
  public Sketch sketch(Desk desk) {
    Sketch carrying = Sketch.NOTHING.with(new Sketch.Carried(things, now.minus(start)));
    return plan.show(carrying, targets, now);
  }
}
