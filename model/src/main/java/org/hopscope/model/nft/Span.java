package org.hopscope.model.nft;

import java.math.BigInteger;

/**
 * Values in a row.
 *
 * @param low the first
 * @param high the last, not less
 */
public record Span(BigInteger low, BigInteger high) implements Comparable<Span> {
  /** One value. */
  static Span of(BigInteger value) {
    return new Span(value, value);
  }

  /** The values that agree in their first {@code length} of {@code bits} bits. */
  static Span prefix(BigInteger value, int length, int bits) {
    BigInteger rest = BigInteger.ONE.shiftLeft(bits - length).subtract(BigInteger.ONE);
    return new Span(value.andNot(rest), value.or(rest));
  }

  boolean isSingle() {
    return low.equals(high);
  }

  boolean contains(BigInteger value) {
    return low.compareTo(value) <= 0 && value.compareTo(high) <= 0;
  }

  boolean contains(Span other) {
    return contains(other.low) && contains(other.high);
  }

  boolean meets(Span other) {
    return low.compareTo(other.high) <= 0 && other.low.compareTo(high) <= 0;
  }

  /** The length of the prefix that it is, of so many bits; -1 when it is none. */
  int prefixLength(int bits) {
    BigInteger differing = low.xor(high);
    boolean ones = differing.add(BigInteger.ONE).bitCount() == 1;
    return ones && low.and(differing).signum() == 0 ? bits - differing.bitLength() : -1;
  }

  @Override
  public int compareTo(Span other) {
    int first = low.compareTo(other.low);
    return first != 0 ? first : high.compareTo(other.high);
  }
}
