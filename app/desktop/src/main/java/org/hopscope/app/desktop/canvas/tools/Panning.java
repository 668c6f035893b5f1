package org.hopscope.app.desktop.canvas.tools;

import org.hopscope.app.desktop.canvas.scene.Point;
import org.hopscope.app.desktop.canvas.scene.Viewport;

/**
 * The hand moves the ground.
 *
 * @param before what was seen
 * @param start where the hand pressed, in pixels
 * @param then what comes after
 */
record Panning(Viewport before, Point start, Phase then) implements Phase {
  @Override
  public Phase move(Touch touch, Desk desk) {
    Point way = touch.pixel().minus(start);
    desk.look(before.panned(way.x(), way.y()));
    return this;
  }

  @Override
  public Phase release(Touch touch, Desk desk) {
    return then;
  }

  @Override
  public Phase cancel(Desk desk) {
    desk.look(before);
    return then;
  }

  @Override
  public Palette tool() {
    return then.tool();
  }
}
