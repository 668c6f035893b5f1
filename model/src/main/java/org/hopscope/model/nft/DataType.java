package org.hopscope.model.nft;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.addr.Ipv6Address;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.iptables.PacketNames;

/**
 * What a value is: how it is written, and which names its numbers have (nftables src/datatype.c, nft(8) DATA TYPES). Values are
 * unsigned whole numbers; text is a number too, its first byte the highest.
 */
public enum DataType {
  IPV4_ADDR("ipv4_addr", "IPv4 address", 32, ""), IPV6_ADDR("ipv6_addr", "IPv6 address", 128, ""), ETHER_ADDR(
      "ether_addr", "Ethernet address", 48, ""),
  ETHER_TYPE("ether_type", "Ethernet protocol", 16, "ip=2048 arp=2054 ip6=34525 8021q=33024 vlan=33024 8021ad=34984"),
  INET_PROTO("inet_proto",
      "Internet protocol", 8, ""),
  INET_SERVICE("inet_service", "internet network service", 16, ""), MARK("mark", "packet mark", 32, ""), IFNAME(
      "ifname", "network interface name", 128, ""),
  IFACE_INDEX("iface_index", "network interface index", 32, ""), CT_STATE("ct_state", "conntrack state", 32,
      "invalid=1 established=2 related=4 new=8 untracked=64"),
  CT_STATUS("ct_status", "conntrack status", 32,
      "expected=1 seen-reply=2 assured=4 confirmed=8 snat=16 dnat=32 dying=512"),
  CT_DIR("ct_dir", "conntrack direction", 8, "original=0 reply=1"), ICMP_TYPE("icmp_type", "ICMP type", 8,
      "echo-reply=0 destination-unreachable=3 source-quench=4 redirect=5 echo-request=8 router-advertisement=9 "
          + "router-solicitation=10 time-exceeded=11 parameter-problem=12 timestamp-request=13 timestamp-reply=14 "
          + "info-request=15 info-reply=16 address-mask-request=17 address-mask-reply=18"),
  ICMP_CODE("icmp_code", "icmp code", 8,
      "net-unreachable=0 host-unreachable=1 prot-unreachable=2 port-unreachable=3 frag-needed=4 net-prohibited=9 "
          + "host-prohibited=10 admin-prohibited=13"),
  ICMPV6_TYPE("icmpv6_type", "ICMPv6 type", 8,
      "destination-unreachable=1 packet-too-big=2 time-exceeded=3 parameter-problem=4 echo-request=128 echo-reply=129 "
          + "mld-listener-query=130 mld-listener-report=131 mld-listener-done=132 mld-listener-reduction=132 "
          + "nd-router-solicit=133 nd-router-advert=134 nd-neighbor-solicit=135 nd-neighbor-advert=136 nd-redirect=137 "
          + "router-renumbering=138 ind-neighbor-solicit=141 ind-neighbor-advert=142 mld2-listener-report=143"),
  ICMPV6_CODE("icmpv6_code", "icmpv6 code", 8,
      "no-route=0 admin-prohibited=1 addr-unreachable=3 port-unreachable=4 policy-fail=5 reject-route=6"),
  ICMPX_CODE("icmpx_code", "icmpx code", 8,
      "no-route=0 port-unreachable=1 host-unreachable=2 admin-prohibited=3"),
  PKT_TYPE("pkt_type", "packet type", 8, "host=0 unicast=0 broadcast=1 multicast=2 other=3"), NF_PROTO("nf_proto",
      "netfilter protocol", 8, "ipv4=2 ipv6=10"),
  FIB_ADDRTYPE("fib_addrtype", "fib address type", 32,
      "unspec=0 unicast=1 local=2 broadcast=3 anycast=4 multicast=5 blackhole=6 unreachable=7 prohibit=8"),
  FIB_FOUND("boolean", "fib presence", 1, "missing=0 exists=1"),
  TCP_FLAG("tcp_flag", "TCP flag", 8, "fin=1 syn=2 rst=4 psh=8 ack=16 urg=32 ecn=64 cwr=128"), INTEGER("integer",
      "integer", 32, ""),
  VERDICT("verdict", "netfilter verdict", 0, "");

  private static final int NAME_BYTES = 16;
  private static final String LOCALHOST = "localhost";
  private static final BigInteger LOW = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

  private final String word;
  private final String description;
  private final int bits;
  private final Map<String, Long> symbols;
  private final Map<Long, String> names;

  DataType(String word, String description, int bits, String symbols) {
    this.word = word;
    this.description = description;
    this.bits = bits;
    this.symbols = new LinkedHashMap<>();
    names = new LinkedHashMap<>();
    for (String pair : symbols.isEmpty() ? new String[0] : symbols.split(" ")) {
      int equals = pair.indexOf('=');
      long number = Long.parseLong(pair.substring(equals + 1));
      this.symbols.put(pair.substring(0, equals), number);
      names.putIfAbsent(number, pair.substring(0, equals));
    }
  }

  /** Its name in declarations. */
  public String word() {
    return word;
  }

  /** Its name in complaints. */
  public String description() {
    return description;
  }

  /** How wide a value is. */
  public int bits() {
    return bits;
  }

  /** The largest value there is. */
  public BigInteger most() {
    return BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE);
  }

  /** The type of a name in declarations. */
  public static Optional<DataType> named(String word) {
    for (DataType type : values()) {
      if (type.word.equals(word)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  /** Whether values are sets of bits, written as names with commas. */
  public boolean isFlags() {
    return this == CT_STATE || this == CT_STATUS || this == TCP_FLAG;
  }

  /** Whether parts of its range are written as networks. */
  public boolean hasPrefixes() {
    return this == IPV4_ADDR || this == IPV6_ADDR;
  }

  /** The value that a word or number stands for; empty when it is none of this type. Range is not looked at. */
  public Optional<BigInteger> read(String text, Devices devices) {
    Optional<BigInteger> number = number(text);
    return switch (this) {
      case IPV4_ADDR -> Ipv4Address.parse(text.equals(LOCALHOST) ? "127.0.0.1" : text).map(DataType::of)
          .or(() -> number);
      case IPV6_ADDR -> Ipv6Address.parse(text.equals(LOCALHOST) ? "::1" : text).map(DataType::of).or(() -> number);
      case ETHER_ADDR -> MacAddress.parse(text).map(DataType::of);
      case INET_PROTO -> number.or(() -> protocol(text).map(BigInteger::valueOf));
      case INET_SERVICE -> number.or(() -> PacketNames.serviceNumber(text).map(BigInteger::valueOf));
      case IFNAME -> Optional.of(ofName(text));
      case IFACE_INDEX -> devices.index(text).map(BigInteger::valueOf).or(() -> number);
      case ETHER_TYPE, MARK, CT_STATE, CT_STATUS, CT_DIR, ICMP_TYPE, ICMP_CODE, ICMPV6_TYPE, ICMPV6_CODE, ICMPX_CODE,
          PKT_TYPE, NF_PROTO, FIB_ADDRTYPE, FIB_FOUND, TCP_FLAG, INTEGER, VERDICT ->
          Optional.ofNullable(symbols.get(text)).map(BigInteger::valueOf).or(() -> number);
    };
  }

  private static Optional<BigInteger> number(String text) {
    try {
      if (text.startsWith("0x") && text.length() > 2 && text.length() <= 34) {
        return Optional.of(new BigInteger(text.substring(2), 16)).filter(n -> n.signum() >= 0);
      }
      return text.length() <= 39 && !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9')
          ? Optional.of(new BigInteger(text))
          : Optional.empty();
    } catch (NumberFormatException none) {
      return Optional.empty();
    }
  }

  /** A value as {@code nft list} writes it. */
  public String write(BigInteger value, Devices devices) {
    return switch (this) {
      case IPV4_ADDR, IPV6_ADDR -> address(value).toString();
      case ETHER_ADDR -> mac(value);
      case INET_PROTO -> PacketNames.protocolName(value.intValue());
      case MARK -> String.format(Locale.ROOT, "0x%08x", value.longValue());
      case IFNAME -> "\"" + name(value) + "\"";
      case IFACE_INDEX -> devices.name(value.intValue()).map(n -> "\"" + n + "\"").orElse(value.toString());
      case CT_STATE, CT_STATUS -> flags(value, ",");
      case TCP_FLAG -> flags(value, " | ");
      case ETHER_TYPE, CT_DIR, ICMP_TYPE, ICMP_CODE, ICMPV6_TYPE, ICMPV6_CODE, ICMPX_CODE, PKT_TYPE, NF_PROTO,
          FIB_ADDRTYPE, FIB_FOUND ->
          Optional.ofNullable(names.get(value.longValue())).orElse(value.toString());
      case INET_SERVICE, INTEGER, VERDICT -> value.toString();
    };
  }

  /** A value as it is written as the end of a range: names give way to numbers. */
  String number(BigInteger value, Devices devices) {
    return switch (this) {
      case INET_PROTO, ICMP_TYPE, ICMP_CODE, ICMPV6_TYPE, ICMPV6_CODE, ICMPX_CODE, PKT_TYPE, NF_PROTO, FIB_ADDRTYPE,
          FIB_FOUND, CT_DIR -> value.toString();
      case IPV4_ADDR, IPV6_ADDR, ETHER_ADDR, ETHER_TYPE, INET_SERVICE, MARK, IFNAME, IFACE_INDEX, CT_STATE, CT_STATUS,
          TCP_FLAG, INTEGER, VERDICT -> write(value, devices);
    };
  }

  /** Protocols that nft knows by names that /etc/protocols has not. */
  private static Optional<Integer> protocol(String text) {
    return switch (text) {
      case "comp" -> Optional.of(108);
      case "icmpv6" -> Optional.of(58);
      default -> PacketNames.protocolNumber(text);
    };
  }

  /** The names of a value's bits. */
  String flags(BigInteger value, String between) {
    String text = names.entrySet().stream().filter(e -> (value.longValue() & e.getKey()) != 0).map(Map.Entry::getValue)
        .collect(Collectors.joining(between));
    return text.isEmpty() ? "0x" + value.toString(16) : text;
  }

  private static String mac(BigInteger value) {
    String hex = String.format(Locale.ROOT, "%012x", value.longValue());
    return hex.replaceAll("(..)(?!$)", "$1:");
  }

  /** An address as a value. */
  public static BigInteger of(IpAddress address) {
    return switch (address) {
      case Ipv4Address(int bits) -> BigInteger.valueOf(Integer.toUnsignedLong(bits));
      case Ipv6Address(long high, long low) -> unsigned(high).shiftLeft(64).or(unsigned(low));
    };
  }

  private static BigInteger unsigned(long bits) {
    return BigInteger.valueOf(bits).and(LOW);
  }

  static BigInteger of(MacAddress mac) {
    return new BigInteger(mac.toString().replace(":", ""), 16);
  }

  /** The address that a value of one of the two address types is. */
  IpAddress address(BigInteger value) {
    return this == IPV6_ADDR
        ? new Ipv6Address(value.shiftRight(64).longValue(), value.longValue())
        : new Ipv4Address(value.intValue());
  }

  /** A device's name as a value: sixteen bytes, zeros behind the text. */
  static BigInteger ofName(String name) {
    BigInteger value = BigInteger.ZERO;
    for (int i = 0; i < NAME_BYTES; i++) {
      value = value.shiftLeft(8).or(BigInteger.valueOf(i < name.length() ? name.charAt(i) & 0xff : 0));
    }
    return value;
  }

  static String name(BigInteger value) {
    StringBuilder text = new StringBuilder();
    for (int i = NAME_BYTES - 1; i >= 0; i--) {
      int c = value.shiftRight(8 * i).intValue() & 0xff;
      if (c != 0) {
        text.append((char) c);
      }
    }
    return text.toString();
  }

  /** By what values are ordered in listings: text of the same kernel is a number whose last byte is the highest. */
  BigInteger rank(BigInteger value) {
    return this == IFNAME ? turned(value) : value;
  }

  /** A value's bytes as they lie in memory, read as a number whose last byte is the highest. */
  BigInteger inMemory(BigInteger value) {
    boolean own = this == MARK || this == IFACE_INDEX || this == CT_STATE || this == CT_STATUS || this == FIB_ADDRTYPE;
    return own ? value : turned(value);
  }

  private BigInteger turned(BigInteger value) {
    BigInteger turned = BigInteger.ZERO;
    for (int i = 0; i < (bits + 7) / 8; i++) {
      turned = turned.shiftLeft(8).or(value.shiftRight(8 * i).and(BigInteger.valueOf(0xff)));
    }
    return turned;
  }
}
