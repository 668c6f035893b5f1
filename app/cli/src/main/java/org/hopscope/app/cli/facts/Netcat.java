package org.hopscope.app.cli.facts;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hopscope.model.shell.Reply;

/** Classes of {@code nc}: by its exit status, then by what it says; it has no facts. */
final class Netcat {
  private static final Map<String, String> WORDS = new LinkedHashMap<>();

  static {
    WORDS.put("refused", "refused");
    WORDS.put("timed out", "timeout");
    WORDS.put("No route to host", "host-unreachable");
    WORDS.put("Network is unreachable", "net-unreachable");
    WORDS.put("not permitted", "prohibited");
    WORDS.put("Permission denied", "prohibited");
  }

  private Netcat() {
  }

  static String className(Reply reply) {
    if (reply.exit() == 0) {
      return "answered";
    }
    String text = String.join("\n", reply.err());
    return WORDS.entrySet().stream().filter(e -> text.contains(e.getKey())).map(Map.Entry::getValue).findFirst()
        .orElse(text.isBlank() ? "timeout" : "error:" + ErrorCodes.of(reply.err(), List.of()));
  }
}
