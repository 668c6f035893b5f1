package org.hopscope.model.net;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.hopscope.model.addr.InterfaceAddress;
import org.hopscope.model.addr.IpAddress;

/**
 * A policy rule: which packets ask which routing table (kernel struct fib_rule, ip-rule(8), sem-R12). Left out, and
 * refused by name: realms, tunnel ids, l3mdev, suppress_ifgroup.
 *
 * @param priority lower ones are asked first; 0 to 4294967295, compared as unsigned
 * @param selector which packets it is for
 * @param action what becomes of them
 * @param protocol who made it; {@link RouteProtocol#UNSPEC} unless said
 */
public record PolicyRule(int priority, Selector selector, Action action, RouteProtocol protocol) {
  /** No table in particular (kernel RT_TABLE_UNSPEC): a new rule of IPv4 gets an empty one, and any one agrees with it. */
  public static final int ANY_TABLE = 0;

  /**
   * Which packets a rule is for: those that agree with all that is said.
   *
   * @param inverted {@code not}: those that do not
   * @param from the network of the source, written as it was typed
   * @param to the network of the destination
   * @param incoming the name of the device they come in by; {@code lo} means the own host's packets
   * @param outgoing the name of the device they are bound to
   * @param mark the mark they wear
   * @param flow what else is asked of them
   */
  public record Selector(boolean inverted, Optional<InterfaceAddress> from, Optional<InterfaceAddress> to,
      Optional<String> incoming, Optional<String> outgoing, Mark mark, FlowSelector flow) {
    /** All packets. */
    public static final Selector ALL = new Selector(false, Optional.empty(), Optional.empty(), Optional.empty(),
        Optional.empty(), Mark.ANY, FlowSelector.ALL);

    /** Whether a packet agrees (fib_rule_match); {@code names} tells what a device is called. */
    public boolean matches(RouteKey key, Function<DeviceId, String> names) {
      boolean agrees = incoming.map(i -> i.equals(key.incoming().map(names).orElse("lo"))).orElse(true)
          && outgoing.map(o -> key.outgoing().map(names).filter(o::equals).isPresent()).orElse(true)
          && mark.matches(key.mark()) && from.map(f -> contains(f, key.source())).orElse(true)
          && to.map(t -> contains(t, Optional.of(key.destination()))).orElse(true) && flow.matches(key.upper());
      return agrees != inverted;
    }

    /**
     * As {@code ip rule show} prints it: {@code from all fwmark 0x7}.
     *
     * @param isHere whether there is a device of this name; others are printed as detached
     */
    public String text(Predicate<String> isHere) {
      UnaryOperator<String> device = name -> name + (isHere.test(name) ? "" : " [detached]");
      return (inverted ? "not " : "") + "from " + from.map(Selector::text).orElse("all")
          + to.map(t -> " to " + text(t)).orElse("")
          + (flow.tos() == 0 ? "" : String.format(Locale.ROOT, " tos 0x%02x", flow.tos()))
          + (mark.equals(Mark.ANY) ? "" : " fwmark " + mark)
          + incoming.map(d -> " iif " + device.apply(d)).orElse("")
          + outgoing.map(d -> " oif " + device.apply(d)).orElse("")
          + flow.users().map(u -> " uidrange " + u.pair()).orElse("")
          + (flow.protocol() == 0 ? "" : " ipproto " + Protocol.word(flow.protocol()))
          + flow.sourcePorts().map(p -> " sport " + p).orElse("") + flow.ports().map(p -> " dport " + p).orElse("");
    }

    private static String text(InterfaceAddress network) {
      return network.length() == network.address().width() ? network.address().toString() : network.toString();
    }

    private static boolean contains(InterfaceAddress network, Optional<IpAddress> address) {
      return network.length() == 0 || address.filter(network.network()::contains).isPresent();
    }
  }

  /**
   * A mark to look for.
   *
   * @param value the bits that are set
   * @param mask the bits that count; 0 for any mark
   */
  public record Mark(int value, int mask) {
    /** Any mark. */
    public static final Mark ANY = new Mark(0, 0);

    private static final int ALL_BITS = -1;

    /** The bits that count as {@code ip rule} writes them; empty where all do. */
    public Optional<String> maskText() {
      return mask == ALL_BITS || mask == 0 ? Optional.empty() : Optional.of(hex(mask));
    }

    /** The bits that are set, as {@code ip rule} writes them. */
    public String valueText() {
      return hex(value);
    }

    /** {@code 0x7}, or {@code 0x10/0xff}. */
    @Override
    public String toString() {
      return valueText() + maskText().map(m -> "/" + m).orElse("");
    }

    private static String hex(int bits) {
      return bits == 0 ? "0" : "0x" + Integer.toHexString(bits);
    }

    /** Whether a packet wears it. */
    public boolean matches(int mark) {
      return ((mark ^ value) & mask) == 0;
    }
  }

  /** What becomes of packets that a rule is for (kernel FR_ACT_*). */
  public sealed interface Action {
  }

  /**
   * They ask a routing table; where that has no answer, the next rule.
   *
   * @param table the table's number; {@link #ANY_TABLE} only in what is asked for
   * @param suppressedLength answers with a prefix of this length or less do not count; -1 when all count
   */
  public record ToTable(int table, int suppressedLength) implements Action {
  }

  /**
   * They go nowhere: as by a route of this type, and by a type that the kernel only stores as in a blackhole
   * (fib_rules.c, fib4_rule_action).
   *
   * @param type a route type's number, 0 to 255, but not those of {@link ToTable}, {@link Goto} and {@link Nothing}
   * @param table a table that it names without asking it, 0 for none
   */
  public record Refuse(int type, int table) implements Action {
    /** A refusal that names no table. */
    public static Refuse as(RouteType type) {
      return new Refuse(RouteType.numberOf(type.word()).orElseThrow(), 0);
    }

    /** BLACKHOLE, UNREACHABLE or PROHIBIT: what the sender is told. */
    public RouteType told() {
      return switch (type) {
        case 7 -> RouteType.UNREACHABLE;
        case 8 -> RouteType.PROHIBIT;
        default -> RouteType.BLACKHOLE;
      };
    }
  }

  /**
   * The search goes on with the first rule of a priority, if there is one; else with the next.
   *
   * @param priority the priority to go on with, higher than the rule's own
   */
  public record Goto(int priority) implements Action {
  }

  /** Nothing: the next rule is asked. */
  public record Nothing() implements Action {
  }

  /** A rule that sends all packets to a table, as the kernel makes them itself. */
  static PolicyRule all(int priority, int table) {
    return new PolicyRule(priority, Selector.ALL, new ToTable(table, -1), RouteProtocol.KERNEL);
  }

  /** How {@code ip rule} calls what it does, for all but {@link ToTable}. */
  public String word() {
    return switch (action) {
      case ToTable _ -> "lookup";
      case Refuse(int type, int _) -> RouteType.word(type);
      case Goto _ -> "goto";
      case Nothing() -> "nop";
    };
  }
}
