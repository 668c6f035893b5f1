package org.hopscope.model.docker.linux;

import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.docker.Container;
import org.hopscope.model.docker.DockerNetwork;

/** Names and hardware addresses of the devices that Docker makes. */
public final class Devices {
  private Devices() {
  }

  /** 02:42 and the address, as Docker did up to release 27; later ones draw it. */
  public static MacAddress mac(Ipv4Address address) {
    return new MacAddress(0x0242_0000_0000L | Integer.toUnsignedLong(address.bits()));
  }

  /** A bridge's own, which Docker draws, so that it does not change with its ports. */
  static MacAddress mac(String bridge) {
    return new MacAddress(0x0242_0000_0000L | Long.parseLong(Identity.hex(bridge).substring(0, 8), 16));
  }

  /** The end on the host: seven digits, which Docker draws. */
  static String hostEnd(Container container, DockerNetwork network) {
    return "veth" + Identity.hex(container.id() + network.id()).substring(0, 7);
  }
}
