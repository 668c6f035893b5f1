package org.hopscope.model.packet;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.addr.Ipv6Address;
import org.hopscope.model.addr.MacAddress;

/**
 * A packet as it is on the wire, checksums and all: for hex views and capture files. What the model does not keep is
 * filled in: a payload that says nothing is a pattern of counting bytes, TCP windows are 64240 as Linux begins with.
 */
public final class PacketBytes {
  private static final int WINDOW = 64_240;
  private static final int IPV4_HEADER = 20;
  private static final int CHECKSUM_IN_IPV4 = 10;
  private static final int CHECKSUM_IN_ICMP = 2;
  private static final int CHECKSUM_IN_TCP = 16;
  private static final int CHECKSUM_IN_UDP = 6;
  /** The I flag of VXLAN (RFC 7348 5). */
  private static final int VNI_IS_SAID = 0x0800_0000;
  /** The K flag of GRE (RFC 2890 2). */
  private static final int GRE_KEY_IS_THERE = 0x2000;

  private PacketBytes() {
  }

  /** All bytes of a packet, from its outermost header on. As many as {@link Packet#length}. */
  public static byte[] of(Packet packet) {
    return switch (packet.headers().getFirst()) {
      case Header.Ethernet ethernet -> join(bytes(ethernet), of(packet.unwrap()));
      case Header.Vlan tag -> join(bytes(tag), of(packet.unwrap()));
      case Header.Arp arp -> bytes(arp);
      case Header.Ipv4 ip -> join(bytes(ip, packet.length()), payload(packet.unwrap(), ip, ip.fragment()));
      case Header.Ipv6 ip -> join(bytes(ip, packet), behind(packet.unwrap(), ip));
      case Header.Echo _,Header.Complaint _,Header.Tcp _,Header.Udp _,Header.Fragment6 _,Header.NeighbourSolicitation _,Header.NeighbourAdvertisement _,Header.Carrier _,WireGuard _ ->
          throw new IllegalArgumentException("not a packet by itself: " + packet);
    };
  }

  private static byte[] bytes(Header.Ethernet ethernet) {
    ByteBuffer out = ByteBuffer.allocate(ethernet.length());
    put(out, ethernet.destination());
    put(out, ethernet.source());
    return out.putShort((short) ethernet.etherType()).array();
  }

  private static byte[] bytes(Header.Vlan tag) {
    int control = tag.priority() << 13 | (tag.dropEligible() ? 1 << 12 : 0) | tag.id();
    return ByteBuffer.allocate(tag.length()).putShort((short) control).putShort((short) tag.etherType()).array();
  }

  private static byte[] bytes(Header.Arp arp) {
    ByteBuffer out = ByteBuffer.allocate(arp.length());
    int operation = switch (arp.operation()) {
      case REQUEST -> 1;
      case REPLY -> 2;
    };
    out.putShort((short) 1).putShort((short) Header.Ethernet.IPV4).put((byte) 6).put((byte) 4)
        .putShort((short) operation);
    put(out, arp.senderMac());
    out.putInt(arp.senderIp().bits());
    put(out, arp.targetMac());
    return out.putInt(arp.targetIp().bits()).array();
  }

  private static void put(ByteBuffer out, MacAddress mac) {
    out.putShort((short) (mac.bits() >> 32)).putInt((int) mac.bits());
  }

  private static byte[] bytes(Header.Ipv4 ip, int length) {
    int flags = (ip.dontFragment() ? 0x4000 : 0) | (ip.fragment().more() ? 0x2000 : 0) | ip.fragment().offset() / 8;
    byte[] bytes = ByteBuffer.allocate(IPV4_HEADER).put((byte) 0x45).put((byte) ip.trafficClass())
        .putShort((short) length)
        .putShort((short) ip.identification()).putShort((short) flags).put((byte) ip.ttl()).put((byte) ip.protocol())
        .putShort((short) 0).putInt(ip.source().bits()).putInt(ip.destination().bits()).array();
    return withChecksum(bytes, CHECKSUM_IN_IPV4, 0);
  }

  private static byte[] bytes(Header.Ipv6 ip, Packet packet) {
    boolean piece = packet.find(Header.Fragment6.class).isPresent();
    ByteBuffer out = ByteBuffer.allocate(ip.length()).putInt(0x6000_0000 | ip.trafficClass() << 20)
        .putShort((short) (packet.length() - ip.length()))
        .put((byte) (piece ? Header.Ipv6.FRAGMENT : ip.protocol())).put((byte) ip.hopLimit());
    put(out, ip.source());
    put(out, ip.destination());
    return out.array();
  }

  private static void put(ByteBuffer out, Ipv6Address address) {
    out.putLong(address.high()).putLong(address.low());
  }

  /** What stands behind an IPv6 header: in a piece the fragment header first. */
  private static byte[] behind(Packet packet, Header.Ipv6 ip) {
    if (packet.headers().isEmpty() || !(packet.headers().getFirst() instanceof Header.Fragment6 header)) {
      return payload(packet, ip, Header.Fragment.WHOLE);
    }
    Header.Fragment piece = header.fragment();
    byte[] bytes = ByteBuffer.allocate(header.length()).put((byte) ip.protocol()).put((byte) 0)
        .putShort((short) (piece.offset() | (piece.more() ? 1 : 0))).putInt(header.identification()).array();
    return join(bytes, payload(packet.unwrap(), ip, piece));
  }

  /** The upper layer's bytes: of a piece its part of the whole. */
  private static byte[] payload(Packet packet, Header.Ip ip, Header.Fragment piece) {
    int here = packet.length();
    int whole = Math.max(here, piece.whole());
    byte[] all = pattern(whole, piece.shift());
    if (piece.offset() == 0 && !packet.headers().isEmpty()) {
      Header transport = packet.headers().getFirst();
      Packet full = new Packet(packet.headers(), packet.payload() + whole - here, packet.text());
      byte[] carried = carried(full);
      System.arraycopy(carried, 0, all, whole - carried.length, carried.length);
      byte[] text = packet.text().getBytes(StandardCharsets.UTF_8);
      if (carried.length == 0) {
        System.arraycopy(text, 0, all, transport.length(), Math.min(text.length, whole - transport.length()));
      }
      inside(all, packet);
      fill(all, transport, ip);
    }
    byte[] part = new byte[here];
    System.arraycopy(all, piece.offset(), part, 0, Math.min(here, all.length - piece.offset()));
    return part;
  }

  /** What UDP carries, where that is a message of its own. */
  private static void inside(byte[] all, Packet packet) {
    if (packet.headers().size() > 1 && packet.headers().get(1) instanceof WireGuard message) {
      byte[] bytes = WireGuardBytes.of(message, packet.unwrap().unwrap());
      System.arraycopy(bytes, 0, all, packet.headers().getFirst().length(), bytes.length);
    }
  }

  private static byte[] pattern(int length, int shift) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i - shift);
    }
    return bytes;
  }

  /** The packet inside, with the tunnel's own header in front of it; nothing where there is none. */
  private static byte[] carried(Packet packet) {
    for (int i = 0; i < packet.headers().size(); i++) {
      if (packet.headers().get(i) instanceof Header.Carrier carrier) {
        return join(bytes(carrier), of(packet.from(i + 1)));
      }
    }
    if (!packet.headers().isEmpty() && packet.headers().getFirst() instanceof Header.Ip) {
      return of(packet);
    }
    return new byte[0];
  }

  private static byte[] bytes(Header.Carrier carrier) {
    return switch (carrier) {
      case Header.Vxlan(int vni) -> ByteBuffer.allocate(8).putInt(VNI_IS_SAID).putInt(vni << 8).array();
      case Header.Geneve(int vni) -> ByteBuffer.allocate(8).putInt(Header.Gre.FRAME).putInt(vni << 8).array();
      case Header.Gre(int protocol, var key) -> {
        ByteBuffer out = ByteBuffer.allocate(carrier.length())
            .putShort((short) (key.isPresent() ? GRE_KEY_IS_THERE : 0)).putShort((short) protocol);
        key.ifPresent(out::putInt);
        yield out.array();
      }
    };
  }

  /** Writes a header that stands behind IP; what is a packet of its own, or leads one, has its bytes already. */
  private static void fill(byte[] all, Header transport, Header.Ip ip) {
    ByteBuffer out = ByteBuffer.wrap(all);
    switch (transport) {
      case Header.Icmpv6Echo echo -> {
        out.put((byte) (echo.reply() ? 129 : 128)).put((byte) 0).putShort((short) 0)
            .putShort((short) echo.identifier()).putShort((short) echo.sequence());
        withChecksum(all, CHECKSUM_IN_ICMP, pseudoHeader(ip, all.length));
      }
      case Header.Icmpv6Error error -> {
        out.put((byte) error.type()).put((byte) error.code()).putShort((short) 0).putInt(error.mtu());
        byte[] about = of(error.about());
        out.put(about, 0, Math.min(about.length, out.remaining()));
        withChecksum(all, CHECKSUM_IN_ICMP, pseudoHeader(ip, all.length));
      }
      case Header.NeighbourSolicitation ask -> {
        out.put((byte) 135).put((byte) 0).putShort((short) 0).putInt(0);
        put(out, ask.target());
        ask.mac().ifPresent(mac -> option(out, 1, mac));
        withChecksum(all, CHECKSUM_IN_ICMP, pseudoHeader(ip, all.length));
      }
      case Header.NeighbourAdvertisement claim -> {
        out.put((byte) 136).put((byte) 0).putShort((short) 0).putInt(bits(claim.flags()));
        put(out, claim.target());
        option(out, 2, claim.mac());
        withChecksum(all, CHECKSUM_IN_ICMP, pseudoHeader(ip, all.length));
      }
      case Header.IcmpEcho echo -> {
        out.put((byte) (echo.reply() ? 0 : 8)).put((byte) 0).putShort((short) 0).putShort((short) echo.identifier())
            .putShort((short) echo.sequence());
        withChecksum(all, CHECKSUM_IN_ICMP, 0);
      }
      case Header.IcmpError error -> {
        out.put((byte) error.type()).put((byte) error.code()).putShort((short) 0)
            .putInt(error.gateway().map(PacketBytes::bits).orElse(error.mtu()));
        byte[] about = of(error.about());
        out.put(about, 0, Math.min(about.length, out.remaining()));
        withChecksum(all, CHECKSUM_IN_ICMP, 0);
      }
      case Header.Tcp tcp -> {
        out.putShort((short) tcp.sourcePort()).putShort((short) tcp.destinationPort()).putInt((int) tcp.sequence())
            .putInt((int) tcp.acknowledgment()).put((byte) (tcp.length() / 4 << 4)).put((byte) bits(tcp.flags()))
            .putShort((short) WINDOW).putInt(0).put(tcp.options().bytes());
        withChecksum(all, CHECKSUM_IN_TCP, pseudoHeader(ip, all.length));
      }
      case Header.Udp udp -> {
        out.putShort((short) udp.sourcePort()).putShort((short) udp.destinationPort()).putShort((short) all.length)
            .putShort((short) 0);
        if (udp.checksum()) {
          withChecksum(all, CHECKSUM_IN_UDP, pseudoHeader(ip, all.length));
        }
      }
      case Header.Ip _,Header.Carrier _ -> {
      }
      case Header.Ethernet _,Header.Vlan _,Header.Arp _,Header.Fragment6 _,WireGuard _ ->
          throw new IllegalArgumentException("cannot stand behind IP: " + transport);
    }
  }

  private static int bits(IpAddress address) {
    return switch (address) {
      case Ipv4Address(int bits) -> bits;
      case Ipv6Address _ -> throw new IllegalArgumentException("no IPv4 address: " + address);
    };
  }

  /** A hardware address as an option of neighbour discovery (RFC 4861 4.6.1). */
  private static void option(ByteBuffer out, int type, MacAddress mac) {
    out.put((byte) type).put((byte) 1);
    put(out, mac);
  }

  private static int bits(Header.NeighbourAdvertisement.Claims flags) {
    return (flags.router() ? 1 << 31 : 0) | (flags.solicited() ? 1 << 30 : 0) | (flags.override() ? 1 << 29 : 0);
  }

  private static int bits(Header.Flags flags) {
    return (flags.fin() ? 1 : 0) | (flags.syn() ? 2 : 0) | (flags.rst() ? 4 : 0) | (flags.psh() ? 8 : 0)
        | (flags.ack() ? 16 : 0);
  }

  /** The sum over what checksums cover besides the segment (RFC 9293 3.1, RFC 768, RFC 8200 8.1). */
  private static int pseudoHeader(Header.Ip ip, int length) {
    return sum(ip.source()) + sum(ip.destination()) + ip.protocol() + length;
  }

  private static int sum(IpAddress address) {
    return switch (address) {
      case Ipv4Address(int bits) -> (bits >>> 16) + (bits & 0xffff);
      case Ipv6Address(long high, long low) -> sum(high) + sum(low);
    };
  }

  private static int sum(long bits) {
    return (int) ((bits >>> 48) + (bits >>> 32 & 0xffff) + (bits >>> 16 & 0xffff) + (bits & 0xffff));
  }

  /** Puts the Internet checksum (RFC 1071) of all bytes at a place that is still zero. */
  private static byte[] withChecksum(byte[] bytes, int at, int start) {
    int sum = start;
    for (int i = 0; i < bytes.length; i += 2) {
      sum += (bytes[i] & 0xff) << 8 | (i + 1 < bytes.length ? bytes[i + 1] & 0xff : 0);
      sum = (sum & 0xffff) + (sum >>> 16);
    }
    sum = (sum & 0xffff) + (sum >>> 16);
    ByteBuffer.wrap(bytes).putShort(at, (short) ~sum);
    return bytes;
  }

  private static byte[] join(byte[] first, byte[] second) {
    return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
  }
}
