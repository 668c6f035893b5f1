package org.hopscope.model.netfilter;

import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.addr.Ipv6Address;

/**
 * {@code -s} or {@code -d}: the bits of an address that the mask shows must be those of {@code address}.
 *
 * @param address the wanted bits; none outside the mask
 * @param mask which bits count; need not be a prefix
 * @param inverted whether the packet must be other
 */
public record AddressMatch(IpAddress address, IpAddress mask, boolean inverted) {
  /** Whether an address passes. */
  public boolean holds(IpAddress candidate) {
    return covers(candidate) != inverted;
  }

  private boolean covers(IpAddress candidate) {
    return masked(candidate, mask).equals(address);
  }

  /** An address with the bits outside a mask of its family set to zero. */
  public static IpAddress masked(IpAddress address, IpAddress mask) {
    return switch (address) {
      case Ipv4Address(int bits) -> mask instanceof Ipv4Address(int shown) ? new Ipv4Address(bits & shown) : address;
      case Ipv6Address(long high, long low) -> mask instanceof Ipv6Address(long upper, long lower)
          ? new Ipv6Address(high & upper, low & lower)
          : address;
    };
  }
}
