package org.hopscope.model.lab;

import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.PortNumber;
import org.hopscope.model.net.Netns;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.Server;
import org.hopscope.model.net.Transport;
import org.pcollections.PVector;

/** Programs that listen start and end ({@code serve}, {@code unserve}). */
final class ServerEdits {
  private ServerEdits() {
  }

  /**
   * bind(2): a port is one program's on an address. A TCP server on all addresses shares it with no other; UDP ones may
   * stand beside each other (SO_REUSEADDR, which the oracle's servers set).
   */
  static LabState serve(LabState lab, NetnsId where, Server server) {
    Netns netns = Find.netns(lab, where);
    if (server.port().value() == 0) {
      throw RefusedException.tool(Errno.EINVAL, "a server needs a port from 1 to 65535");
    }
    for (Server other : netns.servers()) {
      if (other.port().equals(server.port()) && other.transport() == server.transport()) {
        if (other.on().equals(server.on())) {
          throw RefusedException.tool(Errno.EADDRINUSE, "already serving");
        }
        boolean overlap = other.on().isEmpty() || server.on().isEmpty();
        if (overlap && server.transport() == Transport.TCP) {
          throw RefusedException.tool(Errno.EADDRINUSE, Errno.EADDRINUSE.text());
        }
      }
    }
    if (server.on().filter(a -> !isOwn(netns, a)).isPresent()) {
      throw RefusedException.tool(Errno.EADDRNOTAVAIL, Errno.EADDRNOTAVAIL.text());
    }
    return lab.with(netns.withServers(netns.servers().plus(server)));
  }

  /** Kernel inet_bind: an address to listen on is an own one, or a group's or broadcast one. */
  private static boolean isOwn(Netns netns, IpAddress address) {
    return address.isUnspecified() || address.isMulticast() || netns.local().lookup(address, _ -> true).isPresent();
  }

  static LabState unserve(LabState lab, NetnsId where, Optional<PortNumber> port, Optional<Transport> transport) {
    Netns netns = Find.netns(lab, where);
    PVector<Server> left = netns.servers();
    for (Server server : netns.servers()) {
      boolean meant = port.filter(p -> !p.equals(server.port())).isEmpty()
          && transport.filter(t -> t != server.transport()).isEmpty();
      left = meant ? left.minus(server) : left;
    }
    if (left.size() == netns.servers().size()) {
      throw RefusedException.tool(Errno.ENOENT, "nothing served there");
    }
    return lab.with(netns.withServers(left));
  }
}
