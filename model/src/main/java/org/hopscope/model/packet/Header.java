package org.hopscope.model.packet;

import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.addr.MacAddress;

/** One header of a packet, with the fields that somebody looks at. Checksums are made when bytes are. */
public sealed interface Header {
  /** How many bytes it takes on the wire. */
  int length();

  /**
   * Ethernet II (IEEE 802.3): 14 bytes.
   *
   * @param destination for whom the frame is
   * @param source who sent it
   * @param etherType what follows: {@link #ARP}, {@link #IPV4} or a tag, {@link Vlan#CUSTOMER} or {@link Vlan#SERVICE}
   */
  record Ethernet(MacAddress destination, MacAddress source, int etherType) implements Header {
    public static final int IPV4 = 0x0800;
    public static final int ARP = 0x0806;

    @Override
    public int length() {
      return 14;
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
   */
  record Ipv4(Ipv4Address source, Ipv4Address destination, int protocol, int ttl, int identification,
      boolean dontFragment, Fragment fragment) implements Header {
    public static final int ICMP = 1;
    public static final int TCP = 6;
    public static final int UDP = 17;

    @Override
    public int length() {
      return 20;
    }

    public Ipv4 withSource(Ipv4Address value) {
      return new Ipv4(value, destination, protocol, ttl, identification, dontFragment, fragment);
    }

    public Ipv4 withDestination(Ipv4Address value) {
      return new Ipv4(source, value, protocol, ttl, identification, dontFragment, fragment);
    }

    public Ipv4 withDontFragment(boolean value) {
      return new Ipv4(source, destination, protocol, ttl, identification, value, fragment);
    }

    public Ipv4 withTtl(int value) {
      return new Ipv4(source, destination, protocol, value, identification, dontFragment, fragment);
    }

    public Ipv4 withFragment(Fragment value) {
      return new Ipv4(source, destination, protocol, ttl, identification, dontFragment, value);
    }
  }

  /**
   * A piece of a packet.
   *
   * @param offset bytes of the packet's payload in front of this piece, a multiple of 8
   * @param more whether pieces follow (the MF flag)
   * @param whole how many bytes of payload all pieces make together; not on the wire, 0 when it is not in pieces
   */
  record Fragment(int offset, boolean more, int whole) {
    /** A packet that is not in pieces. */
    public static final Fragment WHOLE = new Fragment(0, false, 0);
  }

  /**
   * ICMP echo request or reply (RFC 792): 8 bytes.
   *
   * @param reply whether it is the answer
   * @param identifier tells one ping program from another
   * @param sequence counts its requests, from 1
   */
  record IcmpEcho(boolean reply, int identifier, int sequence) implements Header {
    @Override
    public int length() {
      return 8;
    }
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
  record IcmpError(int type, int code, int mtu, Optional<IpAddress> gateway, Packet about) implements Header {
    public static final int UNREACHABLE = 3;
    public static final int REDIRECT = 5;
    public static final int TIME_EXCEEDED = 11;

    @Override
    public int length() {
      return 8;
    }
  }

  /**
   * TCP (RFC 9293): 20 bytes, and 4 more for the maximum segment size, the one option there is here.
   *
   * @param sourcePort from
   * @param destinationPort to
   * @param flags which of the flags are set
   * @param sequence the sequence number, unsigned
   * @param acknowledgment the acknowledgment number, unsigned; 0 without ACK
   * @param maxSegment the longest segment the sender takes, said in SYN segments; 0 when not said
   */
  record Tcp(int sourcePort, int destinationPort, Flags flags, long sequence, long acknowledgment, int maxSegment)
      implements Header {
    @Override
    public int length() {
      return maxSegment > 0 ? 24 : 20;
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
   */
  record Udp(int sourcePort, int destinationPort) implements Header {
    @Override
    public int length() {
      return 8;
    }
  }
}
