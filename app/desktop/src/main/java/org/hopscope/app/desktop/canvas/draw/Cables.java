package org.hopscope.app.desktop.canvas.draw;

import javafx.scene.paint.Color;
import org.hopscope.app.desktop.canvas.scene.Box;
import org.hopscope.app.desktop.canvas.scene.Cable;
import org.hopscope.app.desktop.canvas.scene.Point;
import org.hopscope.app.desktop.theme.Role;

/**
 * Draws cables and tunnels: veth pairs in the colour of layer 2, cables between machines in grey, broken when an end is down; what stands on another
 * device hangs on it by dots.
 */
final class Cables {
  private static final double RADIUS = 16;
  private static final double PILL = 18;

  private final Brush brush;
  private final boolean fine;
  private final double words;
  private final double opacity;

  Cables(Brush brush, Detail detail) {
    this.brush = brush;
    fine = detail == Detail.MARKS;
    words = switch (detail) {
      case FULL -> 1;
      case NAMES -> 1.5;
      case MARKS, SHAPES -> 0;
    };
    opacity = switch (detail) {
      case FULL -> 1;
      case NAMES -> 0.7;
      case MARKS -> 0.45;
      case SHAPES -> 0.8;
    };
  }

  void draw(Cable cable) {
    switch (cable.kind()) {
      case TUNNEL -> tunnel(cable);
      case STACKED ->
          brush.path(cable.route(), RADIUS, brush.colour(cable.carries() ? Role.L2 : Role.FAINT, opacity), 1.6,
              dashes(1.5, 4));
      case VETH, WIRE -> {
        if (!cable.carries()) {
          brush.path(cable.route(), RADIUS, brush.colour(Role.FAINT, opacity), 2.2, dashes(6, 6));
        } else if (cable.kind() == Cable.Kind.WIRE) {
          brush.path(cable.route(), RADIUS, brush.colour(Role.TEXT, 0.5 * opacity), 3.2);
        } else {
          brush.path(cable.route(), RADIUS, brush.colour(Role.L2, opacity), 2.6);
        }
      }
    }
  }

  /** Dashes, unless they would be too fine to be seen. */
  private double[] dashes(double on, double off) {
    return fine ? new double[0] : new double[] {on, off};
  }

  /** Dashed over the underlay, with the number of its network or its protocol on it. */
  private void tunnel(Cable cable) {
    Color colour = brush.colour(cable.carries() ? Role.OVERLAY : Role.FAINT, opacity);
    brush.path(cable.route(), RADIUS, colour, 2.2, dashes(7, 4));
    if (words > 0) {
      Point middle = cable.along(cable.one(), 0.5);
      double width = (Type.LABEL.width(cable.label()) + 20) * words;
      double height = PILL * words;
      Box pill = new Box(middle.x() - width / 2, middle.y() - height / 2, width, height);
      brush.fill(pill, height / 2, brush.colour(cable.carries() ? Role.OVERLAY_BG : Role.SURFACE));
      brush.stroke(pill, height / 2, colour, 1.2);
      brush.text(Type.LABEL, Type.LABEL.size() * words, cable.label(),
          new Point(pill.x() + 10 * words, middle.y() + 4 * words), colour);
    }
  }
}
