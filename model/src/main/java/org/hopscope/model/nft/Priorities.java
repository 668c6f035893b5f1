package org.hopscope.model.nft;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.hopscope.model.netfilter.Hook;

/** The names of priorities (nft(8) CHAINS, nftables src/rule.c std_prios). */
final class Priorities {
  private static final Map<String, Integer> NUMBERS = new LinkedHashMap<>();
  private static final int NEAR = 10;

  static {
    NUMBERS.put("raw", -300);
    NUMBERS.put("mangle", -150);
    NUMBERS.put("dstnat", -100);
    NUMBERS.put("filter", 0);
    NUMBERS.put("security", 50);
    NUMBERS.put("srcnat", 100);
  }

  private Priorities() {
  }

  private static boolean fits(String name, Hook hook) {
    return switch (name) {
      case "dstnat" -> hook == Hook.PREROUTING;
      case "srcnat" -> hook == Hook.POSTROUTING;
      default -> true;
    };
  }

  /** The number of a name at a hook. */
  static Optional<Integer> of(String name, Hook hook) {
    return Optional.ofNullable(NUMBERS.get(name)).filter(_ -> fits(name, hook));
  }

  /** As listed: a name, a name and a little, or a number. */
  static String text(int priority, Hook hook) {
    for (Map.Entry<String, Integer> each : NUMBERS.entrySet()) {
      int rest = priority - each.getValue();
      if (fits(each.getKey(), hook) && Math.abs(rest) <= NEAR) {
        return rest == 0 ? each.getKey() : each.getKey() + (rest > 0 ? " + " : " - ") + Math.abs(rest);
      }
    }
    return Integer.toString(priority);
  }
}
