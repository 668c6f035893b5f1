package org.hopscope.model.ipvs;

import java.util.Optional;
import org.pcollections.PSortedMap;
import org.pcollections.PSortedSet;
import org.pcollections.TreePMap;
import org.pcollections.TreePSet;

/**
 * What packets have left in a virtual service.
 *
 * @param turn who had the last turn (RR, WRR); nobody before the first, so that the first in the list is next
 * @param level what a server must weigh to have a turn now (WRR's current weight)
 * @param meter what the service counted
 * @param servers what its servers counted, those that were taken out too
 * @param full the servers that had too many connections when they got their last one (IP_VS_DEST_F_OVERLOAD)
 */
public record ServiceMemory(Optional<RealServer.Key> turn, int level, IpvsMeter meter,
    PSortedMap<RealServer.Key, IpvsMeter> servers, PSortedSet<RealServer.Key> full) {
  public static final ServiceMemory EMPTY =
      new ServiceMemory(Optional.empty(), 0, IpvsMeter.ZERO, TreePMap.empty(), TreePSet.empty());

  public ServiceMemory withTurn(Optional<RealServer.Key> who, int atLevel) {
    return new ServiceMemory(who, atLevel, meter, servers, full);
  }

  /** What a server counted. */
  public IpvsMeter of(RealServer.Key server) {
    return Optional.ofNullable(servers.get(server)).orElse(IpvsMeter.ZERO);
  }

  /** With more counted by a server, and so by the service, at an instant of the lab's clock in nanoseconds. */
  public ServiceMemory counted(RealServer.Key server, IpvsStats more, long now) {
    return new ServiceMemory(turn, level, meter.plus(more, now), servers.plus(server, of(server).plus(more, now)),
        full);
  }

  /** With all counters at zero. */
  public ServiceMemory zeroed() {
    return new ServiceMemory(turn, level, IpvsMeter.ZERO, TreePMap.empty(), full);
  }

  /** With a server that has too many connections, or has no more. */
  public ServiceMemory withFull(RealServer.Key server, boolean is) {
    return new ServiceMemory(turn, level, meter, servers, is ? full.plus(server) : full.minus(server));
  }
}
