package org.hopscope.model.lab;

import java.util.Optional;
import java.util.stream.IntStream;
import org.hopscope.model.addr.InterfaceAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.net.FlowSelector;
import org.hopscope.model.net.Netns;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.PolicyRule;
import org.hopscope.model.net.PolicyRules;
import org.hopscope.model.net.RouteProtocol;
import org.hopscope.model.net.RoutingTables;

/** Policy rules come and go ({@code ip rule}; kernel net/core/fib_rules.c). */
final class RuleEdits {
  private static final int ECN_BITS = 3;
  private static final int HIGHEST_PORT = 65535;

  private RuleEdits() {
  }

  /** A rule that is there already is refused, priority included: without one it gets the one before the others. */
  static LabState add(LabState lab, Edit.AddRule wish) {
    Netns netns = Find.netns(lab, wish.netns());
    PolicyRules rules = netns.tables(wish.family()).rules();
    int priority = wish.priority().orElse(rules.nextPriority());
    check(wish.selector(), wish.family());
    notBackward(wish.action(), priority);
    PolicyRule.Action action = wish.action() instanceof PolicyRule.ToTable(int any, int suppressed)
        && any == PolicyRule.ANY_TABLE
            ? new PolicyRule.ToTable(emptyTable(netns.tables(wish.family()), wish.family()), suppressed)
            : wish.action();
    PolicyRule rule = new PolicyRule(priority, wish.selector(), action, wish.protocol());
    boolean there = rules.rows().stream().anyMatch(r -> exists(r, rule));
    if (there) {
      throw RefusedException.kernel(Errno.EEXIST);
    }
    Netns ruled = netns.withRules(wish.family(), rules.with(rule));
    boolean makesTable = wish.family() == IpFamily.INET6 || !action.equals(wish.action());
    return lab.with(makesTable && action instanceof PolicyRule.ToTable(int table, int _)
        ? ruled.withTable(wish.family(), table, ruled.tables(wish.family()).table(table))
        : ruled);
  }

  /**
   * Whether a rule stands in the way of a new one (kernel rule_exists, fib4_rule_compare): a network or type of service
   * that the new one does not name is any, and neither {@code not} nor where a goto leads is looked at.
   */
  private static boolean exists(PolicyRule rule, PolicyRule fresh) {
    PolicyRule.Selector is = rule.selector();
    PolicyRule.Selector wanted = fresh.selector();
    FlowSelector flow = is.flow();
    FlowSelector asked = wanted.flow();
    boolean same = rule.action() instanceof PolicyRule.Goto && fresh.action() instanceof PolicyRule.Goto
        || rule.action().equals(fresh.action());
    return same && rule.priority() == fresh.priority() && rule.protocol().equals(fresh.protocol())
        && is.incoming().equals(wanted.incoming()) && is.outgoing().equals(wanted.outgoing())
        && is.mark().equals(wanted.mark()) && flow.users().equals(asked.users()) && flow.protocol() == asked.protocol()
        && flow.sourcePorts().equals(asked.sourcePorts()) && flow.ports().equals(asked.ports())
        && (asked.tos() == 0 || asked.tos() == flow.tos()) && agrees(is.from(), wanted.from())
        && agrees(is.to(), wanted.to());
  }

  /** The first that nobody made yet (fib_frontend.c fib_empty_table); IPv6 wants one named (fib6_rule_configure). */
  private static int emptyTable(RoutingTables tables, IpFamily family) {
    return IntStream.range(1, Netns.MAIN).filter(n -> family == IpFamily.INET && !tables.has(n)).findFirst()
        .orElseThrow(() -> RefusedException.kernel(Errno.EINVAL, "Invalid table."));
  }

  /** What fib_nl2rule and fib4_rule_configure refuse. */
  private static void check(PolicyRule.Selector selector, IpFamily family) {
    checkNetworks(selector, family);
    FlowSelector flow = selector.flow();
    if ((flow.tos() & ECN_BITS) != 0) {
      throw RefusedException.kernel(Errno.EINVAL, "Invalid dsfield (tos): ECN bits must be 0.");
    }
    if (flow.sourcePorts().filter(p -> !isValid(p)).isPresent()) {
      throw RefusedException.kernel(Errno.EINVAL, "Invalid sport range.");
    }
    if (flow.ports().filter(p -> !isValid(p)).isPresent()) {
      throw RefusedException.kernel(Errno.EINVAL, "Invalid dport range.");
    }
  }

  /** An address of the other family has another length (kernel validate_rulemsg). */
  private static void checkNetworks(PolicyRule.Selector selector, IpFamily family) {
    if (selector.from().filter(n -> n.length() > 0 && n.address().family() != family).isPresent()) {
      throw RefusedException.kernel(Errno.EINVAL, "Invalid source address.");
    }
    if (selector.to().filter(n -> n.length() > 0 && n.address().family() != family).isPresent()) {
      throw RefusedException.kernel(Errno.EINVAL, "Invalid dst address.");
    }
  }

  /** Also a rule to be deleted has a priority, the one it would get. */
  private static void notBackward(PolicyRule.Action action, int priority) {
    if (action instanceof PolicyRule.Goto(int to) && Integer.compareUnsigned(to, priority) <= 0) {
      throw RefusedException.kernel(Errno.EINVAL, "Backward goto not supported.");
    }
  }

  private static boolean isValid(FlowSelector.Range ports) {
    return ports.first() > 0 && ports.last() < HIGHEST_PORT && ports.first() <= ports.last();
  }

  private static boolean agrees(FlowSelector rule, FlowSelector said) {
    return (said.tos() == 0 || said.tos() == rule.tos()) && (said.protocol() == 0 || said.protocol() == rule.protocol())
        && said.users().filter(u -> !rule.users().equals(Optional.of(u))).isEmpty()
        && said.sourcePorts().filter(p -> !rule.sourcePorts().equals(Optional.of(p))).isEmpty()
        && said.ports().filter(p -> !rule.ports().equals(Optional.of(p))).isEmpty();
  }

  /** What is not said agrees with everything (kernel rule_find, fib4_rule_compare). */
  static LabState delete(LabState lab, NetnsId where, IpFamily family, Optional<Integer> priority,
      PolicyRule.Selector said, Optional<PolicyRule.Action> action, RouteProtocol protocol) {
    Netns netns = Find.netns(lab, where);
    PolicyRules rules = netns.tables(family).rules();
    checkNetworks(said, family);
    action.ifPresent(a -> notBackward(a, priority.orElse(rules.nextPriority())));
    PolicyRules left = rules.withoutFirst(r -> priority.filter(p -> p != r.priority()).isEmpty()
        && (protocol.equals(RouteProtocol.UNSPEC) || protocol.equals(r.protocol()))
        && agrees(r.selector(), said) && action.filter(a -> !agrees(r.action(), a)).isEmpty());
    if (left.equals(rules)) {
      throw RefusedException.kernel(Errno.ENOENT);
    }
    return lab.with(netns.withRules(family, left));
  }

  private static boolean agrees(PolicyRule.Selector rule, PolicyRule.Selector said) {
    return agrees(rule.from(), said.from()) && agrees(rule.to(), said.to())
        && said.incoming().filter(i -> !rule.incoming().equals(Optional.of(i))).isEmpty()
        && said.outgoing().filter(o -> !rule.outgoing().equals(Optional.of(o))).isEmpty()
        && agrees(rule.flow(), said.flow()) && (said.mark().value() == 0 || said.mark().value() == rule.mark().value())
        && (said.mark().mask() == 0 || said.mark().mask() == rule.mark().mask());
  }

  private static boolean agrees(Optional<InterfaceAddress> rule, Optional<InterfaceAddress> said) {
    return said.filter(s -> s.length() > 0 && !rule.equals(Optional.of(s))).isEmpty();
  }

  private static boolean agrees(PolicyRule.Action rule, PolicyRule.Action said) {
    return switch (said) {
      case PolicyRule.ToTable(int table, int suppressed) -> rule instanceof PolicyRule.ToTable(int its, int shortest)
          && (table == PolicyRule.ANY_TABLE || its == table) && (suppressed < 0 || suppressed == shortest);
      case PolicyRule.Refuse(int type, int table) ->
          rule instanceof PolicyRule.Refuse(int its, int itsTable) && its == type
              && (table == 0 || table == itsTable);
      case PolicyRule.Goto _,PolicyRule.Nothing _ -> rule.equals(said);
    };
  }
}
