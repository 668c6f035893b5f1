package org.hopscope.model.iptables;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** {@code --chunk-types any|all|only CHUNKS} of {@code -m sctp} (iptables extensions/libxt_sctp.c). */
final class SctpChunks {
  private static final Map<String, Integer> NUMBERS = Map.ofEntries(Map.entry("DATA", 0), Map.entry("INIT", 1),
      Map.entry("INIT_ACK", 2), Map.entry("SACK", 3), Map.entry("HEARTBEAT", 4), Map.entry("HEARTBEAT_ACK", 5),
      Map.entry("ABORT", 6), Map.entry("SHUTDOWN", 7), Map.entry("SHUTDOWN_ACK", 8), Map.entry("ERROR", 9),
      Map.entry("COOKIE_ECHO", 10), Map.entry("COOKIE_ACK", 11), Map.entry("ECN_ECNE", 12),
      Map.entry("ECN_CWR", 13), Map.entry("SHUTDOWN_COMPLETE", 14), Map.entry("I_DATA", 64),
      Map.entry("RE_CONFIG", 130), Map.entry("PAD", 132), Map.entry("ASCONF", 193), Map.entry("ASCONF_ACK", 128),
      Map.entry("FORWARD_TSN", 192), Map.entry("I_FORWARD_TSN", 194));
  /** The letters of flags, from the highest bit. */
  private static final Map<String, String> FLAGS = Map.of("DATA", "IUBE", "I_DATA", "IUBE", "ABORT", "T",
      "SHUTDOWN_COMPLETE", "T");

  private final String how;
  private final String all;
  /** Flags by the number of their chunk. */
  private final Map<Integer, String> chunks = new TreeMap<>();

  SctpChunks(String how, String text) throws Complaint {
    this.how = how.toLowerCase(Locale.ROOT);
    if (!List.of("any", "all", "only").contains(this.how)) {
      throw Complaint.parameter("Match type has to be one of \"ALL\", \"ANY\" or \"ONLY\"");
    }
    String upper = text.toUpperCase(Locale.ROOT);
    all = upper.equals("ALL") || upper.equals("NONE") ? upper : "";
    if (all.isEmpty()) {
      for (String chunk : text.split(",")) {
        read(chunk);
      }
    }
  }

  private void read(String chunk) throws Complaint {
    String[] parts = chunk.split(":", 2);
    String name = parts[0].toUpperCase(Locale.ROOT);
    Integer number = NUMBERS.get(name);
    if (number == null) {
      throw Complaint.parameter("Unknown sctp chunk `" + parts[0] + "'");
    }
    String known = FLAGS.getOrDefault(name, "");
    String flags = parts.length > 1 ? parts[1] : "";
    if (flags.chars().anyMatch(f -> known.indexOf(Character.toUpperCase(f)) < 0)) {
      throw Complaint.parameter("Invalid flags for chunk type " + number);
    }
    String ordered = known.chars().mapToObj(f -> "" + (char) f)
        .flatMap(f -> flags.chars().mapToObj(g -> "" + (char) g).filter(f::equalsIgnoreCase).limit(1))
        .collect(Collectors.joining());
    chunks.put(number, ordered.isEmpty() ? "" : ":" + ordered);
  }

  /** As {@code iptables-save} writes them. */
  String saved() {
    return how + " " + (all.isEmpty() ? chunks.entrySet().stream().map(c -> name(c.getKey()) + c.getValue())
        .collect(Collectors.joining(",")) : all);
  }

  /** As {@code iptables -L -n} writes them. */
  String listed() {
    return how + " " + (all.isEmpty()
        ? chunks.entrySet().stream().map(c -> String.format(Locale.ROOT, "0x%04X", c.getKey()) + c.getValue())
            .collect(Collectors.joining(","))
        : all);
  }

  private static String name(int number) {
    return NUMBERS.entrySet().stream().filter(e -> e.getValue() == number).map(Map.Entry::getKey).findFirst()
        .orElseThrow();
  }
}
