package org.hopscope.model.iptables;

import java.util.EnumMap;
import java.util.Map;

/** Which options a command may have beside it (iptables/xshared.c commands_v_options). */
final class Legality {
  /** In the order in which the program looks for what is not allowed. */
  private static final String OPTIONS = "nsdpjvxio0cf";
  /** Those that a command may not have, as {@link Letters#bits}. */
  private static final Map<Operation, Long> ILLEGAL = new EnumMap<>(Operation.class);

  static {
    for (Operation operation : Operation.values()) {
      ILLEGAL.put(operation, Letters.bits(OPTIONS) & ~Letters.bits(allowed(operation)));
    }
  }

  private Legality() {
  }

  private static String allowed(Operation operation) {
    return switch (operation) {
      case APPEND, INSERT, REPLACE -> "sdpjviocf";
      case DELETE, CHECK -> "sdpjviof";
      case LIST -> "nvx0";
      case POLICY -> "vc";
      case DELETE_NUMBER, FLUSH, ZERO, ZERO_NUMBER, NEW_CHAIN, DELETE_CHAIN, RENAME_CHAIN, LIST_RULES -> "v";
      case VERSION, HELP -> OPTIONS;
    };
  }

  static void check(Operation operation, Letters given) throws Complaint {
    long illegal = ILLEGAL.getOrDefault(operation, 0L);
    if (!given.givenAnyOf(illegal)) {
      return;
    }
    for (char letter : OPTIONS.toCharArray()) {
      if (given.given(letter) && (illegal & Letters.bits("" + letter)) != 0) {
        throw Complaint.parameter("Illegal option `-" + letter + "' with this command");
      }
    }
  }
}
