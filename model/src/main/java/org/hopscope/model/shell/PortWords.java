package org.hopscope.model.shell;

import java.util.Optional;
import java.util.stream.Stream;
import org.hopscope.model.lab.PortChange;
import org.hopscope.model.net.PortFlag;
import org.hopscope.model.net.PortState;

/** What can be set on a bridge port: the words of {@code bridge link set} and of {@code type bridge_slave}. */
final class PortWords {
  private static final Keywords SLAVE = Keywords.of("fdb_flush* state* priority* cost* hairpin* guard* root_block* "
      + "fastleave* learning* flood* mcast_flood* bcast_flood* proxy_arp* proxy_arp_wifi* mcast_to_unicast* mcast_router* mcast_fast_leave* "
      + "group_fwd_mask* neigh_suppress* vlan_tunnel* isolated* locked* mab* backup_port* nobackup_port*");

  private PortWords() {
  }

  /** Reads one word of {@code bridge link set} with what follows it; empty when it is none of these. */
  static Optional<PortChange> link(String word, PortChange change, Args args) throws Stop {
    Optional<PortFlag> flag = PortFlag.of(word);
    if (flag.isPresent()) {
      return Optional.of(change.with(flag.get(), args.onOff(word, 234)));
    }
    return switch (word) {
      case "cost" -> {
        int cost = Numbers.atoi(args.next());
        yield Optional.of(cost != 0 ? change.withCost(cost) : change);
      }
      case "priority" -> {
        int priority = Numbers.atoi(args.next());
        yield Optional.of(priority >= 0 ? change.withPriority(priority & 0xffff) : change);
      }
      case "state" -> Optional.of(state(args.next()).map(change::withState).orElse(change));
      default -> Optional.empty();
    };
  }

  /** Whether a word is the number of no state: only the kernel minds. */
  static boolean isNoState(Optional<String> word) {
    return word.filter(w -> w.matches("[0-9]+") && Numbers.atoi(w) >= PortState.values().length).isPresent();
  }

  /** By word or number; a negative number asks for nothing (iproute2 bridge/link.c brlink_modify). */
  private static Optional<PortState> state(String text) throws Stop {
    if (text.matches("-[0-9]+")) {
      return Optional.empty();
    }
    if (text.matches("[0-9]+")) {
      return Optional.of(numbered(Numbers.atoi(text), 255));
    }
    return Optional.of(Stream.of(PortState.values()).filter(s -> s.word().equalsIgnoreCase(text)).findFirst()
        .orElseThrow(() -> Stop.exit(255, "Error: invalid STP port state")));
  }

  /** Passes over what stands behind a word that the model does not have. */
  static void skip(String word, Args args) throws Stop {
    if (!word.equals("nobackup_port")) {
      args.next();
    }
  }

  /**
   * Reads what follows {@code type bridge_slave}, to the end (iproute2 ip/iplink_bridge_slave.c). What the model does not have
   * is refused of a port only: of any other device the kernel minds first.
   */
  static PortChange slave(Args args, boolean isPort) throws Stop {
    PortChange change = PortChange.NONE.asAnnounced();
    while (!args.isEmpty()) {
      String typed = args.next();
      String word = SLAVE.find(typed)
          .orElseThrow(() -> Stop.exit(1, "bridge_slave: unknown option \"" + typed + "\"?"));
      Optional<PortFlag> flag = PortFlag.of(word);
      change = flag.isPresent() ? change.with(flag.get(), args.onOff(word, 1)) : switch (word) {
        case "cost" -> change.withCost(args.number(0, Integer.MAX_VALUE, "cost is invalid"));
        case "priority" -> change.withPriority(args.number(0, 65535, "priority is invalid"));
        case "state" -> change.withState(numbered(args.number(0, 255, "state is invalid"), 2));
        default -> {
          if (isPort) {
            throw Stop.unsupported(word);
          }
          skip(word, args);
          yield change;
        }
      };
    }
    return change;
  }

  private static PortState numbered(int number, int status) throws Stop {
    return Stream.of(PortState.values()).filter(s -> s.ordinal() == number).findFirst()
        .orElseThrow(() -> Stop.exit(status, "RTNETLINK answers: Invalid argument"));
  }

  /** The words that set the same. */
  static String of(PortChange change) {
    StringBuilder words = new StringBuilder();
    change.flags().forEach((flag, on) -> words.append(' ').append(flag.word()).append(on ? " on" : " off"));
    change.cost().ifPresent(c -> words.append(" cost ").append(c));
    change.priority().ifPresent(p -> words.append(" priority ").append(p));
    change.state().ifPresent(s -> words.append(" state ").append(s.word()));
    return words.toString();
  }
}
