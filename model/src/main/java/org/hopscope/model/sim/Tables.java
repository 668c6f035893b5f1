package org.hopscope.model.sim;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.FdbEntry;
import org.hopscope.model.net.Learned;
import org.hopscope.model.net.Neighbour;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.RouteException;
import org.hopscope.model.net.WireGuardKey;
import org.hopscope.model.net.WireGuardSession;
import org.hopscope.model.netfilter.NetfilterChange;
import org.hopscope.model.netfilter.NetfilterState;
import org.hopscope.model.trace.Effect;

/** The learned tables while a simulation runs: what was looked up or changed, over what they were at the start. */
final class Tables {
  private final Learned start;
  private final Map<Neighbour.Key, Optional<Neighbour>> neighbours = new HashMap<>();
  private final Map<FdbKey, Optional<FdbEntry>> fdb = new HashMap<>();
  private final Map<ExceptionKey, Optional<RouteException>> exceptions = new HashMap<>();
  private final Map<SessionKey, WireGuardSession> sessions = new HashMap<>();
  private final Map<NetnsId, Integer> packetIds = new HashMap<>();
  private final Map<NetnsId, NetfilterState> netfilter = new HashMap<>();

  Tables(Learned start) {
    this.start = start;
  }

  private record FdbKey(DeviceId bridge, MacAddress mac) {
  }

  private record SessionKey(DeviceId device, WireGuardKey peer) {
  }

  private record ExceptionKey(NetnsId netns, IpAddress destination) {
  }

  Optional<Neighbour> neighbour(NetnsId netns, Neighbour.Key key) {
    return neighbours.computeIfAbsent(key, k -> start.neighbours(netns).find(k.device(), k.address()));
  }

  Optional<FdbEntry> fdb(DeviceId bridge, MacAddress mac) {
    return fdb.computeIfAbsent(new FdbKey(bridge, mac), k -> start.fdb(k.bridge()).find(k.mac()));
  }

  Optional<RouteException> exception(NetnsId netns, IpAddress destination) {
    return exceptions.computeIfAbsent(new ExceptionKey(netns, destination),
        k -> start.exception(k.netns(), k.destination()));
  }

  WireGuardSession session(DeviceId device, WireGuardKey peer) {
    return sessions.computeIfAbsent(new SessionKey(device, peer), k -> start.session(k.device(), k.peer()));
  }

  /** How many IP packets a namespace has originated so far. */
  int packetIds(NetnsId netns) {
    return packetIds.computeIfAbsent(netns, n -> start.packetIds().getOrDefault(n, 0));
  }

  /** What packets have left in a namespace's packet filter so far. */
  NetfilterState netfilter(NetnsId netns) {
    return netfilter.computeIfAbsent(netns, start::netfilter);
  }

  /** Counters are not looked at while packets are under way, so only the steps keep them. */
  void apply(Effect effect) {
    switch (effect) {
      case Effect.NeighbourSet(NetnsId _, Neighbour row) -> neighbours.put(row.key(), Optional.of(row));
      case Effect.NeighbourGone(NetnsId _, Neighbour.Key key) -> neighbours.put(key, Optional.empty());
      case Effect.FdbSet(DeviceId bridge, FdbEntry row) -> fdb.put(new FdbKey(bridge, row.mac()), Optional.of(row));
      case Effect.FdbGone(DeviceId bridge, MacAddress mac) -> fdb.put(new FdbKey(bridge, mac), Optional.empty());
      case Effect.Originated(NetnsId netns, int count) -> packetIds.put(netns, count);
      case Effect.RouteExceptionSet(NetnsId netns, RouteException row) ->
          exceptions.put(new ExceptionKey(netns, row.destination()), Optional.of(row));
      case Effect.Netfiltered(NetnsId netns, NetfilterChange change) ->
          netfilter.put(netns, change.applyTo(netfilter(netns)));
      case Effect.SessionSet(DeviceId device, WireGuardKey peer, WireGuardSession session) ->
          sessions.put(new SessionKey(device, peer), session);
      case Effect.Counted _ -> {
      }
    }
  }
}
