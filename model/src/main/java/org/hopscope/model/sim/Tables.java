package org.hopscope.model.sim;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.WireGuardKey;
import org.hopscope.model.net.Counters;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.DeviceMap;
import org.hopscope.model.net.FdbEntry;
import org.hopscope.model.net.ForwardingDatabase;
import org.hopscope.model.net.Learned;
import org.hopscope.model.net.Neighbour;
import org.hopscope.model.net.NeighbourTable;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.RouteException;
import org.hopscope.model.net.WireGuardSession;
import org.hopscope.model.netfilter.NetfilterChange;
import org.hopscope.model.netfilter.NetfilterState;
import org.hopscope.model.ovs.OvsLearned;
import org.hopscope.model.trace.Effect;

/** The learned tables while a simulation runs: what was looked up or changed, over what they were at the start. */
final class Tables {
  private final Learned start;
  private final Map<Neighbour.Key, Cell<NetnsId, Neighbour>> neighbours = new HashMap<>();
  private final Map<FdbKey, Cell<FdbKey, FdbEntry>> fdb = new HashMap<>();
  private final Map<ExceptionKey, Cell<ExceptionKey, RouteException>> exceptions = new HashMap<>();
  private final Set<NetnsId> told = new HashSet<>();
  private final Map<SessionKey, WireGuardSession> sessions = new HashMap<>();
  private final Map<String, OvsLearned> ovs = new HashMap<>();
  private final Map<NetnsId, Integer> packetIds = new HashMap<>();
  private final Map<NetnsId, NetfilterState> netfilter = new HashMap<>();
  /** By device number; null where nothing was counted. */
  private final Tally[] counted;
  private Tally lastCounted;

  Tables(Learned start, int devices) {
    this.start = start;
    counted = new Tally[devices];
  }

  private record FdbKey(DeviceId bridge, FdbEntry.Key row) {
  }

  private record SessionKey(DeviceId device, WireGuardKey peer) {
  }

  private record ExceptionKey(NetnsId netns, IpAddress destination) {
  }

  /** A row as it is now, and whether it was written since the start. */
  private static final class Cell<P, V> {
    private final P place;
    private Optional<V> row;
    private boolean written;

    Cell(P place, Optional<V> row) {
      this.place = place;
      this.row = row;
    }

    void write(Optional<V> value) {
      row = value;
      written = true;
    }
  }

  /** What a device has counted since the start. */
  private static final class Tally {
    private final DeviceId device;
    /** The device that began to count before this one; null for the first. */
    private final Tally before;
    private long rxPackets;
    private long rxBytes;
    private long txPackets;
    private long txBytes;
    private long rxDropped;
    private long txDropped;

    Tally(DeviceId device, Tally before) {
      this.device = device;
      this.before = before;
    }

    void add(Counters more) {
      rxPackets += more.rxPackets();
      rxBytes += more.rxBytes();
      txPackets += more.txPackets();
      txBytes += more.txBytes();
      rxDropped += more.rxDropped();
      txDropped += more.txDropped();
    }

    Counters sum() {
      return new Counters(rxPackets, rxBytes, txPackets, txBytes, rxDropped, txDropped);
    }
  }

  private static <K, P, V> Cell<P, V> cell(Map<K, Cell<P, V>> cells, K key, P place, Supplier<Optional<V>> first) {
    Cell<P, V> known = cells.get(key);
    if (known == null) {
      known = new Cell<>(place, first.get());
      cells.put(key, known);
    }
    return known;
  }

  private Cell<NetnsId, Neighbour> neighbourCell(NetnsId netns, Neighbour.Key key) {
    return cell(neighbours, key, netns, () -> start.neighbours(netns).find(key.device(), key.address()));
  }

  private Cell<FdbKey, FdbEntry> fdbCell(DeviceId bridge, FdbEntry.Key row) {
    FdbKey key = new FdbKey(bridge, row);
    return cell(fdb, key, key, () -> start.fdb(bridge).find(row));
  }

  private Cell<ExceptionKey, RouteException> exceptionCell(NetnsId netns, IpAddress destination) {
    ExceptionKey key = new ExceptionKey(netns, destination);
    return cell(exceptions, key, key, () -> start.exception(netns, destination));
  }

  Optional<Neighbour> neighbour(NetnsId netns, Neighbour.Key key) {
    return neighbourCell(netns, key).row;
  }

  Optional<FdbEntry> fdb(DeviceId bridge, FdbEntry.Key row) {
    return fdbCell(bridge, row).row;
  }

  Optional<RouteException> exception(NetnsId netns, IpAddress destination) {
    return exceptionCell(netns, destination).row;
  }

  /** Whether a namespace was told anything about the way to anywhere, so that its routes alone do not say it all. */
  boolean hasExceptions(NetnsId netns) {
    return !told.isEmpty() && told.contains(netns)
        || !start.exceptions().isEmpty() && start.exceptions().containsKey(netns);
  }

  WireGuardSession session(DeviceId device, WireGuardKey peer) {
    return sessions.getOrDefault(new SessionKey(device, peer), start.session(device, peer));
  }

  /** What frames have left in a host's Open vSwitch so far. */
  OvsLearned ovs(String host) {
    return ovs.getOrDefault(host, start.ovs(host));
  }

  /** How many IP packets a namespace has originated so far. */
  int packetIds(NetnsId netns) {
    Integer known = packetIds.get(netns);
    return known == null ? start.packetIds().getOrDefault(netns, 0) : known;
  }

  /** What packets have left in a namespace's packet filter so far. */
  NetfilterState netfilter(NetnsId netns) {
    return netfilter.computeIfAbsent(netns, start::netfilter);
  }

  /** Makes a change that a step has written down. */
  void apply(Effect effect) {
    switch (effect) {
      case Effect.Counted(DeviceId device, Counters more) -> tally(device).add(more);
      case Effect.NeighbourSet(NetnsId netns, Neighbour row) ->
          neighbourCell(netns, row.key()).write(Optional.of(row));
      case Effect.NeighbourGone(NetnsId netns, Neighbour.Key key) ->
          neighbourCell(netns, key).write(Optional.empty());
      case Effect.FdbSet(DeviceId bridge, FdbEntry row) -> fdbCell(bridge, row.key()).write(Optional.of(row));
      case Effect.FdbGone(DeviceId bridge, FdbEntry.Key row) -> fdbCell(bridge, row).write(Optional.empty());
      case Effect.Originated(NetnsId netns, int count) -> packetIds.put(netns, count);
      case Effect.RouteExceptionSet(NetnsId netns, RouteException row) -> {
        told.add(netns);
        exceptionCell(netns, row.destination()).write(Optional.of(row));
      }
      case Effect.Netfiltered(NetnsId netns, NetfilterChange change) ->
          netfilter.put(netns, change.applyTo(netfilter(netns)));
      case Effect.OvsSet(String host, OvsLearned learned) -> ovs.put(host, learned);
      case Effect.SessionSet(DeviceId device, WireGuardKey peer, WireGuardSession session) ->
          sessions.put(new SessionKey(device, peer), session);
    }
  }

  private Tally tally(DeviceId device) {
    Tally known = counted[device.number()];
    if (known == null) {
      known = new Tally(device, lastCounted);
      counted[device.number()] = known;
      lastCounted = known;
    }
    return known;
  }

  /** The tables as they are now: each row that was written is put in once, however often that was. */
  Learned learned() {
    DeviceMap.Changes<Counters> sums = start.counters().changes();
    for (Tally tally = lastCounted; tally != null; tally = tally.before) {
      sums.put(tally.device, start.counters(tally.device).plus(tally.sum()));
    }
    Learned learned = start.withCounters(sums.made());
    for (Map.Entry<String, OvsLearned> switched : ovs.entrySet()) {
      learned = learned.withOvs(switched.getKey(), switched.getValue());
    }
    for (Map.Entry<NetnsId, Integer> made : packetIds.entrySet()) {
      learned = learned.withPacketIds(made.getKey(), made.getValue());
    }
    for (Map.Entry<Neighbour.Key, Cell<NetnsId, Neighbour>> cell : neighbours.entrySet()) {
      if (cell.getValue().written) {
        NetnsId netns = cell.getValue().place;
        NeighbourTable table = learned.neighbours(netns);
        learned = learned.withNeighbours(netns,
            cell.getValue().row.map(table::with).orElseGet(() -> table.without(cell.getKey())));
      }
    }
    for (Cell<FdbKey, FdbEntry> cell : fdb.values()) {
      if (cell.written) {
        ForwardingDatabase database = learned.fdb(cell.place.bridge());
        learned = learned.withFdb(cell.place.bridge(),
            cell.row.map(database::with).orElseGet(() -> database.without(cell.place.row())));
      }
    }
    for (Cell<ExceptionKey, RouteException> cell : exceptions.values()) {
      if (cell.written) {
        learned = learned.withRouteException(cell.place.netns(), cell.row.orElseThrow());
      }
    }
    for (Map.Entry<SessionKey, WireGuardSession> left : sessions.entrySet()) {
      learned = learned.withSession(left.getKey().device(), left.getKey().peer(), left.getValue());
    }
    for (Map.Entry<NetnsId, NetfilterState> left : netfilter.entrySet()) {
      if (left.getValue() != start.netfilter(left.getKey())) {
        learned = learned.withNetfilter(left.getKey(), left.getValue());
      }
    }
    return learned;
  }
}
