package org.hopscope.model.net;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a route does with a packet (kernel rtnetlink.h RTN_*, ip-route(8)). */
public enum RouteType {
  /** Send it on. */
  UNICAST,
  /** It is for this host: hand it up, over lo. */
  LOCAL,
  /** It is a broadcast on the link. */
  BROADCAST,
  /** It is for this host as the first one of a network that answers (IPv6). */
  ANYCAST,
  /** It is for a group on the link (IPv6). */
  MULTICAST,
  /** Drop it in silence; the own host's programs see EINVAL (sem-R8). */
  BLACKHOLE,
  /** Answer "host unreachable". */
  UNREACHABLE,
  /** Answer "administratively prohibited". */
  PROHIBIT,
  /** This table says nothing: go on with the next rule. */
  THROW;

  /** All names that iproute2 has for numbers, from 0 on (ip/rtm_map.c). */
  private static final List<String> WORDS = List.of("none", "unicast", "local", "broadcast", "anycast", "multicast",
      "blackhole", "unreachable", "prohibit", "throw", "nat", "xresolve");

  /** The word for a number, or the number. */
  public static String word(int number) {
    return number >= 0 && number < WORDS.size() ? WORDS.get(number) : Integer.toString(number);
  }

  /** The number behind a word. */
  public static Optional<Integer> numberOf(String word) {
    int number = WORDS.indexOf(word.equals("brd") ? "broadcast" : word);
    return number > 0 ? Optional.of(number) : Optional.empty();
  }

  /** The word iproute2 prints. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
