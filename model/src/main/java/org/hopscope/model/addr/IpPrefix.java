package org.hopscope.model.addr;

import java.util.Optional;

/**
 * A network: an address whose bits after {@code length} are all zero (RFC 4632).
 *
 * @param address the first address of the network
 * @param length how many leading bits count, from 0 to the address's width
 */
public record IpPrefix(IpAddress address, int length) implements Comparable<IpPrefix> {
  /** As of any record, written out: it is asked for with every change of a table. */
  @Override
  public boolean equals(Object other) {
    return this == other || other instanceof IpPrefix that && length == that.length && address.equals(that.address);
  }

  @Override
  public int hashCode() {
    return address.hashCode() * 31 + length;
  }

  public IpPrefix {
    if (length < 0 || length > address.width()) {
      throw new IllegalArgumentException("prefix length out of range: " + length);
    }
    if (!address.network(length).equals(address)) {
      throw new IllegalArgumentException("host bits are set: " + address + "/" + length);
    }
  }

  /** The network that {@code address} lies in. */
  public static IpPrefix around(IpAddress address, int length) {
    return new IpPrefix(address.network(length), length);
  }

  /** The one address alone: /32, or /128. */
  public static IpPrefix host(IpAddress address) {
    return new IpPrefix(address, address.width());
  }

  /** Reads {@code A/N}, or {@code A} as a host; empty when malformed or when host bits are set. */
  public static Optional<IpPrefix> parse(String text) {
    return InterfaceAddress.parse(text).filter(a -> a.address().network(a.length()).equals(a.address()))
        .map(a -> new IpPrefix(a.address(), a.length()));
  }

  /** As {@link #parse}, for prefixes known to be right. */
  public static IpPrefix of(String text) {
    return parse(text).orElseThrow(() -> new IllegalArgumentException("not a prefix: " + text));
  }

  /** Whether {@code candidate} lies in this network. */
  public boolean contains(IpAddress candidate) {
    return address.commonBits(candidate) >= length;
  }

  /** Whether this is the whole address space: the default route's destination. */
  public boolean isDefault() {
    return length == 0;
  }

  /** Whether it holds one address only. */
  public boolean isHost() {
    return length == address.width();
  }

  /** Where the kernel's walk through a table comes to it: IPv6's tree is left from the leaves up (kernel fib6_walk_continue). */
  private IpAddress walked() {
    return switch (address) {
      case Ipv4Address first -> first;
      case Ipv6Address first -> first.last(length);
    };
  }

  /**
   * The order in which the kernel lists a routing table: of IPv4 by address and then longest first, of IPv6 by address
   * with what lies inside a network in front of it.
   */
  @Override
  public int compareTo(IpPrefix other) {
    int order = walked().compareTo(other.walked());
    return order != 0 ? order : Integer.compare(other.length, length);
  }

  /** {@code A/N}, always with the length. */
  @Override
  public String toString() {
    return address + "/" + length;
  }
}
