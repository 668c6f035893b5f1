package org.hopscope.model.shell;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.hopscope.model.addr.InterfaceAddress;
import org.hopscope.model.net.FlowSelector;
import org.hopscope.model.net.PolicyRule;
import org.hopscope.model.net.Protocol;
import org.hopscope.model.net.RouteProtocol;
import org.hopscope.model.net.RouteType;

/** Policy rules in the shapes of {@code ip rule} and {@code ip -j rule} (iproute2 6.1 ip/iprule.c print_rule). */
public final class RuleText {
  private RuleText() {
  }

  /**
   * A rule as {@code ip rule show} prints it, without the blank at its end.
   *
   * @param isHere whether a device of this name is there: others are printed as detached
   */
  public static String line(PolicyRule rule, boolean details, Predicate<String> isHere) {
    StringBuilder out = new StringBuilder(Integer.toUnsignedString(rule.priority())).append(":\t")
        .append(rule.selector().text(isHere)).append(' ').append(action(rule));
    return out.append(details || namesItsMaker(rule) ? " proto " + rule.protocol().word() : "").toString();
  }

  /** Those that the kernel made, or nobody in particular, are not told of unless details are asked for. */
  private static boolean namesItsMaker(PolicyRule rule) {
    return !rule.protocol().equals(RouteProtocol.UNSPEC) && !rule.protocol().equals(RouteProtocol.KERNEL);
  }

  private static String action(PolicyRule rule) {
    return switch (rule.action()) {
      case PolicyRule.ToTable(int table, int suppressed) -> "lookup " + RouteWords.table(table)
          + (suppressed < 0 ? "" : " suppress_prefixlength " + suppressed);
      case PolicyRule.Goto(int priority) -> "goto " + Integer.toUnsignedString(priority);
      case PolicyRule.Refuse(int _, int table) ->
          (table == 0 ? "" : "lookup " + RouteWords.table(table) + " ") + rule.word();
      case PolicyRule.Nothing _ -> rule.word();
    };
  }

  static String json(List<PolicyRule> rules, boolean details, Predicate<String> isHere,
      Predicate<PolicyRule> resolved) {
    Json.Rows rows = new Json.Rows();
    rules.forEach(rule -> rows.add(row(rule, details, isHere, resolved)));
    return rows.toString();
  }

  private static Json.Row row(PolicyRule rule, boolean details, Predicate<String> isHere,
      Predicate<PolicyRule> resolved) {
    PolicyRule.Selector selector = rule.selector();
    Json.Row row = new Json.Row().put("priority", Integer.toUnsignedLong(rule.priority()))
        .putIf(selector.inverted(), "not", Json.NULL);
    network(row, "src", selector.from());
    if (selector.from().isEmpty()) {
      row.put("src", "all");
    }
    network(row, "dst", selector.to());
    FlowSelector flow = selector.flow();
    row.putIf(flow.tos() != 0, "tos", String.format(Locale.ROOT, "0x%02x", flow.tos()));
    PolicyRule.Mark mark = selector.mark();
    row.putIf(!mark.equals(PolicyRule.Mark.ANY), "fwmark", mark.valueText())
        .put("fwmask", mark.maskText());
    selector.incoming().ifPresent(d -> row.put("iif", d).putIf(!isHere.test(d), "iif_detached", Json.NULL));
    selector.outgoing().ifPresent(d -> row.put("oif", d).putIf(!isHere.test(d), "oif_detached", Json.NULL));
    flow.users().ifPresent(u -> row.put("uid_start", Integer.toUnsignedLong(u.first())).put("uid_end",
        Integer.toUnsignedLong(u.last())));
    row.putIf(flow.protocol() != 0, "ipproto", Protocol.word(flow.protocol()));
    flow.sourcePorts().ifPresent(p -> ports(row, "sport", p));
    flow.ports().ifPresent(p -> ports(row, "dport", p));
    switch (rule.action()) {
      case PolicyRule.Goto(int priority) -> row.put("goto", Integer.toUnsignedLong(priority))
          .putIf(!resolved.test(rule), "unresolved", Json.NULL);
      case PolicyRule.Refuse(int _, int table) -> row.putIf(table != 0, "table", RouteWords.table(table))
          .put("action", rule.word());
      case PolicyRule.ToTable(int table, int suppressed) -> row.put("table", RouteWords.table(table))
          .putIf(suppressed >= 0, "suppress_prefixlen", suppressed);
      case PolicyRule.Nothing _ -> row.put("nop", Json.NULL);
    }
    return row.putIf(details || namesItsMaker(rule), "protocol", rule.protocol().word());
  }

  private static void ports(Json.Row row, String name, FlowSelector.Range ports) {
    if (ports.first() == ports.last()) {
      row.put(name, ports.first());
    } else {
      row.put(name + "_start", ports.first()).put(name + "_end", ports.last());
    }
  }

  private static void network(Json.Row row, String name, Optional<InterfaceAddress> network) {
    network.ifPresent(n -> row.put(name, n.address().toString())
        .putIf(n.length() != n.address().width(), name + "len", n.length()));
  }

  private static String typed(FlowSelector flow) {
    return (flow.tos() == 0 ? "" : String.format(Locale.ROOT, " tos 0x%02x", flow.tos()))
        + flow.users().map(u -> " uidrange " + u.pair()).orElse("")
        + (flow.protocol() == 0 ? "" : " ipproto " + Protocol.word(flow.protocol()))
        + flow.sourcePorts().map(p -> " sport " + p).orElse("") + flow.ports().map(p -> " dport " + p).orElse("");
  }

  /** A rule as {@code ip rule add} and {@code del} take it. */
  static String typed(Optional<Integer> priority, PolicyRule.Selector selector, Optional<PolicyRule.Action> action) {
    return (selector.inverted() ? " not" : "") + selector.from().map(f -> " from " + f).orElse("")
        + selector.to().map(t -> " to " + t).orElse("")
        + (selector.mark().equals(PolicyRule.Mark.ANY) ? "" : " fwmark " + selector.mark())
        + selector.incoming().map(d -> " iif " + Words.quote(d)).orElse("")
        + selector.outgoing().map(d -> " oif " + Words.quote(d)).orElse("")
        + typed(selector.flow()) + priority.map(p -> " priority " + Integer.toUnsignedString(p)).orElse("")
        + action.map(a -> switch (a) {
          case PolicyRule.ToTable(int table, int suppressed) ->
              (table == PolicyRule.ANY_TABLE ? " type unicast" : " table " + RouteWords.table(table))
                  + (suppressed < 0 ? "" : " suppress_prefixlength " + suppressed);
          case PolicyRule.Goto(int to) -> " goto " + Integer.toUnsignedString(to);
          case PolicyRule.Refuse(int type, int table) ->
              (table == 0 ? "" : " table " + RouteWords.table(table)) + " type "
                  + (type == 0 ? "0" : RouteType.word(type));
          case PolicyRule.Nothing() -> " nop";
        }).orElse("");
  }
}
