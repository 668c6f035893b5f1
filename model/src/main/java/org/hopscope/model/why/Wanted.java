package org.hopscope.model.why;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.InterfaceAddress;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.Netns;
import org.hopscope.model.net.Server;
import org.hopscope.model.net.Transport;
import org.hopscope.model.probe.Probe;

/**
 * What a client wants to be answered.
 *
 * @param to by whom
 * @param port at which port
 */
record Wanted(IpAddress to, Transport transport, int port) {
  /** How many of those who listen are thought of. */
  private static final int SERVERS = 8;

  /** What a probe wants; empty for one that talks to no server. */
  static Optional<Wanted> by(Probe probe) {
    return switch (probe.action()) {
      case Probe.Connect(var port, var _) -> Optional.of(new Wanted(probe.to(), Transport.TCP, port.value()));
      case Probe.Datagram(var port, var _) -> Optional.of(new Wanted(probe.to(), Transport.UDP, port.value()));
      case Probe.Ping _,Probe.Traceroute _,Probe.Tracepath _,Probe.Arping _ -> Optional.empty();
    };
  }

  /** Who could be meant by a translation: those that listen, {@code ADDRESS:PORT} each. */
  List<String> listeners(LabState lab) {
    IpFamily family = to.family();
    List<String> all = new ArrayList<>();
    for (Netns netns : lab.netns().values()) {
      for (Server server : netns.servers()) {
        if (transport == server.transport() && all.size() < SERVERS) {
          lab.devicesOf(netns.id()).stream().filter(d -> !d.isLoopback())
              .flatMap(d -> d.globalAddresses(family).stream()).map(InterfaceAddress::address)
              .filter(a -> server.on().map(a::equals).orElse(true)).limit(2)
              .forEach(a -> all.add((family == IpFamily.INET6 ? "[" + a + "]" : a.toString()) + ":" + server.port()));
        }
      }
    }
    return all;
  }
}
