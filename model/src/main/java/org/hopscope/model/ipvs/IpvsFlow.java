package org.hopscope.model.ipvs;

import java.util.Comparator;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.packet.Header;
import org.hopscope.model.packet.Packet;

/**
 * Who talks to whom, as connections are found by it (kernel struct ip_vs_conn_param).
 *
 * @param protocol the IP protocol; 0 for what holds for all of a mark's
 * @param client who began; of a template the clients that count as one
 * @param clientPort its port; 0 in a template
 * @param virtual the address it speaks to; a mark as an address in a template of a mark's
 * @param virtualPort the port; 0 in a template for all ports
 */
public record IpvsFlow(int protocol, IpAddress client, int clientPort, IpAddress virtual, int virtualPort)
    implements Comparable<IpvsFlow> {
  private static final Comparator<IpvsFlow> ORDER = Comparator.comparingInt(IpvsFlow::protocol)
      .thenComparing(f -> f.client().family()).thenComparing(f -> f.virtual().family())
      .thenComparing(IpvsFlow::client).thenComparingInt(IpvsFlow::clientPort).thenComparing(IpvsFlow::virtual)
      .thenComparingInt(IpvsFlow::virtualPort);

  /** Of a packet from a client; empty for what is neither TCP nor UDP, and for a later piece. */
  public static Optional<IpvsFlow> of(Packet packet) {
    return packet.ip().filter(_ -> packet.fragment().offset() == 0).flatMap(ip -> {
      Header upper = packet.upper();
      if (upper instanceof Header.Tcp tcp) {
        return Optional.of(new IpvsFlow(Header.Ip.TCP, ip.source(), tcp.sourcePort(), ip.destination(),
            tcp.destinationPort()));
      }
      return upper instanceof Header.Udp udp
          ? Optional.of(new IpvsFlow(Header.Ip.UDP, ip.source(), udp.sourcePort(), ip.destination(),
              udp.destinationPort()))
          : Optional.empty();
    });
  }

  /** The other way round. */
  public IpvsFlow reversed() {
    return new IpvsFlow(protocol, virtual, virtualPort, client, clientPort);
  }

  /** The same client with somebody else at the other end. */
  public IpvsFlow to(RealServer.Key other) {
    return new IpvsFlow(protocol, client, clientPort, other.address(), other.port());
  }

  /** {@code TCP 10.0.0.9:40000 → 10.96.0.1:80}. */
  @Override
  public String toString() {
    return ServiceKey.protocolName(protocol) + " " + ServiceKey.text(client, clientPort) + " → "
        + ServiceKey.text(virtual, virtualPort);
  }

  @Override
  public int compareTo(IpvsFlow other) {
    return ORDER.compare(this, other);
  }
}
