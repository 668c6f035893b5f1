package org.hopscope.model.ovs;

import java.util.Optional;
import java.util.OptionalLong;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.packet.Header;
import org.hopscope.model.packet.Packet;

/**
 * A field that a flow can be about (ovs-fields(7)), in the order in which ovs-ofctl prints them. Left out: IPv6 addresses,
 * hardware addresses inside ARP, connection state, metadata, MPLS, packet marks.
 */
public enum FlowField {
  REG0(32), REG1(32), REG2(32), REG3(32), TUN_ID(64), IN_PORT(16), VLAN_TCI(16), DL_SRC(48), DL_DST(48), DL_TYPE(16),
  NW_SRC(
      32),
  NW_DST(32), NW_PROTO(8), NW_TTL(8), TP_SRC(16), TP_DST(16);

  /** In a VLAN_TCI: there is a tag. */
  public static final int TAGGED = 0x1000;

  private final int bits;

  FlowField(int bits) {
    this.bits = bits;
  }

  /** A mask of all its bits. */
  public long full() {
    return bits == 64 ? -1 : (1L << bits) - 1;
  }

  /** What a frame is of behind its tags. */
  static int type(Packet packet) {
    return packet.vlan().map(Header.Vlan::etherType)
        .orElseGet(() -> packet.ethernet().map(Header.Ethernet::etherType).orElse(0));
  }

  private static Optional<Header.Arp> arp(Packet packet) {
    return packet.find(Header.Arp.class);
  }

  private static long bits(IpAddress address) {
    return address instanceof Ipv4Address(int value) ? Integer.toUnsignedLong(value) : 0;
  }

  /** What it is of a frame; a field that the frame has not got is 0. */
  public long read(FlowKey key) {
    Packet packet = key.packet();
    return switch (this) {
      case REG0, REG1, REG2, REG3 -> key.registers().getOrDefault(ordinal(), 0L);
      case TUN_ID -> key.tunnel();
      case IN_PORT -> key.inPort();
      case VLAN_TCI -> packet.vlan().map(v -> (long) (v.priority() << 13 | TAGGED | v.id())).orElse(0L);
      case DL_SRC -> packet.ethernet().orElseThrow().source().bits();
      case DL_DST -> packet.ethernet().orElseThrow().destination().bits();
      case DL_TYPE -> type(packet);
      case NW_SRC -> arp(packet).map(a -> bits(a.senderIp()))
          .orElseGet(() -> packet.ip().map(ip -> bits(ip.source())).orElse(0L));
      case NW_DST -> arp(packet).map(a -> bits(a.targetIp()))
          .orElseGet(() -> packet.ip().map(ip -> bits(ip.destination())).orElse(0L));
      case NW_PROTO -> arp(packet).map(a -> a.operation().ordinal() + 1L)
          .orElseGet(() -> packet.ip().map(ip -> (long) ip.protocol()).orElse(0L));
      case NW_TTL -> packet.ip().map(ip -> (long) ip.hops()).orElse(0L);
      case TP_SRC -> ports(packet, true).orElse(0);
      case TP_DST -> ports(packet, false).orElse(0);
    };
  }

  private static OptionalLong ports(Packet packet, boolean source) {
    return packet.ip().isEmpty() ? OptionalLong.empty() : switch (packet.upper()) {
      case Header.Tcp tcp -> OptionalLong.of(source ? tcp.sourcePort() : tcp.destinationPort());
      case Header.Udp udp -> OptionalLong.of(source ? udp.sourcePort() : udp.destinationPort());
      case Header.IcmpEcho echo -> OptionalLong.of(source && !echo.reply() ? 8 : 0);
      case Header.Icmpv6Echo echo -> OptionalLong.of(!source ? 0 : echo.reply() ? 129 : 128);
      case Header.Complaint error -> OptionalLong.of(source ? error.type() : error.code());
      case Header _ -> OptionalLong.empty();
    };
  }

  /** With another value; a field that the frame has not got is left alone. */
  public FlowKey write(FlowKey key, long value) {
    Packet packet = key.packet();
    return switch (this) {
      case REG0, REG1, REG2, REG3 -> key.withRegister(ordinal(), value);
      case TUN_ID -> key.withTunnel(value);
      case IN_PORT -> key.withInPort((int) value);
      case DL_SRC, DL_DST -> {
        Header.Ethernet old = packet.ethernet().orElseThrow();
        MacAddress mac = new MacAddress(value);
        yield key.with(packet.replace(old, this == DL_SRC
            ? new Header.Ethernet(old.destination(), mac, old.etherType())
            : new Header.Ethernet(mac, old.source(), old.etherType())));
      }
      case VLAN_TCI -> {
        Packet bare = packet.vlan().isPresent() ? packet.untag() : packet;
        yield key.with((value & TAGGED) == 0 ? bare
            : bare.tag(Header.Vlan.CUSTOMER, (int) (value >> 13), (int) (value & 0xfff)));
      }
      case NW_SRC, NW_DST -> key.with(address(packet, new Ipv4Address((int) value)));
      case NW_TTL -> key.with(packet.ip().map(ip -> packet.replace(ip, ip.withHops((int) value))).orElse(packet));
      case TP_SRC, TP_DST -> key.with(port(packet, (int) value));
      case DL_TYPE, NW_PROTO -> key;
    };
  }

  private Packet address(Packet packet, Ipv4Address address) {
    return packet.ip().filter(ip -> ip instanceof Header.Ipv4).map(ip -> packet.replace(ip, this == NW_SRC
        ? ip.withAddresses(address, ip.destination())
        : ip.withAddresses(ip.source(), address))).orElse(packet);
  }

  private Packet port(Packet packet, int port) {
    return packet.ip().isEmpty() ? packet : switch (packet.upper()) {
      case Header.Tcp tcp -> packet.replace(tcp, this == TP_SRC
          ? tcp.withPorts(port, tcp.destinationPort()) : tcp.withPorts(tcp.sourcePort(), port));
      case Header.Udp udp -> packet.replace(udp, this == TP_SRC
          ? new Header.Udp(port, udp.destinationPort(), udp.checksum())
          : new Header.Udp(udp.sourcePort(), port, udp.checksum()));
      case Header _ -> packet;
    };
  }
}
