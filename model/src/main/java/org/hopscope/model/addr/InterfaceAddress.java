package org.hopscope.model.addr;

import java.util.Optional;

/**
 * An address with the length of the network it stands in, host bits kept: what {@code ip addr add} takes.
 *
 * @param address the address itself
 * @param length the prefix length, from 0 to the address's width
 */
public record InterfaceAddress(IpAddress address, int length) {
  /** As of any record, written out: devices are compared by their addresses after every edit. */
  @Override
  public boolean equals(Object other) {
    return other instanceof InterfaceAddress that && length == that.length && address.equals(that.address);
  }

  @Override
  public int hashCode() {
    return address.hashCode() * 31 + length;
  }

  public InterfaceAddress {
    if (length < 0 || length > address.width()) {
      throw new IllegalArgumentException("prefix length out of range: " + length);
    }
  }

  /** Reads {@code A/N}, or {@code A} with the full width as length; empty when malformed. */
  public static Optional<InterfaceAddress> parse(String text) {
    int slash = text.indexOf('/');
    Optional<IpAddress> address = IpAddress.parse(slash < 0 ? text : text.substring(0, slash));
    if (address.isEmpty()) {
      return Optional.empty();
    }
    IpAddress found = address.get();
    if (slash < 0) {
      return Optional.of(new InterfaceAddress(found, found.width()));
    }
    int length = length(text, slash + 1);
    return length < 0 || length > found.width()
        ? Optional.empty()
        : Optional.of(new InterfaceAddress(found, length));
  }

  /** The number of one to three digits from a place to the end, or -1. */
  private static int length(String text, int from) {
    int digits = text.length() - from;
    int value = digits < 1 || digits > 3 ? -1 : 0;
    for (int i = from; i < text.length() && value >= 0; i++) {
      char c = text.charAt(i);
      value = c >= '0' && c <= '9' ? value * 10 + c - '0' : -1;
    }
    return value;
  }

  /** As {@link #parse}, for values known to be right. */
  public static InterfaceAddress of(String text) {
    return parse(text).orElseThrow(() -> new IllegalArgumentException("not an address with a length: " + text));
  }

  /** The network it stands in. */
  public IpPrefix network() {
    return IpPrefix.around(address, length);
  }

  @Override
  public String toString() {
    return address + "/" + length;
  }
}
