package org.hopscope.model.shell;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.netfilter.AddressMatch;
import org.hopscope.model.netfilter.Connection;
import org.hopscope.model.netfilter.ConnectionUpdate;
import org.hopscope.model.netfilter.Protocols;
import org.hopscope.model.netfilter.TcpState;

/** Which connections a {@code conntrack} command is about: the options that choose (conntrack.c of conntrack-tools 1.4.7). */
final class ConntrackFilter {
  private static final Pattern NUMBER = Pattern.compile("0[xX][0-9a-fA-F]+|0[0-7]*|[1-9][0-9]*");
  private final List<Predicate<Connection>> wanted = new ArrayList<>();
  /** Options that choose, but for {@code -U}, which takes them for what is to be. */
  private final List<Predicate<Connection>> unlessUpdating = new ArrayList<>();
  private ConnectionUpdate update = ConnectionUpdate.NOTHING;
  private final List<String> remarks = new ArrayList<>();
  /** Status bits that nothing of the model has. */
  private final List<String> lasting = new ArrayList<>();
  private boolean chosenByNothing;
  private boolean family;
  private final Map<String, IpAddress> asked = new HashMap<>();
  private final Set<String> masked = new HashSet<>();
  private OptionalInt protocol = OptionalInt.empty();
  private final Set<String> used = new LinkedHashSet<>();

  /** Whether a connection is meant. */
  boolean holds(Connection connection) {
    return isMeant(connection) && unlessUpdating.stream().allMatch(w -> w.test(connection));
  }

  /** Whether {@code -U} is about a connection. */
  boolean isMeant(Connection connection) {
    return wanted.stream().allMatch(w -> w.test(connection));
  }

  /** What {@code -U} is to make of connections. */
  ConnectionUpdate update() {
    return update;
  }

  /** Whether an option told the family; without it the kernel does not know which table {@code -U} means. */
  boolean knowsFamily() {
    return family || !asked.isEmpty();
  }

  /** Whether {@code -u} told of no status at all: the library can choose by none. */
  boolean isByNoStatus() {
    return chosenByNothing;
  }

  /** Status bits that {@code -U} is to set and that nothing of the model has. */
  List<String> lasting() {
    return lasting;
  }

  /** What is said although it goes on. */
  List<String> remarks() {
    return remarks;
  }

  /** The long names of the options that chose, in their order. */
  Set<String> used() {
    return used;
  }

  /** Takes an option with its value; false when it is none that chooses. */
  boolean take(String option, Args args) throws Stop {
    String name = longName(option);
    boolean known = switch (name) {
      case "protonum" -> {
        protocol = OptionalInt.of(protocol(value(option, args)));
        int number = protocol.getAsInt();
        yield wanted.add(c -> c.original().protocol() == number);
      }
      case "src" -> address(name, true, value(option, args), c -> c.original().source());
      case "dst" -> address(name, true, value(option, args), c -> c.original().destination());
      case "reply-src" -> address(name, false, value(option, args), c -> c.reply().source());
      case "reply-dst" -> address(name, false, value(option, args), c -> c.reply().destination());
      case "mask-src" -> mask("src", value(option, args), c -> c.original().source());
      case "mask-dst" -> mask("dst", value(option, args), c -> c.original().destination());
      case "mark" -> mark(value(option, args));
      case "status" -> status(value(option, args));
      case "src-nat" -> translated(args, ConntrackFilter::isSourceNat, ConntrackFilter::becameSource);
      case "dst-nat" -> translated(args, ConntrackFilter::isDestinationNat, ConntrackFilter::becameDestination);
      case "any-nat" -> translated(args, c -> isSourceNat(c) || isDestinationNat(c),
          (c, a) -> becameSource(c, a) || becameDestination(c, a));
      case "family" -> family(value(option, args));
      case "timeout" -> {
        update = update.withSeconds(number(value(option, args)));
        yield true;
      }
      case "zone" -> {
        int zone = zone(value(option, args));
        yield wanted.add(c -> c.original().zone() == zone && c.reply().zone() == zone);
      }
      case "orig-zone" -> {
        int zone = zone(value(option, args));
        yield wanted.add(c -> c.original().zone() == zone);
      }
      case "reply-zone" -> {
        int zone = zone(value(option, args));
        yield wanted.add(c -> c.reply().zone() == zone);
      }
      default -> ofProtocol(option, args);
    };
    if (known) {
      used.add(name);
    }
    return known;
  }

  private static String longName(String option) {
    return switch (option) {
      case "-p", "--proto", "--protonum" -> "protonum";
      case "-s", "--src", "--orig-src" -> "src";
      case "-d", "--dst", "--orig-dst" -> "dst";
      case "-r", "--reply-src" -> "reply-src";
      case "-q", "--reply-dst" -> "reply-dst";
      case "--mask-src", "--mask-dst", "--zone", "--orig-zone", "--reply-zone", "--mark", "--status", "--timeout",
          "--src-nat",
          "--dst-nat", "--any-nat",
          "--family" -> option.substring(2);
      case "-m" -> "mark";
      case "-u" -> "status";
      case "-t" -> "timeout";
      case "-n" -> "src-nat";
      case "-g" -> "dst-nat";
      case "-j" -> "any-nat";
      case "-f" -> "family";
      case "-w" -> "zone";
      default -> option;
    };
  }

  /** Options that a protocol brings along: they are unknown without it. */
  private boolean ofProtocol(String option, Args args) throws Stop {
    boolean ports = protocol.isPresent() && Protocols.hasPorts(protocol.getAsInt());
    boolean icmp = protocol.isPresent()
        && (protocol.getAsInt() == Protocols.ICMP || protocol.getAsInt() == Protocols.ICMPV6);
    boolean tcp = protocol.isPresent() && protocol.getAsInt() == Protocols.TCP;
    return switch (option) {
      case "--sport", "--orig-port-src" -> port(ports, option, args, c -> c.original().sourcePort());
      case "--dport", "--orig-port-dst" -> port(ports, option, args, c -> c.original().destinationPort());
      case "--reply-port-src" -> port(ports, option, args, c -> c.reply().sourcePort());
      case "--reply-port-dst" -> port(ports, option, args, c -> c.reply().destinationPort());
      case "--icmp-type", "--icmpv6-type" -> port(icmp, option, args, c -> c.original().destinationPort() >> 8);
      case "--icmp-code", "--icmpv6-code" -> port(icmp, option, args, c -> c.original().destinationPort() & 255);
      case "--icmp-id", "--icmpv6-id" -> port(icmp, option, args, c -> c.original().sourcePort());
      case "--state" -> {
        if (!tcp) {
          throw ConntrackProgram.problem("unknown option `" + option + "'");
        }
        yield state(value(option, args));
      }
      default -> false;
    };
  }

  private static String value(String option, Args args) throws Stop {
    if (args.isEmpty()) {
      throw ConntrackProgram.problem("option `" + option + "' requires an argument");
    }
    return args.next();
  }

  private static int protocol(String word) throws Stop {
    return switch (word) {
      case "tcp" -> Protocols.TCP;
      case "udp" -> Protocols.UDP;
      case "icmp" -> Protocols.ICMP;
      case "icmpv6" -> Protocols.ICMPV6;
      case "sctp" -> Protocols.SCTP;
      default -> Numbers.whole(word, 0, 255)
          .orElseThrow(() -> ConntrackProgram.problem("`" + word + "' unsupported protocol"));
    };
  }

  private boolean address(String name, boolean prefixes, String text, Function<Connection, IpAddress> part)
      throws Stop {
    IpPrefix prefix = IpPrefix.parse(text)
        .orElseThrow(() -> ConntrackProgram.problem("Invalid IP address `" + text + "'"));
    if (!prefixes && text.contains("/")) {
      throw ConntrackProgram.problem("CIDR notation unavailable for `--" + name + "'");
    }
    asked.put(name, prefix.address());
    return wanted.add(c -> masked.contains(name)
        || part.apply(c).width() == prefix.address().width() && prefix.contains(part.apply(c)));
  }

  /** Only the bits that a mask shows need be those of the address. */
  private boolean mask(String name, String text, Function<Connection, IpAddress> part) throws Stop {
    IpAddress mask = IpAddress.parse(text)
        .orElseThrow(() -> ConntrackProgram.problem("Invalid IP address `" + text + "'"));
    masked.add(name);
    return wanted.add(c -> Optional.ofNullable(asked.get(name)).filter(a -> a.width() == part.apply(c).width())
        .filter(a -> AddressMatch.masked(a, mask).equals(AddressMatch.masked(part.apply(c), mask))).isPresent());
  }

  private static boolean isValue(Args args) {
    return args.peek().filter(w -> !w.startsWith("-")).isPresent();
  }

  /**
   * Compares ends and ports as the library does (libnetfilter_conntrack getobjopt.c is_snat, is_spat): of ICMP, whose
   * identifier never is its type, every flow that NAT has looked at counts as translated.
   */
  private static boolean isSourceNat(Connection c) {
    return c.flags().sourceDone() && (!c.reply().destination().equals(c.original().source())
        || c.reply().destinationPort() != c.original().sourcePort());
  }

  private static boolean becameSource(Connection c, IpAddress address) {
    return c.flags().sourceNat() && c.reply().destination().equals(address);
  }

  private static boolean becameDestination(Connection c, IpAddress address) {
    return c.flags().destinationNat() && c.reply().source().equals(address);
  }

  private static boolean isDestinationNat(Connection c) {
    return c.flags().destinationDone() && (!c.reply().source().equals(c.original().destination())
        || c.reply().sourcePort() != c.original().destinationPort());
  }

  /** {@code -n}, {@code -g} and {@code -j}, behind which an address may stand. */
  private boolean translated(Args args, Predicate<Connection> is, BiPredicate<Connection, IpAddress> became)
      throws Stop {
    if (!isValue(args)) {
      return wanted.add(is);
    }
    String text = args.next();
    IpAddress address = IpAddress.parse(text)
        .orElseThrow(() -> ConntrackProgram.problem("Invalid IP address `" + text + "'"));
    return wanted.add(c -> became.test(c, address));
  }

  private boolean port(boolean known, String option, Args args, Function<Connection, Integer> part) throws Stop {
    if (!known) {
      throw ConntrackProgram.problem("unknown option `" + option + "'");
    }
    Optional<Integer> port = Numbers.whole(value(option, args), 0, 0xffff);
    return wanted.add(c -> port.filter(p -> p.equals(part.apply(c))).isPresent());
  }

  private boolean state(String word) throws Stop {
    String name = word.equals("LISTEN") ? TcpState.SYN_SENT2.name() : word;
    for (TcpState state : TcpState.values()) {
      if (state.name().equals(name)) {
        update = update.withState(state);
        return unlessUpdating.add(c -> c.tcp() == state);
      }
    }
    throw ConntrackProgram.problem("unknown TCP state `" + word + "'");
  }

  /** As strtoul(3) reads value and mask: what is no number counts as 0 (conntrack.c parse_u32_mask). */
  private boolean mark(String text) {
    Matcher value = NUMBER.matcher(text);
    boolean read = value.lookingAt();
    String behind = read ? text.substring(value.end()) : text;
    ConnectionUpdate.Marking mark = new ConnectionUpdate.Marking((int) number(text),
        behind.startsWith("/") ? (int) number(behind.substring(1)) : -1);
    update = update.withMark(mark);
    return unlessUpdating.add(c -> (c.mark() & mark.mask()) == mark.value());
  }

  private static long number(String text) {
    Matcher digits = NUMBER.matcher(text);
    if (!digits.lookingAt()) {
      return 0;
    }
    String number = digits.group();
    boolean hex = number.startsWith("0x") || number.startsWith("0X");
    boolean octal = !hex && number.length() > 1 && number.startsWith("0");
    return new BigInteger(hex ? number.substring(2) : number, hex ? 16 : octal ? 8 : 10).intValue() & 0xffff_ffffL;
  }

  private boolean status(String words) throws Stop {
    List<Predicate<Connection>> all = new ArrayList<>();
    for (String word : words.split(",")) {
      String name = word.toUpperCase(Locale.ROOT);
      switch (name) {
        case "ASSURED" -> {
          update = update.withAssured();
          all.add(c -> c.flags().assured());
        }
        case "SEEN_REPLY" -> {
          update = update.withSeenReply();
          all.add(c -> c.flags().seenReply());
        }
        case "UNREPLIED" -> all.add(c -> !c.flags().seenReply());
        case "UNSET" -> {
        }
        case "SRC_NAT", "DST_NAT" -> remarks.add("WARNING: ignoring " + name + ", use --"
            + name.toLowerCase(Locale.ROOT).replace('_', '-') + " instead");
        case "FIXED_TIMEOUT", "EXPECTED", "OFFLOAD", "HW_OFFLOAD" -> {
          lasting.add(name);
          all.add(_ -> false);
        }
        default -> throw ConntrackProgram.problem("Bad parameter `" + word + "'");
      }
    }
    chosenByNothing = all.isEmpty();
    unlessUpdating.addAll(all);
    return true;
  }

  private boolean family(String word) throws Stop {
    if (!word.equals("ipv4") && !word.equals("ipv6")) {
      throw ConntrackProgram.problem("`" + word + "' unsupported protocol");
    }
    family = true;
    int width = word.equals("ipv4") ? 32 : 128;
    return wanted.add(c -> c.original().source().width() == width);
  }

  private static int zone(String text) throws Stop {
    return Numbers.whole(text, 0, 0xffff)
        .orElseThrow(() -> ConntrackProgram.problem("Bad parameter `" + text + "'"));
  }
}
