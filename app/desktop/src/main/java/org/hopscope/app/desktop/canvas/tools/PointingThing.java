package org.hopscope.app.desktop.canvas.tools;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.hopscope.app.desktop.canvas.scene.HitTest;
import org.hopscope.app.desktop.canvas.scene.Part;
import org.hopscope.app.desktop.canvas.scene.Point;
import org.hopscope.app.desktop.canvas.scene.Things;
import org.hopscope.app.desktop.workbench.Selection;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.LinkChange;

/**
 * The hand has pressed on something: letting go selects it, or switches the device whose mark it is; moving drags.
 *
 * @param hit what was pressed
 * @param start where
 * @param scale the scale of the picture
 */
record PointingThing(HitTest.Hit hit, Point start, double scale) implements Phase {
  @Override
  public Phase move(Touch touch, Desk desk) {
    if (!Idle.isDrag(start, touch.at(), scale)) {
      return this;
    }
    Selection thing = hit.part().thing();
    Set<Selection> things = desk.selection().contains(thing) ? desk.selection() : Set.of(thing);
    desk.select(things);
    return Dragging.begin(thing, start, desk).move(touch, desk);
  }

  @Override
  public Phase release(Touch touch, Desk desk) {
    Part part = hit.part();
    if (hit.spot() == HitTest.Spot.MARK && !touch.adds()) {
      desk.select(Set.of(part.thing()));
      Things.device(desk.picture().lab(), part.thing()).ifPresent(
          d -> desk.commit(new Edit.SetLink(d.ref(), LinkChange.up(!d.isUp()))));
    } else if (touch.adds()) {
      Set<Selection> more = new LinkedHashSet<>(desk.selection());
      if (!more.remove(part.thing())) {
        more.add(part.thing());
      }
      desk.select(more);
    } else {
      desk.select(Set.of(part.thing()));
    }
    return new Idle(Optional.of(touch.at()));
  }

  @Override
  public Sketch sketch(Desk desk) {
    return Sketch.hovering(Optional.of(hit));
  }
}
