package org.hopscope.model.iptables;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.addr.Ipv6Address;
import org.hopscope.model.netfilter.AddressMatch;
import org.hopscope.model.netfilter.AddressRange;
import org.hopscope.model.netfilter.PortRange;

/** Reads and writes the values of rules: numbers, ports, protocols, addresses (libxtables/xtables.c). */
final class Values {
  private static final Map<String, Integer> PROTOCOLS = Map.ofEntries(Map.entry("ip", 0), Map.entry("all", 0),
      Map.entry("icmp", 1), Map.entry("igmp", 2), Map.entry("ipencap", 4), Map.entry("tcp", 6), Map.entry("udp", 17),
      Map.entry("dccp", 33), Map.entry("ipv6", 41), Map.entry("gre", 47), Map.entry("esp", 50), Map.entry("ah", 51),
      Map.entry("ipv6-icmp", 58), Map.entry("icmpv6", 58), Map.entry("ospf", 89), Map.entry("pim", 103),
      Map.entry("vrrp", 112), Map.entry("sctp", 132), Map.entry("mh", 135), Map.entry("udplite", 136));
  private static final List<String> LESS_USUAL = List.of("icmpv6", "ip", "all");
  private static final Map<String, Integer> SERVICES = Map.ofEntries(Map.entry("echo", 7), Map.entry("discard", 9),
      Map.entry("daytime", 13), Map.entry("ftp-data", 20), Map.entry("ftp", 21), Map.entry("ssh", 22),
      Map.entry("telnet", 23), Map.entry("smtp", 25), Map.entry("time", 37), Map.entry("domain", 53),
      Map.entry("bootps", 67), Map.entry("bootpc", 68), Map.entry("tftp", 69), Map.entry("finger", 79),
      Map.entry("http", 80), Map.entry("www", 80), Map.entry("kerberos", 88), Map.entry("pop3", 110),
      Map.entry("sunrpc", 111), Map.entry("auth", 113), Map.entry("nntp", 119), Map.entry("ntp", 123),
      Map.entry("netbios-ns", 137), Map.entry("netbios-dgm", 138), Map.entry("netbios-ssn", 139),
      Map.entry("imap2", 143), Map.entry("imap", 143), Map.entry("snmp", 161), Map.entry("snmp-trap", 162),
      Map.entry("bgp", 179), Map.entry("irc", 194), Map.entry("ldap", 389), Map.entry("https", 443),
      Map.entry("microsoft-ds", 445), Map.entry("syslog", 514), Map.entry("submission", 587), Map.entry("ldaps", 636),
      Map.entry("domain-s", 853), Map.entry("rsync", 873), Map.entry("imaps", 993), Map.entry("pop3s", 995),
      Map.entry("openvpn", 1194), Map.entry("ms-sql-s", 1433), Map.entry("nfs", 2049), Map.entry("mysql", 3306),
      Map.entry("postgresql", 5432), Map.entry("sip", 5060), Map.entry("http-alt", 8080));

  private Values() {
  }

  /** A number as strtoul reads it: decimal, 0x or with a leading 0 octal; empty for all else. */
  static Optional<Long> number(String text) {
    try {
      long value = text.matches("0[xX][0-9a-fA-F]+") ? Long.parseLong(text.substring(2), 16)
          : text.matches("0[0-7]+") ? Long.parseLong(text, 8)
          : text.matches("[0-9]+") ? Long.parseLong(text) : -1;
      return value < 0 ? Optional.empty() : Optional.of(value);
    } catch (NumberFormatException tooLong) {
      return Optional.empty();
    }
  }

  /** A protocol by name or number; 0 is any. */
  static int protocol(String text) throws Complaint {
    String lower = text.toLowerCase(Locale.ROOT);
    Optional<Long> number = number(lower);
    if (number.filter(n -> n <= 255).isPresent()) {
      return number.get().intValue();
    }
    Integer known = PROTOCOLS.get(lower);
    if (known == null) {
      throw Complaint.parameter("unknown protocol \"" + lower + "\" specified");
    }
    return known;
  }

  /** The name of a protocol, its number when it has none. */
  static String protocol(int number) {
    return PROTOCOLS.entrySet().stream().filter(e -> e.getValue() == number && !LESS_USUAL.contains(e.getKey()))
        .map(Map.Entry::getKey).findFirst().orElse(number == 0 ? "all" : Integer.toString(number));
  }

  /** A port by name or number (libxtables xtables_parse_port). */
  static int port(String text) throws Complaint {
    return servicePort(text)
        .orElseThrow(() -> Complaint.parameter("invalid port/service `" + text + "' specified"));
  }

  /** As {@link #port}; empty when it is none. */
  static Optional<Integer> servicePort(String text) {
    Optional<Long> number = number(text);
    return number.isPresent()
        ? number.filter(n -> n <= 0xffff).map(Long::intValue)
        : Optional.ofNullable(SERVICES.get(text));
  }

  /** The name of a port's service, its number when it has none. */
  static String service(int port) {
    return SERVICES.entrySet().stream().filter(e -> e.getValue() == port && !e.getKey().equals("www"))
        .map(Map.Entry::getKey).min(String::compareTo).orElse(Integer.toString(port));
  }

  /** {@code A}, {@code A:B}, {@code A:}, {@code :B}. */
  static PortRange ports(String text) throws Complaint {
    int colon = text.indexOf(':');
    if (colon < 0) {
      return PortRange.of(port(text));
    }
    int first = colon == 0 ? 0 : port(text.substring(0, colon));
    int last = colon + 1 == text.length() ? 0xffff : port(text.substring(colon + 1));
    if (first > last) {
      throw Complaint.parameter("invalid portrange (min > max)");
    }
    return new PortRange(first, last);
  }

  static String text(PortRange range) {
    return range.isSingle() ? Integer.toString(range.first()) : range.first() + ":" + range.last();
  }

  /** An address or network with prefix length or mask; a name the model resolves is {@code localhost} alone. */
  static AddressMatch address(IpFamily family, String text, boolean inverted) throws Complaint {
    int slash = text.indexOf('/');
    String host = slash < 0 ? text : text.substring(0, slash);
    IpAddress mask = slash < 0 ? mask(family, family.width()) : mask(family, text.substring(slash + 1));
    IpAddress address = resolve(family, host)
        .orElseThrow(() -> Complaint.parameter("host/network `" + host + "' not found"));
    return new AddressMatch(AddressMatch.masked(address, mask), mask, inverted);
  }

  private static Optional<IpAddress> resolve(IpFamily family, String host) {
    return switch (family) {
      case INET -> Ipv4Address.parse(host.equals("localhost") ? "127.0.0.1" : padded(host)).map(a -> a);
      case INET6 -> Ipv6Address.parse(host.equals("localhost") ? "::1" : host).map(a -> a);
    };
  }

  /** {@code 10.1} reads as 10.1.0.0 where a network is expected (libxtables __numeric_to_ipaddr). */
  private static String padded(String host) {
    int dots = (int) host.chars().filter(c -> c == '.').count();
    return host.matches("[0-9.]+") && dots < 3 ? host + ".0".repeat(3 - dots) : host;
  }

  /** The mask of a prefix length. */
  static IpAddress mask(IpFamily family, int length) {
    return switch (family) {
      case INET -> Ipv4Address.mask(length);
      case INET6 -> new Ipv6Address(-1, -1).network(length);
    };
  }

  private static IpAddress mask(IpFamily family, String text) throws Complaint {
    Optional<Long> length = number(text).filter(n -> n <= family.width());
    Optional<IpAddress> mask = length.isPresent()
        ? Optional.of(mask(family, length.get().intValue()))
        : IpAddress.parse(text).filter(m -> m.family() == family);
    return mask.orElseThrow(() -> Complaint.parameter("invalid mask `" + text + "' specified"));
  }

  /** How many leading bits a mask has; empty when it is no prefix. */
  static Optional<Integer> length(IpAddress mask) {
    return switch (mask) {
      case Ipv4Address(int bits) -> {
        int ones = Integer.bitCount(bits);
        yield Ipv4Address.mask(ones).bits() == bits ? Optional.of(ones) : Optional.empty();
      }
      case Ipv6Address(long high, long low) -> {
        int ones = Long.bitCount(high) + Long.bitCount(low);
        yield mask(IpFamily.INET6, ones).equals(mask) ? Optional.of(ones) : Optional.empty();
      }
    };
  }

  /** As iptables-save writes it: always with the mask. */
  static String text(AddressMatch match) {
    return match.address() + "/" + length(match.mask()).map(Object::toString).orElse(match.mask().toString());
  }

  /** An address or {@code A-B}; {@code complaint} says what else is said. */
  static AddressRange range(String text, String complaint) throws Complaint {
    int hyphen = text.indexOf('-');
    String first = hyphen < 0 ? text : text.substring(0, hyphen);
    String last = hyphen < 0 ? text : text.substring(hyphen + 1);
    Optional<IpAddress> low = IpAddress.parse(first);
    Optional<IpAddress> high = IpAddress.parse(last);
    if (low.isEmpty() || high.isEmpty()) {
      throw Complaint.parameter(String.format(Locale.ROOT, complaint, low.isEmpty() ? first : last));
    }
    return new AddressRange(low.get(), high.get());
  }

  static String text(AddressRange range) {
    return range.isSingle() ? range.first().toString() : range.first() + "-" + range.last();
  }

  /** A network whose host bits are cut off. */
  static Optional<IpPrefix> network(IpFamily family, String text) {
    try {
      AddressMatch match = address(family, text, false);
      return length(match.mask()).map(l -> new IpPrefix(match.address(), l));
    } catch (Complaint none) {
      return Optional.empty();
    }
  }

  static String hex(int value) {
    return "0x" + Integer.toHexString(value);
  }

  /** A text in quotes where it needs them (libxtables xtables_save_string). */
  static String quoted(String text) {
    return text.matches("[a-zA-Z0-9_-]+") ? text : "\"" + text.replaceAll("([\"\\\\'])", "\\\\$1") + "\"";
  }
}
