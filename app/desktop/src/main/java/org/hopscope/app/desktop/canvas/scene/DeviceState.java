package org.hopscope.app.desktop.canvas.scene;

import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Links;
import org.hopscope.model.net.Device;

/** What a learner must see of a device at a glance; each differs in shape, fill and word. */
public enum DeviceState {
  /** Switched on, and somebody is at the other end. */
  UP,
  /** Switched on, but nobody is there: {@code NO-CARRIER} of ip-link(8). */
  NO_CARRIER,
  /** Switched off. */
  DOWN;

  public static DeviceState of(LabState lab, Device device) {
    if (!device.isUp()) {
      return DOWN;
    }
    return Links.hasCarrier(lab, device) ? UP : NO_CARRIER;
  }

  /** The word as {@code ip link} prints it. */
  public String word() {
    return switch (this) {
      case UP -> "UP";
      case NO_CARRIER -> "NO-CARRIER";
      case DOWN -> "DOWN";
    };
  }
}
