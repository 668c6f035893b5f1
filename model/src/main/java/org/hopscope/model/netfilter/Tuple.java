package org.hopscope.model.netfilter;

import java.util.Comparator;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.packet.Header;
import org.hopscope.model.packet.Packet;
import org.hopscope.model.packet.WireGuard;

/**
 * What all packets of one direction of a connection have in common (kernel struct nf_conntrack_tuple).
 *
 * @param protocol the IP protocol
 * @param source where from
 * @param destination where to
 * @param sourcePort the port; the identifier of ICMP echo; 0 for other protocols
 * @param destinationPort the port; type and code of ICMP as {@code type << 8 | code}; 0 for other protocols
 * @param zone the zone it is in: see {@link CtZone}
 */
public record Tuple(int protocol, IpAddress source, IpAddress destination, int sourcePort, int destinationPort,
    int zone) implements Comparable<Tuple> {
  private static final Comparator<Tuple> ORDER = Comparator.comparingInt(Tuple::protocol).thenComparing(Tuple::source)
      .thenComparing(Tuple::destination).thenComparingInt(Tuple::sourcePort)
      .thenComparingInt(Tuple::destinationPort).thenComparingInt(Tuple::zone);
  private static final int ECHO_REQUEST = 8 << 8;
  private static final int ECHO6_REQUEST = 128 << 8;
  private static final int ECHO6_REPLY = 129 << 8;

  /** In the usual zone. */
  public Tuple(int protocol, IpAddress source, IpAddress destination, int sourcePort, int destinationPort) {
    this(protocol, source, destination, sourcePort, destinationPort, 0);
  }

  /** The same in a zone. */
  public Tuple in(int number) {
    return number == zone ? this : new Tuple(protocol, source, destination, sourcePort, destinationPort, number);
  }

  /** The tuple of a whole packet; empty when it is of a kind that cannot be tracked: an ICMP error, a later piece. */
  public static Optional<Tuple> of(Packet packet) {
    return packet.ip().filter(_ -> packet.fragment().offset() == 0).flatMap(ip -> {
      Header inner = packet.upper();
      return switch (inner) {
        case Header.Tcp tcp -> Optional.of(new Tuple(ip.protocol(), ip.source(), ip.destination(), tcp.sourcePort(),
            tcp.destinationPort()));
        case Header.Udp udp -> Optional.of(new Tuple(ip.protocol(), ip.source(), ip.destination(), udp.sourcePort(),
            udp.destinationPort()));
        case Header.IcmpEcho echo -> Optional.of(new Tuple(ip.protocol(), ip.source(), ip.destination(),
            echo.identifier(), echo.reply() ? 0 : ECHO_REQUEST));
        case Header.Icmpv6Echo echo -> Optional.of(new Tuple(ip.protocol(), ip.source(), ip.destination(),
            echo.identifier(), echo.reply() ? ECHO6_REPLY : ECHO6_REQUEST));
        case Header.Complaint _,Header.NeighbourSolicitation _,Header.NeighbourAdvertisement _ -> Optional.empty();
        case Header.Ethernet _,Header.Vlan _,Header.Arp _,Header.Ip _,Header.Fragment6 _,Header.Carrier _,WireGuard _ ->
            Optional.of(new Tuple(ip.protocol(), ip.source(), ip.destination(), 0, 0));
      };
    });
  }

  /** The tuple of the answers. Echo request and reply answer each other. */
  public Tuple invert() {
    return switch (protocol) {
      case Protocols.ICMP -> new Tuple(protocol, destination, source, sourcePort, destinationPort ^ ECHO_REQUEST,
          zone);
      case Protocols.ICMPV6 -> new Tuple(protocol, destination, source, sourcePort,
          destinationPort ^ ECHO6_REQUEST ^ ECHO6_REPLY, zone);
      default -> new Tuple(protocol, destination, source, destinationPort, sourcePort, zone);
    };
  }

  public Tuple withSource(IpAddress address, int port) {
    return new Tuple(protocol, address, destination, port, destinationPort, zone);
  }

  public Tuple withDestination(IpAddress address, int port) {
    return new Tuple(protocol, source, address, sourcePort, port, zone);
  }

  @Override
  public int compareTo(Tuple other) {
    return ORDER.compare(this, other);
  }
}
