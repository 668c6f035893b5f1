package org.hopscope.model.iptables;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.netfilter.AddressMatch;
import org.hopscope.model.netfilter.AddressRange;
import org.hopscope.model.netfilter.CtCondition;
import org.hopscope.model.netfilter.IpMatch;
import org.hopscope.model.netfilter.Match;
import org.hopscope.model.netfilter.NameMatch;
import org.hopscope.model.netfilter.NatRange;
import org.hopscope.model.netfilter.PortRange;
import org.hopscope.model.netfilter.Rule;
import org.hopscope.model.netfilter.Target;

/** Writes rules as iptables-save does: in one form whatever was typed (sem-N17). */
public final class SaveText {
  private final List<String> words = new ArrayList<>();

  private SaveText() {
  }

  /** A rule without {@code -A CHAIN} in front. */
  public static String of(Rule rule) {
    return of(rule, "");
  }

  /** A rule with what it has counted in front of its target, where that is told. */
  static String of(Rule rule, String counted) {
    SaveText text = new SaveText();
    text.ip(rule.ip());
    rule.matches().forEach(text::match);
    if (!counted.isEmpty()) {
      text.say(counted);
    }
    text.words.addAll(TargetText.words(rule.target()));
    return String.join(" ", text.words);
  }

  /** One match with its {@code -m}. */
  public static String of(Match match) {
    SaveText text = new SaveText();
    text.match(match);
    return String.join(" ", text.words);
  }

  /** A target with its {@code -j}. */
  public static String of(Target target) {
    return String.join(" ", TargetText.words(target));
  }

  /** Where a translation leads: addresses and ports, IPv6 addresses with ports in brackets. */
  public static String destination(NatRange to) {
    return TargetText.destination(to);
  }

  private void say(String... more) {
    words.addAll(List.of(more));
  }

  private void not(boolean inverted) {
    if (inverted) {
      words.add("!");
    }
  }

  private void say(boolean inverted, String option, String value) {
    not(inverted);
    say(option, value);
  }

  private void ip(IpMatch ip) {
    ip.source().ifPresent(m -> address("-s", m));
    ip.destination().ifPresent(m -> address("-d", m));
    ip.in().ifPresent(n -> name("-i", n));
    ip.out().ifPresent(n -> name("-o", n));
    ip.protocol().ifPresent(p -> say(p.inverted(), "-p", Values.protocol(p.number())));
    switch (ip.fragment()) {
      case ANY -> {
      }
      case LATER -> say("-f");
      case FIRST_OR_WHOLE -> say("!", "-f");
    }
  }

  private void address(String option, AddressMatch match) {
    say(match.inverted(), option, Values.text(match));
  }

  private void name(String option, NameMatch name) {
    say(name.inverted(), option, name.pattern());
  }

  private void match(Match match) {
    switch (match) {
      case Match.Tcp tcp -> tcp(tcp);
      case Match.Udp(Match.Ports ports) -> {
        say("-m", "udp");
        ports(ports);
      }
      case Match.Sctp(Match.Ports ports) -> {
        say("-m", "sctp");
        ports.source().ifPresent(r -> say(ports.sourceInverted(), "--sport", Values.text(r)));
        ports.destination().ifPresent(r -> say(ports.destinationInverted(), "--dport", Values.text(r)));
      }
      case Match.Icmp icmp -> {
        boolean v4 = icmp.family() == IpFamily.INET;
        say("-m", v4 ? "icmp" : "icmp6");
        say(icmp.inverted(), v4 ? "--icmp-type" : "--icmpv6-type", icmp(icmp));
      }
      case Match.Multiport(Match.Side side, List<PortRange> ports, boolean inverted) -> {
        say("-m", "multiport");
        String option = switch (side) {
          case SOURCE -> "--sports";
          case DESTINATION -> "--dports";
          case EITHER -> "--ports";
        };
        say(inverted, option, ports.stream().map(Values::text).collect(Collectors.joining(",")));
      }
      case Match.State(var states, boolean inverted) -> {
        say("-m", "state");
        say(inverted, "--state", CtStates.text(states, Set.of()));
      }
      case Match.Conntrack(List<CtCondition> conditions) -> {
        say("-m", "conntrack");
        conditions.forEach(this::condition);
      }
      case Match.Mark(int value, int mask, boolean inverted) -> {
        say("-m", "mark");
        say(inverted, "--mark", marked(value, mask));
      }
      case Match.Connmark(int value, int mask, boolean inverted) -> {
        say("-m", "connmark");
        say(inverted, "--mark", marked(value, mask));
      }
      case Match.Comment(String text) -> say("-m", "comment", "--comment", Values.quoted(text));
      case Match.AddrType type -> addressType(type);
      case Match.Random(long probability, boolean inverted) -> {
        say("-m", "statistic", "--mode", "random");
        say(inverted, "--probability", probability(probability));
      }
      case Match.Nth(int every, int packet, boolean inverted) -> {
        say("-m", "statistic", "--mode", "nth");
        say(inverted, "--every", Integer.toUnsignedString(every));
        say("--packet", Integer.toUnsignedString(packet));
      }
      case Match.Recent recent -> recent(recent);
      case Match.Physdev physdev -> physdev(physdev);
      case Match.IpRange range -> {
        say("-m", "iprange");
        range.source().ifPresent(r -> say(range.sourceInverted(), "--src-range", between(r)));
        range.destination().ifPresent(r -> say(range.destinationInverted(), "--dst-range", between(r)));
      }
      case Match.Limit limit -> {
        say("-m", "limit", "--limit", limit.count() + "/" + limit.unit().name().toLowerCase(Locale.ROOT));
        if (limit.burst() != 5) {
          say("--limit-burst", Integer.toString(limit.burst()));
        }
      }
      case Match.Length(int least, int most, boolean inverted) -> {
        say("-m", "length");
        say(inverted, "--length", least == most ? Integer.toString(least) : least + ":" + most);
      }
      case Match.Ttl(IpFamily family, var comparison, int value) -> {
        String field = field(family);
        say("-m", field);
        String how = comparison == Match.Ttl.Comparison.NE ? "eq" : comparison.name().toLowerCase(Locale.ROOT);
        say(comparison == Match.Ttl.Comparison.NE, "--" + field + "-" + how, Integer.toString(value));
      }
      case Match.Mac(var address, boolean inverted) -> {
        say("-m", "mac");
        say(inverted, "--mac-source", address.toString());
      }
      case Match.InSet in -> {
        say("-m", "set");
        say(in.inverted(), "--match-set", in.set());
        say(SetWords.sides(in.sides()) + SetWords.asks(in.asks()));
      }
      case Match.Other(var wording, var _) -> say("-m", wording.words());
      case Match.PacketKind(var kind, boolean inverted) -> {
        say("-m", "pkttype");
        say(inverted, "--pkt-type", kind.name().toLowerCase(Locale.ROOT));
      }
    }
  }

  /** What a family calls the number of routers that a packet may still cross. */
  static String field(IpFamily family) {
    return switch (family) {
      case INET -> "ttl";
      case INET6 -> "hl";
    };
  }

  private void ports(Match.Ports ports) {
    ports.source().filter(r -> !r.equals(PortRange.ALL))
        .ifPresent(r -> say(ports.sourceInverted(), "--sport", Values.text(r)));
    ports.destination().filter(r -> !r.equals(PortRange.ALL))
        .ifPresent(r -> say(ports.destinationInverted(), "--dport", Values.text(r)));
  }

  private void tcp(Match.Tcp tcp) {
    say("-m", "tcp");
    ports(tcp.ports());
    tcp.option().ifPresent(o -> say(tcp.optionInverted(), "--tcp-option", o.toString()));
    if (tcp.flagsShown() != 0 || tcp.flagsInverted()) {
      say(tcp.flagsInverted(), "--tcp-flags", PortMatches.flags(tcp.flagsShown()));
      say(PortMatches.flags(tcp.flagsSet()));
    }
  }

  private static String icmp(Match.Icmp icmp) {
    if (icmp.family() == IpFamily.INET && icmp.type() == 255) {
      return "any";
    }
    return icmp.firstCode() == icmp.lastCode() ? icmp.type() + "/" + icmp.firstCode() : Integer.toString(icmp.type());
  }

  private static String marked(int value, int mask) {
    return Values.hex(value) + (mask == -1 ? "" : "/" + Values.hex(mask));
  }

  /** In eleven places, as libxt_statistic.c prints it. */
  static String probability(long value) {
    return String.format(Locale.ROOT, "%.11f", value / (double) Match.Random.ONE);
  }

  private static String between(AddressRange range) {
    return range.first() + "-" + range.last();
  }

  private void condition(CtCondition condition) {
    switch (condition) {
      case CtCondition.States(var states, var translated, boolean inverted) ->
          say(inverted, "--ctstate", CtStates.text(states, translated));
      case CtCondition.Protocol(int number, boolean inverted) ->
          say(inverted, "--ctproto", Integer.toString(number));
      case CtCondition.Address(var tuple, var side, AddressMatch match, var typed) -> say(match.inverted(),
          "--" + CtStates.word(tuple, side), plain(new AddressMatch(typed, match.mask(), false)));
      case CtCondition.Port(var tuple, var side, PortRange range, boolean inverted) ->
          say(inverted, "--" + CtStates.word(tuple, side) + "port", Values.text(range));
      case CtCondition.Statuses(var any, boolean inverted) -> say(inverted, "--ctstatus",
          any.stream().sorted().map(Enum::name).collect(Collectors.joining(",")));
      case CtCondition.Expire(long least, long most, boolean inverted) ->
          say(inverted, "--ctexpire", least == most ? Long.toString(least) : least + ":" + most);
      case CtCondition.Way(var direction) -> say("--ctdir", direction.name());
    }
  }

  /** An address alone without its mask. */
  static String plain(AddressMatch match) {
    Optional<Integer> length = Values.length(match.mask());
    return length.filter(l -> l == match.address().width()).isPresent()
        ? match.address().toString()
        : Values.text(match);
  }

  private void addressType(Match.AddrType type) {
    say("-m", "addrtype");
    type.source().ifPresent(t -> say(t.inverted(), "--src-type", types(t)));
    type.destination().ifPresent(t -> say(t.inverted(), "--dst-type", types(t)));
    switch (type.limit()) {
      case NONE -> {
      }
      case IN -> say("--limit-iface-in");
      case OUT -> say("--limit-iface-out");
    }
  }

  static String types(Match.AddrType.Types types) {
    return types.types().stream().sorted().map(Enum::name).collect(Collectors.joining(","));
  }

  private void recent(Match.Recent recent) {
    say("-m", "recent");
    not(recent.inverted());
    say("--" + recent.mode().name().toLowerCase(Locale.ROOT));
    if (recent.age().seconds() != 0) {
      say("--seconds", Integer.toUnsignedString(recent.age().seconds()));
    }
    if (recent.age().reap()) {
      say("--reap");
    }
    if (recent.age().hits() != 0) {
      say("--hitcount", Integer.toUnsignedString(recent.age().hits()));
    }
    if (recent.age().checkTtl()) {
      say("--rttl");
    }
    say("--name", Values.quoted(Values.quoted(recent.list())), "--mask", recent.mask().toString(),
        recent.side() == Match.Side.SOURCE ? "--rsource" : "--rdest");
  }

  private void physdev(Match.Physdev physdev) {
    say("-m", "physdev");
    flag(physdev.isIn(), "--physdev-is-in");
    physdev.in().ifPresent(n -> name("--physdev-in", n));
    flag(physdev.isOut(), "--physdev-is-out");
    physdev.out().ifPresent(n -> name("--physdev-out", n));
    flag(physdev.isBridged(), "--physdev-is-bridged");
  }

  private void flag(Match.Tri asked, String option) {
    if (asked != Match.Tri.ANY) {
      not(asked == Match.Tri.NO);
      say(option);
    }
  }
}
