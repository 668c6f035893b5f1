package org.hopscope.model.netfilter;

import org.hopscope.model.addr.IpAddress;

/**
 * Addresses of one family from one to another, both included.
 *
 * @param first the lowest
 * @param last the highest
 */
public record AddressRange(IpAddress first, IpAddress last) {
  public static AddressRange of(IpAddress address) {
    return new AddressRange(address, address);
  }

  /** Whether an address lies in it. */
  public boolean contains(IpAddress address) {
    return first.compareTo(address) <= 0 && last.compareTo(address) >= 0;
  }

  public boolean isSingle() {
    return first.equals(last);
  }
}
