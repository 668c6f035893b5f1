package org.hopscope.app.desktop.inspector;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hopscope.model.packet.Header;
import org.hopscope.model.packet.WireGuard;

/** A header's name and fields as the packet panel writes them. */
public final class HeaderWords {
  private HeaderWords() {}

  /**
   * A field.
   *
   * @param label what stands in front of the value, with its blank or arrow
   * @param value the value
   */
  record Field(String label, String value) {
  }

  /** The protocol's name. */
  public static String name(Header header) {
    return switch (header) {
      case Header.Ethernet _ -> "Ethernet";
      case Header.Vlan _ -> "VLAN";
      case Header.Arp _ -> "ARP";
      case Header.Ipv4 _ -> "IPv4";
      case Header.Ipv6 _ -> "IPv6";
      case Header.Fragment6 _ -> "Fragment";
      case Header.IcmpEcho _,Header.IcmpError _ -> "ICMP";
      case Header.Icmpv6Echo _,Header.Icmpv6Error _,Header.NeighbourSolicitation _,Header.NeighbourAdvertisement _ ->
          "ICMPv6";
      case Header.Tcp _ -> "TCP";
      case Header.Udp _ -> "UDP";
      case Header.Vxlan _ -> "VXLAN";
      case Header.Geneve _ -> "GENEVE";
      case Header.Gre _ -> "GRE";
      case WireGuard _ -> "WireGuard";
    };
  }

  static List<Field> of(Header header) {
    return switch (header) {
      case Header.Ethernet h -> List.of(new Field("", h.source().toString()),
          new Field("→ ", h.destination().toString()));
      case Header.Vlan h -> List.of(new Field("id ", Integer.toString(h.id())),
          new Field("priority ", Integer.toString(h.priority())));
      case Header.Arp h -> switch (h.operation()) {
        case REQUEST -> List.of(new Field("", "who-has"), new Field("", h.targetIp().toString()),
            new Field("tell ", h.senderIp().toString()));
        case REPLY -> List.of(new Field("", h.senderIp().toString()), new Field("is-at ", h.senderMac().toString()));
      };
      case Header.Ipv4 h -> ipv4(h);
      case Header.Ipv6 h -> List.of(new Field("", h.source().toString()), new Field("→ ", h.destination().toString()),
          new Field("hop limit ", Integer.toString(h.hopLimit())));
      case Header.Fragment6 h -> List.of(new Field("offset ", h.fragment().offset() + (h.fragment().more() ? "+" : "")),
          new Field("id ", Integer.toUnsignedString(h.identification())));
      case Header.NeighbourSolicitation h -> List.of(new Field("", "who-has"), new Field("", h.target().toString()));
      case Header.NeighbourAdvertisement h -> List.of(new Field("", h.target().toString()),
          new Field("is-at ", h.mac().toString()), new Field("", claims(h.flags())));
      case Header.Echo h -> List.of(new Field("", h.reply() ? "echo reply" : "echo request"),
          new Field("id ", Integer.toString(h.identifier())), new Field("seq ", Integer.toString(h.sequence())));
      case Header.Complaint h -> error(h);
      case Header.Tcp h -> List.of(new Field("", Integer.toString(h.sourcePort())),
          new Field("→ ", Integer.toString(h.destinationPort())), new Field("", flags(h.flags())));
      case Header.Udp h -> List.of(new Field("", Integer.toString(h.sourcePort())),
          new Field("→ ", Integer.toString(h.destinationPort())));
      case Header.Vxlan h -> List.of(new Field("vni ", Integer.toString(h.vni())));
      case Header.Geneve h -> List.of(new Field("vni ", Integer.toString(h.vni())));
      case Header.Gre h -> Stream.concat(Stream.of(new Field("protocol ", String.format(Locale.ROOT, "0x%04x",
          h.protocol()))), h.key().stream().map(k -> new Field("key ", Integer.toUnsignedString(k)))).toList();
      case WireGuard.Initiation h -> List.of(new Field("", "initiation"),
          new Field("sender ", Integer.toUnsignedString(h.sender())));
      case WireGuard.Response h -> List.of(new Field("", "response"),
          new Field("sender ", Integer.toUnsignedString(h.sender())),
          new Field("receiver ", Integer.toUnsignedString(h.receiver())));
      case WireGuard.Data h -> List.of(new Field("", "data, enciphered"),
          new Field("receiver ", Integer.toUnsignedString(h.receiver())),
          new Field("counter ", Long.toString(h.counter())));
    };
  }

  private static List<Field> ipv4(Header.Ipv4 h) {
    List<Field> fields = new ArrayList<>(List.of(new Field("", h.source().toString()),
        new Field("→ ", h.destination().toString()), new Field("ttl ", Integer.toString(h.ttl()))));
    if (!h.fragment().equals(Header.Fragment.WHOLE)) {
      fields.add(new Field("offset ", h.fragment().offset() + (h.fragment().more() ? "+" : "")));
    }
    return fields;
  }

  private static List<Field> error(Header.Complaint h) {
    List<Field> fields =
        new ArrayList<>(List.of(new Field("type ", Integer.toString(h.type())), new Field("code ", "" + h.code())));
    if (h.mtu() > 0) {
      fields.add(new Field("mtu ", Integer.toString(h.mtu())));
    }
    return fields;
  }

  private static String claims(Header.NeighbourAdvertisement.Claims claims) {
    return Stream.of(claims.router() ? "router" : "", claims.solicited() ? "solicited" : "",
        claims.override() ? "override" : "").filter(s -> !s.isEmpty()).collect(Collectors.joining(" "));
  }

  private static String flags(Header.Flags flags) {
    return Stream
        .of(flags.syn() ? "SYN" : "", flags.fin() ? "FIN" : "", flags.rst() ? "RST" : "", flags.psh() ? "PSH" : "",
            flags.ack() ? "ACK" : "")
        .filter(s -> !s.isEmpty()).collect(Collectors.joining(" "));
  }
}
