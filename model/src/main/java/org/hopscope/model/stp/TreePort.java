package org.hopscope.model.stp;

import java.util.EnumMap;
import java.util.Map;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.PortState;
import org.hopscope.model.net.SpanningTree;
import org.hopscope.model.net.SpanningTree.Claim;
import org.hopscope.model.net.SpanningTree.Timer;
import org.hopscope.model.net.VirtualTime;

/** A port while the protocol runs (the STP part of kernel struct net_bridge_port). Timers are instants in nanoseconds. */
final class TreePort {
  final TreeBridge bridge;
  final Map<Timer, Long> timers = new EnumMap<>(Timer.class);
  Topology.Port config;
  PortState state;
  Claim claim;
  long heard;
  boolean acknowledge;
  boolean pending;

  TreePort(TreeBridge bridge, Topology.Port config, PortState state) {
    this.bridge = bridge;
    this.config = config;
    this.state = state;
    claim = own();
  }

  TreePort(TreeBridge bridge, Topology.Port config, SpanningTree.Port known) {
    this.bridge = bridge;
    this.config = config;
    state = known.state();
    claim = known.claim();
    heard = known.heard().nanos();
    acknowledge = known.acknowledge();
    pending = known.pending();
    known.timers().forEach((timer, at) -> timers.put(timer, at.nanos()));
  }

  SpanningTree.Port snapshot() {
    return new SpanningTree.Port(state, claim, new VirtualTime(heard), acknowledge, pending,
        TreeBridge.instants(timers));
  }

  DeviceId device() {
    return config.device();
  }

  int number() {
    return config.port().number();
  }

  int id() {
    return config.port().id();
  }

  boolean isEnabled() {
    return state != PortState.DISABLED;
  }

  /** What the bridge itself says here. */
  Claim own() {
    return new Claim(bridge.root, bridge.cost, bridge.id, id());
  }

  /** Whether nobody on the segment has said better than this port. */
  boolean isDesignated() {
    return claim.bridge().equals(bridge.id) && claim.port() == id();
  }

  boolean isRunning(Timer timer) {
    return timers.containsKey(timer);
  }

  void become(PortState value) {
    bridge.protocol.stir(state != value);
    state = value;
  }

  void claim(Claim value) {
    bridge.protocol.stir(!claim.equals(value));
    claim = value;
  }
}
