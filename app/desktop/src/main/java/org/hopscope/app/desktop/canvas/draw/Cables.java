package org.hopscope.app.desktop.canvas.draw;

import org.hopscope.app.desktop.canvas.scene.Cable;
import org.hopscope.app.desktop.theme.Role;

/** Draws cables: veth pairs in the colour of layer 2, cables between machines in grey, broken when an end is down. */
final class Cables {
  private static final double RADIUS = 16;

  private final Brush brush;

  Cables(Brush brush) {
    this.brush = brush;
  }

  void draw(Cable cable) {
    if (!cable.carries()) {
      brush.path(cable.route(), RADIUS, brush.colour(Role.FAINT), 2.2, 6, 6);
    } else if (cable.physical()) {
      brush.path(cable.route(), RADIUS, brush.colour(Role.TEXT, 0.5), 3.2);
    } else {
      brush.path(cable.route(), RADIUS, brush.colour(Role.L2), 2.6);
    }
  }
}
