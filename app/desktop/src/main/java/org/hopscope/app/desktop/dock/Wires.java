package org.hopscope.app.desktop.dock;

import java.util.HashMap;
import java.util.Map;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceId;

/** Which devices a frame could pass between without being routed, whatever is switched off: each such set has a number. */
final class Wires {
  private final Map<DeviceId, DeviceId> next = new HashMap<>();

  private Wires() {}

  static Wires of(LabState lab) {
    Wires wires = new Wires();
    for (Device device : lab.devices().values()) {
      device.peer().ifPresent(peer -> wires.join(device.id(), peer));
      device.port().ifPresent(port -> wires.join(device.id(), port.bridge()));
    }
    return wires;
  }

  /** The number of the wire that a device is on. */
  int of(DeviceId device) {
    return root(device).number();
  }

  private void join(DeviceId one, DeviceId other) {
    next.put(root(one), root(other));
  }

  private DeviceId root(DeviceId device) {
    DeviceId at = device;
    while (next.containsKey(at) && !next.get(at).equals(at)) {
      at = next.get(at);
    }
    return at;
  }
}
