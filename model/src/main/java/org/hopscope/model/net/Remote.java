package org.hopscope.model.net;

import java.util.Optional;
import org.hopscope.model.addr.IpAddress;

/**
 * A far end that a row of a vxlan's forwarding database leads to (kernel struct vxlan_rdst).
 *
 * @param address where the packets outside go
 * @param port the UDP port there; empty for the device's own
 * @param vni the network there; empty for the device's own
 * @param via the device that they leave by; empty for any
 */
public record Remote(IpAddress address, Optional<Integer> port, Optional<Integer> vni, Optional<DeviceId> via) {
  /** A far end with nothing peculiar. */
  public static Remote at(IpAddress address) {
    return new Remote(address, Optional.empty(), Optional.empty(), Optional.empty());
  }
}
