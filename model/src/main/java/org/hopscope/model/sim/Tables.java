package org.hopscope.model.sim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
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
  private final Configured configured;
  private final int generation;
  private final int run;
  private final Rows<Neighbour.Key, NetnsId, Neighbour> neighbours = new Rows<>();
  private final Rows<FdbKey, FdbKey, FdbEntry> fdb = new Rows<>();
  private final Rows<ExceptionKey, ExceptionKey, RouteException> exceptions = new Rows<>();
  private final Set<NetnsId> told = new HashSet<>();
  private final Map<SessionKey, WireGuardSession> sessions = new HashMap<>();
  private final Map<String, OvsLearned> ovs = new HashMap<>();
  private final Map<NetnsId, Integer> packetIds = new HashMap<>();
  private final Map<NetnsId, NetfilterState> netfilter = new HashMap<>();
  /** By device number; null where nothing was counted. */
  private final Tally[] counted;
  private Tally lastCounted;

  /**
   * Nothing has changed yet.
   *
   * @param configured holds for the lab whose tables these are
   */
  Tables(Learned start, Configured configured) {
    this.start = start;
    this.configured = configured;
    generation = configured.generationOf(start.neighbours());
    run = configured.nextRun();
    counted = new Tally[configured.devices.length];
  }

  private record FdbKey(DeviceId bridge, FdbEntry.Key row) {
    /** As of any record, written out: it is asked for with every frame. */
    @Override
    public boolean equals(Object other) {
      return other instanceof FdbKey that && bridge.equals(that.bridge) && row.vlan() == that.row.vlan()
          && row.mac().equals(that.row.mac());
    }

    @Override
    public int hashCode() {
      return (bridge.hashCode() * 31 + row.vlan()) * 31 + row.mac().hashCode();
    }
  }

  private record SessionKey(DeviceId device, WireGuardKey peer) {
  }

  private record ExceptionKey(NetnsId netns, IpAddress destination) {
  }

  /** The rows of one kind that were looked up, and among them those that were written since the start. */
  private static final class Rows<K, P, V> {
    private final Map<K, Cell<K, P, V>> cells = new HashMap<>();
    private final List<Cell<K, P, V>> written = new ArrayList<>();

    /** A row; that there is none is not kept: a flood asks as many tables as it reaches stations. */
    Optional<V> get(K key, P place, Supplier<Optional<V>> first) {
      Cell<K, P, V> known = cells.get(key);
      if (known != null) {
        return known.row;
      }
      Optional<V> row = first.get();
      return row.isPresent() ? made(key, place, row).row : row;
    }

    void put(K key, P place, Optional<V> row) {
      Cell<K, P, V> known = cells.get(key);
      Cell<K, P, V> cell = known == null ? made(key, place, row) : known;
      cell.row = row;
      if (!cell.written) {
        cell.written = true;
        written.add(cell);
      }
    }

    private Cell<K, P, V> made(K key, P place, Optional<V> row) {
      Cell<K, P, V> cell = new Cell<>(key, place, row);
      cells.put(key, cell);
      return cell;
    }
  }

  /** A row as it is now, the table that it belongs to, and whether it was written since the start. */
  private static final class Cell<K, P, V> {
    private final K key;
    private final P place;
    private Optional<V> row;
    private boolean written;

    Cell(K key, P place, Optional<V> row) {
      this.key = key;
      this.place = place;
      this.row = row;
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

    Counters over(Counters before) {
      return new Counters(before.rxPackets() + rxPackets, before.rxBytes() + rxBytes, before.txPackets() + txPackets,
          before.txBytes() + txBytes, before.rxDropped() + rxDropped, before.txDropped() + txDropped);
    }
  }

  /** A row of a namespace; most stations that are asked who has an address know nothing and have learned nothing. */
  Optional<Neighbour> neighbour(Net net, Neighbour.Key key) {
    return net.isWritten(run)
        ? neighbours.get(key, net.id(), () -> net.neighbours(generation, start).find(key))
        : net.neighbours(generation, start).find(key);
  }

  Optional<FdbEntry> fdb(DeviceId bridge, FdbEntry.Key row) {
    FdbKey key = new FdbKey(bridge, row);
    return fdb.get(key, key, () -> start.fdb(bridge).find(row));
  }

  Optional<RouteException> exception(NetnsId netns, IpAddress destination) {
    ExceptionKey key = new ExceptionKey(netns, destination);
    return exceptions.get(key, key, () -> start.exception(netns, destination));
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
      case Effect.NeighbourSet(NetnsId netns, Neighbour row) -> written(row.key(), netns, Optional.of(row));
      case Effect.NeighbourGone(NetnsId netns, Neighbour.Key key) -> written(key, netns, Optional.empty());
      case Effect.FdbSet(DeviceId bridge, FdbEntry row) -> switched(new FdbKey(bridge, row.key()), Optional.of(row));
      case Effect.FdbGone(DeviceId bridge, FdbEntry.Key row) -> switched(new FdbKey(bridge, row), Optional.empty());
      case Effect.Originated(NetnsId netns, int count) -> packetIds.put(netns, count);
      case Effect.RouteExceptionSet(NetnsId netns, RouteException row) -> {
        told.add(netns);
        ExceptionKey key = new ExceptionKey(netns, row.destination());
        exceptions.put(key, key, Optional.of(row));
      }
      case Effect.Netfiltered(NetnsId netns, NetfilterChange change) ->
          netfilter.put(netns, change.applyTo(netfilter(netns)));
      case Effect.OvsSet(String host, OvsLearned learned) -> ovs.put(host, learned);
      case Effect.SessionSet(DeviceId device, WireGuardKey peer, WireGuardSession session) ->
          sessions.put(new SessionKey(device, peer), session);
    }
  }

  private void written(Neighbour.Key key, NetnsId netns, Optional<Neighbour> row) {
    configured.devices[key.device().number()].net().written(run);
    neighbours.put(key, netns, row);
  }

  private void switched(FdbKey key, Optional<FdbEntry> row) {
    fdb.put(key, key, row);
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
      sums.put(tally.device, tally.over(start.counters(tally.device)));
    }
    Learned learned = start.withCounters(sums.made());
    for (Map.Entry<String, OvsLearned> switched : ovs.entrySet()) {
      learned = learned.withOvs(switched.getKey(), switched.getValue());
    }
    for (Map.Entry<NetnsId, Integer> made : packetIds.entrySet()) {
      learned = learned.withPacketIds(made.getKey(), made.getValue());
    }
    for (Cell<Neighbour.Key, NetnsId, Neighbour> cell : neighbours.written) {
      Net net = configured.devices[cell.key.device().number()].net();
      NeighbourTable table = net.neighbours(generation, start);
      net.learned(generation, cell.row.map(table::with).orElseGet(() -> table.without(cell.key)));
      learned = learned.withNeighbours(cell.place, net.neighbours(generation, start));
    }
    configured.leaves(learned.neighbours());
    for (Cell<FdbKey, FdbKey, FdbEntry> cell : fdb.written) {
      ForwardingDatabase database = learned.fdb(cell.key.bridge());
      learned = learned.withFdb(cell.key.bridge(),
          cell.row.map(database::with).orElseGet(() -> database.without(cell.key.row())));
    }
    for (Cell<ExceptionKey, ExceptionKey, RouteException> cell : exceptions.written) {
      learned = learned.withRouteException(cell.key.netns(), cell.row.orElseThrow());
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
