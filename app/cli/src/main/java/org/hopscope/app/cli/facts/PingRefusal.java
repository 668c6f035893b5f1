package org.hopscope.app.cli.facts;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a ping that never began comes to, told by what it says: the oracle's table for its standard error. */
final class PingRefusal {
  private static final Map<String, String> KINDS = new LinkedHashMap<>();

  static {
    KINDS.put("Operation not permitted", "prohibited");
    KINDS.put("Permission denied", "prohibited");
    KINDS.put("Invalid argument", "invalid");
    KINDS.put("Cannot assign requested address", "no-such-address");
    KINDS.put("No such device", "no-such-device");
    KINDS.put("unknown iface", "no-such-device");
    KINDS.put("invalid", "usage");
    KINDS.put("usage", "usage");
  }

  private PingRefusal() {
  }

  /** Why it could not begin; empty when it does not say. */
  static Optional<String> kind(List<String> err) {
    return err.stream().flatMap(line -> KINDS.keySet().stream().filter(line::contains).limit(1)).findFirst()
        .map(KINDS::get);
  }

  static String className(List<String> err) {
    return kind(err).orElse("loss");
  }

  static Map<String, Object> facts(List<String> err) {
    List<Object> errors = kind(err).map(k -> List.<Object>of(new TreeMap<>(Map.of("from", "local", "kind", k))))
        .orElse(List.of());
    return new TreeMap<>(Map.of("reply_from", List.of(), "ttl", List.of(), "errors", errors));
  }
}
