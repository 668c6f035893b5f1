package org.hopscope.model.nft;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.iptables.PacketNames;
import org.hopscope.model.netfilter.AddressMatch;
import org.hopscope.model.netfilter.IpMatch;
import org.hopscope.model.netfilter.Match;
import org.hopscope.model.netfilter.NameMatch;
import org.hopscope.model.netfilter.PortRange;
import org.hopscope.model.netfilter.ProtocolMatch;
import org.hopscope.model.netfilter.Protocols;
import org.hopscope.model.netfilter.Rule;
import org.hopscope.model.netfilter.Tally;
import org.hopscope.model.netfilter.Target;

/**
 * A rule of iptables as nft shows it. What iptables-nft writes in nftables' own expressions (iptables/nft-ipv4.c nft_ipv4_add,
 * nft.c add_match and add_action) reads as any rule of nftables; the rest are matches and targets of xtables, which nft has
 * libxtables translate, or names as {@code xt match NAME} (nftables src/xt.c).
 */
final class XtRule {
  private final Rule rule;
  private final IpFamily family;
  private final NftTable.Key table;
  private final XtRemarks remarks;
  private final List<Part> parts = new ArrayList<>();

  /** An expression in the order in which the kernel walks them. */
  private sealed interface Part {
    String text();

    /** A comparison of nftables' own. */
    record Compared(String text) implements Part {
    }

    /** Something else of nftables' own. */
    record Own(String text) implements Part {
    }

    /** A match or a target of xtables; its translation may be empty. */
    record Xt(String text) implements Part {
    }
  }

  private XtRule(Rule rule, XtTable table, Optional<Tally> tally, XtRemarks remarks) {
    this.rule = rule;
    family = table.family();
    this.table = table.key();
    this.remarks = remarks;
    ip(rule.ip());
    rule.matches().forEach(this::match);
    parts.add(new Part.Own("counter" + tally.map(t -> " packets " + t.packets() + " bytes " + t.bytes()).orElse("")));
    target(rule.target());
  }

  /** A rule of a table with what it counted, if that is told; {@code remarks} takes what nft says beside it. */
  static String text(Rule rule, XtTable table, Optional<Tally> tally, XtRemarks remarks) {
    return new XtRule(rule, table, tally, remarks).parts.stream().map(Part::text).collect(Collectors.joining(" "));
  }

  private void xt(String text) {
    remarks.managed(table);
    parts.add(new Part.Xt(text));
  }

  private void compare(String left, boolean inverted, String right) {
    parts.add(new Part.Compared(left + (inverted ? " != " : " ") + right));
  }

  private void ip(IpMatch ip) {
    String header = XtMatches.header(family);
    ip.in().ifPresent(n -> name("iifname", n));
    ip.out().ifPresent(n -> name("oifname", n));
    ip.protocol().ifPresent(p -> compare("meta l4proto", p.inverted(), PacketNames.protocolName(p.number())));
    ip.source().ifPresent(a -> address(header + " saddr", a));
    ip.destination().ifPresent(a -> address(header + " daddr", a));
    switch (ip.fragment()) {
      case ANY -> {
      }
      case LATER -> compare("ip frag-off & 8191", true, "0");
      case FIRST_OR_WHOLE -> compare("ip frag-off & 8191 ==", false, "0");
    }
  }

  /** A plus alone is any name; its opposite is a name that no device can have. */
  private void name(String field, NameMatch name) {
    if (name.pattern().equals("+")) {
      compare(field, false, "\"INVAL/D\"");
      return;
    }
    String pattern = name.pattern();
    compare(field, name.inverted(),
        "\"" + (pattern.endsWith("+") ? pattern.substring(0, pattern.length() - 1) + "*" : pattern) + "\"");
  }

  private void address(String field, AddressMatch match) {
    int width = match.address().width();
    int length = XtMatches.length(DataType.of(match.mask()), width);
    if (length < 0) {
      compare(field + " & " + match.mask() + (match.inverted() ? "" : " =="), match.inverted(),
          match.address().toString());
    } else {
      compare(field, match.inverted(), match.address() + (length == width ? "" : "/" + length));
    }
  }

  private void match(Match match) {
    switch (match) {
      case Match.Tcp tcp when tcp.option().isEmpty() && !tcp.optionInverted()
          && (tcp.ports().saySomething() || tcp.flagsShown() != 0 || tcp.flagsInverted()) -> {
        if (tcp.flagsShown() != 0) {
          flags(tcp);
        }
        ports("tcp", Protocols.TCP, tcp.ports());
      }
      case Match.Udp(Match.Ports ports) when ports.saySomething() -> ports("udp", Protocols.UDP, ports);
      case Match.Mark(int value, int mask, boolean inverted) -> mark(value, mask, inverted);
      case Match.Limit limit -> parts.add(new Part.Own("limit rate " + XtMatches.rate(limit.count(), limit.unit())
          + (limit.burst() == Statement.Limit.BURST ? "" : " burst " + limit.burst() + " packets")));
      default -> xt(XtMatches.text(match, rule.ip(), family).orElseGet(() -> "xt match " + XtMatches.name(match)));
    }
  }

  /** A comparison in the header of a protocol says by itself which that is, as long as nothing but comparisons stands between. */
  private void transport(String text, int protocol) {
    boolean implied = rule.ip().protocol().filter(p -> !p.inverted() && p.number() == protocol).isPresent()
        && parts.stream().allMatch(p -> p instanceof Part.Compared);
    if (implied) {
      parts.remove(new Part.Compared("meta l4proto " + PacketNames.protocolName(protocol)));
    }
    parts.add(new Part.Compared(text));
  }

  /** Where a rule asks for any protocol but the one that its ports are of, nft names no header that they would stand in. */
  private boolean isOther() {
    return rule.ip().protocol().filter(ProtocolMatch::inverted).isPresent();
  }

  private void ports(String name, int protocol, Match.Ports ports) {
    String header = isOther() ? "th" : name;
    ports.source().ifPresent(r -> port(header + " sport", protocol, r, ports.sourceInverted()));
    ports.destination().ifPresent(r -> port(header + " dport", protocol, r, ports.destinationInverted()));
  }

  /** A range from 0 on is compared with its end alone (iptables/nft-shared.c add_nft_tcpudp). */
  private void port(String field, int protocol, PortRange range, boolean inverted) {
    if (!range.isAll()) {
      boolean upTo = range.first() == 0 && !range.isSingle();
      String sign = upTo ? inverted ? " > " : " <= " : inverted ? " != " : " ";
      transport(field + sign + (upTo ? Integer.toString(range.last()) : XtMatches.between(range.first(), range.last())),
          protocol);
    }
  }

  private void flags(Match.Tcp tcp) {
    if (isOther()) {
      compare("@th,104,8 & 0x" + Integer.toHexString(tcp.flagsShown()) + (tcp.flagsInverted() ? "" : " =="),
          tcp.flagsInverted(), "0x" + Integer.toHexString(tcp.flagsSet()));
      return;
    }
    String shown = flags(tcp.flagsShown());
    String set = flags(tcp.flagsSet());
    boolean one = tcp.flagsShown() == tcp.flagsSet() && Integer.bitCount(tcp.flagsSet()) == 1;
    String text = one ? "& " + shown + (tcp.flagsInverted() ? " != " : " == ") + set
        : tcp.flagsSet() == 0 ? (tcp.flagsInverted() ? "" : "! ") + shown
        : (tcp.flagsInverted() ? "!= " : "") + set + " / " + shown;
    transport("tcp flags " + text, Protocols.TCP);
  }

  private static String flags(int bits) {
    return DataType.TCP_FLAG.flags(BigInteger.valueOf(bits), ",");
  }

  /** A mask of leading ones reads as a network's. */
  private void mark(int value, int mask, boolean inverted) {
    int length = XtMatches.length(BigInteger.valueOf(Integer.toUnsignedLong(mask)), Integer.SIZE);
    if (length < 0) {
      compare("meta mark & " + hex(mask) + (inverted ? "" : " =="), inverted, hex(value));
    } else {
      compare("meta mark", inverted, hex(value) + (length == Integer.SIZE ? "" : "/" + length));
    }
  }

  private static String hex(int value) {
    return String.format(Locale.ROOT, "0x%08x", value);
  }

  private void target(Target target) {
    switch (target) {
      case Target.Nothing _ -> {
      }
      case Target.Accept _ -> parts.add(new Part.Own("accept"));
      case Target.Drop _ -> parts.add(new Part.Own("drop"));
      case Target.Return _ -> parts.add(new Part.Own("return"));
      case Target.Jump(String chain) -> parts.add(new Part.Own("jump " + chain));
      case Target.Goto(String chain) -> parts.add(new Part.Own("goto " + chain));
      case Target.Trace _ -> parts.add(new Part.Own("meta nftrace set 1"));
      case Target.Other(var wording, var _) when wording.name().equals("NFLOG") ->
          parts.add(new Part.Own(XtTargets.log(XtSaid.of(wording))));
      default -> {
        remarks.managed(table);
        xt(remarks.finds(target, family)
            ? XtTargets.text(target, family).orElseGet(() -> "xt target " + XtTargets.name(target))
            : "");
      }
    }
  }
}
