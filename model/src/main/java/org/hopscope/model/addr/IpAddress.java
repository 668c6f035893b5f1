package org.hopscope.model.addr;

import java.util.Optional;

/** A network address. The set is closed: a switch over it names every family. IPv4 addresses come before all IPv6 ones. */
public sealed interface IpAddress extends Comparable<IpAddress> permits Ipv4Address, Ipv6Address {
  /** Reads the text form of any family; empty for anything else. */
  static Optional<IpAddress> parse(String text) {
    return text.indexOf(':') < 0 ? Ipv4Address.parse(text).map(a -> a) : Ipv6Address.parse(text).map(a -> a);
  }

  /** As {@link #parse}, for addresses known to be right. */
  static IpAddress of(String text) {
    return parse(text).orElseThrow(() -> new IllegalArgumentException("not an address: " + text));
  }

  /** Its family. */
  IpFamily family();

  /** How many bits an address of this family has: 32 for IPv4, 128 for IPv6. */
  default int width() {
    return family().width();
  }

  /** The address with all bits after the first {@code length} set to zero. {@code length} is 0 to {@link #width()}. */
  IpAddress network(int length);

  /** How many leading bits are the same in both; -1 when they are of different families. */
  int commonBits(IpAddress other);

  /** {@code 0.0.0.0} or {@code ::}: no address. */
  boolean isUnspecified();

  /** 127.0.0.0/8 (RFC 1122 3.2.1.3 g) or {@code ::1} (RFC 4291 2.5.3). */
  boolean isLoopback();

  /** 224.0.0.0/4 (RFC 5771) or ff00::/8 (RFC 4291 2.7). */
  boolean isMulticast();

  /** 169.254.0.0/16 (RFC 3927) or fe80::/10 (RFC 4291 2.5.6): valid on one link only. */
  boolean isLinkLocal();
}
