package org.hopscope.model.iptables;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.addr.Ipv6Address;
import org.hopscope.model.netfilter.AddressMatch;
import org.hopscope.model.netfilter.AddressRange;
import org.hopscope.model.netfilter.PortRange;

/** Reads and writes the values of rules: numbers, ports, protocols, addresses (libxtables/xtables.c). */
final class Values {
  private static final Pattern LEADING = Pattern.compile("0[xX][0-9a-fA-F]+|0[0-7]*|[1-9][0-9]*");
  private static final Pattern SIGNED = Pattern.compile("[ \\t]*([+-]?[0-9]+)");
  private static final Pattern COUNTER = Pattern.compile("[+-]?[0-9]+");
  /** No port has as many. */
  private static final int DIGITS = 19;

  private Values() {
  }

  /** A number as strtoul reads it: decimal, 0x or with a leading 0 octal; empty for all else. */
  static Optional<Long> number(String text) {
    boolean hex = text.startsWith("0x") || text.startsWith("0X");
    int base = hex ? 16 : text.length() > 1 && text.charAt(0) == '0' ? 8 : 10;
    int start = hex ? 2 : 0;
    long value = 0;
    for (int i = start; i < text.length(); i++) {
      int digit = text.charAt(i) < 128 ? Character.digit(text.charAt(i), base) : -1;
      if (digit < 0 || value > (Long.MAX_VALUE - digit) / base) {
        return Optional.empty();
      }
      value = value * base + digit;
    }
    return text.length() == start ? Optional.empty() : Optional.of(value);
  }

  /**
   * The number that a text begins with, and what stands behind it.
   *
   * @param rest empty when the text is a number as a whole
   */
  record Leading(long value, String rest) {
  }

  /** As libxtables xtables_strtoui reads with an end: the longest number that a text begins with. */
  static Optional<Leading> leading(String text) {
    Matcher digits = LEADING.matcher(text);
    return digits.lookingAt()
        ? number(digits.group()).map(n -> new Leading(n, text.substring(digits.end())))
        : Optional.empty();
  }

  /** What of a list stands behind each of its commas, and the list itself: complaints name a bad word with all that follows it. */
  static List<String> tails(String list) {
    List<String> tails = new ArrayList<>(List.of(list));
    for (int comma = list.indexOf(','); comma >= 0; comma = list.indexOf(',', comma + 1)) {
      tails.add(list.substring(comma + 1));
    }
    return tails;
  }

  /** The word that a tail of a list begins with. */
  static String first(String tail) {
    int comma = tail.indexOf(',');
    return comma < 0 ? tail : tail.substring(0, comma);
  }

  /** As much of a name as the kernel's field holds. */
  static String cut(String name, int letters) {
    return name.substring(0, Math.min(letters, name.length()));
  }

  /** The decimal number that a text begins with, as atoll(3) reads it: 0 for none, and what is too great as the greatest. */
  static long atoll(String text) {
    Matcher digits = SIGNED.matcher(text);
    if (!digits.lookingAt()) {
      return 0;
    }
    try {
      return Long.parseLong(digits.group(1));
    } catch (NumberFormatException great) {
      return digits.group(1).startsWith("-") ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
  }

  /**
   * A counter as sscanf's {@code %llu} reads it: a sign is taken, and what follows the digits left out. What needs the
   * 64th bit, such as -1, counts as the greatest number of 63.
   */
  static Optional<Long> counter(String text) {
    Matcher digits = COUNTER.matcher(text);
    if (!digits.lookingAt()) {
      return Optional.empty();
    }
    BigInteger read = new BigInteger(digits.group());
    return Optional.of(read.signum() < 0 || read.bitLength() > 63 ? Long.MAX_VALUE : read.longValue());
  }

  /** A number of up to 64 bits in decimal, as strtoull reads it. */
  static Optional<String> unsigned(String text) {
    boolean hex = text.startsWith("0x") || text.startsWith("0X");
    boolean octal = !hex && text.length() > 1 && text.startsWith("0");
    String digits = hex ? text.substring(2) : text;
    try {
      BigInteger number = new BigInteger(digits, hex ? 16 : octal ? 8 : 10);
      return Optional.of(number).filter(n -> !digits.startsWith("-") && !digits.startsWith("+") && n.bitLength() <= 64)
          .map(BigInteger::toString);
    } catch (NumberFormatException no) {
      return Optional.empty();
    }
  }

  /** A protocol by name or number; 0 is any. */
  static int protocol(String text) throws Complaint {
    String lower = text.toLowerCase(Locale.ROOT);
    Optional<Integer> found =
        number(lower).filter(n -> n <= 255).map(Long::intValue).or(() -> Databases.protocol(lower));
    return found.orElseThrow(() -> Complaint.parameter("unknown protocol \"" + lower + "\" specified"));
  }

  /** The name of a protocol, its number when it has none. */
  static String protocol(int number) {
    return Databases.protocol(number);
  }

  /** A port by number, or by the name of a protocol's service (libxtables xtables_parse_port). */
  static int port(String text, int protocol) throws Complaint {
    Optional<Integer> found = number(text).isPresent() ? servicePort(text) : Databases.service(text, protocol);
    return found
        .orElseThrow(() -> Complaint.parameter("invalid port/service `" + text + "' specified"));
  }

  /** A port by number, or by the name of any protocol's service. */
  static Optional<Integer> servicePort(String text) {
    Optional<Long> number = number(text);
    return number.isPresent()
        ? number.filter(n -> n <= 0xffff).map(Long::intValue)
        : Databases.service(text);
  }

  /** As {@link #servicePort}, with a decimal number's lower 16 bits (getaddrinfo behind xtables_getportbyname). */
  static Optional<Integer> looserPort(String text) {
    boolean decimal = !text.isEmpty() && text.length() < DIGITS && text.chars().allMatch(c -> c >= '0' && c <= '9');
    return decimal ? Optional.of((int) (Long.parseLong(text) & 0xffff)) : Databases.service(text);
  }

  /** {@code A}, {@code A:B}, {@code A:}, {@code :B}. */
  static PortRange ports(String text, int protocol) throws Complaint {
    int colon = text.indexOf(':');
    if (colon < 0) {
      return PortRange.of(port(text, protocol));
    }
    int first = colon == 0 ? 0 : port(text.substring(0, colon), protocol);
    int last = colon + 1 == text.length() ? 0xffff : port(text.substring(colon + 1), protocol);
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
    if (mask.isUnspecified()) {
      return new AddressMatch(mask, mask, inverted); // the name is not looked at: any/0
    }
    IpAddress address = resolve(family, host)
        .orElseThrow(() -> Complaint.parameter("host/network `" + host + "' not found"));
    return new AddressMatch(AddressMatch.masked(address, mask), mask, inverted);
  }

  /**
   * An address that keeps all its bits, with prefix length or mask; a mask that is no prefix counts as the longest
   * (libxtables xtopt_parse_hostmask).
   */
  record HostMask(IpAddress typed, IpAddress mask) {
    /** With its length. */
    String full() {
      return typed + "/" + length(mask).orElse(typed.family().width());
    }

    /** With its length, unless that is of one host. */
    String text() {
      return length(mask).filter(l -> l < typed.family().width()).isPresent() ? full() : typed.toString();
    }
  }

  /** Reads what stands behind an extension's option. */
  static HostMask hostMask(IpFamily family, String extension, String option, String text) throws Complaint {
    String[] parts = text.split("/", 2);
    IpAddress host = host(family, parts[0]);
    return new HostMask(host, mask(family,
        parts.length == 1 ? family.width() : prefixLength(family, extension, option, parts[1])));
  }

  /** An address by itself behind an extension's option (libxtables XTTYPE_HOST). */
  static IpAddress host(IpFamily family, String text) throws Complaint {
    return numericHost(family, text)
        .orElseThrow(() -> Complaint.parameter((family == IpFamily.INET6 ? loose(text).isPresent()
            : Ipv6Address.parse(text).isPresent())
                ? "getaddrinfo: Address family for hostname not supported\n"
                : "getaddrinfo: Name or service not known\n"));
  }

  /** A length, or a mask (libxtables XTTYPE_PLENMASK); a mask that is no prefix counts as the longest. */
  static int prefixLength(IpFamily family, String extension, String option, String text) throws Complaint {
    return number(text).filter(n -> n <= family.width()).map(Long::intValue)
        .or(() -> numericHost(family, text).map(m -> length(m).orElse(family.width())))
        .orElseThrow(() -> Complaint.parameter(extension + ": bad value for option \"--" + option
            + "\", neither a valid network mask nor valid CIDR (0-" + family.width() + ").\n"));
  }

  /** As getaddrinfo(3) reads an address, {@code localhost} included. */
  private static Optional<IpAddress> numericHost(IpFamily family, String host) {
    return switch (family) {
      case INET -> loose(host.equals("localhost") ? "127.0.0.1" : host).map(a -> a);
      case INET6 -> Ipv6Address.parse(host.equals("localhost") ? "::1" : host).map(a -> a);
    };
  }

  private static Optional<IpAddress> resolve(IpFamily family, String host) {
    return switch (family) {
      case INET -> named(host).or(() -> hasLeadingZero(host) ? Optional.empty() : padded(host))
          .or(() -> loose(host)).map(a -> a);
      case INET6 -> Ipv6Address.parse(host.equals("localhost") ? "::1" : host).map(a -> a);
    };
  }

  /** Whether a part of an address begins as an octal or hexadecimal number does. */
  private static boolean hasLeadingZero(String host) {
    for (int i = 0; i + 1 < host.length(); i++) {
      boolean begins = i == 0 || host.charAt(i - 1) == '.';
      if (begins && host.charAt(i) == '0' && host.charAt(i + 1) != '.') {
        return true;
      }
    }
    return false;
  }

  /** The networks that Debian's {@code /etc/networks} names, beside hosts. */
  private static Optional<Ipv4Address> named(String host) {
    return Optional.ofNullable(switch (host) {
      case "localhost" -> "127.0.0.1";
      case "default" -> "0.0.0.0";
      case "loopback" -> "127.0.0.0";
      case "link-local" -> "169.254.0.0";
      default -> null;
    }).map(Ipv4Address::of);
  }

  /** {@code 10.1} reads as 10.1.0.0 where a network is expected (libxtables xtables_numeric_to_ipaddr and its kin). */
  static Optional<Ipv4Address> padded(String host) {
    int dots = 0;
    boolean numeric = !host.isEmpty();
    for (int i = 0; i < host.length(); i++) {
      char c = host.charAt(i);
      dots += c == '.' ? 1 : 0;
      numeric &= c == '.' || c >= '0' && c <= '9';
    }
    return Ipv4Address.parse(numeric && dots < 3 ? host + ".0".repeat(3 - dots) : host);
  }

  /** As inet_aton(3) reads an address: parts may be octal or hexadecimal, and the last fills what is left. */
  static Optional<Ipv4Address> loose(String host) {
    String[] parts = host.split("\\.", -1);
    long bits = 0;
    for (int i = 0; i < parts.length; i++) {
      int width = i == parts.length - 1 ? 8 * (5 - parts.length) : 8;
      Optional<Long> part = number(parts[i]).filter(n -> width > 0 && n < 1L << width);
      if (part.isEmpty() || parts.length > 4) {
        return Optional.empty();
      }
      bits = bits << width | part.get();
    }
    return Optional.of(new Ipv4Address((int) bits));
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
    Optional<IpAddress> low = IpAddress.parse(first).filter(a -> !(a instanceof Ipv4Address) || !hasLeadingZero(first));
    Optional<IpAddress> high = IpAddress.parse(last).filter(a -> !(a instanceof Ipv4Address) || !hasLeadingZero(last));
    if (low.isEmpty() || high.isEmpty()) {
      throw Complaint.parameter(String.format(Locale.ROOT, complaint, low.isEmpty() ? first : last));
    }
    return new AddressRange(low.get(), high.get());
  }

  static String text(AddressRange range) {
    return range.isSingle() ? range.first().toString() : range.first() + "-" + range.last();
  }

  static String hex(int value) {
    return "0x" + Integer.toHexString(value);
  }

  /** A text in quotes where it needs them (libxtables xtables_save_string). */
  static String quoted(String text) {
    return text.matches("[a-zA-Z0-9_-]+") ? text : "\"" + text.replaceAll("([\"\\\\'])", "\\\\$1") + "\"";
  }
}
