package org.hopscope.model.ipvs;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Splits the words of {@code ipvsadm} into options and their values, as popt does with its table of options. */
final class IpvsOptions {
  /** Long name, letter where there is one, and "=" when a value follows, "?" when one may follow. */
  private static final String TABLE = """
      add-service A, edit-service E, delete-service D, clear C, list L, list l, zero Z, add-server a, edit-server e,
      delete-server d, set, help h, version v, restore R, save S, start-daemon =, stop-daemon =, tcp-service t=,
      udp-service u=, sctp-service =, fwmark-service f=, scheduler s=, persistent p?, netmask M=, real-server r=,
      masquerading m, ipip i, gatewaying g, weight w=, u-threshold x=, l-threshold y=, numeric n, connection c,
      mcast-interface =, syncid =, timeout, daemon, stats, rate, thresholds, persistent-conn, nosort, sort, exact X,
      ipv6 6, ops o, pe =, sched-flags b=, mcast-group =, mcast-port =, mcast-ttl =, sync-maxlen =, tun-info,
      tun-type =, tun-port =, tun-nocsum, tun-csum, tun-remcsum""";
  private static final Map<String, String> LONG = new HashMap<>();
  private static final Map<Character, String> LETTERS = new HashMap<>();
  private static final Map<String, Character> VALUES = new HashMap<>();

  static {
    for (String row : TABLE.strip().split(",\\s*")) {
      String[] parts = row.split(" ");
      String rest = parts.length > 1 ? parts[1] : "";
      LONG.put(parts[0], parts[0]);
      if (!rest.isEmpty() && rest.charAt(0) != '=') {
        LETTERS.put(rest.charAt(0), parts[0]);
      }
      if (rest.endsWith("=") || rest.endsWith("?")) {
        VALUES.put(parts[0], rest.charAt(rest.length() - 1));
      }
    }
  }

  private final List<String> words;
  private final List<String> others = new ArrayList<>();
  private int next;
  private String letters = "";
  private String bundle = "";

  IpvsOptions(List<String> words) {
    this.words = List.copyOf(words);
  }

  /**
   * One option.
   *
   * @param name its long name
   * @param value what it is given
   */
  record Option(String name, Optional<String> value) {
  }

  /** The words that are no options. */
  List<String> others() {
    return List.copyOf(others);
  }

  static Set<String> names() {
    return Set.copyOf(LONG.keySet());
  }

  /** The next option; empty when there is none. */
  Optional<Option> next() throws IpvsComplaint {
    while (letters.isEmpty()) {
      if (next == words.size()) {
        return Optional.empty();
      }
      String word = words.get(next++);
      if (word.equals("--")) {
        others.addAll(words.subList(next, words.size()));
        next = words.size();
      } else if (word.startsWith("--")) {
        return Optional.of(longOption(word));
      } else if (word.length() > 1 && word.startsWith("-")) {
        letters = word.substring(1);
        bundle = word;
      } else {
        others.add(word);
      }
    }
    char letter = letters.charAt(0);
    letters = letters.substring(1);
    String name = Optional.ofNullable(LETTERS.get(letter))
        .orElseThrow(() -> IpvsComplaint.refused(bundle + ": unknown option"));
    String joined = VALUES.containsKey(name) ? letters : "";
    if (VALUES.containsKey(name)) {
      letters = "";
    }
    return Optional.of(new Option(name, value(name, bundle,
        joined.isEmpty() ? Optional.empty() : Optional.of(joined.startsWith("=") ? joined.substring(1) : joined))));
  }

  private Option longOption(String word) throws IpvsComplaint {
    int equals = word.indexOf('=');
    String name = word.substring(2, equals < 0 ? word.length() : equals);
    if (!LONG.containsKey(name)) {
      throw IpvsComplaint.refused(word + ": unknown option");
    }
    return new Option(name,
        value(name, word, equals < 0 ? Optional.empty() : Optional.of(word.substring(equals + 1))));
  }

  private Optional<String> value(String name, String word, Optional<String> joined) throws IpvsComplaint {
    if (!VALUES.containsKey(name) || joined.isPresent()) {
      return joined;
    }
    boolean may = VALUES.get(name) == '?';
    if (next < words.size() && !(may && words.get(next).startsWith("-"))) {
      return Optional.of(words.get(next++));
    }
    if (may) {
      return Optional.empty();
    }
    throw IpvsComplaint.refused(word + ": missing argument");
  }
}
