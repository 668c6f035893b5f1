package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import org.hopscope.model.net.Route;

/** What {@code ip route} says about a path, both ways: {@code mtu}, {@code advmss}, {@code hoplimit}. */
final class RouteMetrics {
  private static final int MAX_HOP_LIMIT = 255;
  private int mtu;
  private boolean mtuLocked;
  private int advmss;
  private int hopLimit;

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
      default -> {
        refuse(locked, word);
        hopLimit = args.number(0, MAX_HOP_LIMIT, why);
      }
    }
  }

  private static void refuse(boolean locked, String word) throws Stop {
    if (locked) {
      throw Stop.unsupported(word + " lock");
    }
  }

  Route.Metrics value() {
    return new Route.Metrics(mtu, mtuLocked, advmss, hopLimit);
  }

  /** The words, as they are typed and printed. */
  static List<String> words(Route.Metrics metrics) {
    List<String> words = new ArrayList<>();
    if (metrics.mtu() > 0) {
      words.add("mtu " + (metrics.mtuLocked() ? "lock " : "") + metrics.mtu());
    }
    if (metrics.advmss() > 0) {
      words.add("advmss " + metrics.advmss());
    }
    if (metrics.hopLimit() > 0) {
      words.add("hoplimit " + metrics.hopLimit());
    }
    return words;
  }

  /** The same as JSON's list of one object; empty when nothing is said. */
  static Json.Rows json(Route.Metrics metrics) {
    Json.Row row = new Json.Row().putIf(metrics.mtu() > 0, "mtu", metrics.mtu())
        .putIf(metrics.advmss() > 0, "advmss", metrics.advmss())
        .putIf(metrics.hopLimit() > 0, "hoplimit", metrics.hopLimit());
    return metrics.equals(Route.Metrics.NONE) ? new Json.Rows() : new Json.Rows().add(row);
  }
}
