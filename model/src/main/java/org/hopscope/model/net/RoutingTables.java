package org.hopscope.model.net;

import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.hopscope.model.addr.IpFamily;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/**
 * The routing tables of one family in a namespace (kernel struct netns_ipv4, netns_ipv6).
 *
 * @param byNumber by number: see {@link Netns#MAIN} and {@link Netns#LOCAL}; a table is made with its first row and stays
 *     when it is emptied (kernel fib_new_table)
 * @param rules in which order the tables are asked
 */
public record RoutingTables(PSortedMap<Integer, RoutingTable> byNumber, PolicyRules rules) {
  /** No table yet, and the kernel's own rules. */
  public static RoutingTables of(IpFamily family) {
    return new RoutingTables(TreePMap.empty(), PolicyRules.of(family));
  }

  /** A table by number; empty when nobody put anything in it. */
  public RoutingTable table(int number) {
    return Optional.ofNullable(byNumber.get(number)).orElse(RoutingTable.EMPTY);
  }

  public RoutingTable main() {
    return table(Netns.MAIN);
  }

  public RoutingTable local() {
    return table(Netns.LOCAL);
  }

  /** Whether somebody ever put a row into a table. */
  public boolean has(int number) {
    return byNumber.containsKey(number);
  }

  public RoutingTables with(int number, RoutingTable value) {
    return new RoutingTables(byNumber.plus(number, value), rules);
  }

  public RoutingTables withRules(PolicyRules value) {
    return new RoutingTables(byNumber, value);
  }

  /** With a change made to each table. */
  public RoutingTables map(UnaryOperator<RoutingTable> change) {
    PSortedMap<Integer, RoutingTable> changed = byNumber;
    for (Map.Entry<Integer, RoutingTable> entry : byNumber.entrySet()) {
      RoutingTable value = change.apply(entry.getValue());
      if (value != entry.getValue()) {
        changed = changed.plus(entry.getKey(), value);
      }
    }
    return changed == byNumber ? this : new RoutingTables(changed, rules);
  }
}
