package org.hopscope.app.desktop.canvas.draw;

import org.hopscope.app.desktop.canvas.scene.Box;
import org.hopscope.app.desktop.canvas.scene.Part;
import org.hopscope.app.desktop.theme.Role;

/** The small lock on what hands leave alone. */
final class Padlock {
  private final Brush brush;
  private final Detail detail;

  Padlock(Brush brush, Detail detail) {
    this.brush = brush;
    this.detail = detail;
  }

  /** On the upper right corner of a part. */
  void draw(Part part) {
    if (detail == Detail.SHAPES) {
      return;
    }
    double size = detail == Detail.FULL ? 1 : 1.8;
    double x = part.box().right() - (part.isFrame() || part.isRemark() ? 22 : 5) * size;
    double y = part.box().y() + (part.isFrame() || part.isRemark() ? 12 : -7) * size;
    brush.fill(new Box(x - 3 * size, y - 3 * size, 16 * size, 18 * size), 5 * size, brush.colour(Role.SURFACE));
    brush.stroke(new Box(x + 2 * size, y, 6 * size, 8 * size), 3 * size, brush.colour(Role.MUTED), 1.6 * size);
    brush.fill(new Box(x, y + 5 * size, 10 * size, 7 * size), 1.6 * size, brush.colour(Role.MUTED));
  }
}
