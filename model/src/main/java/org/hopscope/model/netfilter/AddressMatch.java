package org.hopscope.model.netfilter;

import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.Ipv4Address;

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
    return switch (candidate) {
      case Ipv4Address(int bits) -> mask instanceof Ipv4Address(int shown) && address instanceof Ipv4Address(int wanted)
          && (bits & shown) == wanted;
    };
  }
}
