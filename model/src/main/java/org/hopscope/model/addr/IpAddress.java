package org.hopscope.model.addr;

import java.util.Optional;

/** A network address. The set is closed: a switch over it names every family. */
public sealed interface IpAddress extends Comparable<IpAddress> permits Ipv4Address {
  /** Reads the text form of any family; empty for anything else. */
  static Optional<IpAddress> parse(String text) {
    return Ipv4Address.parse(text).map(a -> a);
  }

  /** As {@link #parse}, for addresses known to be right. */
  static IpAddress of(String text) {
    return parse(text).orElseThrow(() -> new IllegalArgumentException("not an address: " + text));
  }

  /** How many bits an address of this family has: 32 for IPv4. */
  int width();

  /** The address with all bits after the first {@code length} set to zero. {@code length} is 0 to {@link #width()}. */
  IpAddress network(int length);

  /** How many leading bits are the same in both; both must be of one family. */
  int commonBits(IpAddress other);

  /** 0.0.0.0: no address. */
  boolean isUnspecified();

  /** 127.0.0.0/8 (RFC 1122 3.2.1.3 g). */
  boolean isLoopback();

  /** 224.0.0.0/4 (RFC 5771). */
  boolean isMulticast();
}
