package org.hopscope.model.net;

import java.util.function.UnaryOperator;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.ipvs.Ipvs;
import org.hopscope.model.netfilter.Rulesets;
import org.hopscope.model.nft.NftRuleset;
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
 * @param inet its routing tables for IPv4
 * @param inet6 its routing tables for IPv6
 * @param sysctls what was written for the whole namespace, by full key such as {@code net.ipv4.ip_forward} and for the
 *     pseudo devices {@code net.ipv4.conf.all.rp_filter}; what is not here has its default: see {@code lab.Sysctls}
 * @param servers the programs that listen in it
 * @param nsids the small numbers under which it knows other namespaces, as {@code ip netns list} shows them (sem-L2)
 * @param rulesets its packet filter
 * @param nft the tables that {@code nft} made in it
 * @param ipvs its virtual services
 */
public record Netns(NetnsId id, int order, int nextIfindex, RoutingTables inet, RoutingTables inet6,
    PSortedMap<String, String> sysctls, PVector<Server> servers, PSortedMap<NetnsId, Integer> nsids,
    Rulesets rulesets, NftRuleset nft, Ipvs ipvs) {
  /** The number of the main table (rt_tables). */
  public static final int MAIN = 254;
  /** The number of the default table, empty unless someone fills it. */
  public static final int DEFAULT = 253;
  /** The number of the local table, which the kernel keeps by itself. */
  public static final int LOCAL = 255;

  /** A namespace with nothing in it yet, not even lo. */
  public static Netns empty(NetnsId id, int order) {
    return new Netns(id, order, 1, RoutingTables.of(IpFamily.INET), RoutingTables.of(IpFamily.INET6), TreePMap.empty(),
        TreePVector.empty(),
        TreePMap.empty(), Rulesets.NONE, NftRuleset.NONE, Ipvs.NONE);
  }

  /** The routing tables of a family. */
  public RoutingTables tables(IpFamily family) {
    return switch (family) {
      case INET -> inet;
      case INET6 -> inet6;
    };
  }

  /**
   * With a table of a family in its place. IPv4's first row of local brings main into being as well, since the kernel
   * keeps the two as one until someone writes rules (fib_new_table).
   */
  public Netns withTable(IpFamily family, int number, RoutingTable value) {
    RoutingTables more = tables(family).with(number, value);
    boolean mainToo = family == IpFamily.INET && number == LOCAL && !more.has(MAIN);
    return withTables(family, mainToo ? more.with(MAIN, RoutingTable.EMPTY) : more);
  }

  public Netns withTables(IpFamily family, RoutingTables value) {
    return value == tables(family) ? this : switch (family) {
      case INET -> new Netns(id, order, nextIfindex, value, inet6, sysctls, servers, nsids, rulesets, nft, ipvs);
      case INET6 -> new Netns(id, order, nextIfindex, inet, value, sysctls, servers, nsids, rulesets, nft, ipvs);
    };
  }

  /** With the policy rules of a family in their place. */
  public Netns withRules(IpFamily family, PolicyRules value) {
    return withTables(family, tables(family).withRules(value));
  }

  /** With a change made to each table of a family. */
  public Netns mapTables(IpFamily family, UnaryOperator<RoutingTable> change) {
    return withTables(family, tables(family).map(change));
  }

  public Netns withNextIfindex(int value) {
    return new Netns(id, order, value, inet, inet6, sysctls, servers, nsids, rulesets, nft, ipvs);
  }

  public Netns withSysctls(PSortedMap<String, String> value) {
    return new Netns(id, order, nextIfindex, inet, inet6, value, servers, nsids, rulesets, nft, ipvs);
  }

  public Netns withServers(PVector<Server> value) {
    return new Netns(id, order, nextIfindex, inet, inet6, sysctls, value, nsids, rulesets, nft, ipvs);
  }

  public Netns withNsids(PSortedMap<NetnsId, Integer> value) {
    return new Netns(id, order, nextIfindex, inet, inet6, sysctls, servers, value, rulesets, nft, ipvs);
  }

  public Netns withRulesets(Rulesets value) {
    return new Netns(id, order, nextIfindex, inet, inet6, sysctls, servers, nsids, value, nft, ipvs);
  }

  public Netns withNft(NftRuleset value) {
    return new Netns(id, order, nextIfindex, inet, inet6, sysctls, servers, nsids, rulesets, value, ipvs);
  }

  public Netns withIpvs(Ipvs value) {
    return new Netns(id, order, nextIfindex, inet, inet6, sysctls, servers, nsids, rulesets, nft, value);
  }
}
