package org.hopscope.model.addr;

import java.util.Optional;

/**
 * A TCP or UDP port number.
 *
 * @param value from 0 to 65535; 0 asks the kernel to choose one
 */
public record PortNumber(int value) implements Comparable<PortNumber> {
  public PortNumber {
    if (value < 0 || value > 65535) {
      throw new IllegalArgumentException("a port number is 0 to 65535: " + value);
    }
  }

  /** Reads decimal digits; empty when malformed or out of range. */
  public static Optional<PortNumber> parse(String text) {
    return text.matches("[0-9]{1,5}") && Integer.parseInt(text) <= 65535
        ? Optional.of(new PortNumber(Integer.parseInt(text)))
        : Optional.empty();
  }

  @Override
  public int compareTo(PortNumber other) {
    return Integer.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Integer.toString(value);
  }
}
