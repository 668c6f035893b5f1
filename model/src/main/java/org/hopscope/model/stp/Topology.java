package org.hopscope.model.stp;

import java.util.List;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.net.BridgePort;
import org.hopscope.model.net.BridgeSettings;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.PortState;

/**
 * What the protocol stands on: the bridges that take part, as they are configured and wired.
 *
 * @param bridges in the order of their identities in the lab
 */
public record Topology(List<Bridge> bridges) {
  public Topology {
    bridges = List.copyOf(bridges);
  }

  /**
   * A bridge.
   *
   * @param device the bridge
   * @param settings its settings
   * @param mac the hardware address it wears
   * @param up whether it is switched on
   * @param ports its ports in the order of their numbers
   */
  public record Bridge(DeviceId device, BridgeSettings settings, MacAddress mac, boolean up, List<Port> ports) {
    public Bridge {
      ports = List.copyOf(ports);
    }
  }

  /**
   * A port.
   *
   * @param device the port
   * @param port what it is on its bridge
   * @param cost what sending by it costs
   * @param usable whether it is switched on and has carrier
   * @param state what it would be without the protocol: for a bridge that begins to take part
   * @param hears the ports of bridges that hear what is said here
   */
  public record Port(DeviceId device, BridgePort port, int cost, boolean usable, PortState state,
      List<DeviceId> hears) {
    public Port {
      hears = List.copyOf(hears);
    }
  }
}
