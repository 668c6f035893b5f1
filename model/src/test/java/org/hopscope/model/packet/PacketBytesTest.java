package org.hopscope.model.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.addr.Ipv6Address;
import org.hopscope.model.addr.MacAddress;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Packets as bytes")
class PacketBytesTest {
  private static final Header.Ethernet LINK = new Header.Ethernet(MacAddress.of("02:00:00:00:00:0b"),
      MacAddress.of("02:00:00:00:00:0a"), Header.Ethernet.IPV4);

  private static Header.Ipv4 ip(int protocol, Header.Fragment fragment) {
    return new Header.Ipv4(Ipv4Address.of("10.1.1.1"), Ipv4Address.of("10.1.1.2"), protocol, 64, 0xbeef, false,
        fragment);
  }

  private static Header.Ipv4 ip(int protocol) {
    return ip(protocol, Header.Fragment.WHOLE);
  }

  static List<Packet> packets() {
    Packet about = Packet.of(56, ip(Header.Ipv4.ICMP), new Header.IcmpEcho(false, 7, 1));
    return List.of(Packet.of(56, LINK, ip(Header.Ipv4.ICMP), new Header.IcmpEcho(false, 7, 1)),
        Packet.of(57, LINK, ip(Header.Ipv4.ICMP), new Header.IcmpEcho(true, 7, 65535)),
        new Packet(List.of(LINK, ip(Header.Ipv4.UDP), new Header.Udp(40000, 53)), 12, "LAB00000000"),
        Packet.of(0, LINK, ip(Header.Ipv4.TCP), new Header.Tcp(40000, 80, Header.Flags.SYN, 0xfeed_beefL, 0,
            TcpOptions.syn(1460, new TcpOptions.Stamps(7, 0)))),
        Packet.of(13, LINK, ip(Header.Ipv4.TCP), new Header.Tcp(40000, 80, Header.Flags.PSH_ACK, 1, 2,
            TcpOptions.of(Optional.of(new TcpOptions.Stamps(9, 8))))),
        Packet.of(84, LINK, ip(Header.Ipv4.ICMP), new Header.IcmpError(3, 4, 1400, Optional.empty(), about)),
        Packet.of(40, LINK, ip(Header.Ipv4.ICMP),
            new Header.IcmpError(5, 1, 0, Optional.of(Ipv4Address.of("10.1.1.9")), about)));
  }

  /** The sum of 16-bit words that RFC 1071 wants to be all ones when the checksum is in place. */
  private static int sum(byte[] bytes, int from, int to, int start) {
    int sum = start;
    for (int i = from; i < to; i += 2) {
      sum += (bytes[i] & 0xff) << 8 | (i + 1 < to ? bytes[i + 1] & 0xff : 0);
    }
    while (sum >>> 16 != 0) {
      sum = (sum & 0xffff) + (sum >>> 16);
    }
    return sum;
  }

  @ParameterizedTest
  @MethodSource("packets")
  @DisplayName("are as long as the packet, and every checksum is right")
  void checksums(Packet packet) {
    byte[] bytes = PacketBytes.of(packet);
    assertThat(bytes).hasSize(packet.length());
    assertThat(sum(bytes, 14, 34, 0)).isEqualTo(0xffff);
    int protocol = packet.ipv4().orElseThrow().protocol();
    int pseudo = protocol == Header.Ipv4.ICMP ? 0 : sum(bytes, 26, 34, protocol + bytes.length - 34);
    assertThat(sum(bytes, 34, bytes.length, pseudo)).isEqualTo(0xffff);
  }

  @Test
  @DisplayName("an ARP request, byte by byte")
  void arp() {
    Packet packet = Packet.of(0, new Header.Ethernet(MacAddress.BROADCAST, MacAddress.of("02:00:00:00:00:0a"),
        Header.Ethernet.ARP),
        new Header.Arp(Header.Arp.Operation.REQUEST, MacAddress.of("02:00:00:00:00:0a"),
            Ipv4Address.of("10.1.1.1"), MacAddress.ZERO, Ipv4Address.of("10.1.1.2")));
    assertThat(HexFormat.of().formatHex(PacketBytes.of(packet))).isEqualTo("ffffffffffff02000000000a0806"
        + "0001080006040001" + "02000000000a" + "0a010101" + "000000000000" + "0a010102");
  }

  private static Header.Ipv6 ip6(int protocol) {
    return new Header.Ipv6(Ipv6Address.of("fd00::1"), Ipv6Address.of("fd00::2"), protocol, 64);
  }

  static List<Packet> packets6() {
    Header.Ethernet link = new Header.Ethernet(LINK.destination(), LINK.source(), Header.Ethernet.IPV6);
    Packet about = Packet.of(56, ip6(Header.Ipv6.ICMP), new Header.Icmpv6Echo(false, 7, 1));
    return List.of(Packet.of(57, link, ip6(Header.Ipv6.ICMP), new Header.Icmpv6Echo(true, 7, 2)),
        Packet.of(104, link, ip6(Header.Ipv6.ICMP), new Header.Icmpv6Error(2, 0, 1400, about)),
        Packet.of(0, link, ip6(Header.Ipv6.ICMP),
            new Header.NeighbourSolicitation(Ipv6Address.of("fd00::9"), Optional.of(LINK.source()))),
        Packet.of(0, link, ip6(Header.Ipv6.ICMP),
            new Header.NeighbourSolicitation(Ipv6Address.of("fd00::9"), Optional.empty())),
        Packet.of(0, link, ip6(Header.Ipv6.ICMP),
            new Header.NeighbourAdvertisement(new Header.NeighbourAdvertisement.Claims(true, true, false),
                Ipv6Address.of("fd00::9"), LINK.source())),
        Packet.of(0, link, ip6(Header.Ip.TCP), new Header.Tcp(40000, 80, Header.Flags.SYN, 1, 0,
            TcpOptions.ofMaxSegment(1440))),
        new Packet(List.of(link, ip6(Header.Ip.UDP), new Header.Udp(40000, 53)), 12, "LAB00000000"));
  }

  @ParameterizedTest
  @MethodSource("packets6")
  @DisplayName("of IPv6 are as long as the packet, and the checksum of what they carry is right")
  void checksums6(Packet packet) {
    byte[] bytes = PacketBytes.of(packet);
    assertThat(bytes).hasSize(packet.length());
    int pseudo = sum(bytes, 22, 54, packet.ip().orElseThrow().protocol() + bytes.length - 54);
    assertThat(sum(bytes, 54, bytes.length, pseudo)).isEqualTo(0xffff);
  }

  @Test
  @DisplayName("pieces of IPv6 put together give the whole")
  void pieces6() {
    Header.Ipv6 ip = ip6(Header.Ipv6.ICMP);
    byte[] all = PacketBytes.of(Packet.of(1000, ip, new Header.Icmpv6Echo(false, 7, 1)));
    byte[] first = PacketBytes.of(Packet.of(592, ip, new Header.Fragment6(new Header.Fragment(0, true, 1008), 5),
        new Header.Icmpv6Echo(false, 7, 1)));
    byte[] second = PacketBytes.of(Packet.of(408, ip, new Header.Fragment6(new Header.Fragment(600, false, 1008), 5)));
    assertThat(first).endsWith(java.util.Arrays.copyOfRange(all, 40, 640)).hasSize(648);
    assertThat(second).endsWith(java.util.Arrays.copyOfRange(all, 640, 1048)).hasSize(456);
    assertThat(HexFormat.of().formatHex(first, 40, 48)).isEqualTo("3a00000100000005");
    assertThat(HexFormat.of().formatHex(second, 40, 48)).isEqualTo("3a00025800000005");
  }

  @Test
  @DisplayName("pieces put together give the whole")
  void pieces() {
    Packet whole = Packet.of(1000, ip(Header.Ipv4.ICMP), new Header.IcmpEcho(false, 7, 1));
    byte[] all = PacketBytes.of(whole);
    byte[] first = PacketBytes.of(Packet.of(592, ip(Header.Ipv4.ICMP, new Header.Fragment(0, true, 1008)),
        new Header.IcmpEcho(false, 7, 1)));
    byte[] second = PacketBytes.of(Packet.of(408, ip(Header.Ipv4.ICMP, new Header.Fragment(600, false, 1008))));
    assertThat(first).endsWith(java.util.Arrays.copyOfRange(all, 20, 620)).hasSize(620);
    assertThat(second).endsWith(java.util.Arrays.copyOfRange(all, 620, 1028)).hasSize(428);
    assertThat(HexFormat.of().formatHex(first, 6, 8)).isEqualTo("2000");
    assertThat(HexFormat.of().formatHex(second, 6, 8)).isEqualTo("004b");
  }

  @Test
  @DisplayName("carry VLAN tags behind the Ethernet header, the outer one in front, and lose them again")
  void tags() {
    Packet plain = packets().getFirst();
    Packet tagged = plain.tag(Header.Vlan.CUSTOMER, 3, 10).tag(Header.Vlan.SERVICE, 0, 4094);
    assertThat(HexFormat.of().formatHex(PacketBytes.of(tagged), 12, 24)).isEqualTo("88a8" + "0ffe" + "8100" + "600a"
        + "0800" + "4500");
    assertThat(tagged.length()).isEqualTo(plain.length() + 8);
    assertThat(tagged.networkLength()).isEqualTo(plain.networkLength());
    assertThat(tagged.network()).isEqualTo(plain.network());
    assertThat(tagged.untag().untag()).isEqualTo(plain);
  }
}
