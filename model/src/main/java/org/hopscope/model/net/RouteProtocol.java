package org.hopscope.model.net;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who made a route or a rule (kernel rtnetlink.h RTPROT_*, /etc/iproute2/rt_protos).
 *
 * @param number 0 to 255
 */
public record RouteProtocol(int number) implements Comparable<RouteProtocol> {
  public static final RouteProtocol UNSPEC = new RouteProtocol(0);
  /** Told by ICMP. */
  public static final RouteProtocol REDIRECT = new RouteProtocol(1);
  /** By the kernel itself, for an address. */
  public static final RouteProtocol KERNEL = new RouteProtocol(2);
  /** By hand, without a word about who. */
  public static final RouteProtocol BOOT = new RouteProtocol(3);
  public static final RouteProtocol STATIC = new RouteProtocol(4);
  /** Told by a router's advertisement (IPv6). */
  public static final RouteProtocol RA = new RouteProtocol(9);
  private static final int MAX = 255;
  private static final Map<String, RouteProtocol> NAMED = Stream.of("0 unspec", "1 redirect", "2 kernel", "3 boot",
      "4 static", "8 gated", "9 ra", "10 mrt", "11 zebra", "12 bird", "13 dnrouted", "14 xorp", "15 ntk", "16 dhcp",
      "18 keepalived", "42 babel", "99 openr", "186 bgp", "187 isis", "188 ospf", "189 rip", "192 eigrp")
      .map(row -> row.split(" "))
      .collect(Collectors.toUnmodifiableMap(row -> row[1], row -> new RouteProtocol(Integer.parseInt(row[0]))));
  private static final Map<RouteProtocol, String> NAMES = NAMED.entrySet().stream()
      .collect(Collectors.toUnmodifiableMap(Map.Entry::getValue, Map.Entry::getKey));

  public RouteProtocol {
    if (number < 0 || number > MAX) {
      throw new IllegalArgumentException("a protocol is 0 to 255: " + number);
    }
  }

  /** Reads a name or a number from 0 to 255; empty for anything else. */
  public static Optional<RouteProtocol> parse(String text) {
    Optional<RouteProtocol> named = Optional.ofNullable(NAMED.get(text));
    return named.isPresent() || !text.matches("[0-9]{1,3}") || Integer.parseInt(text) > MAX
        ? named
        : Optional.of(new RouteProtocol(Integer.parseInt(text)));
  }

  /** The word iproute2 prints: its name, or its number where it has none. */
  public String word() {
    return NAMES.getOrDefault(this, Integer.toString(number));
  }

  @Override
  public int compareTo(RouteProtocol other) {
    return Integer.compare(number, other.number);
  }
}
