package org.hopscope.model.shell;

import java.util.Optional;
import org.hopscope.model.addr.InterfaceAddress;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.addr.Ipv4Address;

/** Reads addresses as iproute2 does (lib/utils.c get_addr, get_prefix; lib/ll_addr.c), with its words for bad ones. */
final class Addresses {
  private Addresses() {
  }

  /** An address alone, of any family. */
  static IpAddress address(String text) throws Stop {
    return address(text, Optional.empty());
  }

  /** An address alone, of the family that is said already. */
  static IpAddress address(String text, Optional<IpFamily> family) throws Stop {
    return find(text, family).orElseThrow(() -> Stop.badAddress(family.map(IpFamily::word).orElse("inet"), text));
  }

  /** An address with the length of its network, of any family: {@code default} is 0.0.0.0/0. */
  static InterfaceAddress withLength(String text) throws Stop {
    return withLength(text, Optional.empty());
  }

  /**
   * An address with the length of its network: the whole address when none is said; {@code default} is everything, of
   * IPv4 when no family is said.
   */
  static InterfaceAddress withLength(String text, Optional<IpFamily> family) throws Stop {
    if (isEverything(text)) {
      return new InterfaceAddress(family.orElse(IpFamily.INET).unspecified(), 0);
    }
    int slash = text.indexOf('/');
    Optional<IpAddress> address = find(slash < 0 ? text : text.substring(0, slash), family);
    if (address.isEmpty()) {
      throw family.map(f -> Stop.badPrefix(f, text)).orElseGet(() -> Stop.badPrefix(text));
    }
    IpFamily found = address.get().family();
    Optional<Integer> length =
        slash < 0 ? Optional.of(found.width()) : length(text.substring(slash + 1), found);
    return new InterfaceAddress(address.get(),
        length.orElseThrow(() -> family.map(f -> Stop.badPrefix(f, text)).orElseGet(() -> Stop.badPrefix(text))));
  }

  /** Whether it is one of the words for all addresses. */
  static boolean isEverything(String text) {
    return text.equals("default") || text.equals("any") || text.equals("all");
  }

  /** The network around an address: what listings select by. */
  static IpPrefix prefix(String text, Optional<IpFamily> family) throws Stop {
    return withLength(text, family).network();
  }

  private static Optional<IpAddress> find(String text, Optional<IpFamily> family) {
    Optional<IpAddress> found = text.indexOf(':') >= 0 ? IpAddress.parse(text) : loose(text).map(a -> a);
    return found.filter(a -> family.isEmpty() || family.get() == a.family());
  }

  /** One to four numbers with dots between; the ones left out at the end are zero. */
  static Optional<Ipv4Address> loose(String text) {
    if (!text.matches("[0-9]{1,3}(\\.[0-9]{1,3}){0,3}")) {
      return Optional.empty();
    }
    long dots = text.chars().filter(c -> c == '.').count();
    return Ipv4Address.parse(text + ".0".repeat(3 - (int) dots));
  }

  /** A length from 0 to the family's width, or a netmask of IPv4. */
  private static Optional<Integer> length(String text, IpFamily family) {
    Optional<Integer> number =
        text.matches("[0-9]{1,3}") ? Numbers.whole(text, 0, family.width()) : Optional.empty();
    return family == IpFamily.INET6
        ? number
        : number.or(() -> Ipv4Address.parse(text).flatMap(Addresses::maskLength));
  }

  private static Optional<Integer> maskLength(Ipv4Address mask) {
    int length = Integer.bitCount(mask.bits());
    return Ipv4Address.mask(length).equals(mask) ? Optional.of(length) : Optional.empty();
  }
}
