package org.hopscope.model.addr;

import java.util.Optional;

/**
 * An IPv6 address (RFC 4291). The zone that an address of link scope needs ({@code fe80::1%eth0}) is no part of it: it is
 * the device that a program is bound to.
 *
 * @param high the first 64 bits in network order; ordered and printed as unsigned
 * @param low the last 64 bits
 */
public record Ipv6Address(long high, long low) implements IpAddress {
  /** {@code ::}. */
  public static final Ipv6Address ANY = new Ipv6Address(0, 0);
  /** {@code ::1}. */
  public static final Ipv6Address LOOPBACK = new Ipv6Address(0, 1);
  /** {@code ff02::1}: all nodes on the link (RFC 4291 2.7.1). */
  public static final Ipv6Address ALL_NODES = new Ipv6Address(0xff02_0000_0000_0000L, 1);
  /** {@code ff02::2}: all routers on the link. */
  public static final Ipv6Address ALL_ROUTERS = new Ipv6Address(0xff02_0000_0000_0000L, 2);
  private static final long LINK_LOCAL = 0xfe80_0000_0000_0000L;
  private static final long SOLICITED_NODE = 0x0000_0001_ff00_0000L;

  /** As of any record, written out: it is asked for with every packet. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Ipv6Address that && low == that.low && high == that.high;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(high) * 31 + Long.hashCode(low);
  }

  /** Reads the forms of RFC 4291 2.2 as inet_pton(3) does; a zone behind {@code %} is none of them. */
  public static Optional<Ipv6Address> parse(String text) {
    return Ipv6Text.parse(text);
  }

  /** As {@link #parse}, for addresses known to be right. */
  public static Ipv6Address of(String text) {
    return parse(text).orElseThrow(() -> new IllegalArgumentException("not an IPv6 address: " + text));
  }

  /** The link-local address that a device makes of its hardware address (RFC 4291 appendix A: modified EUI-64). */
  public static Ipv6Address linkLocal(MacAddress mac) {
    long upper = (mac.bits() >>> 24 ^ 0x02_0000L) << 40;
    return new Ipv6Address(LINK_LOCAL, upper | 0xff_fe00_0000L | mac.bits() & 0xff_ffffL);
  }

  /** The hardware address that a link-local address was made of, if it looks like one that was. */
  public Optional<MacAddress> madeOf() {
    boolean made = high == LINK_LOCAL && (low >>> 24 & 0xffff) == 0xfffe;
    return made
        ? Optional.of(new MacAddress((low >>> 40 ^ 0x02_0000L) << 24 | low & 0xff_ffffL))
        : Optional.empty();
  }

  /** The group whose members are asked for this address's hardware address: ff02::1:ffXX:XXXX (RFC 4291 2.7.1). */
  public Ipv6Address solicitedNode() {
    return new Ipv6Address(ALL_NODES.high, SOLICITED_NODE | low & 0xff_ffffL);
  }

  /** The subnet-router anycast address of its network (RFC 4291 2.6.1): all host bits zero. */
  @Override
  public Ipv6Address network(int length) {
    if (length >= 64) {
      return new Ipv6Address(high, length == 64 ? 0 : low & -1L << 128 - length);
    }
    return new Ipv6Address(length == 0 ? 0 : high & -1L << 64 - length, 0);
  }

  /** The last address of its network: all host bits one. */
  public Ipv6Address last(int length) {
    if (length >= 64) {
      return new Ipv6Address(high, length == 128 ? low : low | -1L >>> length - 64);
    }
    return new Ipv6Address(high | -1L >>> length, -1L);
  }

  @Override
  public IpFamily family() {
    return IpFamily.INET6;
  }

  @Override
  public int commonBits(IpAddress other) {
    return switch (other) {
      case Ipv4Address _ -> -1;
      case Ipv6Address(long theirHigh, long theirLow) -> high == theirHigh
          ? 64 + Long.numberOfLeadingZeros(low ^ theirLow)
          : Long.numberOfLeadingZeros(high ^ theirHigh);
    };
  }

  @Override
  public boolean isUnspecified() {
    return high == 0 && low == 0;
  }

  @Override
  public boolean isLoopback() {
    return high == 0 && low == 1;
  }

  @Override
  public boolean isMulticast() {
    return high >>> 56 == 0xff;
  }

  @Override
  public boolean isLinkLocal() {
    return high >>> 54 == LINK_LOCAL >>> 54;
  }

  /** fec0::/10, deprecated (RFC 3879). */
  public boolean isSiteLocal() {
    return high >>> 54 == 0xfec0_0000_0000_0000L >>> 54;
  }

  /** The scope of a group: 1 interface, 2 link, 5 site, 14 global … (RFC 7346); it must be a group. */
  public int groupScope() {
    return (int) (high >>> 48 & 15);
  }

  @Override
  public int compareTo(IpAddress other) {
    return switch (other) {
      case Ipv4Address _ -> 1;
      case Ipv6Address(long theirHigh, long theirLow) -> high == theirHigh
          ? Long.compareUnsigned(low, theirLow)
          : Long.compareUnsigned(high, theirHigh);
    };
  }

  /** RFC 5952: lower case, no leading zeros, the longest run of zeros as {@code ::}. */
  @Override
  public String toString() {
    return Ipv6Text.of(this);
  }
}
