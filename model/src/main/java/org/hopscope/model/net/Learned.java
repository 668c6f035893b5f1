package org.hopscope.model.net;

import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.WireGuardKey;
import org.hopscope.model.netfilter.NetfilterState;
import org.hopscope.model.ovs.OvsLearned;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/**
 * The tables that traffic writes into. Rows set by hand (a permanent neighbour, a static forwarding entry) stand in
 * the same tables, as they do in the kernel, and are written by edits; all else is changed only by committing a trace.
 *
 * @param neighbours by namespace
 * @param fdbs by bridge or vxlan
 * @param counters by device
 * @param packetIds how many IP packets each namespace has originated: gives identifications and client ports
 * @param exceptions by namespace and destination: what ICMP told about the way there (path MTU, better gateway)
 * @param netfilter by namespace: what packets have left in its packet filter
 * @param tree what the spanning tree protocol knows
 * @param wireguard by WireGuard device and peer: what was agreed on and exchanged
 * @param ovs by host: what frames have left in its Open vSwitch
 */
public record Learned(PMap<NetnsId, NeighbourTable> neighbours, PSortedMap<DeviceId, ForwardingDatabase> fdbs,
    DeviceMap<Counters> counters, PSortedMap<NetnsId, Integer> packetIds,
    PSortedMap<NetnsId, PSortedMap<IpAddress, RouteException>> exceptions,
    PSortedMap<NetnsId, NetfilterState> netfilter, SpanningTree tree,
    PSortedMap<DeviceId, PSortedMap<WireGuardKey, WireGuardSession>> wireguard, PSortedMap<String, OvsLearned> ovs) {
  /** Nothing learned. */
  public static final Learned NOTHING = new Learned(HashTreePMap.empty(), TreePMap.empty(), DeviceMap.empty(),
      TreePMap.empty(), TreePMap.empty(), TreePMap.empty(), SpanningTree.NONE, TreePMap.empty(), TreePMap.empty());

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
    return counters.get(device).orElse(Counters.ZERO);
  }

  public Learned withNeighbours(NetnsId netns, NeighbourTable value) {
    return new Learned(value.equals(NeighbourTable.EMPTY) ? neighbours.minus(netns) : neighbours.plus(netns, value),
        fdbs, counters,
        packetIds, exceptions, netfilter, tree, wireguard, ovs);
  }

  public Learned withFdb(DeviceId bridge, ForwardingDatabase value) {
    return new Learned(neighbours, value.rows().isEmpty() ? fdbs.minus(bridge) : fdbs.plus(bridge, value), counters,
        packetIds, exceptions, netfilter, tree, wireguard, ovs);
  }

  public Learned withCounters(DeviceId device, Counters value) {
    return new Learned(neighbours, fdbs, counters.plus(device, value), packetIds, exceptions, netfilter, tree,
        wireguard, ovs);
  }

  public Learned withCounters(DeviceMap<Counters> value) {
    return new Learned(neighbours, fdbs, value, packetIds, exceptions, netfilter, tree, wireguard, ovs);
  }

  public Learned withPacketIds(NetnsId netns, int value) {
    return new Learned(neighbours, fdbs, counters, packetIds.plus(netns, value), exceptions, netfilter, tree,
        wireguard, ovs);
  }

  /** What a namespace was told about the way to a destination, run out or not. */
  public Optional<RouteException> exception(NetnsId netns, IpAddress destination) {
    return Optional.ofNullable(exceptions.get(netns)).map(rows -> rows.get(destination));
  }

  public Learned withRouteException(NetnsId netns, RouteException row) {
    PSortedMap<IpAddress, RouteException> rows = exceptions.getOrDefault(netns, TreePMap.empty());
    return new Learned(neighbours, fdbs, counters, packetIds,
        exceptions.plus(netns, rows.plus(row.destination(), row)), netfilter, tree, wireguard, ovs);
  }

  /** Without what a namespace was told: {@code ip route flush cache}. */
  public Learned withoutRouteExceptions(NetnsId netns) {
    return new Learned(neighbours, fdbs, counters, packetIds, exceptions.minus(netns), netfilter, tree, wireguard, ovs);
  }

  /** What packets have left in a namespace's packet filter. */
  public NetfilterState netfilter(NetnsId netns) {
    return Optional.ofNullable(netfilter.get(netns)).orElse(NetfilterState.EMPTY);
  }

  public Learned withNetfilter(NetnsId netns, NetfilterState value) {
    return new Learned(neighbours, fdbs, counters, packetIds, exceptions,
        value.equals(NetfilterState.EMPTY) ? netfilter.minus(netns) : netfilter.plus(netns, value), tree, wireguard,
        ovs);
  }

  public Learned withTree(SpanningTree value) {
    return new Learned(neighbours, fdbs, counters, packetIds, exceptions, netfilter, value, wireguard, ovs);
  }

  /** What was exchanged with a peer of a WireGuard device. */
  public WireGuardSession session(DeviceId device, WireGuardKey peer) {
    return Optional.ofNullable(wireguard.get(device)).map(peers -> peers.get(peer)).orElse(WireGuardSession.NONE);
  }

  public Learned withSession(DeviceId device, WireGuardKey peer, WireGuardSession value) {
    PSortedMap<WireGuardKey, WireGuardSession> peers =
        Optional.ofNullable(wireguard.get(device)).orElse(TreePMap.empty());
    PSortedMap<WireGuardKey, WireGuardSession> more =
        value.equals(WireGuardSession.NONE) ? peers.minus(peer) : peers.plus(peer, value);
    return withSessions(device, more);
  }

  public Learned withSessions(DeviceId device, PSortedMap<WireGuardKey, WireGuardSession> value) {
    return new Learned(neighbours, fdbs, counters, packetIds, exceptions, netfilter, tree,
        value.isEmpty() ? wireguard.minus(device) : wireguard.plus(device, value), ovs);
  }

  /** What frames have left in a host's Open vSwitch. */
  public OvsLearned ovs(String host) {
    return Optional.ofNullable(ovs.get(host)).orElse(OvsLearned.NONE);
  }

  public Learned withOvs(String host, OvsLearned value) {
    return new Learned(neighbours, fdbs, counters, packetIds, exceptions, netfilter, tree, wireguard,
        value.equals(OvsLearned.NONE) ? ovs.minus(host) : ovs.plus(host, value));
  }

  /** Without anything about a device that is gone. */
  public Learned forgetDevice(DeviceId device) {
    return new Learned(neighbours, fdbs.minus(device), counters.minus(device), packetIds, exceptions, netfilter, tree,
        wireguard.minus(device), ovs);
  }
}
