package org.hopscope.model.dns;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.addr.Ipv6Address;

/** Small questions about names. */
public final class DnsNames {
  private static final String V4 = ".in-addr.arpa.";
  private static final String V6 = ".ip6.arpa.";

  private DnsNames() {
  }

  /** With a dot at the end. */
  public static String absolute(String name) {
    return name.endsWith(".") ? name : name + ".";
  }

  /** Without the dot at the end; the root keeps its one. */
  public static String bare(String name) {
    return name.endsWith(".") && name.length() > 1 ? name.substring(0, name.length() - 1) : name;
  }

  /** How many dots it has. */
  public static int dots(String name) {
    return (int) name.chars().filter(c -> c == '.').count();
  }

  /** Whether it is a zone's name or below it. */
  public static boolean isWithin(String name, String zone) {
    String low = name.toLowerCase(Locale.ROOT);
    String top = zone.toLowerCase(Locale.ROOT);
    return top.equals(".") || low.equals(top) || low.endsWith("." + top);
  }

  /** The longest of some zones that a name is in. */
  public static Optional<String> closest(List<String> zones, String name) {
    return zones.stream().filter(z -> isWithin(name, z)).max(Comparator.comparingInt(String::length));
  }

  /** Whether it stands for an address. */
  public static boolean isReverse(String name) {
    String low = name.toLowerCase(Locale.ROOT);
    return low.endsWith(V4) || low.endsWith(V6);
  }

  /** The name under which an address is looked up (RFC 1035 3.5, RFC 3596 2.5). */
  public static String reverse(IpAddress address) {
    StringBuilder name = new StringBuilder();
    switch (address) {
      case Ipv4Address(int bits) -> {
        for (int shift = 0; shift < 32; shift += 8) {
          name.append(bits >>> shift & 255).append('.');
        }
        return name.append(V4, 1, V4.length()).toString();
      }
      case Ipv6Address(long high, long low) -> {
        for (int shift = 0; shift < 128; shift += 4) {
          name.append(Character.forDigit((int) ((shift < 64 ? low >>> shift : high >>> shift - 64) & 15), 16)).append(
              '.');
        }
        return name.append(V6, 1, V6.length()).toString();
      }
    }
  }

  /** The zones of a network's addresses: cut where their names have dots, which is every 8 or 4 bits. */
  public static List<String> reverse(IpPrefix network) {
    int step = network.address().width() == 32 ? 8 : 4;
    int cut = (network.length() + step - 1) / step * step;
    int left = (network.address().width() - cut) / step;
    return IntStream.range(0, 1 << cut - network.length()).mapToObj(i -> reverse(switch (network.address()) {
      case Ipv4Address(int bits) -> new Ipv4Address(cut == 0 ? bits : bits | i << 32 - cut);
      case Ipv6Address(long high, long low) -> cut == 0 ? network.address()
          : cut <= 64 ? new Ipv6Address(high | (long) i << 64 - cut, low)
          : new Ipv6Address(high, low | (long) i << 128 - cut);
    })).map(n -> n.split("\\.", left + 1)[left]).toList();
  }

  /** The address that such a name stands for; empty when it is cut short or no such name. */
  public static Optional<IpAddress> address(String name) {
    String low = name.toLowerCase(Locale.ROOT);
    if (low.endsWith(V4)) {
      String[] parts = low.substring(0, low.length() - V4.length()).split("\\.");
      return parts.length == 4
          ? IpAddress.parse(parts[3] + "." + parts[2] + "." + parts[1] + "." + parts[0])
          : Optional.empty();
    }
    String digits = low.endsWith(V6) ? low.substring(0, low.length() - V6.length()).replace(".", "") : "";
    if (digits.length() != 32 || !digits.matches("[0-9a-f]{32}")) {
      return Optional.empty();
    }
    String forward = new StringBuilder(digits).reverse().toString();
    return Optional.of(new Ipv6Address(Long.parseUnsignedLong(forward.substring(0, 16), 16),
        Long.parseUnsignedLong(forward.substring(16), 16)));
  }
}
