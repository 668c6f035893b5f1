package org.hopscope.model.nft;

import java.util.Optional;
import org.hopscope.model.addr.IpFamily;

/** What a rule can read of a packet (nft(8) PAYLOAD EXPRESSIONS, META EXPRESSIONS, CONNTRACK EXPRESSIONS, FIB EXPRESSIONS). */
public enum Field {
  ETHER_SADDR("ether saddr", DataType.ETHER_ADDR), ETHER_DADDR("ether daddr", DataType.ETHER_ADDR),
  IP_SADDR("ip saddr", DataType.IPV4_ADDR), IP_DADDR("ip daddr", DataType.IPV4_ADDR),
  IP_PROTOCOL("ip protocol", DataType.INET_PROTO), IP_TTL("ip ttl", DataType.INTEGER, 8),
  IP_LENGTH("ip length", DataType.INTEGER, 16), IP_VERSION("ip version", DataType.INTEGER, 4),
  IP_FRAG_OFF("ip frag-off", DataType.INTEGER, 16),
  IP6_SADDR("ip6 saddr", DataType.IPV6_ADDR), IP6_DADDR("ip6 daddr", DataType.IPV6_ADDR),
  IP6_NEXTHDR("ip6 nexthdr", DataType.INET_PROTO), IP6_HOPLIMIT("ip6 hoplimit", DataType.INTEGER, 8),
  IP6_LENGTH("ip6 length", DataType.INTEGER, 16),
  TCP_SPORT("tcp sport", DataType.INET_SERVICE), TCP_DPORT("tcp dport", DataType.INET_SERVICE),
  TCP_FLAGS("tcp flags", DataType.TCP_FLAG),
  UDP_SPORT("udp sport", DataType.INET_SERVICE), UDP_DPORT("udp dport", DataType.INET_SERVICE),
  UDP_LENGTH("udp length", DataType.INTEGER, 16),
  SCTP_SPORT("sctp sport", DataType.INET_SERVICE), SCTP_DPORT("sctp dport", DataType.INET_SERVICE),
  TH_SPORT("th sport", DataType.INET_SERVICE), TH_DPORT("th dport", DataType.INET_SERVICE),
  ICMP_TYPE("icmp type", DataType.ICMP_TYPE), ICMP_CODE("icmp code", DataType.ICMP_CODE),
  ICMPV6_TYPE("icmpv6 type", DataType.ICMPV6_TYPE), ICMPV6_CODE("icmpv6 code", DataType.ICMPV6_CODE),
  META_MARK("meta mark", DataType.MARK), META_L4PROTO("meta l4proto", DataType.INET_PROTO),
  META_NFPROTO("meta nfproto", DataType.NF_PROTO), META_PROTOCOL("meta protocol", DataType.ETHER_TYPE),
  META_IIFNAME("iifname", DataType.IFNAME), META_OIFNAME("oifname", DataType.IFNAME),
  META_IIF("iif", DataType.IFACE_INDEX), META_OIF("oif", DataType.IFACE_INDEX),
  META_PKTTYPE("meta pkttype", DataType.PKT_TYPE), META_LENGTH("meta length", DataType.INTEGER),
  CT_STATE("ct state", DataType.CT_STATE), CT_STATUS("ct status", DataType.CT_STATUS),
  CT_MARK("ct mark", DataType.MARK), CT_DIRECTION("ct direction", DataType.CT_DIR),
  CT_ORIGINAL_SADDR("ct original ip saddr", DataType.IPV4_ADDR),
  CT_ORIGINAL_DADDR("ct original ip daddr", DataType.IPV4_ADDR),
  CT_REPLY_SADDR("ct reply ip saddr", DataType.IPV4_ADDR), CT_REPLY_DADDR("ct reply ip daddr", DataType.IPV4_ADDR),
  CT_ORIGINAL_SADDR6("ct original ip6 saddr", DataType.IPV6_ADDR),
  CT_ORIGINAL_DADDR6("ct original ip6 daddr", DataType.IPV6_ADDR),
  CT_REPLY_SADDR6("ct reply ip6 saddr", DataType.IPV6_ADDR), CT_REPLY_DADDR6("ct reply ip6 daddr", DataType.IPV6_ADDR),
  CT_ZONE("ct zone", DataType.INTEGER, 16), CT_ORIGINAL_ZONE("ct original zone", DataType.INTEGER, 16),
  CT_REPLY_ZONE("ct reply zone", DataType.INTEGER, 16),
  CT_ORIGINAL_PROTO_SRC("ct original proto-src", DataType.INET_SERVICE),
  CT_ORIGINAL_PROTO_DST("ct original proto-dst", DataType.INET_SERVICE),
  CT_REPLY_PROTO_SRC("ct reply proto-src", DataType.INET_SERVICE),
  CT_REPLY_PROTO_DST("ct reply proto-dst", DataType.INET_SERVICE),
  FIB_SADDR_OIF("fib saddr oif", DataType.IFACE_INDEX), FIB_DADDR_OIF("fib daddr oif", DataType.IFACE_INDEX),
  FIB_SADDR_IIF_OIF("fib saddr . iif oif", DataType.IFACE_INDEX),
  FIB_DADDR_IIF_OIF("fib daddr . iif oif", DataType.IFACE_INDEX),
  FIB_SADDR_FOUND("fib saddr oif", DataType.FIB_FOUND), FIB_DADDR_FOUND("fib daddr oif", DataType.FIB_FOUND),
  FIB_SADDR_IIF_FOUND("fib saddr . iif oif", DataType.FIB_FOUND),
  FIB_DADDR_IIF_FOUND("fib daddr . iif oif", DataType.FIB_FOUND),
  FIB_SADDR_TYPE("fib saddr type", DataType.FIB_ADDRTYPE), FIB_DADDR_TYPE("fib daddr type", DataType.FIB_ADDRTYPE),
  FIB_SADDR_IIF_TYPE("fib saddr . iif type", DataType.FIB_ADDRTYPE),
  FIB_DADDR_IIF_TYPE("fib daddr . iif type", DataType.FIB_ADDRTYPE),
  FIB_SADDR_OIF_TYPE("fib saddr . oif type", DataType.FIB_ADDRTYPE),
  FIB_DADDR_OIF_TYPE("fib daddr . oif type", DataType.FIB_ADDRTYPE);

  private final String words;
  private final DataType type;
  private final int bits;

  Field(String words, DataType type) {
    this(words, type, type.bits());
  }

  Field(String words, DataType type, int bits) {
    this.words = words;
    this.type = type;
    this.bits = bits;
  }

  /** How it is written in rules. */
  public String words() {
    return words;
  }

  /** What its values are. */
  public DataType type() {
    return type;
  }

  /** How wide its values are. */
  public int bits() {
    return bits;
  }

  /** The field that words mean. */
  static Optional<Field> named(String words) {
    for (Field field : values()) {
      if (field.words.equals(words)) {
        return Optional.of(field);
      }
    }
    return Optional.empty();
  }

  /** Whether a statement can put a value into it. */
  boolean isSettable() {
    return this == META_MARK || this == CT_MARK || isZone();
  }

  /** Whether it tells a zone of connections. */
  boolean isZone() {
    return this == CT_ZONE || this == CT_ORIGINAL_ZONE || this == CT_REPLY_ZONE;
  }

  /** The question whether there is a way at all, of the one which device it leaves by. */
  Optional<Field> presence() {
    return switch (this) {
      case FIB_SADDR_OIF -> Optional.of(FIB_SADDR_FOUND);
      case FIB_DADDR_OIF -> Optional.of(FIB_DADDR_FOUND);
      case FIB_SADDR_IIF_OIF -> Optional.of(FIB_SADDR_IIF_FOUND);
      case FIB_DADDR_IIF_OIF -> Optional.of(FIB_DADDR_IIF_FOUND);
      default -> Optional.empty();
    };
  }

  /** Whether routes are asked for a way. */
  boolean asksForWay() {
    return words.startsWith("fib ") && words.endsWith(" oif");
  }

  private String first() {
    return words.substring(0, words.indexOf(' ') < 0 ? words.length() : words.indexOf(' '));
  }

  /** The header that it stands in, as nft names it: {@code ip}, {@code tcp}, {@code th}; empty when it is in none. */
  Optional<String> header() {
    return switch (first()) {
      case "ip", "ip6", "tcp", "udp", "sctp", "th", "icmp", "icmpv6", "ether" -> Optional.of(first());
      default -> Optional.empty();
    };
  }

  /** The family of packets that have it; empty for both. */
  Optional<IpFamily> family() {
    return words.startsWith("ip ") || words.contains(" ip ") ? Optional.of(IpFamily.INET)
        : words.startsWith("ip6 ") || words.contains(" ip6 ") ? Optional.of(IpFamily.INET6) : Optional.empty();
  }

  /** The protocol of packets that have it, -1 for any with ports, 0 where that does not matter. */
  int protocol() {
    return switch (first()) {
      case "tcp" -> 6;
      case "udp" -> 17;
      case "sctp" -> 132;
      case "icmp" -> 1;
      case "icmpv6" -> 58;
      case "th" -> -1;
      default -> 0;
    };
  }

  /** Whether reading it needs connections to be tracked. */
  boolean isTracking() {
    return words.startsWith("ct ");
  }
}
