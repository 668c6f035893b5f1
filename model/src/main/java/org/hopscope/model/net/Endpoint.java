package org.hopscope.model.net;

import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;

/**
 * Where a UDP socket is reached.
 *
 * @param address the address
 * @param port the port, 0 to 65535
 */
public record Endpoint(IpAddress address, int port) {
  /** Reads {@code ADDRESS:PORT}, IPv6 in brackets; empty when it is none. */
  public static Optional<Endpoint> parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 0 || !text.substring(colon + 1).matches("[0-9]{1,5}")) {
      return Optional.empty();
    }
    String host = text.substring(0, colon);
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    int port = Integer.parseInt(text.substring(colon + 1));
    return IpAddress.parse(bracketed ? host.substring(1, host.length() - 1) : host).filter(_ -> port <= 65_535)
        .map(address -> new Endpoint(address, port));
  }

  @Override
  public String toString() {
    return (address.family() == IpFamily.INET6 ? "[" + address + "]" : address.toString()) + ":" + port;
  }
}
