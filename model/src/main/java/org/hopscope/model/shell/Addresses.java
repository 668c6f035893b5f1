package org.hopscope.model.shell;

import java.util.Optional;
import org.hopscope.model.addr.InterfaceAddress;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.addr.MacAddress;

/** Reads addresses as iproute2 does (lib/utils.c get_addr, get_prefix; lib/ll_addr.c), with its words for bad ones. */
final class Addresses {
  private Addresses() {
  }

  /** An address alone. */
  static IpAddress address(String text) throws Stop {
    checkFamily(text);
    return loose(text).orElseThrow(() -> Stop.badAddress("inet", text));
  }

  /** An address with the length of its network: 32 when none is said; {@code default} is 0.0.0.0/0. */
  static InterfaceAddress withLength(String text) throws Stop {
    if (text.equals("default") || text.equals("any") || text.equals("all")) {
      return InterfaceAddress.of("0.0.0.0/0");
    }
    checkFamily(text);
    int slash = text.indexOf('/');
    Optional<IpAddress> address = loose(slash < 0 ? text : text.substring(0, slash));
    Optional<Integer> length = slash < 0 ? Optional.of(32) : length(text.substring(slash + 1));
    if (address.isEmpty() || length.isEmpty()) {
      throw Stop.badPrefix(text);
    }
    return new InterfaceAddress(address.get(), length.get());
  }

  /** The network around an address: what listings select by. */
  static IpPrefix prefix(String text) throws Stop {
    return withLength(text).network();
  }

  /** A hardware address. */
  static MacAddress mac(String text) throws Stop {
    return MacAddress.parse(text.toLowerCase(java.util.Locale.ROOT))
        .orElseThrow(() -> Stop.exit(1, "\"" + text + "\" is invalid lladdr."));
  }

  /** How many bytes a hardware address has that is well written but not six bytes long. */
  static Optional<Integer> oddLength(String text) {
    int bytes = text.split(":", -1).length;
    return text.matches("[0-9a-fA-F]{1,2}(:[0-9a-fA-F]{1,2}){0,31}") && bytes != 6 && bytes > 1
        ? Optional.of(bytes)
        : Optional.empty();
  }

  /** One to four numbers with dots between; the ones left out at the end are zero. */
  private static Optional<IpAddress> loose(String text) {
    if (!text.matches("[0-9]{1,3}(\\.[0-9]{1,3}){0,3}")) {
      return Optional.empty();
    }
    long dots = text.chars().filter(c -> c == '.').count();
    return Ipv4Address.parse(text + ".0".repeat(3 - (int) dots)).map(a -> a);
  }

  /** A length from 0 to 32, or a netmask. */
  private static Optional<Integer> length(String text) {
    Optional<Integer> number = text.matches("[0-9]{1,2}") ? Numbers.whole(text, 0, 32) : Optional.empty();
    return number.or(() -> Ipv4Address.parse(text).flatMap(Addresses::maskLength));
  }

  private static Optional<Integer> maskLength(Ipv4Address mask) {
    int length = Integer.bitCount(mask.bits());
    return Ipv4Address.mask(length).equals(mask) ? Optional.of(length) : Optional.empty();
  }

  private static void checkFamily(String text) throws Stop {
    if (text.matches("[0-9a-fA-F]*:[0-9a-fA-F:.]*(%[^/]*)?(/[0-9]+)?")) {
      throw Stop.unsupported("IPv6 address " + text);
    }
  }
}
