package org.hopscope.model.shell;

import java.util.List;
import java.util.stream.Stream;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Links;
import org.hopscope.model.net.BridgePort;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.PortFlag;

/**
 * A port as {@code bridge link} sees it.
 *
 * @param device the device that is the port
 * @param bridge its bridge
 * @param port what it is there
 * @param state the word for its state
 * @param cost what sending by it costs
 */
public record PortView(Device device, Device bridge, BridgePort port, String state, int cost) {
  /** The view of a device that is a port. */
  public static PortView of(LabState lab, Device device) {
    BridgePort port = device.port().orElseThrow();
    return new PortView(device, lab.device(port.bridge()), port, Links.portState(lab, device).word(),
        Links.costOf(lab, device));
  }

  /** The words of the switches that are on, as bridge(8) calls them. */
  public List<String> on() {
    return Stream.of(PortFlag.values()).filter(port::has).map(PortFlag::word).toList();
  }
}
