package org.hopscope.model.packet;

import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.addr.Ipv6Address;
import org.hopscope.model.addr.MacAddress;

/** One header of a packet, with the fields that somebody looks at. Checksums are made when bytes are. */
public sealed interface Header
    permits Header.Ethernet, Header.Vlan, Header.Arp, Header.Ip, Header.Fragment6, Header.Echo, Header.Complaint,
    Header.NeighbourSolicitation, Header.NeighbourAdvertisement, Header.Tcp, Header.Udp, WireGuard, Header.Carrier {
  /** How many bytes it takes on the wire. */
  int length();

  /**
   * Ethernet II (IEEE 802.3): 14 bytes.
   *
   * @param destination for whom the frame is
   * @param source who sent it
   * @param etherType what follows: {@link #ARP}, {@link #IPV4}, {@link #IPV6} or a tag, {@link Vlan#CUSTOMER} or
   *     {@link Vlan#SERVICE}
   */
  record Ethernet(MacAddress destination, MacAddress source, int etherType) implements Header {
    /** Bytes of it. */
    public static final int LENGTH = 14;
    public static final int IPV4 = 0x0800;
    public static final int ARP = 0x0806;
    public static final int IPV6 = 0x86dd;

    /** What a frame says that carries a packet of a family. */
    public static int typeOf(IpFamily family) {
      return switch (family) {
        case INET -> IPV4;
        case INET6 -> IPV6;
      };
    }

    @Override
    public int length() {
      return LENGTH;
    }
  }

  /**
   * A VLAN tag (IEEE 802.1Q 9.6), which stands behind the Ethernet header or behind another tag: 4 bytes on the wire.
   * The header in front of it says with its own type that a tag follows.
   *
   * @param priority the priority code point, 0 to 7
   * @param dropEligible whether it may be thrown away first
   * @param id the VLAN, 1 to 4094; 0 for a priority alone
   * @param etherType what follows the tag
   */
  record Vlan(int priority, boolean dropEligible, int id, int etherType) implements Header {
    /** The type that announces a customer's tag, 802.1Q. */
    public static final int CUSTOMER = 0x8100;
    /** The type that announces a provider's tag, 802.1ad. */
    public static final int SERVICE = 0x88a8;

    @Override
    public int length() {
      return 4;
    }
  }

  /**
   * ARP for IPv4 over Ethernet (RFC 826): 28 bytes.
   *
   * @param operation request or reply
   * @param senderMac who speaks
   * @param senderIp the address the speaker claims; 0.0.0.0 in a probe for duplicates (RFC 5227)
   * @param targetMac zero in a request
   * @param targetIp who is asked for
   */
  record Arp(Operation operation, MacAddress senderMac, Ipv4Address senderIp, MacAddress targetMac,
      Ipv4Address targetIp) implements Header {
    /** ar$op of RFC 826. */
    public enum Operation {
      REQUEST, REPLY
    }

    @Override
    public int length() {
      return 28;
    }
  }

  /** A network header of either family: what the parts of a kernel that serve both look at. */
  sealed interface Ip extends Header {
    int TCP = 6;
    int UDP = 17;
    /** An IPv4 packet. */
    int IPIP = 4;
    /** An IPv6 packet. */
    int IPV6 = 41;
    int GRE = 47;

    /** The sender. */
    IpAddress source();

    /** The receiver. */
    IpAddress destination();

    /** What follows: {@link #TCP}, {@link #UDP}, or the family's own number for ICMP. */
    int protocol();

    /** How many routers it may still cross: IPv4's TTL, IPv6's hop limit. */
    int hops();

    /** IPv4's type of service, IPv6's traffic class: six bits of DSCP and two of ECN (RFC 2474, RFC 3168). */
    int trafficClass();

    Ip withHops(int value);

    Ip withTrafficClass(int value);

    /** With other addresses, which must be of its family. */
    Ip withAddresses(IpAddress source, IpAddress destination);

    default IpFamily family() {
      return destination().family();
    }
  }

  /**
   * IPv4 without options (RFC 791): 20 bytes.
   *
   * @param source the sender
   * @param destination the receiver
   * @param protocol what follows: 1 ICMP, 6 TCP, 17 UDP
   * @param ttl how many routers it may still cross, 0 to 255
   * @param identification joins fragments, 0 to 65535
   * @param dontFragment the DF flag
   * @param fragment where this piece belongs, {@link Fragment#WHOLE} for all of it
   * @param trafficClass the type of service, 0 to 255
   */
  record Ipv4(Ipv4Address source, Ipv4Address destination, int protocol, int ttl, int identification,
      boolean dontFragment, Fragment fragment, int trafficClass) implements Ip {
    public static final int ICMP = 1;

    /** Of the usual type of service, 0. */
    public Ipv4(Ipv4Address source, Ipv4Address destination, int protocol, int ttl, int identification,
        boolean dontFragment, Fragment fragment) {
      this(source, destination, protocol, ttl, identification, dontFragment, fragment, 0);
    }

    @Override
    public Ipv4 withTrafficClass(int value) {
      return new Ipv4(source, destination, protocol, ttl, identification, dontFragment, fragment, value);
    }

    @Override
    public int length() {
      return 20;
    }

    @Override
    public int hops() {
      return ttl;
    }

    @Override
    public Ipv4 withHops(int value) {
      return withTtl(value);
    }

    @Override
    public Ipv4 withAddresses(IpAddress from, IpAddress to) {
      return from.equals(source) && to.equals(destination) ? this
          : new Ipv4((Ipv4Address) from, (Ipv4Address) to, protocol, ttl, identification, dontFragment, fragment,
              trafficClass);
    }

    public Ipv4 withSource(Ipv4Address value) {
      return new Ipv4(value, destination, protocol, ttl, identification, dontFragment, fragment, trafficClass);
    }

    public Ipv4 withDestination(Ipv4Address value) {
      return new Ipv4(source, value, protocol, ttl, identification, dontFragment, fragment, trafficClass);
    }

    public Ipv4 withDontFragment(boolean value) {
      return value == dontFragment ? this
          : new Ipv4(source, destination, protocol, ttl, identification, value, fragment, trafficClass);
    }

    public Ipv4 withTtl(int value) {
      return value == ttl ? this
          : new Ipv4(source, destination, protocol, value, identification, dontFragment, fragment, trafficClass);
    }

    public Ipv4 withFragment(Fragment value) {
      return new Ipv4(source, destination, protocol, ttl, identification, dontFragment, value, trafficClass);
    }
  }

  /**
   * A piece of a packet.
   *
   * @param offset bytes of the packet's payload in front of this piece, a multiple of 8
   * @param more whether pieces follow (the MF flag)
   * @param whole how many bytes of payload all pieces make together; not on the wire, 0 when it is not in pieces
   * @param shift how many bytes of it are headers of a packet inside; not on the wire
   */
  record Fragment(int offset, boolean more, int whole, int shift) {
    /** A packet that is not in pieces. */
    public static final Fragment WHOLE = new Fragment(0, false, 0);

    /** A piece of a packet with no other packet inside. */
    public Fragment(int offset, boolean more, int whole) {
      this(offset, more, whole, 0);
    }
  }

  /**
   * IPv6 (RFC 8200): 40 bytes.
   *
   * @param source the sender
   * @param destination the receiver
   * @param protocol what follows in the end: 58 ICMPv6, 6 TCP, 17 UDP; a fragment header may stand between
   * @param hopLimit how many routers it may still cross, 0 to 255
   * @param trafficClass 0 to 255
   */
  record Ipv6(Ipv6Address source, Ipv6Address destination, int protocol, int hopLimit, int trafficClass)
      implements Ip {
    public static final int ICMP = 58;
    /** The next header of a packet that is a piece. */
    public static final int FRAGMENT = 44;

    /** Of the usual traffic class, 0. */
    public Ipv6(Ipv6Address source, Ipv6Address destination, int protocol, int hopLimit) {
      this(source, destination, protocol, hopLimit, 0);
    }

    @Override
    public Ipv6 withTrafficClass(int value) {
      return new Ipv6(source, destination, protocol, hopLimit, value);
    }

    @Override
    public int length() {
      return 40;
    }

    @Override
    public int hops() {
      return hopLimit;
    }

    @Override
    public Ipv6 withHops(int value) {
      return new Ipv6(source, destination, protocol, value, trafficClass);
    }

    @Override
    public Ipv6 withAddresses(IpAddress from, IpAddress to) {
      return new Ipv6((Ipv6Address) from, (Ipv6Address) to, protocol, hopLimit, trafficClass);
    }
  }

  /**
   * The fragment header of IPv6 (RFC 8200 4.5): 8 bytes. Only senders cut packets.
   *
   * @param fragment where this piece belongs
   * @param identification joins the pieces, unsigned
   */
  record Fragment6(Fragment fragment, int identification) implements Header {
    @Override
    public int length() {
      return 8;
    }
  }

  /** An echo request or reply of either family. */
  sealed interface Echo extends Header {
    /** Whether it is the answer. */
    boolean reply();

    /** Tells one ping program from another. */
    int identifier();

    /** Counts its requests, from 1. */
    int sequence();

    @Override
    default int length() {
      return 8;
    }
  }

  /** An ICMP message of either family about a packet that did not get through, or that could go a better way. */
  sealed interface Complaint extends Header {
    int type();

    int code();

    /** The next link's MTU when the packet was too long for it, else 0. */
    int mtu();

    /** The better gateway, in a redirect. */
    Optional<IpAddress> gateway();

    /** The packet that caused it, from its IP header on. */
    Packet about();
  }

  /**
   * ICMP echo request or reply (RFC 792): 8 bytes.
   *
   * @param reply whether it is the answer
   * @param identifier tells one ping program from another
   * @param sequence counts its requests, from 1
   */
  record IcmpEcho(boolean reply, int identifier, int sequence) implements Echo {
  }

  /**
   * ICMPv6 echo request (type 128) or reply (129) (RFC 4443 4): 8 bytes.
   *
   * @param reply whether it is the answer
   * @param identifier tells one ping program from another
   * @param sequence counts its requests, from 1
   */
  record Icmpv6Echo(boolean reply, int identifier, int sequence) implements Echo {
  }

  /**
   * An ICMP error or redirect (RFC 792, RFC 1191): 8 bytes, followed by the packet it is about, cut short.
   *
   * @param type 3 unreachable, 5 redirect, 11 time exceeded
   * @param code what exactly, within the type
   * @param mtu the next hop's MTU in "fragmentation needed", else 0
   * @param gateway the better gateway in a redirect
   * @param about the packet that caused it, from its IP header on
   */
  record IcmpError(int type, int code, int mtu, Optional<IpAddress> gateway, Packet about) implements Complaint {
    public static final int UNREACHABLE = 3;
    public static final int REDIRECT = 5;
    public static final int TIME_EXCEEDED = 11;

    /** As one that tells no MTU. */
    public IcmpError withoutMtu() {
      return new IcmpError(type, code, 0, gateway, about);
    }

    @Override
    public int length() {
      return 8;
    }
  }

  /**
   * An ICMPv6 error (RFC 4443 3): 8 bytes, followed by the packet it is about, cut short.
   *
   * @param type 1 unreachable, 2 packet too big, 3 time exceeded
   * @param code what exactly, within the type
   * @param mtu the next link's MTU in "packet too big", else 0
   * @param about the packet that caused it, from its IPv6 header on
   */
  record Icmpv6Error(int type, int code, int mtu, Packet about) implements Complaint {
    public static final int UNREACHABLE = 1;
    public static final int TOO_BIG = 2;
    public static final int TIME_EXCEEDED = 3;

    @Override
    public Optional<IpAddress> gateway() {
      return Optional.empty();
    }

    @Override
    public int length() {
      return 8;
    }
  }

  /**
   * "Who has this address?" of IPv6 (RFC 4861 4.3, ICMPv6 type 135): 24 bytes, 8 more with the sender's hardware address.
   *
   * @param target the address asked for
   * @param mac the hardware address of who asks; none while it checks its own address for duplicates (RFC 4862 5.4.2)
   */
  record NeighbourSolicitation(Ipv6Address target, Optional<MacAddress> mac) implements Header {
    @Override
    public int length() {
      return mac.isPresent() ? 32 : 24;
    }
  }

  /**
   * "I have it" of IPv6 (RFC 4861 4.4, ICMPv6 type 136): 32 bytes, the option with the hardware address included.
   *
   * @param flags what is claimed
   * @param target the address it is about
   * @param mac the target's hardware address
   */
  record NeighbourAdvertisement(Claims flags, Ipv6Address target, MacAddress mac) implements Header {
    /**
     * The flags of an advertisement.
     *
     * @param router R: the sender is a router
     * @param solicited S: it answers a solicitation, which proves that both ways work
     * @param override O: it takes the place of a hardware address that was known before
     */
    public record Claims(boolean router, boolean solicited, boolean override) {
    }

    @Override
    public int length() {
      return 32;
    }
  }

  /**
   * TCP (RFC 9293): 20 bytes, and the options.
   *
   * @param sourcePort from
   * @param destinationPort to
   * @param flags which of the flags are set
   * @param sequence the sequence number, unsigned
   * @param acknowledgment the acknowledgment number, unsigned; 0 without ACK
   * @param options what follows the header
   */
  record Tcp(int sourcePort, int destinationPort, Flags flags, long sequence, long acknowledgment, TcpOptions options)
      implements Header {
    @Override
    public int length() {
      return 20 + options.length();
    }

    public Tcp withPorts(int source, int destination) {
      return new Tcp(source, destination, flags, sequence, acknowledgment, options);
    }

    public Tcp withOptions(TcpOptions value) {
      return new Tcp(sourcePort, destinationPort, flags, sequence, acknowledgment, value);
    }
  }

  /** The TCP flags that a teaching connection sets. */
  record Flags(boolean syn, boolean ack, boolean fin, boolean rst, boolean psh) {
    public static final Flags SYN = new Flags(true, false, false, false, false);
    public static final Flags SYN_ACK = new Flags(true, true, false, false, false);
    public static final Flags ACK = new Flags(false, true, false, false, false);
    public static final Flags PSH_ACK = new Flags(false, true, false, false, true);
    public static final Flags FIN_ACK = new Flags(false, true, true, false, false);
    public static final Flags RST = new Flags(false, false, false, true, false);
    public static final Flags RST_ACK = new Flags(false, true, false, true, false);
  }

  /**
   * UDP (RFC 768): 8 bytes.
   *
   * @param sourcePort from
   * @param destinationPort to
   * @param checksum whether it has one; tunnels may do without
   */
  record Udp(int sourcePort, int destinationPort, boolean checksum) implements Header {
    public Udp(int sourcePort, int destinationPort) {
      this(sourcePort, destinationPort, true);
    }

    @Override
    public int length() {
      return 8;
    }
  }

  /** A header that announces a packet of its own behind it: what is inside a tunnel. */
  sealed interface Carrier extends Header {
  }

  /**
   * VXLAN (RFC 7348 5), behind UDP and in front of an Ethernet header: 8 bytes.
   *
   * @param vni the network that the frame is of, 0 to 16777215
   */
  record Vxlan(int vni) implements Carrier {
    /** The registered port. */
    public static final int PORT = 4789;

    @Override
    public int length() {
      return 8;
    }
  }

  /**
   * GENEVE (RFC 8926 3.4) without options, behind UDP and in front of an Ethernet header: 8 bytes.
   *
   * @param vni the network that the frame is of, 0 to 16777215
   */
  record Geneve(int vni) implements Carrier {
    /** The registered port. */
    public static final int PORT = 6081;

    @Override
    public int length() {
      return 8;
    }
  }

  /**
   * GRE (RFC 2784, RFC 2890), behind IP: 4 bytes, 8 with a key. Checksums and sequence numbers are not modelled.
   *
   * @param protocol what follows: {@link Ethernet#IPV4}, {@link Ethernet#IPV6} or {@link #FRAME}
   * @param key tells tunnels between the same ends apart; unsigned
   */
  record Gre(int protocol, Optional<Integer> key) implements Carrier {
    /** An Ethernet frame follows (ETH_P_TEB). */
    public static final int FRAME = 0x6558;

    @Override
    public int length() {
      return key.isPresent() ? 8 : 4;
    }
  }
}
