package org.hopscope.model.net;

import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/**
 * The routing tables of one family in a namespace (kernel struct netns_ipv4, netns_ipv6).
 *
 * @param byNumber by number: see {@link Netns#MAIN} and {@link Netns#LOCAL}; a table is made with its first row and stays
 *     when it is emptied (kernel fib_new_table)
 */
public record RoutingTables(PSortedMap<Integer, RoutingTable> byNumber) {
  /** No table yet. */
  public static final RoutingTables NONE = new RoutingTables(TreePMap.empty());

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
    return new RoutingTables(byNumber.plus(number, value));
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
    return changed == byNumber ? this : new RoutingTables(changed);
  }
}
