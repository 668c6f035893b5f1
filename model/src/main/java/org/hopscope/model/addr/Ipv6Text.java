package org.hopscope.model.addr;

import java.util.Optional;

/** The text form of IPv6 addresses, both ways, as inet_pton(3) and inet_ntop(3) have it. */
final class Ipv6Text {
  private static final int GROUPS = 8;

  private Ipv6Text() {
  }

  static Optional<Ipv6Address> parse(String text) {
    int gap = text.indexOf("::");
    if (gap < 0) {
      return groups(text).filter(g -> g.length == GROUPS).map(Ipv6Text::join);
    }
    Optional<int[]> front = groups(text.substring(0, gap));
    Optional<int[]> back = groups(text.substring(gap + 2));
    if (front.isEmpty() || back.isEmpty() || text.substring(0, gap).contains(".")
        || front.get().length + back.get().length >= GROUPS) {
      return Optional.empty();
    }
    int[] all = new int[GROUPS];
    System.arraycopy(front.get(), 0, all, 0, front.get().length);
    System.arraycopy(back.get(), 0, all, GROUPS - back.get().length, back.get().length);
    return Optional.of(join(all));
  }

  /** Groups of hex digits between colons; the last may be an IPv4 address, which makes two. */
  private static Optional<int[]> groups(String text) {
    if (text.isEmpty()) {
      return Optional.of(new int[0]);
    }
    String[] parts = text.split(":", -1);
    boolean dotted = parts[parts.length - 1].indexOf('.') >= 0;
    int[] groups = new int[parts.length + (dotted ? 1 : 0)];
    for (int i = 0; i < parts.length - (dotted ? 1 : 0); i++) {
      groups[i] = group(parts[i]);
      if (groups[i] < 0) {
        return Optional.empty();
      }
    }
    if (dotted) {
      Optional<Ipv4Address> tail = Ipv4Address.parse(parts[parts.length - 1]);
      if (tail.isEmpty()) {
        return Optional.empty();
      }
      groups[parts.length - 1] = tail.get().bits() >>> 16;
      groups[parts.length] = tail.get().bits() & 0xffff;
    }
    return groups.length > GROUPS ? Optional.empty() : Optional.of(groups);
  }

  /** The value of one to four hex digits, or -1. */
  private static int group(String digits) {
    if (digits.isEmpty() || digits.length() > 4) {
      return -1;
    }
    int value = 0;
    for (int i = 0; i < digits.length(); i++) {
      char c = digits.charAt(i);
      int digit = c < 128 ? Character.digit(c, 16) : -1;
      if (digit < 0) {
        return -1;
      }
      value = value << 4 | digit;
    }
    return value;
  }

  private static Ipv6Address join(int[] groups) {
    long high = 0;
    long low = 0;
    for (int i = 0; i < 4; i++) {
      high = high << 16 | groups[i];
      low = low << 16 | groups[i + 4];
    }
    return new Ipv6Address(high, low);
  }

  private static int group(Ipv6Address address, int index) {
    long half = index < 4 ? address.high() : address.low();
    return (int) (half >>> 48 - 16 * (index & 3)) & 0xffff;
  }

  static String of(Ipv6Address address) {
    int from = 0;
    int longest = 0;
    for (int i = 0; i < GROUPS; i++) {
      int end = i;
      while (end < GROUPS && group(address, end) == 0) {
        end++;
      }
      if (end - i > longest) {
        longest = end - i;
        from = i;
      }
    }
    boolean compatible = from == 0 && (longest == 6 || longest == 5 && group(address, 5) == 0xffff);
    StringBuilder out = new StringBuilder(39);
    for (int i = 0; i < GROUPS; i++) {
      if (longest > 1 && i == from) {
        out.append("::");
        i += longest - 1;
      } else if (compatible && i == 6) {
        out.append(colon(out)).append(new Ipv4Address((int) address.low()));
        break;
      } else {
        out.append(colon(out)).append(Integer.toHexString(group(address, i)));
      }
    }
    return out.toString();
  }

  private static String colon(StringBuilder out) {
    return out.isEmpty() || out.charAt(out.length() - 1) == ':' ? "" : ":";
  }
}
