package org.hopscope.model.net;

import java.util.Optional;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/**
 * The tables that traffic writes into. Rows set by hand (a permanent neighbour, a static forwarding entry) stand in
 * the same tables, as they do in the kernel, and are written by edits; all else is changed only by committing a trace.
 *
 * @param neighbours by namespace
 * @param fdbs by bridge
 * @param counters by device
 * @param packetIds how many IP packets each namespace has originated: gives identifications and client ports
 */
public record Learned(PSortedMap<NetnsId, NeighbourTable> neighbours, PSortedMap<DeviceId, ForwardingDatabase> fdbs,
    PSortedMap<DeviceId, Counters> counters, PSortedMap<NetnsId, Integer> packetIds) {
  /** Nothing learned. */
  public static final Learned NOTHING =
      new Learned(TreePMap.empty(), TreePMap.empty(), TreePMap.empty(), TreePMap.empty());

  /** The neighbour table of a namespace. */
  public NeighbourTable neighbours(NetnsId netns) {
    return Optional.ofNullable(neighbours.get(netns)).orElse(NeighbourTable.EMPTY);
  }

  /** The forwarding database of a bridge. */
  public ForwardingDatabase fdb(DeviceId bridge) {
    return Optional.ofNullable(fdbs.get(bridge)).orElse(ForwardingDatabase.EMPTY);
  }

  /** What a device has counted. */
  public Counters counters(DeviceId device) {
    return Optional.ofNullable(counters.get(device)).orElse(Counters.ZERO);
  }

  public Learned withNeighbours(NetnsId netns, NeighbourTable value) {
    return new Learned(value.rows().isEmpty() ? neighbours.minus(netns) : neighbours.plus(netns, value), fdbs, counters,
        packetIds);
  }

  public Learned withFdb(DeviceId bridge, ForwardingDatabase value) {
    return new Learned(neighbours, value.rows().isEmpty() ? fdbs.minus(bridge) : fdbs.plus(bridge, value), counters,
        packetIds);
  }

  public Learned withCounters(DeviceId device, Counters value) {
    return new Learned(neighbours, fdbs, counters.plus(device, value), packetIds);
  }

  public Learned withPacketIds(NetnsId netns, int value) {
    return new Learned(neighbours, fdbs, counters, packetIds.plus(netns, value));
  }

  /** Without anything about a device that is gone. */
  public Learned forgetDevice(DeviceId device) {
    return new Learned(neighbours, fdbs.minus(device), counters.minus(device), packetIds);
  }
}
