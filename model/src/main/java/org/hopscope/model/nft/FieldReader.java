package org.hopscope.model.nft;

import java.math.BigInteger;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.netfilter.AddressType;
import org.hopscope.model.netfilter.Connection;
import org.hopscope.model.netfilter.CtState;
import org.hopscope.model.netfilter.CtZone;
import org.hopscope.model.netfilter.Direction;
import org.hopscope.model.netfilter.Manip;
import org.hopscope.model.netfilter.PacketView;
import org.hopscope.model.netfilter.Surroundings;
import org.hopscope.model.netfilter.Tuple;
import org.hopscope.model.packet.Header;
import org.hopscope.model.packet.WireGuard;

/** Reads fields of packets (kernel nft_payload.c, nft_meta.c, nft_ct.c, nft_fib.c); empty where a packet has none (NFT_BREAK). */
final class FieldReader {
  private static final String LOOPBACK = "lo";

  private final PacketView view;
  private final Surroundings around;

  FieldReader(PacketView view, Surroundings around) {
    this.view = view;
    this.around = around;
  }

  private static Optional<BigInteger> some(long value) {
    return Optional.of(BigInteger.valueOf(value));
  }

  Optional<BigInteger> read(Field field) {
    boolean other = field.family().filter(f -> f != view.source().family()).isPresent() && !field.isTracking();
    int protocol = field.protocol();
    if (other || protocol > 0 && protocol != view.protocol() || protocol != 0 && view.fragmentOffset() > 0) {
      return Optional.empty();
    }
    return switch (field) {
      case ETHER_SADDR -> view.sourceMac().map(DataType::of);
      case ETHER_DADDR -> view.packet().ethernet().map(Header.Ethernet::destination).map(DataType::of);
      case IP_SADDR, IP6_SADDR -> Optional.of(DataType.of(view.source()));
      case IP_DADDR, IP6_DADDR -> Optional.of(DataType.of(view.destination()));
      case IP_PROTOCOL, IP6_NEXTHDR, META_L4PROTO -> some(view.protocol());
      case IP_TTL, IP6_HOPLIMIT -> some(view.ttl());
      case IP_LENGTH, META_LENGTH -> some(view.length());
      case IP6_LENGTH -> some(view.length() - 40L);
      case IP_VERSION -> some(4);
      case IP_FRAG_OFF -> some(fragmentWord());
      case TCP_SPORT, UDP_SPORT, SCTP_SPORT, TH_SPORT -> port(view.sourcePort());
      case TCP_DPORT, UDP_DPORT, SCTP_DPORT, TH_DPORT -> port(view.destinationPort());
      case TCP_FLAGS -> view.packet().upper() instanceof Header.Tcp tcp ? some(flags(tcp.flags())) : Optional.empty();
      case UDP_LENGTH -> some(view.length() - view.packet().ip().orElseThrow().length());
      case ICMP_TYPE, ICMPV6_TYPE -> icmp().map(n -> BigInteger.valueOf(n >> 8));
      case ICMP_CODE, ICMPV6_CODE -> icmp().map(n -> BigInteger.valueOf(n & 255));
      case META_MARK -> some(Integer.toUnsignedLong(view.mark()));
      case META_NFPROTO -> some(view.source().family() == IpFamily.INET ? 2 : 10);
      case META_PROTOCOL -> some(view.source().family() == IpFamily.INET ? 0x800 : 0x86dd);
      case META_IIFNAME -> name(view.path().in());
      case META_OIFNAME -> name(view.path().out());
      case META_IIF -> index(view.path().in());
      case META_OIF -> index(view.path().out());
      case META_PKTTYPE -> some(switch (view.path().kind()) {
        case UNICAST -> 0;
        case BROADCAST -> 1;
        case MULTICAST -> 2;
        case OTHERHOST -> 3;
      });
      case CT_STATE -> some(state());
      case CT_STATUS -> connection().map(c -> BigInteger.valueOf(status(c)));
      case CT_MARK -> connection().map(c -> BigInteger.valueOf(Integer.toUnsignedLong(c.mark())));
      case CT_ZONE -> zone().map(z -> BigInteger.valueOf(Math.max(z.original(), z.reply())));
      case CT_ORIGINAL_ZONE -> zone().map(z -> BigInteger.valueOf(z.original()));
      case CT_REPLY_ZONE -> zone().map(z -> BigInteger.valueOf(z.reply()));
      case CT_DIRECTION -> connection().map(_ -> BigInteger.valueOf(view.tracking().direction().ordinal()));
      case CT_ORIGINAL_SADDR, CT_ORIGINAL_SADDR6 -> address(field, Direction.ORIGINAL, Manip.SOURCE);
      case CT_ORIGINAL_DADDR, CT_ORIGINAL_DADDR6 -> address(field, Direction.ORIGINAL, Manip.DESTINATION);
      case CT_REPLY_SADDR, CT_REPLY_SADDR6 -> address(field, Direction.REPLY, Manip.SOURCE);
      case CT_REPLY_DADDR, CT_REPLY_DADDR6 -> address(field, Direction.REPLY, Manip.DESTINATION);
      case CT_ORIGINAL_PROTO_SRC -> tuple(Direction.ORIGINAL).map(t -> BigInteger.valueOf(t.sourcePort()));
      case CT_ORIGINAL_PROTO_DST -> tuple(Direction.ORIGINAL).map(t -> BigInteger.valueOf(t.destinationPort()));
      case CT_REPLY_PROTO_SRC -> tuple(Direction.REPLY).map(t -> BigInteger.valueOf(t.sourcePort()));
      case CT_REPLY_PROTO_DST -> tuple(Direction.REPLY).map(t -> BigInteger.valueOf(t.destinationPort()));
      case FIB_SADDR_OIF -> some(way(view.source(), false));
      case FIB_DADDR_OIF -> some(way(view.destination(), false));
      case FIB_SADDR_IIF_OIF -> some(way(view.source(), true));
      case FIB_DADDR_IIF_OIF -> some(way(view.destination(), true));
      case FIB_SADDR_FOUND -> some(way(view.source(), false) == 0 ? 0 : 1);
      case FIB_DADDR_FOUND -> some(way(view.destination(), false) == 0 ? 0 : 1);
      case FIB_SADDR_IIF_FOUND -> some(way(view.source(), true) == 0 ? 0 : 1);
      case FIB_DADDR_IIF_FOUND -> some(way(view.destination(), true) == 0 ? 0 : 1);
      case FIB_SADDR_TYPE -> type(view.source(), Optional.empty());
      case FIB_DADDR_TYPE -> type(view.destination(), Optional.empty());
      case FIB_SADDR_IIF_TYPE -> type(view.source(), Optional.of(view.path().in()));
      case FIB_DADDR_IIF_TYPE -> type(view.destination(), Optional.of(view.path().in()));
      case FIB_SADDR_OIF_TYPE -> type(view.source(), Optional.of(view.path().out()));
      case FIB_DADDR_OIF_TYPE -> type(view.destination(), Optional.of(view.path().out()));
    };
  }

  private static Optional<BigInteger> port(int port) {
    return port < 0 ? Optional.empty() : some(port);
  }

  private long fragmentWord() {
    Header.Fragment fragment = view.packet().fragment();
    return fragment.offset() / 8 | (fragment.more() ? 0x2000 : 0);
  }

  private static long flags(Header.Flags flags) {
    return (flags.fin() ? 1 : 0) | (flags.syn() ? 2 : 0) | (flags.rst() ? 4 : 0) | (flags.psh() ? 8 : 0)
        | (flags.ack() ? 16 : 0);
  }

  private Optional<Integer> icmp() {
    return switch (view.packet().upper()) {
      case Header.IcmpEcho echo -> Optional.of(echo.reply() ? 0 : 8 << 8);
      case Header.Icmpv6Echo echo -> Optional.of((echo.reply() ? 129 : 128) << 8);
      case Header.NeighbourSolicitation _ -> Optional.of(135 << 8);
      case Header.NeighbourAdvertisement _ -> Optional.of(136 << 8);
      case Header.Complaint error -> Optional.of(error.type() << 8 | error.code());
      case Header.Ethernet _,Header.Vlan _,Header.Arp _,Header.Ip _,Header.Fragment6 _,Header.Carrier _,Header.Tcp _,Header.Udp _,WireGuard _ ->
          Optional.empty();
    };
  }

  private static Optional<BigInteger> name(String device) {
    return device.isEmpty() ? Optional.empty() : Optional.of(DataType.ofName(device));
  }

  private Optional<BigInteger> index(String device) {
    return device.isEmpty() ? Optional.empty() : around.index(device).map(BigInteger::valueOf);
  }

  private long state() {
    CtState state = view.tracking().state();
    return switch (state) {
      case INVALID -> 1;
      case ESTABLISHED -> 2;
      case RELATED -> 4;
      case NEW -> 8;
      case UNTRACKED -> 64;
    };
  }

  private Optional<Connection> connection() {
    return view.tracking().connection();
  }

  /** That of the connection, or the one that a rule has laid down. */
  private Optional<CtZone> zone() {
    return connection().map(c -> new CtZone(c.original().zone(), c.reply().zone())).or(view.tracking()::zone);
  }

  private static long status(Connection connection) {
    Connection.Flags flags = connection.flags();
    return (flags.seenReply() ? 2 : 0) | (flags.assured() ? 4 : 0) | (flags.seenReply() ? 8 : 0)
        | (flags.sourceNat() ? 16 : 0) | (flags.destinationNat() ? 32 : 0) | (flags.sourceDone() ? 128 : 0)
        | (flags.destinationDone() ? 256 : 0);
  }

  private Optional<Tuple> tuple(Direction direction) {
    return connection().map(c -> c.tuple(direction));
  }

  private Optional<BigInteger> address(Field field, Direction direction, Manip side) {
    return tuple(direction).map(t -> side == Manip.SOURCE ? t.source() : t.destination())
        .filter(a -> field.family().filter(f -> f == a.family()).isPresent()).map(DataType::of);
  }

  /** The number of the device by which an address is reached, 0 for none (kernel nft_fib4_eval, nft_fib_can_skip). */
  private long way(IpAddress to, boolean byIncoming) {
    if (view.path().in().equals(LOOPBACK)) {
      return around.index(LOOPBACK).orElse(0);
    }
    return around.wayOut(to, byIncoming ? Optional.of(view.path().in()) : Optional.empty()).orElse(0);
  }

  private Optional<BigInteger> type(IpAddress address, Optional<String> device) {
    AddressType type = around.typeOf(address, device);
    return some(type.ordinal());
  }
}
