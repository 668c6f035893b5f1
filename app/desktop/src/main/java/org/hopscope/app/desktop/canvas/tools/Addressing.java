package org.hopscope.app.desktop.canvas.tools;

import java.util.Optional;
import org.hopscope.model.addr.InterfaceAddress;
import org.hopscope.model.addr.Ipv4Address;

/** Which address comes after another one. */
final class Addressing {
  private Addressing() {}

  /** The next host address of the same subnet; after the last one the first. Empty for IPv6 and where there is no other. */
  static Optional<InterfaceAddress> after(InterfaceAddress address) {
    if (!(address.address() instanceof Ipv4Address(int bits)) || address.length() > 30) {
      return Optional.empty();
    }
    Ipv4Address network = new Ipv4Address(bits).network(address.length());
    Ipv4Address broadcast = new Ipv4Address(bits).broadcast(address.length());
    int next = bits + 1 == broadcast.bits() ? network.bits() + 1 : bits + 1;
    return Optional.of(new InterfaceAddress(new Ipv4Address(next), address.length()));
  }
}
