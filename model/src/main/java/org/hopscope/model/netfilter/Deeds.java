package org.hopscope.model.netfilter;

import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.addr.Ipv6Address;
import org.hopscope.model.packet.Header;
import org.hopscope.model.packet.Packet;

/** Changes packets as targets beyond the teaching core do. */
final class Deeds {
  private static final int SHORT = 0xffff;
  /** Up to this length of a prefix the subnet's word makes up for what changed. */
  private static final int SHORT_PREFIX = 48;

  private Deeds() {
  }

  /** The packet afterwards. */
  static PacketView done(Deed deed, PacketView view) {
    Packet packet = view.packet();
    return switch (deed) {
      case Deed.Unseen _,Deed.Queue _,Deed.Unheard _,Deed.Sets _,Deed.Copy _ -> view;
      case Deed.Reclassify(int value, int mask) -> {
        Header.Ip ip = packet.ip().orElseThrow();
        yield view.with(packet.replace(ip, ip.withTrafficClass(ip.trafficClass() & ~mask ^ value)));
      }
      case Deed.Strip(var options) -> packet.upper() instanceof Header.Tcp tcp
          ? view.with(packet.replace(tcp, tcp.withOptions(tcp.options().without(options)))) : view;
      case Deed.Prefix prefix -> {
        Header.Ip ip = packet.ip().orElseThrow();
        Ipv6Address fresh = mapped(prefix, view).orElseThrow();
        yield view.with(packet.replace(ip, prefix.ofSource() ? ip.withAddresses(fresh, ip.destination())
            : ip.withAddresses(ip.source(), fresh)));
      }
      case Deed.HashMark mark -> mark.byConnection() && view.tracking().connection().isEmpty() ? view
          : view.withMark(hash(mark, view));
    };
  }

  /** Kernel ip6t_npt_map_pfx; empty when no word is left that could make up for the change, and the packet is dropped. */
  static Optional<Ipv6Address> mapped(Deed.Prefix prefix, PacketView view) {
    Ipv6Address old = (Ipv6Address) (prefix.ofSource() ? view.source() : view.destination());
    int length = Math.max(prefix.fromLength(), prefix.toLength());
    long kept = length == Long.SIZE ? 0 : -1L >>> length;
    long high = prefix.to().high() & ~kept | old.high() & kept;
    int difference = sum(prefix.from()) - sum(prefix.to());
    if (length <= SHORT_PREFIX) {
      return Optional.of(new Ipv6Address(high & ~SHORT | added((int) high & SHORT, difference), old.low()));
    }
    for (int shift = Long.SIZE - Short.SIZE; shift >= 0; shift -= Short.SIZE) {
      int word = (int) (old.low() >>> shift) & SHORT;
      if (word != SHORT) {
        return Optional.of(new Ipv6Address(high,
            old.low() & ~((long) SHORT << shift) | (long) added(word, difference) << shift));
      }
    }
    return Optional.empty();
  }

  /** The sum of an address's words of 16 bits in ones' complement. */
  private static int sum(Ipv6Address address) {
    int sum = 0;
    for (int shift = 0; shift < Long.SIZE; shift += Short.SIZE) {
      sum += (int) (address.high() >>> shift & SHORT) + (int) (address.low() >>> shift & SHORT);
    }
    return sum;
  }

  /** In ones' complement, where 0xffff is said as 0. */
  private static int added(int word, int difference) {
    return Math.floorMod(word + difference, SHORT);
  }

  /** Kernel hmark_hash. */
  private static int hash(Deed.HashMark mark, PacketView view) {
    Optional<Tuple> original = view.tracking().connection().map(Connection::original).filter(_ -> mark.byConnection());
    Optional<Tuple> reply = view.tracking().connection().map(Connection::reply).filter(_ -> mark.byConnection());
    int one = masked(original.map(Tuple::source).orElseGet(view::source), mark.source());
    int other = masked(reply.map(Tuple::source).orElseGet(view::destination), mark.destination());
    int protocol = original.map(Tuple::protocol).orElseGet(view::protocol);
    int ports = 0;
    if (protocol != Protocols.ICMP && protocol != Protocols.ICMPV6) {
      boolean piece = original.isEmpty()
          && (view.fragmentOffset() > 0 || view.packet().fragment().more());
      int from = original.map(Tuple::sourcePort).orElseGet(view::sourcePort);
      int to = reply.map(Tuple::sourcePort).orElseGet(view::destinationPort);
      ports = piece || from < 0 ? 0 : ordered((from << Short.SIZE | to) & mark.portMask() | mark.ports());
    }
    boolean swap = Integer.compareUnsigned(other, one) < 0;
    int hash = JenkinsHash.of(new int[] {swap ? other : one, swap ? one : other, ports}, mark.range().seed());
    hash ^= protocol & mark.protocolMask();
    long scaled = Integer.toUnsignedLong(hash) * Integer.toUnsignedLong(mark.range().modulus()) >>> Integer.SIZE;
    return (int) scaled + mark.range().offset();
  }

  private static int ordered(int ports) {
    int from = ports >>> Short.SIZE;
    int to = ports & SHORT;
    return to > from ? to << Short.SIZE | from : ports;
  }

  private static int masked(IpAddress address, IpAddress mask) {
    return switch (address) {
      case Ipv4Address(int bits) -> bits & ((Ipv4Address) mask).bits();
      case Ipv6Address(long high, long low) -> {
        long left = high & ((Ipv6Address) mask).high();
        long right = low & ((Ipv6Address) mask).low();
        yield (int) (left >>> 32) ^ (int) left ^ (int) (right >>> 32) ^ (int) right;
      }
    };
  }
}
