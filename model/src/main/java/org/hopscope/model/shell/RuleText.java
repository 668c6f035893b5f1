package org.hopscope.model.shell;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.hopscope.model.addr.InterfaceAddress;
import org.hopscope.model.net.PolicyRule;
import org.hopscope.model.net.RouteProtocol;

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
    boolean said = !rule.protocol().equals(RouteProtocol.UNSPEC) && !rule.protocol().equals(RouteProtocol.KERNEL);
    return out.append(said || details ? " proto " + rule.protocol().word() : "").toString();
  }

  private static String action(PolicyRule rule) {
    return switch (rule.action()) {
      case PolicyRule.ToTable(int table, int suppressed) -> "lookup " + RouteWords.table(table)
          + (suppressed < 0 ? "" : " suppress_prefixlength " + suppressed);
      case PolicyRule.Refuse _,PolicyRule.Nothing _ -> rule.word();
    };
  }

  static String json(List<PolicyRule> rules, Predicate<String> isHere) {
    Json.Rows rows = new Json.Rows();
    rules.forEach(rule -> rows.add(row(rule, isHere)));
    return rows.toString();
  }

  private static Json.Row row(PolicyRule rule, Predicate<String> isHere) {
    PolicyRule.Selector selector = rule.selector();
    Json.Row row = new Json.Row().put("priority", Integer.toUnsignedLong(rule.priority()))
        .putIf(selector.inverted(), "not", Json.NULL);
    network(row, "src", selector.from());
    if (selector.from().isEmpty()) {
      row.put("src", "all");
    }
    network(row, "dst", selector.to());
    PolicyRule.Mark mark = selector.mark();
    row.putIf(!mark.equals(PolicyRule.Mark.ANY), "fwmark", mark.valueText())
        .put("fwmask", mark.maskText());
    selector.incoming().ifPresent(d -> row.put("iif", d).putIf(!isHere.test(d), "iif_detached", Json.NULL));
    selector.outgoing().ifPresent(d -> row.put("oif", d).putIf(!isHere.test(d), "oif_detached", Json.NULL));
    switch (rule.action()) {
      case PolicyRule.ToTable(int table, int suppressed) -> row.put("table", RouteWords.table(table))
          .putIf(suppressed >= 0, "suppress_prefixlen", suppressed);
      case PolicyRule.Refuse _ -> row.put("action", rule.word());
      case PolicyRule.Nothing _ -> row.put("nop", Json.NULL);
    }
    boolean said = !rule.protocol().equals(RouteProtocol.UNSPEC) && !rule.protocol().equals(RouteProtocol.KERNEL);
    return row.putIf(said, "protocol", rule.protocol().word());
  }

  private static void network(Json.Row row, String name, Optional<InterfaceAddress> network) {
    network.ifPresent(n -> row.put(name, n.address().toString())
        .putIf(n.length() != n.address().width(), name + "len", n.length()));
  }

  /** A rule as {@code ip rule add} and {@code del} take it. */
  static String typed(Optional<Integer> priority, PolicyRule.Selector selector, Optional<PolicyRule.Action> action) {
    return (selector.inverted() ? " not" : "") + selector.from().map(f -> " from " + f).orElse("")
        + selector.to().map(t -> " to " + t).orElse("")
        + (selector.mark().equals(PolicyRule.Mark.ANY) ? "" : " fwmark " + selector.mark())
        + selector.incoming().map(d -> " iif " + Words.quote(d)).orElse("")
        + selector.outgoing().map(d -> " oif " + Words.quote(d)).orElse("")
        + priority.map(p -> " priority " + Integer.toUnsignedString(p)).orElse("")
        + action.map(a -> switch (a) {
          case PolicyRule.ToTable(int table, int suppressed) -> " table " + RouteWords.table(table)
              + (suppressed < 0 ? "" : " suppress_prefixlength " + suppressed);
          case PolicyRule.Refuse(var as) -> " " + as.word();
          case PolicyRule.Nothing() -> " nop";
        }).orElse("");
  }
}
