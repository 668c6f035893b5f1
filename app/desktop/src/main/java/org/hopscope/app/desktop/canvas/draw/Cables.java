package org.hopscope.app.desktop.canvas.draw;

import org.hopscope.app.desktop.canvas.scene.Cable;
import org.hopscope.app.desktop.theme.Role;

/**
 * Draws cables: veth pairs in the colour of layer 2, cables between machines in grey, broken when an end is down; what stands on another
 * device hangs on it by dots.
 */
final class Cables {
  private static final double RADIUS = 16;

  private final Brush brush;
  private final double opacity;

  Cables(Brush brush, Detail detail) {
    this.brush = brush;
    opacity = switch (detail) {
      case FULL -> 1;
      case NAMES -> 0.7;
      case MARKS -> 0.45;
    };
  }

  void draw(Cable cable) {
    switch (cable.kind()) {
      case STACKED ->
          brush.path(cable.route(), RADIUS, brush.colour(cable.carries() ? Role.L2 : Role.FAINT, opacity), 1.6,
              1.5, 4);
      case VETH, WIRE -> {
        if (!cable.carries()) {
          brush.path(cable.route(), RADIUS, brush.colour(Role.FAINT, opacity), 2.2, 6, 6);
        } else if (cable.kind() == Cable.Kind.WIRE) {
          brush.path(cable.route(), RADIUS, brush.colour(Role.TEXT, 0.5 * opacity), 3.2);
        } else {
          brush.path(cable.route(), RADIUS, brush.colour(Role.L2, opacity), 2.6);
        }
      }
    }
  }
}
