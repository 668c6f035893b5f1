package org.hopscope.model.net;

import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.PortNumber;

/**
 * A small program that listens. It answers each client with its label, the client's address as it sees it, and its own
 * address as the client reached it.
 *
 * @param port where it listens, 1 to 65535
 * @param transport over what
 * @param on the one address it listens on; on all of them when empty
 * @param label what it calls itself
 */
public record Server(PortNumber port, Transport transport, Optional<IpAddress> on, String label) {
  /** Whether it would take what arrives for this address and port. */
  public boolean accepts(IpAddress address, PortNumber asked, Transport over) {
    return port.equals(asked) && transport == over && on.map(address::equals).orElse(true);
  }
}
