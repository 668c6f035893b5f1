package org.hopscope.model.iptables;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.netfilter.AddressMatch;
import org.hopscope.model.netfilter.AddressType;
import org.hopscope.model.netfilter.Condition;
import org.hopscope.model.netfilter.Failing;
import org.hopscope.model.netfilter.Hook;
import org.hopscope.model.netfilter.Match;
import org.hopscope.model.netfilter.ProtocolMatch;
import org.hopscope.model.netfilter.Protocols;
import org.hopscope.model.netfilter.RejectWith;
import org.hopscope.model.netfilter.Rule;
import org.hopscope.model.netfilter.RuleTable;
import org.hopscope.model.netfilter.TableName;
import org.hopscope.model.netfilter.Target;
import org.hopscope.model.netfilter.Wording;

/**
 * What the kernel refuses of rules that the program finds well written: a target in the wrong table or at the wrong hook,
 * a match without its protocol, chains that lead back into themselves (kernel net/netfilter/nft_compat.c, nf_tables_api.c
 * nft_chain_validate).
 */
final class Validity {
  /** All hooks, one bit each. */
  static final int ANY = (1 << Hook.values().length) - 1;
  private static final int LOCAL_OR_IN = bits(Hook.PREROUTING, Hook.OUTPUT);

  private static final Set<AddressType> IPV6_TYPES = EnumSet.of(AddressType.UNSPEC, AddressType.UNICAST,
      AddressType.LOCAL, AddressType.ANYCAST, AddressType.MULTICAST, AddressType.UNREACHABLE);

  private static final int RECENT_STAMPS = 65_536;

  private Validity() {
  }

  /**
   * A rule that was put into a chain.
   *
   * @param what what the program asked the kernel for, such as {@code RULE_APPEND}
   */
  record Put(String chain, Rule rule, String what) {
    Complaint refused(String why) {
      return Complaint.kernel(what + " failed (" + why + "): rule in chain " + chain);
    }

    /** Refuses a rule that is wrong by itself, wherever it can be reached from. */
    void check(IpFamily family, TableName table) throws Complaint {
      if (!fits(family, table, rule)) {
        throw refused("Invalid argument");
      }
      Optional<String> refusal = refusals(rule).filter(r -> !r.isEmpty()).findFirst()
          .or(() -> rule.target() instanceof Target.Track(var template) ? Helpers.refusal(template, family, rule)
              : Optional.empty());
      if (refusal.isPresent()) {
        throw refused(refusal.get());
      }
    }

    private boolean matters() {
      return Failing.leads(rule).isPresent() || hooks(rule) != ANY;
    }
  }

  /** What is wrong with a table as a whole, into which rules were put when it was faultless. */
  static Optional<Reach.Fault> fault(RuleTable before, RuleTable after, List<Put> puts) {
    if (puts.stream().noneMatch(Put::matters)) {
      return Optional.empty();
    }
    Map<String, List<Rule>> byChain = new LinkedHashMap<>();
    for (Put put : puts) {
      byChain.computeIfAbsent(put.chain(), _ -> new ArrayList<>()).add(put.rule());
    }
    return Reach.holds(before, after, byChain) ? Optional.empty() : Reach.fault(after);
  }

  static int bit(Hook hook) {
    return 1 << hook.ordinal();
  }

  private static int bits(Hook first, Hook... more) {
    int bits = bit(first);
    for (Hook hook : more) {
      bits |= bit(hook);
    }
    return bits;
  }

  /** The hooks at which a rule may stand. */
  static int hooks(Rule rule) {
    int hooks = switch (rule.target()) {
      case Target.Dnat _,Target.Redirect _ -> LOCAL_OR_IN;
      case Target.Snat _ -> bits(Hook.POSTROUTING, Hook.INPUT);
      case Target.Masquerade _ -> bit(Hook.POSTROUTING);
      case Target.Netmap _ -> bits(Hook.PREROUTING, Hook.OUTPUT, Hook.POSTROUTING, Hook.INPUT);
      case Target.Reject _ -> bits(Hook.INPUT, Hook.FORWARD, Hook.OUTPUT);
      case Target.Tcpmss(Optional<Integer> size) ->
          size.isPresent() ? ANY : bits(Hook.FORWARD, Hook.OUTPUT, Hook.POSTROUTING);
      case Target.Nothing _,Target.Accept _,Target.Drop _,Target.Return _,Target.Jump _,Target.Goto _,Target.Log _,Target.Mark _,Target.Connmark _,Target.Notrack _,Target.Track _,Target.Trace _,Target.Ttl _ ->
          ANY;
      case Target.Other(var wording, var _) -> hooks(wording.place());
    };
    for (Match match : rule.matches()) {
      if (match instanceof Match.Other(var wording, var _)) {
        hooks &= hooks(wording.place());
      }
      if (match instanceof Match.Mac) {
        hooks &= bits(Hook.PREROUTING, Hook.INPUT, Hook.FORWARD);
      }
      if (match instanceof Match.Physdev physdev && asksWhereTo(physdev)) {
        hooks &= ~bit(Hook.OUTPUT);
      }
      if (match instanceof Match.AddrType type) {
        hooks &= switch (type.limit()) {
          case NONE -> ANY;
          case IN -> ~bits(Hook.OUTPUT, Hook.POSTROUTING);
          case OUT -> ~bits(Hook.PREROUTING, Hook.INPUT);
        };
      }
    }
    return hooks;
  }

  private static int hooks(Wording.Place place) {
    int hooks = place.hooks().isEmpty() ? ANY : 0;
    for (Hook hook : place.hooks()) {
      hooks |= bit(hook);
    }
    return hooks;
  }

  private static boolean fits(TableName table, Optional<Integer> protocol, Wording.Place place) {
    return (place.tables().isEmpty() || place.tables().contains(table))
        && (place.protocols().isEmpty() || protocol.filter(place.protocols()::contains).isPresent());
  }

  /** What leaves by a port is known only of bridged packets (kernel net/netfilter/xt_physdev.c physdev_mt_check). */
  private static boolean asksWhereTo(Match.Physdev physdev) {
    return (physdev.out().isPresent() || physdev.isOut() != Match.Tri.ANY) && physdev.isBridged() != Match.Tri.YES;
  }

  /** IPv6 knows fewer kinds of addresses (kernel net/netfilter/xt_addrtype.c addrtype_mt_checkentry_v1). */
  private static boolean fits(IpFamily family, Match.AddrType type) {
    return family == IpFamily.INET
        || Stream.of(type.source(), type.destination()).flatMap(Optional::stream).map(Match.AddrType.Types::types)
            .allMatch(IPV6_TYPES::containsAll);
  }

  /** {@code ! -s 0.0.0.0/0} is no address at all (kernel nft_cmp of no bytes: EINVAL). */
  private static boolean mayHold(Optional<AddressMatch> address) {
    return address.filter(a -> a.inverted() && a.mask().isUnspecified()).isEmpty();
  }

  /** Why the kernel takes what a rule names nowhere, in the order in which it looks; empty texts where it does. */
  private static Stream<String> refusals(Rule rule) {
    Stream<Wording> matches = rule.matches().stream()
        .flatMap(m -> m instanceof Match.Other(var wording, var _) ? Stream.of(wording) : Stream.empty());
    Stream<Wording> target =
        rule.target() instanceof Target.Other(var wording, var _) ? Stream.of(wording) : Stream.empty();
    return Stream.concat(matches, target).map(w -> w.place().refusal());
  }

  /** Numbers in order (kernel net/netfilter/xt_owner.c owner_check). */
  private static boolean fits(Condition condition) {
    return !(condition instanceof Condition.Sender sender)
        || Stream.of(sender.user(), sender.group()).flatMap(Optional::stream).allMatch(w -> w.least() <= w.most());
  }

  /** Whether what a list of recent sightings is told to do fits together (kernel xt_recent.c recent_mt_check). */
  private static boolean fits(Match.Recent recent) {
    boolean counts = recent.age().seconds() != 0 || recent.age().hits() != 0;
    boolean looks = recent.mode() == Match.Recent.Mode.RCHECK || recent.mode() == Match.Recent.Mode.UPDATE;
    boolean few = Integer.compareUnsigned(recent.age().hits(), RECENT_STAMPS) < 0;
    return few && (looks || !counts) && !recent.list().isEmpty() && isFile(recent.list());
  }

  /** Whether there can be a file of that name in /proc or /sys (kernel xt_check_proc_name). */
  static boolean isFile(String name) {
    return !name.contains("/") && !name.equals(".") && !name.equals("..");
  }

  /** Whether a rule suits a table, and its matches the protocol it asks for. */
  static boolean fits(IpFamily family, TableName table, Rule rule) {
    Optional<Integer> protocol = rule.ip().protocol().filter(p -> !p.inverted()).map(ProtocolMatch::number);
    boolean target = switch (rule.target()) {
      case Target.Dnat _,Target.Redirect _,Target.Snat _,Target.Masquerade _,Target.Netmap _ ->
          table == TableName.NAT;
      case Target.Reject(RejectWith with) -> table == TableName.FILTER
          && (with != RejectWith.TCP_RESET || protocol.filter(p -> p == Protocols.TCP).isPresent());
      case Target.Notrack _,Target.Track _ -> table == TableName.RAW;
      case Target.Trace _ -> true;
      case Target.Other(var wording, var _) -> fits(table, protocol, wording.place());
      case Target.Ttl _ -> table == TableName.MANGLE;
      case Target.Tcpmss _ -> protocol.filter(p -> p == Protocols.TCP).isPresent();
      case Target.Nothing _,Target.Accept _,Target.Drop _,Target.Return _,Target.Jump _,Target.Goto _,Target.Log _,Target.Mark _,Target.Connmark _ ->
          true;
    };
    return target && mayHold(rule.ip().source()) && mayHold(rule.ip().destination())
        && fit(family, table, protocol, rule.matches());
  }

  private static boolean fit(IpFamily family, TableName table, Optional<Integer> protocol, List<Match> matches) {
    for (Match match : matches) {
      if (!fits(family, protocol, match)
          || match instanceof Match.Other(var wording, var _) && !fits(table, protocol, wording.place())) {
        return false;
      }
    }
    return true;
  }

  private static boolean fits(IpFamily family, Optional<Integer> protocol, Match match) {
    return switch (match) {
      case Match.Tcp tcp -> tcp.isCompared() || protocol.filter(p -> p == Protocols.TCP).isPresent();
      case Match.Udp(Match.Ports ports) ->
          ports.saySomething() || protocol.filter(p -> p == Protocols.UDP).isPresent();
      case Match.Sctp _ -> protocol.filter(p -> p == Protocols.SCTP).isPresent();
      case Match.Recent recent -> fits(recent);
      case Match.AddrType type -> fits(family, type);
      case Match.Icmp _ -> protocol.filter(p -> p == Protocols.ICMP || p == Protocols.ICMPV6).isPresent();
      case Match.Multiport _,Match.State _,Match.Conntrack _,Match.Mark _,Match.Connmark _,Match.Comment _,Match.Random _,Match.Nth _,Match.Physdev _,Match.IpRange _,Match.Limit _,Match.Length _,Match.Ttl _,Match.Mac _,Match.InSet _,Match.PacketKind _ ->
          true;
      case Match.Other(var _, Condition condition) -> fits(condition);
    };
  }
}
