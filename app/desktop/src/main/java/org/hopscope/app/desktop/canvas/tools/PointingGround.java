package org.hopscope.app.desktop.canvas.tools;

import java.util.Set;
import org.hopscope.app.desktop.canvas.scene.Point;
import org.hopscope.app.desktop.workbench.Selection;

/**
 * The hand has pressed where nothing is: letting go selects nothing, moving draws a marquee.
 *
 * @param start where
 * @param before what was selected
 */
record PointingGround(Point start, Set<Selection> before) implements Phase {
  @Override
  public Phase move(Touch touch, Desk desk) {
    return Idle.isDrag(start, touch.at(), desk.viewport().scale())
        ? new Selecting(start, touch.at(), before, touch.adds()).move(touch, desk)
        : this;
  }

  @Override
  public Phase release(Touch touch, Desk desk) {
    if (!touch.adds()) {
      desk.select(Set.of());
    }
    return Idle.START;
  }
}
