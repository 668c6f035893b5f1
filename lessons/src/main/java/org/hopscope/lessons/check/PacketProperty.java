package org.hopscope.lessons.check;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hopscope.model.packet.Header;
import org.hopscope.model.packet.Packet;

/** Something that can be read off a packet, as text. */
public enum PacketProperty {
  /** The sender in the outermost IP header. */
  SOURCE(p -> first(p).map(ip -> ip.source().toString())),
  /** The receiver in the outermost IP header. */
  DESTINATION(p -> first(p).map(ip -> ip.destination().toString())),
  /** What the outermost IP header carries, by number: 1 ICMP, 4 IP in IP, 6 TCP, 17 UDP, 47 GRE. */
  PROTOCOL(p -> first(p).map(ip -> String.valueOf(ip.protocol()))),
  /** How many routers it may still cross, by the outermost IP header. */
  TTL(p -> first(p).map(ip -> String.valueOf(ip.hops()))),
  /** The sender in the innermost IP header. */
  INNER_SOURCE(p -> last(p).map(ip -> ip.source().toString())),
  /** The receiver in the innermost IP header. */
  INNER_DESTINATION(p -> last(p).map(ip -> ip.destination().toString())),
  /** The source port of the outermost TCP or UDP header. */
  SOURCE_PORT(p -> ports(p).map(ports -> String.valueOf(ports[0]))),
  /** The destination port of the outermost TCP or UDP header. */
  DESTINATION_PORT(p -> ports(p).map(ports -> String.valueOf(ports[1]))),
  /** The sender's hardware address in the outermost Ethernet header. */
  SOURCE_MAC(p -> p.find(Header.Ethernet.class).map(e -> e.source().toString())),
  /** The receiver's hardware address in the outermost Ethernet header. */
  DESTINATION_MAC(p -> p.find(Header.Ethernet.class).map(e -> e.destination().toString())),
  /** The number in its outermost VLAN tag. */
  VLAN(p -> p.find(Header.Vlan.class).map(v -> String.valueOf(v.id()))),
  /** The number of the VXLAN it travels in. */
  VNI(p -> p.find(Header.Vxlan.class).map(v -> String.valueOf(v.vni()))),
  /** All its bytes, link header included. */
  LENGTH(p -> Optional.of(String.valueOf(p.length())));

  private final Function<Packet, Optional<String>> reading;

  PacketProperty(Function<Packet, Optional<String>> reading) {
    this.reading = reading;
  }

  /** The word that lessons write, such as {@code inner-source}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What a packet has; empty when it has no such header. */
  Optional<String> of(Packet packet) {
    return reading.apply(packet);
  }

  /** All the words, for a sentence. */
  public static String all() {
    return Arrays.stream(values()).map(PacketProperty::word).collect(Collectors.joining(", "));
  }

  static boolean hasAll(Packet packet, Map<PacketProperty, String> wish) {
    return wish.entrySet().stream().allMatch(e -> e.getKey().of(packet).equals(Optional.of(e.getValue())));
  }

  static String words(Map<PacketProperty, String> wish) {
    return wish.entrySet().stream().sorted(Map.Entry.comparingByKey())
        .map(e -> e.getKey().spoken() + " " + e.getValue())
        .collect(Collectors.joining(", "));
  }

  private String spoken() {
    return word().replace('-', ' ');
  }

  private static List<Header.Ip> ips(Packet packet) {
    return packet.headers().stream().filter(Header.Ip.class::isInstance).map(Header.Ip.class::cast).toList();
  }

  private static Optional<Header.Ip> first(Packet packet) {
    return ips(packet).stream().findFirst();
  }

  private static Optional<Header.Ip> last(Packet packet) {
    return ips(packet).isEmpty() ? Optional.empty() : Optional.of(ips(packet).getLast());
  }

  private static Optional<int[]> ports(Packet packet) {
    return packet.headers().stream().<int[]>mapMulti((header, out) -> {
      switch (header) {
        case Header.Tcp tcp -> out.accept(new int[] {tcp.sourcePort(), tcp.destinationPort()});
        case Header.Udp udp -> out.accept(new int[] {udp.sourcePort(), udp.destinationPort()});
        default -> {
        }
      }
    }).findFirst();
  }
}
