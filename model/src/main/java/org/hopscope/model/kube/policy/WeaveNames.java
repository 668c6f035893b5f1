package org.hopscope.model.kube.policy;

import java.math.BigInteger;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.hopscope.model.kube.Digest;
import org.hopscope.model.kube.object.Selector;

/** The names that weave-npc gives to sets, and how it says selectors (weave npc/shortname.go, selector.go). */
final class WeaveNames {
  private static final String SYMBOLS =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789(){}[]+=_$%^!*|/?.;:@#~";
  private static final BigInteger BASE = BigInteger.valueOf(SYMBOLS.length());

  private WeaveNames() {
  }

  /** {@code weave-} and the digest of a text, written with all the signs that fit a set's name, the last digit first. */
  static String set(String text) {
    StringBuilder name = new StringBuilder("weave-");
    for (BigInteger rest = new BigInteger(1, Digest.SHA_1.of(text)); rest.signum() > 0; rest = rest.divide(BASE)) {
      name.append(SYMBOLS.charAt(rest.mod(BASE).intValue()));
    }
    return name.toString();
  }

  /** A selector as Kubernetes' library writes it (apimachinery labels.Selector): by key; nothing for one that asks nothing. */
  static String selector(Selector selector) {
    Map<String, String> parts = new TreeMap<>();
    selector.labels().forEach((key, value) -> parts.merge(key, key + "=" + value, WeaveNames::both));
    for (Selector.Expression each : selector.expressions()) {
      String values = each.values().stream().sorted().collect(Collectors.joining(",", " (", ")"));
      parts.merge(each.key(), switch (each.operator()) {
        case IN -> each.key() + " in" + values;
        case NOT_IN -> each.key() + " notin" + values;
        case EXISTS -> each.key();
        case DOES_NOT_EXIST -> "!" + each.key();
      }, WeaveNames::both);
    }
    return String.join(",", parts.values());
  }

  private static String both(String one, String other) {
    return one + "," + other;
  }
}
