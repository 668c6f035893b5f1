package org.hopscope.model.iptables;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.netfilter.AddressMatch;
import org.hopscope.model.netfilter.AddressType;
import org.hopscope.model.netfilter.Chain;
import org.hopscope.model.netfilter.Hook;
import org.hopscope.model.netfilter.Match;
import org.hopscope.model.netfilter.ProtocolMatch;
import org.hopscope.model.netfilter.Protocols;
import org.hopscope.model.netfilter.RejectWith;
import org.hopscope.model.netfilter.Rule;
import org.hopscope.model.netfilter.RuleTable;
import org.hopscope.model.netfilter.TableName;
import org.hopscope.model.netfilter.Target;

/**
 * What the kernel refuses of rules that the program finds well written: a target in the wrong table or at the wrong hook,
 * a match without its protocol, chains that lead back into themselves (kernel net/netfilter/nft_compat.c, nf_tables_api.c
 * nft_chain_validate).
 */
final class Validity {
  private static final Set<Hook> ANY = EnumSet.allOf(Hook.class);

  private static final Set<AddressType> IPV6_TYPES = EnumSet.of(AddressType.UNSPEC, AddressType.UNICAST,
      AddressType.LOCAL, AddressType.ANYCAST, AddressType.MULTICAST, AddressType.UNREACHABLE);

  private static final int RECENT_STAMPS = 65_536;

  private Validity() {
  }

  /** Checks rules that were put into a chain; the table already has them. */
  static void check(IpFamily family, RuleTable table, String chain, List<Rule> rules, String what)
      throws Complaint {
    boolean leads = false;
    boolean bound = false;
    for (Rule rule : rules) {
      if (!fits(family, table.name(), rule)) {
        throw refused(what, "Invalid argument", chain);
      }
      leads |= rule.target() instanceof Target.Jump || rule.target() instanceof Target.Goto;
      bound |= !hooks(rule).equals(ANY);
    }
    if (leads || bound) {
      checkAll(table, chain, what);
    }
  }

  static Complaint refused(String what, String why, String chain) {
    return Complaint.kernel(what + " failed (" + why + "): rule in chain " + chain);
  }

  /** Checks every rule that packets can reach; {@code chain} is the one to name. */
  static void checkAll(RuleTable table, String chain, String what) throws Complaint {
    Map<String, Chain> chains = new HashMap<>(table.chains());
    Map<String, Set<Hook>> reached = new HashMap<>();
    for (Hook hook : table.name().hooks()) {
      Deque<String> way = new ArrayDeque<>();
      if (!reach(chains, hook.name(), hook, reached, way)) {
        throw refused(what, "Too many links", chain);
      }
    }
    for (Map.Entry<String, Set<Hook>> entry : reached.entrySet()) {
      for (Rule rule : chains.get(entry.getKey()).rules()) {
        Set<Hook> hooks = hooks(rule);
        if (hooks != ANY && !hooks.containsAll(entry.getValue())) {
          throw refused(what, "Invalid argument", chain);
        }
      }
    }
  }

  /** Marks what can be reached from a hook; false when a chain leads back into itself. */
  private static boolean reach(Map<String, Chain> chains, String chain, Hook hook, Map<String, Set<Hook>> reached,
      Deque<String> way) {
    if (way.contains(chain)) {
      return false;
    }
    if (!reached.computeIfAbsent(chain, _ -> EnumSet.noneOf(Hook.class)).add(hook)) {
      return true;
    }
    way.push(chain);
    for (Rule rule : chains.get(chain).rules()) {
      Optional<String> to = Optional.ofNullable(switch (rule.target()) {
        case Target.Jump(String name) -> name;
        case Target.Goto(String name) -> name;
        default -> null;
      });
      if (to.isPresent() && !reach(chains, to.get(), hook, reached, way)) {
        return false;
      }
    }
    way.pop();
    return true;
  }

  /** The hooks at which a rule may stand. */
  private static Set<Hook> hooks(Rule rule) {
    Set<Hook> hooks = switch (rule.target()) {
      case Target.Dnat _,Target.Redirect _ -> EnumSet.of(Hook.PREROUTING, Hook.OUTPUT);
      case Target.Snat _ -> EnumSet.of(Hook.POSTROUTING, Hook.INPUT);
      case Target.Masquerade _ -> EnumSet.of(Hook.POSTROUTING);
      case Target.Netmap _ -> EnumSet.of(Hook.PREROUTING, Hook.OUTPUT, Hook.POSTROUTING, Hook.INPUT);
      case Target.Reject _ -> EnumSet.of(Hook.INPUT, Hook.FORWARD, Hook.OUTPUT);
      case Target.Tcpmss(Optional<Integer> size) ->
          size.isPresent() ? ANY : EnumSet.of(Hook.FORWARD, Hook.OUTPUT, Hook.POSTROUTING);
      case Target.Nothing _,Target.Accept _,Target.Drop _,Target.Return _,Target.Jump _,Target.Goto _,Target.Log _,Target.Mark _,Target.Connmark _,Target.Notrack _,Target.Trace _,Target.Ttl _ ->
          ANY;
    };
    boolean bound = false;
    for (Match match : rule.matches()) {
      bound |= match instanceof Match.Mac || match instanceof Match.Physdev || match instanceof Match.AddrType;
    }
    if (!bound) {
      return hooks;
    }
    Set<Hook> left = EnumSet.copyOf(hooks);
    for (Match match : rule.matches()) {
      if (match instanceof Match.Mac) {
        left.retainAll(EnumSet.of(Hook.PREROUTING, Hook.INPUT, Hook.FORWARD));
      }
      if (match instanceof Match.Physdev physdev && asksWhereTo(physdev)) {
        left.remove(Hook.OUTPUT);
      }
      if (match instanceof Match.AddrType type) {
        switch (type.limit()) {
          case NONE -> {
          }
          case IN -> left.removeAll(EnumSet.of(Hook.OUTPUT, Hook.POSTROUTING));
          case OUT -> left.removeAll(EnumSet.of(Hook.PREROUTING, Hook.INPUT));
        }
      }
    }
    return left.equals(ANY) ? ANY : left;
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

  /** Whether what a list of recent sightings is told to do fits together (kernel xt_recent.c recent_mt_check). */
  private static boolean fits(Match.Recent recent) {
    boolean counts = recent.age().seconds() != 0 || recent.age().hits() != 0;
    boolean looks = recent.mode() == Match.Recent.Mode.RCHECK || recent.mode() == Match.Recent.Mode.UPDATE;
    boolean few = Integer.compareUnsigned(recent.age().hits(), RECENT_STAMPS) < 0;
    return few && (looks || !counts) && !recent.list().isEmpty() && !recent.list().contains("/");
  }

  /** Whether a rule suits a table, and its matches the protocol it asks for. */
  static boolean fits(IpFamily family, TableName table, Rule rule) {
    Optional<Integer> protocol = rule.ip().protocol().filter(p -> !p.inverted()).map(ProtocolMatch::number);
    boolean target = switch (rule.target()) {
      case Target.Dnat _,Target.Redirect _,Target.Snat _,Target.Masquerade _,Target.Netmap _ ->
          table == TableName.NAT;
      case Target.Reject(RejectWith with) -> table == TableName.FILTER
          && (with != RejectWith.TCP_RESET || protocol.filter(p -> p == Protocols.TCP).isPresent());
      case Target.Notrack _ -> table == TableName.RAW;
      case Target.Trace _ -> true;
      case Target.Ttl _ -> table == TableName.MANGLE;
      case Target.Tcpmss _ -> protocol.filter(p -> p == Protocols.TCP).isPresent();
      case Target.Nothing _,Target.Accept _,Target.Drop _,Target.Return _,Target.Jump _,Target.Goto _,Target.Log _,Target.Mark _,Target.Connmark _ ->
          true;
    };
    return target && mayHold(rule.ip().source()) && mayHold(rule.ip().destination())
        && rule.matches().stream().allMatch(m -> switch (m) {
          case Match.Tcp _ -> protocol.filter(p -> p == Protocols.TCP).isPresent();
          case Match.Udp _ -> protocol.filter(p -> p == Protocols.UDP).isPresent();
          case Match.Sctp _ -> protocol.filter(p -> p == Protocols.SCTP).isPresent();
          case Match.Recent recent -> fits(recent);
          case Match.AddrType type -> fits(family, type);
          case Match.Icmp _ -> protocol.filter(p -> p == Protocols.ICMP || p == Protocols.ICMPV6).isPresent();
          case Match.Multiport _,Match.State _,Match.Conntrack _,Match.Mark _,Match.Connmark _,Match.Comment _,Match.Random _,Match.Nth _,Match.Physdev _,Match.IpRange _,Match.Limit _,Match.Length _,Match.Ttl _,Match.Mac _,Match.InSet _,Match.PacketKind _ ->
              true;
        });
  }
}
