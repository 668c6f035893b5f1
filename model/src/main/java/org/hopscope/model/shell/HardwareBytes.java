package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hopscope.model.addr.MacAddress;

/**
 * A hardware address as {@code ip} reads it: bytes between colons, each as far as it can be read as a number in base 16, or an
 * IPv4 address (iproute2 lib/ll_addr.c ll_addr_a2n). A name such as {@code eth3} is the one byte 0e; kernels want six.
 *
 * @param values the bytes, one to 32 of them
 */
record HardwareBytes(List<Integer> values) {
  private static final int MOST = 32;
  private static final Pattern NUMBER = Pattern.compile("\\s*\\+?(0[xX])?([0-9a-fA-F]{1,15})");

  HardwareBytes {
    values = List.copyOf(values);
  }

  static HardwareBytes read(String text) throws Stop {
    if (text.indexOf('.') >= 0) {
      int bits = Addresses.loose(text).orElseThrow(() -> invalid(text)).bits();
      return new HardwareBytes(List.of(bits >>> 24, bits >>> 16 & 0xff, bits >>> 8 & 0xff, bits & 0xff));
    }
    List<Integer> values = new ArrayList<>();
    Optional<String> rest = Optional.of(text);
    while (rest.isPresent() && values.size() < MOST) {
      String[] parts = rest.get().split(":", 2);
      values.add(value(parts[0]));
      rest = parts.length == 2 ? Optional.of(parts[1]) : Optional.empty();
    }
    return new HardwareBytes(values);
  }

  private static int value(String part) throws Stop {
    Matcher number = NUMBER.matcher(part);
    long value = number.lookingAt() ? Long.parseLong(number.group(2), 16) : -1;
    if (value < 0 || value > 0xff) {
      throw invalid(part);
    }
    return (int) value;
  }

  private static Stop invalid(String part) {
    return Stop.exit(1, "\"" + part + "\" is invalid lladdr.");
  }

  /** How many there are, when that is not six. */
  Optional<Integer> oddLength() {
    return values.size() == MacAddress.BYTES ? Optional.empty() : Optional.of(values.size());
  }

  /** The first six, with zeros for those that are missing. */
  MacAddress mac() {
    long bits = 0;
    for (int i = 0; i < MacAddress.BYTES; i++) {
      bits = bits << 8 | (i < values.size() ? values.get(i) : 0);
    }
    return new MacAddress(bits);
  }
}
