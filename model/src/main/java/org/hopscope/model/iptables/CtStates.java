package org.hopscope.model.iptables;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.hopscope.model.netfilter.CtCondition;
import org.hopscope.model.netfilter.CtState;
import org.hopscope.model.netfilter.Direction;
import org.hopscope.model.netfilter.Manip;

/** The words of connection states, and the order in which conditions about connections are saved. */
final class CtStates {
  private static final List<CtState> ORDER =
      List.of(CtState.INVALID, CtState.NEW, CtState.RELATED, CtState.ESTABLISHED, CtState.UNTRACKED);

  private CtStates() {
  }

  /** A state by its name or its beginning (libxt_conntrack.c conntrack_mt_parse_state). */
  static Optional<CtState> named(String word) {
    return word.isEmpty() ? Optional.empty()
        : ORDER.stream().filter(s -> s.name().startsWith(word.toUpperCase(Locale.ROOT))).findFirst();
  }

  static String text(Set<CtState> states, Set<Manip> translated) {
    List<String> words = new ArrayList<>(ORDER.stream().filter(states::contains).map(CtState::name).toList());
    if (translated.contains(Manip.SOURCE)) {
      words.add("SNAT");
    }
    if (translated.contains(Manip.DESTINATION)) {
      words.add("DNAT");
    }
    return String.join(",", words);
  }

  /** libxt_conntrack.c conntrack_dump: state, protocol, addresses, ports, status, expiry, direction. */
  static int order(CtCondition condition) {
    return switch (condition) {
      case CtCondition.States _ -> 0;
      case CtCondition.Protocol _ -> 1;
      case CtCondition.Address(Direction tuple, Manip side, var _, var _) -> 2 + place(tuple, side);
      case CtCondition.Port(Direction tuple, Manip side, var _, boolean _) -> 6 + place(tuple, side);
      case CtCondition.Statuses _ -> 10;
      case CtCondition.Expire _ -> 11;
      case CtCondition.Way _ -> 12;
    };
  }

  private static int place(Direction tuple, Manip side) {
    return 2 * tuple.ordinal() + side.ordinal();
  }

  /** {@code ctorigsrc} and its kin. */
  static String word(Direction tuple, Manip side) {
    return "ct" + (tuple == Direction.ORIGINAL ? "orig" : "repl") + (side == Manip.SOURCE ? "src" : "dst");
  }
}
