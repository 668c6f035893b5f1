package org.hopscope.model.net;

import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.pcollections.PSortedMap;
import org.pcollections.PVector;
import org.pcollections.TreePMap;
import org.pcollections.TreePVector;

/**
 * A network namespace: one network stack of its own (network_namespaces(7)). Its devices are found in the lab by
 * their place.
 *
 * @param id its name
 * @param order counted up in the order of creation
 * @param nextIfindex the index that the next device gets; lo has 1
 * @param tables its routing tables by number: see {@link #MAIN} and {@link #LOCAL}; a table is made with its first row and
 *     stays when it is emptied (kernel fib_new_table)
 * @param rules in which order its tables are asked
 * @param sysctls what was written for the whole namespace, by full key such as {@code net.ipv4.ip_forward} and for the
 *     pseudo devices {@code net.ipv4.conf.all.rp_filter}; what is not here has its default: see {@code lab.Sysctls}
 * @param servers the programs that listen in it
 * @param nsids the small numbers under which it knows other namespaces, as {@code ip netns list} shows them (sem-L2)
 */
public record Netns(NetnsId id, int order, int nextIfindex, PSortedMap<Integer, RoutingTable> tables,
    PolicyRules rules, PSortedMap<String, String> sysctls, PVector<Server> servers,
    PSortedMap<NetnsId, Integer> nsids) {
  /** The number of the main table (rt_tables). */
  public static final int MAIN = 254;
  /** The number of the default table, empty unless someone fills it. */
  public static final int DEFAULT = 253;
  /** The number of the local table, which the kernel keeps by itself. */
  public static final int LOCAL = 255;

  /** A namespace with nothing in it yet, not even lo. */
  public static Netns empty(NetnsId id, int order) {
    return new Netns(id, order, 1, TreePMap.empty(), PolicyRules.IPV4, TreePMap.empty(), TreePVector.empty(),
        TreePMap.empty());
  }

  /** A table by number; empty when nobody put anything in it. */
  public RoutingTable table(int number) {
    return Optional.ofNullable(tables.get(number)).orElse(RoutingTable.EMPTY);
  }

  public RoutingTable main() {
    return table(MAIN);
  }

  public RoutingTable local() {
    return table(LOCAL);
  }

  /**
   * With a table in its place. The first row of local brings main into being as well, since the kernel keeps the two as
   * one until someone writes rules (fib_new_table); a table that was there once stays, though it be empty.
   */
  public Netns withTable(int number, RoutingTable value) {
    PSortedMap<Integer, RoutingTable> more = tables.plus(number, value);
    boolean mainToo = number == LOCAL && !more.containsKey(MAIN);
    return new Netns(id, order, nextIfindex, mainToo ? more.plus(MAIN, RoutingTable.EMPTY) : more, rules,
        sysctls, servers, nsids);
  }

  /** With a change made to each of its tables. */
  public Netns mapTables(UnaryOperator<RoutingTable> change) {
    PSortedMap<Integer, RoutingTable> changed = tables;
    for (Map.Entry<Integer, RoutingTable> entry : tables.entrySet()) {
      RoutingTable value = change.apply(entry.getValue());
      if (value != entry.getValue()) {
        changed = changed.plus(entry.getKey(), value);
      }
    }
    return changed == tables ? this : new Netns(id, order, nextIfindex, changed, rules, sysctls, servers, nsids);
  }

  public Netns withRules(PolicyRules value) {
    return new Netns(id, order, nextIfindex, tables, value, sysctls, servers, nsids);
  }

  public Netns withNextIfindex(int value) {
    return new Netns(id, order, value, tables, rules, sysctls, servers, nsids);
  }

  public Netns withSysctls(PSortedMap<String, String> value) {
    return new Netns(id, order, nextIfindex, tables, rules, value, servers, nsids);
  }

  public Netns withServers(PVector<Server> value) {
    return new Netns(id, order, nextIfindex, tables, rules, sysctls, value, nsids);
  }

  public Netns withNsids(PSortedMap<NetnsId, Integer> value) {
    return new Netns(id, order, nextIfindex, tables, rules, sysctls, servers, value);
  }
}
