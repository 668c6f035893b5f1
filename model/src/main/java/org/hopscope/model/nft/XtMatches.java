package org.hopscope.model.nft;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.iptables.PacketNames;
import org.hopscope.model.netfilter.AddressMatch;
import org.hopscope.model.netfilter.AddressRange;
import org.hopscope.model.netfilter.AddressType;
import org.hopscope.model.netfilter.CtCondition;
import org.hopscope.model.netfilter.CtState;
import org.hopscope.model.netfilter.Direction;
import org.hopscope.model.netfilter.IpMatch;
import org.hopscope.model.netfilter.Manip;
import org.hopscope.model.netfilter.Match;
import org.hopscope.model.netfilter.PacketView;
import org.hopscope.model.netfilter.PortRange;
import org.hopscope.model.netfilter.ProtocolMatch;

/**
 * Matches of xtables in the words of nft, as libxtables 1.8.9 translates them, its slips included: of two types of addresses it
 * tells the first, and of {@code ! --ports} not that they are excluded (iptables extensions, their functions {@code xlate}).
 */
final class XtMatches {
  private XtMatches() {
  }

  /** A match's translation; empty where the library has none. */
  static Optional<String> text(Match match, IpMatch ip, IpFamily family) {
    return switch (match) {
      case Match.Tcp tcp -> Optional.of(tcp(tcp));
      case Match.Udp(Match.Ports ports) -> Optional.of(ports("udp", ports));
      case Match.Sctp(Match.Ports ports) -> Optional.of(ports("sctp", ports)).filter(t -> !t.isEmpty());
      case Match.Icmp icmp -> icmp(icmp);
      case Match.Multiport multiport -> Optional.of(multiport(multiport, ip));
      case Match.State(var states, boolean inverted) -> Optional.of("ct state " + states(states, inverted));
      case Match.Conntrack(List<CtCondition> conditions) -> Optional.of(conntrack(conditions));
      case Match.Connmark(int value, int mask, boolean inverted) -> Optional.of(mask == -1
          ? "ct mark " + (inverted ? "!= " : "") + hex(value)
          : "ct mark and " + hex(mask) + (inverted ? " != " : " == ") + hex(value));
      case Match.Comment _ -> Optional.of("");
      case Match.AddrType type -> Optional.of(addressType(type));
      case Match.Random(long probability, boolean inverted) ->
          Optional.of("meta random & 2147483647 " + (inverted ? ">= " : "< ") + probability);
      case Match.Nth(int every, int packet, boolean inverted) -> Optional.of("numgen inc mod "
          + Integer.toUnsignedString(every) + (inverted ? " != " : " ") + Integer.toUnsignedString(packet));
      case Match.IpRange range -> Optional.of(range(range, family));
      case Match.Length(int least, int most, boolean inverted) ->
          Optional.of("meta length " + (inverted ? "!= " : "") + between(least, most));
      case Match.Ttl(var _, var comparison, int value) ->
          Optional.of((family == IpFamily.INET ? "ip ttl " : "ip6 hoplimit ") + switch (comparison) {
            case EQ -> "";
            case NE -> "!= ";
            case LT -> "lt ";
            case GT -> "gt ";
          } + value);
      case Match.Mac(var address, boolean inverted) -> Optional.of("ether saddr " + (inverted ? "!= " : "") + address);
      case Match.PacketKind(var kind, boolean inverted) ->
          Optional.of("pkttype " + (inverted ? "!= " : "")
              + (kind == PacketView.Path.Kind.OTHERHOST ? "3" : kind.name().toLowerCase(Locale.ROOT)));
      case Match.Other(var wording, var _) -> XtWords.match(wording.name(), XtSaid.of(wording), family);
      case Match.Recent _,Match.Physdev _,Match.InSet _,Match.Mark _,Match.Limit _ -> Optional.empty();
    };
  }

  /** The name of a match that has no translation. */
  static String name(Match match) {
    return switch (match) {
      case Match.Other(var wording, var _) -> wording.name();
      case Match.Icmp icmp -> icmp.family() == IpFamily.INET ? "icmp" : "icmp6";
      case Match.InSet _ -> "set";
      default -> match.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    };
  }

  /** What nft calls IP's header. */
  static String header(IpFamily family) {
    return switch (family) {
      case INET -> "ip";
      case INET6 -> "ip6";
    };
  }

  /** How many leading ones a mask has; -1 when there are others. */
  static int length(BigInteger mask, int width) {
    BigInteger rest = BigInteger.ONE.shiftLeft(width).subtract(BigInteger.ONE).xor(mask);
    return rest.and(rest.add(BigInteger.ONE)).signum() == 0 ? width - rest.bitLength() : -1;
  }

  static String between(int first, int last) {
    return first == last ? Integer.toString(first) : first + "-" + last;
  }

  static String rate(int count, Match.Limit.Unit unit) {
    return count + "/" + switch (unit) {
      case SEC -> "second";
      case MIN -> "minute";
      case HOUR -> "hour";
      case DAY -> "day";
    };
  }

  private static String hex(int value) {
    return "0x" + Integer.toHexString(value);
  }

  private static String ports(String header, Match.Ports ports) {
    List<String> said = new ArrayList<>();
    ports.source().filter(r -> !r.isAll() || ports.sourceInverted())
        .ifPresent(r -> said.add(port(header + " sport ", r, ports.sourceInverted())));
    ports.destination().filter(r -> !r.isAll() || ports.destinationInverted())
        .ifPresent(r -> said.add(port(header + " dport ", r, ports.destinationInverted())));
    return String.join(" ", said);
  }

  private static String port(String field, PortRange range, boolean inverted) {
    return field + (inverted ? "!= " : "") + between(range.first(), range.last());
  }

  private static String tcp(Match.Tcp tcp) {
    List<String> said = new ArrayList<>();
    said.add(ports("tcp", tcp.ports()));
    tcp.option().ifPresent(o -> said.add("tcp option " + o + (tcp.optionInverted() ? " missing" : " exists")));
    if (tcp.flagsShown() != 0 || tcp.flagsInverted()) {
      said.add("tcp flags " + (tcp.flagsInverted() ? "!= " : "") + flags(tcp.flagsSet()) + " / "
          + flags(tcp.flagsShown()));
    }
    return said.stream().filter(s -> !s.isEmpty()).collect(Collectors.joining(" "));
  }

  private static String flags(int bits) {
    return DataType.TCP_FLAG.flags(BigInteger.valueOf(bits), ",");
  }

  /** Of a type that nft has a name for, whatever the code; "any" says its protocol once more. */
  private static Optional<String> icmp(Match.Icmp icmp) {
    boolean v4 = icmp.family() == IpFamily.INET;
    if (v4 && icmp.type() == 255) {
      return Optional.of("ip protocol icmp");
    }
    Set<Integer> nameless = v4 ? Set.of(15, 16) : Set.of(130, 131, 132, 138, 141, 142, 143);
    String name = (v4 ? DataType.ICMP_TYPE : DataType.ICMPV6_TYPE).write(BigInteger.valueOf(icmp.type()), Devices.NONE);
    boolean translates = icmp.firstCode() != icmp.lastCode() && !nameless.contains(icmp.type())
        && !name.equals(Integer.toString(icmp.type()));
    return Optional.of((v4 ? "icmp" : "icmpv6") + " type " + (icmp.inverted() ? "!= " : "") + name)
        .filter(_ -> translates);
  }

  /** {@code --ports}: every port once as the source's and once as the destination's. */
  private static String multiport(Match.Multiport multiport, IpMatch ip) {
    String header = PacketNames.protocolName(ip.protocol().map(ProtocolMatch::number).orElse(0));
    if (multiport.side() == Match.Side.EITHER) {
      List<String> pairs = new ArrayList<>();
      for (PortRange range : multiport.ports()) {
        for (int port : range.isSingle() ? List.of(range.first()) : List.of(range.first(), range.last())) {
          pairs.add("0-65535 . " + port + ", " + port + " . 0-65535");
        }
      }
      return header + " sport . " + header + " dport { " + String.join(", ", pairs) + " }";
    }
    List<String> ports = multiport.ports().stream().map(r -> between(r.first(), r.last())).toList();
    return header + (multiport.side() == Match.Side.SOURCE ? " sport " : " dport ")
        + (multiport.inverted() ? "!= " : "") + (ports.size() == 1 ? ports.getFirst()
            : "{ " + String.join(", ", ports) + " }");
  }

  private static String states(Set<CtState> states, boolean inverted) {
    List<CtState> order =
        List.of(CtState.INVALID, CtState.NEW, CtState.RELATED, CtState.ESTABLISHED, CtState.UNTRACKED);
    return (inverted ? "! " : "") + order.stream().filter(states::contains).map(s -> s.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(","));
  }

  /** The order of libxt_conntrack.c _conntrack3_mt_xlate. */
  private static int order(CtCondition condition) {
    return switch (condition) {
      case CtCondition.Way _ -> 0;
      case CtCondition.Protocol _ -> 1;
      case CtCondition.States _ -> 2;
      case CtCondition.Statuses _ -> 3;
      case CtCondition.Expire _ -> 4;
      case CtCondition.Address(Direction tuple, Manip side, var _, var _) -> 5 + 2 * tuple.ordinal() + side.ordinal();
      case CtCondition.Port(Direction tuple, Manip side, var _, boolean _) -> 9 + 2 * tuple.ordinal() + side.ordinal();
    };
  }

  private static String conntrack(List<CtCondition> conditions) {
    boolean back = conditions.contains(new CtCondition.Way(Direction.REPLY));
    return conditions.stream().sorted(Comparator.comparingInt(XtMatches::order))
        .map(c -> condition(c, back ? "reply" : "original")).collect(Collectors.joining(" "));
  }

  private static String condition(CtCondition condition, String way) {
    String sign = condition.inverted() ? "!= " : "";
    return switch (condition) {
      case CtCondition.Way(Direction direction) -> "ct direction " + word(direction);
      case CtCondition.Protocol(int number, boolean _) -> "ct " + way + " protocol " + sign + number;
      case CtCondition.States(var _, var translated, boolean _) when !translated.isEmpty() ->
          "ct status " + (translated.contains(Manip.SOURCE) ? "snat" : "dnat");
      case CtCondition.States(var states, var _, boolean inverted) -> "ct state " + states(states, inverted);
      case CtCondition.Statuses(var any, boolean inverted) -> ("ct status " + (inverted ? "! " : "")
          + any.stream().sorted().filter(s -> s != CtCondition.Status.NONE)
              .map(s -> s.name().toLowerCase(Locale.ROOT).replace('_', '-')).collect(Collectors.joining(",")))
          .stripTrailing();
      case CtCondition.Expire(long least, long most, boolean _) ->
          "ct expiration " + sign + (least == most ? Long.toString(least) : least + "-" + most);
      case CtCondition.Address(Direction tuple, Manip side, AddressMatch match, var typed) -> {
        int length = length(DataType.of(match.mask()), match.address().width());
        yield "ct " + word(tuple) + (side == Manip.SOURCE ? " saddr " : " daddr ") + sign + typed
            + (length < 0 || length == match.address().width() ? "" : "/" + length);
      }
      case CtCondition.Port(Direction tuple, Manip side, PortRange range, boolean _) -> "ct " + word(tuple)
          + (side == Manip.SOURCE ? " proto-src " : " proto-dst ") + sign + between(range.first(), range.last());
    };
  }

  private static String word(Direction direction) {
    return direction.name().toLowerCase(Locale.ROOT);
  }

  private static String addressType(Match.AddrType type) {
    String field = type.source().isPresent() ? "fib saddr" : "fib daddr";
    Match.AddrType.Types types = type.source().or(type::destination).orElseThrow();
    String names = types.types().stream().sorted().filter(t -> t.compareTo(AddressType.THROW) < 0)
        .map(t -> t.name().toLowerCase(Locale.ROOT)).collect(Collectors.joining(", "));
    return (field + switch (type.limit()) {
      case NONE -> "";
      case IN -> " . iif";
      case OUT -> " . oif";
    } + " type " + (types.inverted() ? "!= " : "") + (types.types().size() == 1 ? names : "{ " + names + " }"))
        .stripTrailing();
  }

  private static String range(Match.IpRange range, IpFamily family) {
    List<String> said = new ArrayList<>();
    range.source().ifPresent(r -> said.add(range(header(family) + " saddr ", r, range.sourceInverted())));
    range.destination().ifPresent(r -> said.add(range(header(family) + " daddr ", r, range.destinationInverted())));
    return String.join(" ", said);
  }

  private static String range(String field, AddressRange range, boolean inverted) {
    return field + (inverted ? "!= " : "") + range.first() + "-" + range.last();
  }
}
