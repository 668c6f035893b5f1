package org.hopscope.model.iptables;

/** The letters of options that a command was given, as bits. */
final class Letters {
  private static final String ALL = "ACDRILSMFZNXEPVhopsdjifbvwWntmxcg460";

  private long bits;

  /** Whether there is such an option. */
  static boolean has(char letter) {
    return ALL.indexOf(letter) >= 0;
  }

  private static long bit(char letter) {
    return 1L << ALL.indexOf(letter);
  }

  /** Those of a text as bits. */
  static long bits(String letters) {
    long bits = 0;
    for (int i = 0; i < letters.length(); i++) {
      bits |= bit(letters.charAt(i));
    }
    return bits;
  }

  /** Notes a letter; false when it was given before. */
  boolean add(char letter) {
    long before = bits;
    bits |= bit(letter);
    return before != bits;
  }

  boolean given(char letter) {
    return (bits & bit(letter)) != 0;
  }

  /** Whether one of these was given. */
  boolean givenAnyOf(long letters) {
    return (bits & letters) != 0;
  }
}
