package org.hopscope.model.addr;

import java.util.Optional;

/**
 * A 48-bit hardware address (IEEE 802 MAC-48), held in the low bits of a long.
 *
 * @param bits the address, from 0 to 2^48 - 1
 */
public record MacAddress(long bits) implements Comparable<MacAddress> {
  /** How many bytes it has. */
  public static final int BYTES = 6;
  /** {@code 00:00:00:00:00:00}: what lo wears, and what an empty bridge shows. */
  public static final MacAddress ZERO = new MacAddress(0);
  /** {@code ff:ff:ff:ff:ff:ff}. */
  public static final MacAddress BROADCAST = new MacAddress(0xffff_ffff_ffffL);

  public MacAddress {
    if (bits < 0 || bits > 0xffff_ffff_ffffL) {
      throw new IllegalArgumentException("a MAC address has 48 bits: " + bits);
    }
  }

  /** As of any record, written out: it is asked for with every frame. */
  @Override
  public boolean equals(Object other) {
    return other instanceof MacAddress that && bits == that.bits;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(bits);
  }

  /**
   * The hardware address of a group: of IPv4 its low 23 bits behind 01:00:5e (RFC 1112 6.4), of IPv6 its low 32 behind
   * 33:33 (RFC 2464 7).
   */
  public static MacAddress ofGroup(IpAddress group) {
    return switch (group) {
      case Ipv4Address(int bits) -> new MacAddress(0x0100_5e00_0000L | bits & 0x7f_ffff);
      case Ipv6Address(long _, long low) -> new MacAddress(0x3333_0000_0000L | low & 0xffff_ffffL);
    };
  }

  /** Reads six colon-separated pairs of hex digits; empty for anything else. */
  public static Optional<MacAddress> parse(String text) {
    long bits = 0;
    int parts = 0;
    int digits = 0;
    int octet = 0;
    for (int i = 0; i <= text.length(); i++) {
      char c = i < text.length() ? text.charAt(i) : ':';
      int digit = c <= 'f' ? Character.digit(c, 16) : -1;
      if (digit >= 0 && digits < 2) {
        octet = octet << 4 | digit;
        digits++;
      } else if (c == ':' && digits > 0 && parts < BYTES) {
        bits = bits << 8 | octet;
        parts++;
        digits = 0;
        octet = 0;
      } else {
        return Optional.empty();
      }
    }
    return parts == BYTES ? Optional.of(new MacAddress(bits)) : Optional.empty();
  }

  /** As {@link #parse}, for addresses known to be right. */
  public static MacAddress of(String text) {
    return parse(text).orElseThrow(() -> new IllegalArgumentException("not a MAC address: " + text));
  }

  /** Whether the group bit (the lowest of the first byte) is set: broadcast counts. IEEE 802-2014 8.2.2. */
  public boolean isGroup() {
    return (bits >> 40 & 1) == 1;
  }

  /** Whether all 48 bits are set. */
  public boolean isBroadcast() {
    return equals(BROADCAST);
  }

  /** Whether a device may wear it: neither zero nor a group address (kernel {@code is_valid_ether_addr}). */
  public boolean isAssignable() {
    return !isGroup() && bits != 0;
  }

  @Override
  public int compareTo(MacAddress other) {
    return Long.compare(bits, other.bits);
  }

  /** Lower case, colon-separated, as iproute2 prints it. */
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder(17);
    for (int shift = 40; shift >= 0; shift -= 8) {
      int octet = (int) (bits >> shift & 0xff);
      out.append(Character.forDigit(octet >> 4, 16)).append(Character.forDigit(octet & 15, 16));
      if (shift > 0) {
        out.append(':');
      }
    }
    return out.toString();
  }
}
