package org.hopscope.model.lab;

import java.util.Optional;
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
   * bind(2): the address must be one of the namespace's own, a group or a broadcast (kernel __inet_bind); a TCP port is one
   * program's on an address, and all addresses share it with each of them. UDP servers allow others beside them
   * (SO_REUSEADDR).
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
      }
    }
    if (server.on().filter(a -> !AddressTypes.mayBind(lab, where, a)).isPresent()) {
      throw RefusedException.tool(Errno.EADDRNOTAVAIL, Errno.EADDRNOTAVAIL.text());
    }
    for (Server other : netns.servers()) {
      if (other.port().equals(server.port()) && other.transport() == server.transport()
          && server.transport() == Transport.TCP && (other.on().isEmpty() || server.on().isEmpty())) {
        throw RefusedException.tool(Errno.EADDRINUSE, Errno.EADDRINUSE.text());
      }
    }
    if (server.transport() == Transport.UDP && UdpTunnels.hears(lab, where, server.port().value())) {
      throw RefusedException.tool(Errno.EADDRINUSE, Errno.EADDRINUSE.text());
    }
    return lab.with(netns.withServers(netns.servers().plus(server)));
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
