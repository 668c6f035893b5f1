package org.hopscope.model.shell;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hopscope.model.net.PathMetric;
import org.hopscope.model.net.Route;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/** What {@code ip route} says about a path, both ways: {@code mtu}, {@code advmss}, {@code window} and their like. */
final class RouteMetrics {
  private static final int MAX_HOP_LIMIT = 255;
  /** The kernel's numbers of what has a field of its own (RTAX_*). */
  private static final int MTU = 2;
  private static final int ADVMSS = 8;
  private static final int HOPLIMIT = 10;
  private int mtu;
  private boolean mtuLocked;
  private int advmss;
  private int hopLimit;
  private PSortedMap<PathMetric, String> others = TreePMap.empty();

  /** Reads what stands behind one of the words. {@code lock} matters to an MTU only. */
  void read(String word, Args args) throws Stop {
    boolean locked = args.take("lock");
    String why = "\"" + word + "\" value is invalid";
    switch (word) {
      case "mtu" -> {
        mtu = args.number(0, Integer.MAX_VALUE, why);
        mtuLocked = locked;
      }
      case "advmss" -> {
        refuse(locked, word);
        advmss = args.number(0, Integer.MAX_VALUE, why);
      }
      case "hoplimit" -> {
        refuse(locked, word);
        hopLimit = args.number(0, MAX_HOP_LIMIT, why);
      }
      default -> {
        refuse(locked, word);
        String value = value(word, args);
        others = value.isEmpty() ? others : others.plus(PathMetric.valueOf(word.toUpperCase(Locale.ROOT)), value);
      }
    }
  }

  /** What is kept and printed of a word's value; nothing of a zero. */
  private static String value(String word, Args args) throws Stop {
    return switch (word) {
      case "rtt", "rttvar" -> time(word, args.next());
      case "rto_min" -> {
        String time = time(word, args.next());
        yield "lock " + (time.isEmpty() ? "0ms" : time);
      }
      case "features" -> choice(word, args.next(), "\"features\" value not valid\n", Set.of("ecn"));
      case "congctl" -> choice(word, args.next(), "", Set.of("cubic", "reno"));
      case "quickack" -> args.number(0, 1, "\"quickack\" value should be 0 or 1\n") == 0 ? "" : "1";
      default -> {
        int value = args.unsigned("\"" + word + "\" value is invalid");
        yield value == 0 ? "" : Integer.toUnsignedString(value);
      }
    };
  }

  /** Milliseconds or seconds; a bare number counts in the kernel's own units: eighths of a round trip, fourths of its variance. */
  private static String time(String word, String text) throws Stop {
    if (text.matches("[0-9]{1,9}")) {
      int number = Integer.parseInt(text);
      return number == 0 ? "" : time(BigDecimal.valueOf(number / switch (word) {
        case "rtt" -> 8;
        case "rttvar" -> 4;
        default -> 1;
      }));
    }
    if (!text.matches("[0-9]{1,6}(\\.[0-9]{1,3})?m?s")) {
      throw Stop.unsupported(word + " " + text);
    }
    BigDecimal number = new BigDecimal(text.replaceAll("[ms]", ""));
    return time(text.endsWith("ms") ? number : number.movePointRight(3));
  }

  private static String time(BigDecimal millis) {
    return millis.compareTo(BigDecimal.valueOf(1000)) >= 0
        ? millis.movePointLeft(3).stripTrailingZeros().toPlainString() + "s"
        : millis.stripTrailingZeros().toPlainString() + "ms";
  }

  private static String choice(String word, String text, String why, Set<String> known) throws Stop {
    if (!known.contains(text)) {
      throw why.isEmpty() ? Stop.unsupported(word + " " + text) : Stop.wrong(text, why);
    }
    return text;
  }

  private static void refuse(boolean locked, String word) throws Stop {
    if (locked) {
      throw Stop.unsupported(word + " lock");
    }
  }

  Route.Metrics value() {
    return new Route.Metrics(mtu, mtuLocked, advmss, hopLimit, others);
  }

  /** The words, as they are typed and printed, in the kernel's order. */
  static List<String> words(Route.Metrics metrics) {
    SortedMap<Integer, String> words = new TreeMap<>();
    metrics.others().forEach((metric, value) -> words.put(metric.number(), metric.word() + " " + value));
    if (metrics.mtu() > 0) {
      words.put(MTU, "mtu " + (metrics.mtuLocked() ? "lock " : "") + metrics.mtu());
    }
    if (metrics.advmss() > 0) {
      words.put(ADVMSS, "advmss " + metrics.advmss());
    }
    if (metrics.hopLimit() > 0) {
      words.put(HOPLIMIT, "hoplimit " + metrics.hopLimit());
    }
    return List.copyOf(words.values());
  }

  private static void json(Json.Row row, PathMetric metric, String value) {
    switch (metric) {
      case FEATURES -> row.put(value, Json.NULL);
      case CONGCTL -> row.put("congestion", value);
      case RTT, RTTVAR, RTO_MIN -> row.put(metric.word(), plain(value.replaceFirst("^lock ", "")));
      case WINDOW, SSTHRESH, CWND, REORDERING, INITCWND, INITRWND, QUICKACK -> row.put(metric.word(), plain(value));
    }
  }

  /** A number without its unit. */
  private static Object plain(String value) {
    String number = value.replaceFirst("m?s$", "");
    return number.contains(".") ? (Object) Double.valueOf(number) : (Object) Long.valueOf(number);
  }

  /** The same as JSON's list of one object; empty when nothing is said. */
  static Json.Rows json(Route.Metrics metrics) {
    Json.Row row = new Json.Row().putIf(metrics.mtu() > 0, "mtu", metrics.mtu())
        .putIf(metrics.advmss() > 0, "advmss", metrics.advmss())
        .putIf(metrics.hopLimit() > 0, "hoplimit", metrics.hopLimit());
    metrics.others().forEach((metric, value) -> json(row, metric, value));
    return metrics.equals(Route.Metrics.NONE) ? new Json.Rows() : new Json.Rows().add(row);
  }
}
