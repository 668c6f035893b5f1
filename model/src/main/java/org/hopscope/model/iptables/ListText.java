package org.hopscope.model.iptables;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.netfilter.AddressMatch;
import org.hopscope.model.netfilter.AddressRange;
import org.hopscope.model.netfilter.Chain;
import org.hopscope.model.netfilter.CtCondition;
import org.hopscope.model.netfilter.IpMatch;
import org.hopscope.model.netfilter.Match;
import org.hopscope.model.netfilter.NameMatch;
import org.hopscope.model.netfilter.NatRange;
import org.hopscope.model.netfilter.NetfilterState;
import org.hopscope.model.netfilter.PortRange;
import org.hopscope.model.netfilter.ProtocolMatch;
import org.hopscope.model.netfilter.Protocols;
import org.hopscope.model.netfilter.Rule;
import org.hopscope.model.netfilter.RuleTable;
import org.hopscope.model.netfilter.Tally;
import org.hopscope.model.netfilter.Target;
import org.hopscope.model.netfilter.Wording;

/** Writes chains as {@code iptables -L} does (iptables/xshared.c, libxtables' print functions). */
public final class ListText {
  private static final List<String> LEVELS =
      List.of("emerg", "alert", "crit", "err", "warn", "notice", "info", "debug");
  /** By the bits of the flags, from the lowest. */
  private static final List<String> LOG_FLAGS =
      List.of(" tcp-sequence", " tcp-options", " ip-options", " uid", "", " macdecode");
  private static final int MANY = 99_999;

  private final IptablesCommand.Style style;
  private final NetfilterState state;

  private final IpFamily family;

  private ListText(IpFamily family, IptablesCommand.Style style, NetfilterState state) {
    this.family = family;
    this.style = style;
    this.state = state;
  }

  /** The lines of {@code -L}: all chains, one chain, or one rule alone. */
  public static List<String> of(IpFamily family, RuleTable table, List<Chain> chains, int number,
      IptablesCommand.Style style, NetfilterState state) {
    ListText text = new ListText(family, style, state);
    List<String> lines = new ArrayList<>();
    JumpCount jumps = JumpCount.of(table);
    for (Chain chain : chains) {
      if (number > 0) {
        if (number <= chain.rules().size()) {
          lines.add(text.rule(number, chain.rules().get(number - 1)));
        }
        continue;
      }
      if (!lines.isEmpty()) {
        lines.add("");
      }
      lines.add("Chain " + chain.name() + " (" + text.about(jumps, chain) + ")");
      lines.add(text.header());
      for (int i = 0; i < chain.rules().size(); i++) {
        lines.add(text.rule(i + 1, chain.rules().get(i)));
      }
    }
    return lines;
  }

  /** A rule as {@code iptables -v -A} and its kin repeat it. */
  public static String told(IpFamily family, Rule rule) {
    ListText text =
        new ListText(family, new IptablesCommand.Style(true, true, false, false, false), NetfilterState.EMPTY);
    IpMatch ip = rule.ip();
    String protocol = ip.protocol().map(p -> (p.inverted() ? "!" : " ") + Values.protocol(p.number())).orElse(" all");
    return (name(rule.target()) + " " + protocol + " opt " + fragment(ip.fragment()) + " in " + text.device(ip.in())
        + " out " + text.device(ip.out())
        + " " + text.address(ip.source()).stripTrailing() + "  ->" + text.address(ip.destination()).stripTrailing()
        + "  "
        + text.behind(rule)).stripTrailing();
  }

  private static String fragment(IpMatch.Fragment fragment) {
    return switch (fragment) {
      case ANY -> "--";
      case LATER -> "-f";
      case FIRST_OR_WHOLE -> "!f";
    };
  }

  /** What stands behind the addresses. */
  private String behind(Rule rule) {
    StringBuilder line = new StringBuilder(rule.target() instanceof Target.Goto ? "[goto] " : "");
    int protocol = rule.ip().protocol().map(ProtocolMatch::number).orElse(0);
    rule.matches().forEach(m -> line.append(" ").append(text(m, protocol)));
    String details = details(rule.target());
    return line + (details.isEmpty() ? "" : " " + details);
  }

  private String about(JumpCount jumps, Chain chain) {
    if (chain.policy().isEmpty()) {
      return jumps.to(chain.name()) + " references";
    }
    Tally tally = state.tally(chain.handle());
    return "policy " + chain.policy().get() + (style.verbose()
        ? " " + count(tally.packets()).strip() + " packets, " + count(tally.bytes()).strip() + " bytes"
        : "");
  }

  private String header() {
    String counters = !style.verbose() ? "" : style.exact() ? "    pkts      bytes " : " pkts bytes ";
    return (style.numbered() ? "num  " : "") + counters + "target     prot opt " + (style.verbose()
        ? "in     out     "
        : "") + "source               destination";
  }

  private String count(long number) {
    if (style.exact()) {
      return String.format(Locale.ROOT, "%8d", number);
    }
    if (number <= MANY) {
      return String.format(Locale.ROOT, "%5d", number);
    }
    long scaled = (number + 500) / 1000;
    for (String unit : new String[] {"K", "M", "G"}) {
      if (scaled <= 9999) {
        return String.format(Locale.ROOT, "%4d%s", scaled, unit);
      }
      scaled = (scaled + 500) / 1000;
    }
    return String.format(Locale.ROOT, "%4dT", scaled);
  }

  private String rule(int number, Rule rule) {
    StringBuilder line = new StringBuilder(style.numbered() ? String.format(Locale.ROOT, "%-4d ", number) : "");
    if (style.verbose()) {
      Tally tally = state.tally(rule.handle());
      line.append(style.exact()
          ? String.format(Locale.ROOT, "%8d %8d ", tally.packets(), tally.bytes())
          : count(tally.packets()) + " " + count(tally.bytes()) + " ");
    }
    IpMatch ip = rule.ip();
    line.append(String.format(Locale.ROOT, "%-9s ", name(rule.target())));
    boolean other = ip.protocol().filter(p -> p.inverted()).isPresent();
    int protocol = ip.protocol().map(p -> p.number()).orElse(0);
    String word = style.numeric() ? Integer.toString(protocol) : Values.protocol(protocol);
    line.append(other ? '!' : ' ').append(String.format(Locale.ROOT, "%-4s ", word));
    line.append(fragment(ip.fragment())).append(' ');
    if (style.verbose()) {
      line.append(String.format(Locale.ROOT, " %-6s %-6s ", device(ip.in()), device(ip.out())));
    }
    line.append(address(ip.source())).append(address(ip.destination()));
    return line.append(behind(rule)).toString().stripTrailing();
  }

  private static String name(Target target) {
    return switch (target) {
      case Target.Nothing _ -> "";
      case Target.Jump(String chain) -> chain;
      case Target.Goto(String chain) -> chain;
      case Target.Notrack _,Target.Track _ -> "CT";
      case Target.Other(var wording, var _) -> wording.name();
      case Target.Accept _,Target.Drop _,Target.Return _,Target.Reject _,Target.Log _,Target.Mark _,Target.Connmark _,Target.Dnat _,Target.Snat _,Target.Masquerade _,Target.Redirect _,Target.Netmap _,Target.Trace _,Target.Ttl _,Target.Tcpmss _ ->
          target instanceof Target.Ttl(IpFamily six, var _, int _) ? hops(six)
              : target.getClass().getSimpleName().toUpperCase(Locale.ROOT);
    };
  }

  private static String hops(IpFamily family) {
    return family == IpFamily.INET ? "TTL" : "HL";
  }

  private String device(Optional<NameMatch> name) {
    return name.map(n -> (n.inverted() ? "!" : "") + n.pattern()).orElse(style.numeric() ? "*" : "any");
  }

  private String address(Optional<AddressMatch> match) {
    boolean other = match.map(AddressMatch::inverted).orElse(false);
    return (other ? "!" : " ") + String.format(Locale.ROOT, "%-19s ", match.map(this::network).orElse(!style.numeric()
        ? "anywhere"
        : family == IpFamily.INET ? "0.0.0.0/0" : "::/0"));
  }

  private String network(AddressMatch match) {
    String text = SaveText.plain(match);
    return !style.numeric() && (text.equals("127.0.0.1") || text.equals("::1")) ? "localhost" : text;
  }

  private String text(Match match, int protocol) {
    return switch (match) {
      case Match.Tcp tcp -> "tcp" + ports(tcp.ports(), Protocols.TCP)
          + tcp.option().map(o -> " option=" + (tcp.optionInverted() ? "!" : "") + o).orElse("")
          + (tcp.flagsShown() != 0 || tcp.flagsInverted()
              ? " flags:" + (tcp.flagsInverted() ? "!" : "") + flags(tcp.flagsShown()) + "/" + flags(tcp.flagsSet())
              : "");
      case Match.Udp(Match.Ports ports) -> "udp" + ports(ports, Protocols.UDP);
      case Match.Sctp(Match.Ports ports) -> "sctp" + ports(ports, Protocols.SCTP);
      case Match.Icmp icmp -> icmp(icmp);
      case Match.Multiport(Match.Side side, List<PortRange> ports, boolean inverted) -> "multiport "
          + switch (side) {
            case SOURCE -> "sports ";
            case DESTINATION -> "dports ";
            case EITHER -> "ports ";
          } + (inverted ? " !" : "") + ports.stream().map(r -> range(r, protocol)).collect(Collectors.joining(","));
      case Match.State(var states, boolean inverted) -> (inverted ? "! " : "") + "state "
          + CtStates.text(states, Set.of());
      case Match.Conntrack(List<CtCondition> conditions) -> conditions.stream().map(ListText::condition)
          .collect(Collectors.joining(" "));
      case Match.Mark(int value, int mask, boolean inverted) ->
          "mark match " + (inverted ? "! " : "") + hex(value, mask);
      case Match.Connmark(int value, int mask, boolean inverted) -> "connmark match " + (inverted ? "!" : "") + " "
          + hex(value, mask);
      case Match.Comment(String text) -> "/* " + text + " */";
      case Match.AddrType type -> "ADDRTYPE match"
          + type.source().map(t -> " src-type " + (t.inverted() ? "!" : "") + SaveText.types(t)).orElse("")
          + type.destination().map(t -> " dst-type " + (t.inverted() ? "!" : "") + SaveText.types(t)).orElse("")
          + switch (type.limit()) {
            case NONE -> "";
            case IN -> " limit-in";
            case OUT -> " limit-out";
          };
      case Match.Random(long probability, boolean inverted) -> "statistic mode random" + (inverted ? " !" : "")
          + " probability " + SaveText.probability(probability);
      case Match.Nth(int every, int packet, boolean inverted) -> "statistic mode nth" + (inverted ? " !" : "")
          + " every " + Integer.toUnsignedString(every) + (packet != 0 ? " packet " + packet : "");
      case Match.Recent recent -> recent(recent);
      case Match.Physdev _ -> "PHYSDEV match" + SaveText.of(match).substring("-m physdev".length());
      case Match.IpRange range -> (range.source().map(r -> "source IP range " + between(range.sourceInverted(), r))
          .orElse("")
          + range.destination().map(r -> " destination IP range " + between(range.destinationInverted(), r))
              .orElse(""))
          .strip();
      case Match.Limit limit -> "limit: avg " + limit.count() + "/" + limit.unit().name().toLowerCase(Locale.ROOT)
          + " burst " + limit.burst();
      case Match.Length(int least, int most, boolean inverted) -> "length " + (inverted ? "!" : "")
          + (least == most ? Integer.toString(least) : least + ":" + most);
      case Match.Ttl(IpFamily six, var comparison, int value) ->
          hops(six) + " match " + hops(six) + " " + switch (comparison) {
            case EQ -> "==";
            case NE -> "!=";
            case LT -> "<";
            case GT -> ">";
          } + " " + value;
      case Match.Mac(var mac, boolean inverted) -> "MAC " + (inverted ? "! " : "") + mac;
      case Match.InSet in -> (in.inverted() ? "! " : "") + "match-set " + in.set() + " " + SetWords.sides(in.sides())
          + SetWords.asks(in.asks()).replace("--", "");
      case Match.Other(var wording, var _) -> said(wording);
      case Match.PacketKind(var kind, boolean inverted) -> "PKTTYPE " + (inverted ? "!" : "") + "= "
          + kind.name().toLowerCase(Locale.ROOT);
    };
  }

  private static String between(boolean inverted, AddressRange range) {
    return (inverted ? "! " : "") + range.first() + "-" + range.last();
  }

  private String ports(Match.Ports ports, int protocol) {
    return ports.source().map(r -> port(" spt", ports.sourceInverted(), r, protocol)).orElse("")
        + ports.destination().map(r -> port(" dpt", ports.destinationInverted(), r, protocol)).orElse("");
  }

  private String port(String name, boolean inverted, PortRange range, int protocol) {
    if (range.isAll() && !inverted) {
      return "";
    }
    return name + (range.isSingle() ? ":" : "s:") + (inverted ? "!" : "") + range(range, protocol);
  }

  private String range(PortRange range, int protocol) {
    String first = service(range.first(), protocol);
    return range.isSingle() ? first : first + ":" + service(range.last(), protocol);
  }

  private String service(int port, int protocol) {
    return style.numeric() ? Integer.toString(port) : Databases.service(port, protocol);
  }

  private String icmp(Match.Icmp icmp) {
    String word = icmp.family() == IpFamily.INET ? "icmp" : "ipv6-icmp";
    boolean all = icmp.firstCode() == 0 && icmp.lastCode() == 255;
    if (!style.numeric()) {
      Optional<String> name = PortMatches.icmpName(icmp.family(), icmp.type(), all ? -1 : icmp.firstCode());
      if (name.isPresent()) {
        return word + " " + (icmp.inverted() ? "!" : "") + name.get();
      }
    }
    return (icmp.inverted() ? word + " !type " : word + "type ") + icmp.type()
        + (all ? "" : " code " + icmp.firstCode());
  }

  private static String hex(int value, int mask) {
    return Values.hex(value) + (mask == -1 ? "" : "/" + Values.hex(mask));
  }

  private static String condition(CtCondition condition) {
    String text = SaveText.of(new Match.Conntrack(List.of(condition))).substring("-m conntrack ".length());
    return text.replace("--", "");
  }

  private static String recent(Match.Recent recent) {
    Match.Recent.Age age = recent.age();
    String mode = switch (recent.mode()) {
      case SET -> "SET";
      case RCHECK -> "CHECK";
      case UPDATE -> "UPDATE";
      case REMOVE -> "REMOVE";
    };
    return (recent.inverted() ? "! " : "") + "recent: " + mode
        + (age.seconds() != 0 ? " seconds: " + Integer.toUnsignedString(age.seconds()) : "")
        + (age.reap() ? " reap" : "") + (age.hits() != 0 ? " hit_count: " + Integer.toUnsignedString(age.hits()) : "")
        + (age.checkTtl() ? " TTL-Match" : "") + " name: " + recent.list() + " side: "
        + (recent.side() == Match.Side.SOURCE ? "source" : "dest") + " mask: " + recent.mask();
  }

  private String said(Wording wording) {
    return style.numeric() ? wording.listed() : wording.named();
  }

  private String flags(int bits) {
    return style.numeric() ? String.format(Locale.ROOT, "0x%02X", bits) : PortMatches.flags(bits);
  }

  private String log(int level, int flags) {
    return style.numeric() ? "LOG flags " + flags + " level " + level
        : "LOG level " + LEVELS.get(level) + IntStream.range(0, LOG_FLAGS.size())
            .filter(f -> (flags >>> f & 1) != 0).mapToObj(LOG_FLAGS::get).collect(Collectors.joining());
  }

  private String details(Target target) {
    return switch (target) {
      case Target.Reject(var with) -> "reject-with " + with.word();
      case Target.Log(int level, String prefix, int flags) -> log(level, flags)
          + (prefix.isEmpty() ? "" : " prefix \"" + prefix + "\"");
      case Target.Mark(int value, int mask) -> "MARK " + marked(value, mask);
      case Target.Connmark connmark -> connmark(connmark);
      case Target.Dnat(NatRange to) -> "to:" + TargetText.destination(to) + options(to.options());
      case Target.Snat(NatRange to) -> "to:" + TargetText.destination(to) + options(to.options());
      case Target.Masquerade(var ports, var options) ->
          (ports.map(p -> "masq ports: " + TargetText.ports(p)).orElse("") + options(options)).strip();
      case Target.Redirect(var ports, var options) ->
          (ports.map(p -> "redir ports " + TargetText.ports(p)).orElse("") + options(options)).strip();
      case Target.Netmap(var to) -> "to:" + to;
      case Target.Notrack(boolean oldWord) -> oldWord ? "NOTRACK" : "CT notrack";
      case Target.Other(var wording, var _) -> said(wording);
      case Target.Track(var template) -> ("CT " + String.join(" ", TargetText.template(template, ""))).strip();
      case Target.Ttl(IpFamily six, var operation, int value) -> hops(six) + " " + switch (operation) {
        case SET -> "set to ";
        case DEC -> "decrement by ";
        case INC -> "increment by ";
      } + value;
      case Target.Tcpmss(var size) -> "TCPMSS " + size.map(s -> "set " + s).orElse("clamp to PMTU");
      case Target.Nothing _,Target.Accept _,Target.Drop _,Target.Return _,Target.Jump _,Target.Goto _,Target.Trace _ ->
          "";
    };
  }

  /** libxt_MARK.c mark_tg_print. */
  private static String marked(int value, int mask) {
    return value == 0 ? "and " + Values.hex(~mask)
        : value == mask ? "or " + Values.hex(value)
        : mask == 0 ? "xor " + Values.hex(value)
        : mask == -1 ? "set " + Values.hex(value)
        : "xset " + Values.hex(value) + "/" + Values.hex(mask);
  }

  private static String connmark(Target.Connmark target) {
    boolean all = target.nfMask() == -1 && target.ctMask() == -1;
    String ct = Values.hex(target.ctMask());
    String nf = Values.hex(target.nfMask());
    String same = all ? "" : " mask " + ct;
    boolean differ = target.nfMask() != target.ctMask();
    String shifted = target.shift() == 0 ? ""
        : (target.shift() > 0 ? " left" : " right") + "-shift-mark " + Math.abs(target.shift());
    return "CONNMARK " + switch (target.mode()) {
      case SET -> marked(target.value(), target.ctMask());
      case SAVE -> "save" + (differ ? " nfmask " + nf + " ctmask ~" + ct : same);
      case RESTORE -> "restore" + (differ ? " ctmask " + ct + " nfmask ~" + nf : same);
    } + shifted;
  }

  private static String options(NatRange.Options options) {
    return (options.random() ? " random" : "") + (options.fullyRandom() ? " random-fully" : "")
        + (options.persistent() ? " persistent" : "");
  }
}
