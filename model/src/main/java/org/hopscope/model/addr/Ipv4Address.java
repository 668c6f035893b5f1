package org.hopscope.model.addr;

import java.util.Optional;

/**
 * An IPv4 address (RFC 791).
 *
 * @param bits the 32 bits in network order; ordered and printed as unsigned
 */
public record Ipv4Address(int bits) implements IpAddress {
  /** 0.0.0.0. */
  public static final Ipv4Address ANY = new Ipv4Address(0);
  /** 255.255.255.255, the limited broadcast (RFC 919). */
  public static final Ipv4Address LIMITED_BROADCAST = new Ipv4Address(-1);

  /** As of any record, written out: it is asked for with every packet. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Ipv4Address that && bits == that.bits;
  }

  @Override
  public int hashCode() {
    return bits;
  }

  /** Reads four decimal numbers from 0 to 255 with dots between; empty for anything else. */
  public static Optional<Ipv4Address> parse(String text) {
    int bits = 0;
    int parts = 0;
    int value = -1;
    for (int i = 0; i <= text.length(); i++) {
      char c = i < text.length() ? text.charAt(i) : '.';
      if (c == '.') {
        if (value < 0 || ++parts > 4) {
          return Optional.empty();
        }
        bits = bits << 8 | value;
        value = -1;
      } else if (c >= '0' && c <= '9') {
        value = Math.max(value, 0) * 10 + (c - '0');
        if (value > 255) {
          return Optional.empty();
        }
      } else {
        return Optional.empty();
      }
    }
    return parts == 4 ? Optional.of(new Ipv4Address(bits)) : Optional.empty();
  }

  /** As {@link #parse}, for addresses known to be right. */
  public static Ipv4Address of(String text) {
    return parse(text).orElseThrow(() -> new IllegalArgumentException("not an IPv4 address: " + text));
  }

  /** The netmask of a prefix length from 0 to 32. */
  public static Ipv4Address mask(int length) {
    return new Ipv4Address(length == 0 ? 0 : -1 << 32 - length);
  }

  @Override
  public IpFamily family() {
    return IpFamily.INET;
  }

  @Override
  public Ipv4Address network(int length) {
    return new Ipv4Address(bits & mask(length).bits);
  }

  /** The directed broadcast of this address's subnet: all host bits set. */
  public Ipv4Address broadcast(int length) {
    return new Ipv4Address(bits | ~mask(length).bits);
  }

  @Override
  public int commonBits(IpAddress other) {
    return switch (other) {
      case Ipv4Address(int theirs) -> Integer.numberOfLeadingZeros(bits ^ theirs);
      case Ipv6Address _ -> -1;
    };
  }

  @Override
  public boolean isUnspecified() {
    return bits == 0;
  }

  @Override
  public boolean isLoopback() {
    return bits >>> 24 == 127;
  }

  @Override
  public boolean isMulticast() {
    return bits >>> 28 == 14;
  }

  @Override
  public boolean isLinkLocal() {
    return bits >>> 16 == 0xa9fe;
  }

  @Override
  public int compareTo(IpAddress other) {
    return switch (other) {
      case Ipv4Address(int theirs) -> Integer.compareUnsigned(bits, theirs);
      case Ipv6Address _ -> -1;
    };
  }

  @Override
  public String toString() {
    return (bits >>> 24) + "." + (bits >>> 16 & 255) + "." + (bits >>> 8 & 255) + "." + (bits & 255);
  }
}
