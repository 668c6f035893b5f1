package org.hopscope.model.ipvs;

import java.util.Optional;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/**
 * What packets have left in a virtual service.
 *
 * @param turn who had the last turn (RR, WRR); nobody before the first, so that the first in the list is next
 * @param level what a server must weigh to have a turn now (WRR's current weight)
 * @param stats what the service counted
 * @param servers what its servers counted, those that were taken out too
 */
public record ServiceMemory(Optional<RealServer.Key> turn, int level, IpvsStats stats,
    PSortedMap<RealServer.Key, IpvsStats> servers) {
  public static final ServiceMemory EMPTY =
      new ServiceMemory(Optional.empty(), 0, IpvsStats.ZERO, TreePMap.empty());

  public ServiceMemory withTurn(Optional<RealServer.Key> who, int atLevel) {
    return new ServiceMemory(who, atLevel, stats, servers);
  }

  /** What a server counted. */
  public IpvsStats of(RealServer.Key server) {
    return Optional.ofNullable(servers.get(server)).orElse(IpvsStats.ZERO);
  }

  /** With more counted by a server, and so by the service. */
  public ServiceMemory counted(RealServer.Key server, IpvsStats more) {
    return new ServiceMemory(turn, level, stats.plus(more), servers.plus(server, of(server).plus(more)));
  }

  /** With all counters at zero. */
  public ServiceMemory zeroed() {
    return new ServiceMemory(turn, level, IpvsStats.ZERO, TreePMap.empty());
  }
}
