package org.hopscope.model.net;

import java.util.Map;
import java.util.Optional;

/** Names of IP protocols as {@code ip rule} and {@code ip route get} write them (iproute2 inet_proto_n2a). */
public final class Protocol {
  private static final Map<Integer, String> NAMES = Map.ofEntries(Map.entry(1, "icmp"), Map.entry(2, "igmp"),
      Map.entry(4, "ipencap"), Map.entry(6, "tcp"), Map.entry(17, "udp"), Map.entry(41, "ipv6"), Map.entry(47, "gre"),
      Map.entry(50, "esp"), Map.entry(51, "ah"), Map.entry(58, "ipv6-icmp"), Map.entry(132, "sctp"),
      Map.entry(136, "udplite"));

  private Protocol() {
  }

  /** A protocol's name, or its number. */
  public static String word(int number) {
    return NAMES.getOrDefault(number, Integer.toString(number));
  }

  /** A protocol by name or number. */
  public static Optional<Integer> parse(String text) {
    if (text.matches("[0-9]{1,3}") && Integer.parseInt(text) <= 255) {
      return Optional.of(Integer.parseInt(text));
    }
    return NAMES.entrySet().stream().filter(e -> e.getValue().equals(text)).map(Map.Entry::getKey).findFirst();
  }
}
