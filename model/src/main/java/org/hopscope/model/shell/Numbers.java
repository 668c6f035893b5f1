package org.hopscope.model.shell;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers as programs read them. */
final class Numbers {
  private static final Pattern ATOI = Pattern.compile("^\\s*([-+]?[0-9]{1,9})");

  private Numbers() {
  }

  /** A whole number from {@code min} to {@code max}, decimal or hexadecimal with 0x in front. */
  static Optional<Integer> whole(String text, int min, int max) {
    boolean hex = text.matches("0[xX][0-9a-fA-F]{1,8}");
    if (!hex && !text.matches("-?[0-9]{1,10}")) {
      return Optional.empty();
    }
    long value = hex ? Long.parseLong(text.substring(2), 16) : Long.parseLong(text);
    return value < min || value > max ? Optional.empty() : Optional.of((int) value);
  }

  /** As atoi(3): the digits that a word begins with; 0 when it begins with none. */
  static int atoi(String text) {
    Matcher digits = ATOI.matcher(text);
    return digits.find() ? Integer.parseInt(digits.group(1)) : 0;
  }

  /** A whole number from 0 to 4294967295 in the bits of an int, decimal or hexadecimal with 0x in front. */
  static Optional<Integer> unsigned(String text) {
    boolean hex = text.matches("0[xX][0-9a-fA-F]{1,8}");
    long value = hex ? Long.parseLong(text.substring(2), 16) : text.matches("[0-9]{1,10}") ? Long.parseLong(text) : -1;
    return value < 0 || value > 0xffff_ffffL ? Optional.empty() : Optional.of((int) value);
  }

  /** A number of seconds, not negative, with at most nine digits on each side of the point, in nanoseconds. */
  static Optional<Long> seconds(String text) {
    return text.matches("[0-9]{1,9}(\\.[0-9]{0,9})?|\\.[0-9]{1,9}")
        ? Optional.of(new java.math.BigDecimal(text.endsWith(".") ? text + "0" : text).movePointRight(9).longValue())
        : Optional.empty();
  }
}
