package org.hopscope.app.desktop.canvas.scene;

import java.util.List;
import org.hopscope.model.net.DeviceId;

/**
 * What joins two devices, and how it runs: a cable, or that one device stands on another.
 *
 * @param one an end: the one with the lower number
 * @param other the other end
 * @param kind what joins them
 * @param label what is written on it; mostly nothing
 * @param carries whether both ends are switched on
 * @param route its corners from one end to the other, at least two
 */
public record Cable(DeviceId one, DeviceId other, Kind kind, String label, boolean carries, List<Point> route) {
  /** What joins two devices. */
  public enum Kind {
    /** A veth pair. */
    VETH,
    /** A cable between machines. */
    WIRE,
    /** The one sends and receives through the other. */
    STACKED,
    /** The two ends of a tunnel: no wire of its own, its packets travel inside others. */
    TUNNEL
  }

  public Cable {
    route = List.copyOf(route);
  }

  public boolean joins(DeviceId device) {
    return one.equals(device) || other.equals(device);
  }

  /** The point after {@code part} of its length, from 0 to 1, counted from the end at {@code from}. */
  public Point along(DeviceId from, double part) {
    double want = length() * (from.equals(one) ? part : 1 - part);
    for (int i = 1; i < route.size(); i++) {
      double piece = route.get(i - 1).distance(route.get(i));
      if (want <= piece && piece > 0) {
        return route.get(i - 1).towards(route.get(i), want / piece);
      }
      want -= piece;
    }
    return route.getLast();
  }

  /** Its length in canvas units. */
  public double length() {
    double sum = 0;
    for (int i = 1; i < route.size(); i++) {
      sum += route.get(i - 1).distance(route.get(i));
    }
    return sum;
  }
}
