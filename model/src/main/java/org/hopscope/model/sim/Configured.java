package org.hopscope.model.sim;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.FdbEntry;
import org.hopscope.model.net.NeighbourTable;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.RouteKey;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/**
 * What was worked out from how a lab is configured, and from nothing else: it holds for every lab that differs only in what
 * was learned and in its clock. Filled as it is asked for, so it stays on one thread.
 */
final class Configured {
  private static final int WAYS = 4096;

  private final LabState lab;
  final NetDev[] devices;
  final Map<NetnsId, Net> nets = new HashMap<>();
  /** The namespace that was asked for last. */
  Optional<Net> latest = Optional.empty();
  final Map<DeviceId, List<NetDev>> ports = new HashMap<>();
  final Map<DeviceId, Map<FdbEntry.Key, FdbEntry>> own = new HashMap<>();
  final Map<NetnsId, List<NetDev>> byNetns = new HashMap<>();
  Optional<Map<NetnsId, List<NetDev>>> wireguards = Optional.empty();
  Optional<Map<NetnsId, List<NetDev>>> relays = Optional.empty();
  final Map<NetnsId, List<NetDev>> tunnels = new HashMap<>();
  /** The neighbour tables that namespaces remember belong to these; see {@link Net#neighbours}. */
  private PMap<NetnsId, NeighbourTable> remembered = HashTreePMap.empty();
  private Optional<Fabric> lasting = Optional.empty();
  private int generation;
  private int runs;
  private final Map<RouteOutput.Asked, RouteOutput.Answer> waysOut = new HashMap<>();
  private final Map<RouteKey, RouteInput.Answer> waysIn = new HashMap<>();

  Configured(LabState lab) {
    this.lab = lab;
    devices = new NetDev[lab.nextDevice()];
  }

  /**
   * A run begins that finds these neighbour tables. What namespaces remember of theirs holds if they are those that the run
   * before left behind.
   *
   * @return what tells them from others
   */
  int generationOf(PMap<NetnsId, NeighbourTable> tables) {
    if (remembered != tables) {
      remembered = tables;
      generation++;
    }
    return generation;
  }

  /**
   * The first lab that it holds for. What is remembered from run to run may only hold on to this one: each lab that a run
   * begins with has tables of its own.
   */
  Fabric lasting() {
    if (lasting.isEmpty()) {
      lasting = Optional.of(new Fabric(lab, this));
    }
    return lasting.get();
  }

  /** The number of a run that begins; from 1. */
  int nextRun() {
    runs++;
    return runs;
  }

  /** The run has left these tables behind, and told the namespaces whose own has changed. */
  void leaves(PMap<NetnsId, NeighbourTable> tables) {
    remembered = tables;
  }

  /** The ways of the own hosts' packets that were worked out lately. */
  Map<RouteOutput.Asked, RouteOutput.Answer> waysOut() {
    return lately(waysOut);
  }

  /** The ways of packets that came in that were worked out lately, by the whole question, which says by what device. */
  Map<RouteKey, RouteInput.Answer> waysIn() {
    return lately(waysIn);
  }

  private static <K, V> Map<K, V> lately(Map<K, V> ways) {
    if (ways.size() >= WAYS) {
      ways.clear();
    }
    return ways;
  }

  /** Whether it holds for a lab too. Where the spanning tree protocol runs, port states follow from the clock. */
  boolean holdsFor(LabState other) {
    return lab.devices() == other.devices() && lab.netns() == other.netns() && lab.hosts() == other.hosts()
        && lab.basis().equals(other.basis()) && lab.learned().tree().isEmpty() && other.learned().tree().isEmpty();
  }
}
