package org.hopscope.model.iptables;

import java.util.Set;

/** Which options a command may have beside it (iptables/xshared.c commands_v_options). */
final class Legality {
  /** In the order in which the program looks for what is not allowed. */
  private static final String OPTIONS = "nsdpjvxio0cf";

  private Legality() {
  }

  static void check(Operation operation, Set<String> given) throws Complaint {
    String allowed = switch (operation) {
      case APPEND, INSERT, REPLACE -> "sdpjviocf";
      case DELETE, CHECK -> "sdpjviof";
      case LIST -> "nvx0";
      case POLICY -> "vc";
      case DELETE_NUMBER, FLUSH, ZERO, ZERO_NUMBER, NEW_CHAIN, DELETE_CHAIN, RENAME_CHAIN, LIST_RULES -> "v";
      case VERSION, HELP -> OPTIONS;
    };
    for (int i = 0; i < OPTIONS.length(); i++) {
      if (allowed.indexOf(OPTIONS.charAt(i)) >= 0) {
        continue;
      }
      String letter = OPTIONS.substring(i, i + 1);
      if (given.contains(letter)) {
        throw Complaint.parameter("Illegal option `-" + letter + "' with this command");
      }
    }
  }
}
