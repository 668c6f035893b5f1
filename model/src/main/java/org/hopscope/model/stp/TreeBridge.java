package org.hopscope.model.stp;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.net.BridgeId;
import org.hopscope.model.net.BridgeOption;
import org.hopscope.model.net.PortFlag;
import org.hopscope.model.net.PortState;
import org.hopscope.model.net.SpanningTree;
import org.hopscope.model.net.SpanningTree.Claim;
import org.hopscope.model.net.SpanningTree.Timer;
import org.hopscope.model.net.SpanningTree.Times;
import org.hopscope.model.net.SpanningTree.TopologyChange;
import org.hopscope.model.net.VirtualTime;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/**
 * A bridge while the protocol runs: the procedures of IEEE 802.1D-1998 clause 8.6 in the kernel's shape (net/bridge/br_stp.c,
 * br_stp_if.c, br_stp_timer.c). With the protocol off the same procedures run, but a port that may forward does so at once
 * and nothing is said.
 */
final class TreeBridge {
  /** A message grows older by this much at each bridge (MESSAGE_AGE_INCR). */
  private static final long AGE_STEP = 4 * VirtualTime.MILLI;
  /** So long a port is silent after it spoke (BR_HOLD_TIME). */
  private static final long HOLD = VirtualTime.SECOND;
  /** So long after it was switched on a bridge looks for old entries for the first time (br_stp_enable_bridge). */
  private static final long SOON = VirtualTime.SECOND / 10;

  /** Which port leads to the root bridge best (br_should_become_root_port). */
  private static final Comparator<TreePort> WAYS = Comparator.<TreePort, Claim>comparing(p -> new Claim(
      p.claim.root(), p.claim.cost() + p.config.cost(), p.claim.bridge(), p.claim.port()))
      .thenComparingInt(TreePort::id);

  final Protocol protocol;
  final List<TreePort> ports = new ArrayList<>();
  final Map<Timer, Long> timers = new EnumMap<>(Timer.class);
  Topology.Bridge config;
  BridgeId id;
  BridgeId root;
  int cost;
  private int rootPort;
  private Times times;
  private TopologyChange change;

  /** A bridge that begins to take part: it takes itself for the root. */
  TreeBridge(Protocol protocol, Topology.Bridge config) {
    this.protocol = protocol;
    this.config = config;
    id = new BridgeId(config.settings().value(BridgeOption.PRIORITY), config.mac());
    root = id;
    times = Times.of(config.settings());
    change = TopologyChange.NONE;
    config.ports().forEach(p -> ports.add(new TreePort(this, p, p.state())));
  }

  TreeBridge(Protocol protocol, Topology.Bridge config, SpanningTree known) {
    SpanningTree.Root mine = known.bridges().get(config.device());
    this.protocol = protocol;
    this.config = config;
    id = mine.id();
    root = mine.root();
    cost = mine.cost();
    rootPort = mine.rootPort();
    times = mine.times();
    change = mine.change();
    mine.timers().forEach((timer, at) -> timers.put(timer, at.nanos()));
    config.ports().forEach(p -> ports.add(new TreePort(this, p, known.ports().get(p.device()))));
  }

  SpanningTree.Root snapshot() {
    return new SpanningTree.Root(id, rootPort, root, cost, times, change, instants(timers));
  }

  static PSortedMap<Timer, VirtualTime> instants(Map<Timer, Long> timers) {
    PSortedMap<Timer, VirtualTime> instants = TreePMap.empty();
    for (Map.Entry<Timer, Long> timer : timers.entrySet()) {
      instants = instants.plus(timer.getKey(), new VirtualTime(timer.getValue()));
    }
    return instants;
  }

  private boolean isRoot() {
    return id.equals(root);
  }

  /** Whether the protocol is on. */
  boolean speaks() {
    return config.settings().stp();
  }

  private Optional<TreePort> port(int number) {
    return ports.stream().filter(p -> p.number() == number).findFirst();
  }

  // --- what happens to it

  /** The protocol is switched on (br_stp_start). */
  void start() {
    if (config.up()) {
      arm(timers, Timer.HELLO, times.hello());
      sweep();
    }
    selectStates();
  }

  /** The device is switched on (br_stp_enable_bridge). */
  void switchOn() {
    if (speaks()) {
      arm(timers, Timer.HELLO, times.hello());
    }
    arm(timers, Timer.GC, SOON);
    announce();
  }

  /** The device is switched off (br_stp_disable_bridge). */
  void switchOff() {
    ports.stream().filter(TreePort::isEnabled).forEach(this::disable);
    setActive(false);
    change = new TopologyChange(false, change.active(), change.swept());
    timers.clear();
  }

  /** A port got carrier (br_stp_enable_port). */
  void enable(TreePort port) {
    port.claim(port.own());
    port.become(PortState.BLOCKING);
    port.acknowledge = false;
    port.pending = false;
    selectStates();
  }

  /** A port lost carrier, or is a port no more (br_stp_disable_port). */
  void disable(TreePort port) {
    boolean wasRoot = isRoot();
    port.claim(port.own());
    port.become(PortState.DISABLED);
    port.acknowledge = false;
    port.pending = false;
    port.timers.clear();
    update(wasRoot);
  }

  /** The hardware address of the bridge changed (br_stp_change_bridge_id). */
  void changeMac(MacAddress mac) {
    boolean wasRoot = isRoot();
    BridgeId fresh = new BridgeId(id.priority(), mac);
    for (TreePort port : ports) {
      Claim old = port.claim;
      BridgeId by = old.bridge().mac().equals(id.mac()) ? new BridgeId(old.bridge().priority(), mac) : old.bridge();
      BridgeId of = old.root().mac().equals(id.mac()) ? new BridgeId(old.root().priority(), mac) : old.root();
      port.claim(new Claim(of, old.cost(), by, old.port()));
    }
    id = fresh;
    update(wasRoot);
  }

  /** {@code ip link set BR type bridge priority} (br_stp_set_bridge_priority). */
  void changePriority(int priority) {
    boolean wasRoot = isRoot();
    BridgeId fresh = new BridgeId(priority, id.mac());
    for (TreePort port : ports) {
      if (port.isEnabled() && port.isDesignated()) {
        port.claim(new Claim(port.claim.root(), port.claim.cost(), fresh, port.claim.port()));
      }
    }
    id = fresh;
    update(wasRoot);
  }

  /** {@code bridge link set dev PORT priority} (br_stp_set_port_priority); the port is already configured so. */
  void portPriorityChanged(TreePort port, boolean wasDesignated) {
    if (wasDesignated) {
      port.claim(new Claim(port.claim.root(), port.claim.cost(), port.claim.bridge(), port.id()));
    }
    if (id.equals(port.claim.bridge()) && port.id() < port.claim.port()) {
      port.claim(port.own());
      selectStates();
    }
  }

  /** {@code bridge link set dev PORT cost} (br_stp_set_path_cost). */
  void portCostChanged() {
    selectRoot();
    selectDesignated();
    selectStates();
  }

  /** {@code bridge link set dev PORT state}, which the kernel allows where the protocol is off (br_set_port_state). */
  void setState(TreePort port, PortState state) {
    port.become(state);
    selectStates();
  }

  /** The times it would bring along as root bridge were changed. */
  void timesChanged() {
    if (isRoot()) {
      times = Times.of(config.settings());
    }
  }

  // --- messages

  void hear(TreePort port, Bpdu heard) {
    if (!speaks() || !config.up() || !port.isEnabled()) {
      return;
    }
    if (port.config.port().has(PortFlag.GUARD)) {
      disable(port);
      return;
    }
    switch (heard) {
      case Bpdu.Config config -> hearConfig(port, config);
      case Bpdu.Change() -> {
        if (port.isDesignated()) {
          detectChange();
          port.acknowledge = true;
          say(port);
        }
      }
    }
  }

  private void hearConfig(TreePort port, Bpdu.Config heard) {
    boolean wasRoot = isRoot();
    if (!supersedes(heard.claim(), port)) {
      if (port.isDesignated()) {
        say(port);
      }
      return;
    }
    port.claim(heard.claim());
    port.heard = protocol.now() - heard.age();
    arm(port.timers, Timer.MESSAGE_AGE, heard.times().maxAge() - heard.age());
    selectRoot();
    selectDesignated();
    selectStates();
    if (!isRoot() && wasRoot) {
      timers.remove(Timer.HELLO);
      if (change.detected()) {
        timers.remove(Timer.TOPOLOGY_CHANGE);
        tellRoot();
      }
    }
    if (port.number() == rootPort) {
      times = heard.times();
      setActive(heard.change());
      announce();
      if (heard.acknowledge()) {
        change = new TopologyChange(false, change.active(), change.swept());
        timers.remove(Timer.TCN);
      }
    }
  }

  private boolean supersedes(Claim heard, TreePort port) {
    int better = heard.root().compareTo(port.claim.root());
    better = better != 0 ? better : Integer.compare(heard.cost(), port.claim.cost());
    better = better != 0 ? better : heard.bridge().compareTo(port.claim.bridge());
    return better < 0 || better == 0 && (!heard.bridge().equals(id) || heard.port() <= port.claim.port());
  }

  /** Speaks at every port that is designated (br_config_bpdu_generation). */
  private void announce() {
    ports.stream().filter(p -> p.isEnabled() && p.isDesignated()).forEach(this::say);
  }

  private void say(TreePort port) {
    if (port.isRunning(Timer.HOLD)) {
      port.pending = true;
      return;
    }
    long age = isRoot() ? 0 : protocol.now() - port(rootPort).map(p -> p.heard).orElse(protocol.now()) + AGE_STEP;
    if (age < times.maxAge()) {
      protocol.send(port, new Bpdu.Config(port.own(), age, times, change.active(), port.acknowledge));
      port.acknowledge = false;
      port.pending = false;
      if (speaks()) {
        arm(port.timers, Timer.HOLD, HOLD);
      }
    }
  }

  private void tellRoot() {
    port(rootPort).ifPresent(p -> protocol.send(p, new Bpdu.Change()));
    arm(timers, Timer.TCN, Times.of(config.settings()).hello());
  }

  // --- choices

  /** What follows from a change of what is known (br_configuration_update, br_port_state_selection). */
  private void update(boolean wasRoot) {
    selectRoot();
    selectDesignated();
    selectStates();
    if (isRoot() && !wasRoot) {
      times = Times.of(config.settings());
      detectChange();
      timers.remove(Timer.TCN);
      if (config.up()) {
        announce();
        arm(timers, Timer.HELLO, times.hello());
      }
    }
  }

  private void selectRoot() {
    Optional<TreePort> best = Optional.empty();
    for (TreePort port : ports) {
      boolean candidate = port.isEnabled() && !port.isDesignated() && id.compareTo(port.claim.root()) > 0;
      if (candidate && best.map(b -> WAYS.compare(port, b) < 0).orElse(true)) {
        if (port.config.port().has(PortFlag.ROOT_BLOCK)) {
          port.become(PortState.LISTENING);
          arm(port.timers, Timer.FORWARD_DELAY, times.forwardDelay());
        } else {
          best = Optional.of(port);
        }
      }
    }
    rootPort = best.map(TreePort::number).orElse(0);
    root = best.map(p -> p.claim.root()).orElse(id);
    cost = best.map(p -> p.claim.cost() + p.config.cost()).orElse(0);
  }

  private void selectDesignated() {
    for (TreePort port : ports) {
      boolean better = port.isDesignated() || !port.claim.root().equals(root) || port.own().compareTo(port.claim) < 0;
      if (port.isEnabled() && better) {
        port.claim(port.own());
      }
    }
  }

  private void selectStates() {
    for (TreePort port : ports) {
      if (!port.isEnabled()) {
        continue;
      }
      if (port.number() == rootPort) {
        port.pending = false;
        port.acknowledge = false;
        open(port);
      } else if (port.isDesignated()) {
        port.timers.remove(Timer.MESSAGE_AGE);
        open(port);
      } else {
        port.pending = false;
        port.acknowledge = false;
        close(port);
      }
    }
  }

  private void open(TreePort port) {
    if (port.state != PortState.BLOCKING) {
      return;
    }
    if (!speaks() || times.forwardDelay() == 0) {
      port.become(PortState.FORWARDING);
      port.timers.remove(Timer.FORWARD_DELAY);
      detectChange();
    } else {
      port.become(PortState.LISTENING);
      arm(port.timers, Timer.FORWARD_DELAY, times.forwardDelay());
    }
  }

  private void close(TreePort port) {
    if (port.state == PortState.BLOCKING) {
      return;
    }
    if (port.state.learns()) {
      detectChange();
    }
    port.become(PortState.BLOCKING);
    port.timers.remove(Timer.FORWARD_DELAY);
  }

  // --- changes of the tree

  private void detectChange() {
    if (!speaks()) {
      return;
    }
    if (isRoot()) {
      setActive(true);
      Times mine = Times.of(config.settings());
      arm(timers, Timer.TOPOLOGY_CHANGE, mine.forwardDelay() + mine.maxAge());
    } else if (!change.detected()) {
      tellRoot();
    }
    change = new TopologyChange(true, change.active(), change.swept());
  }

  private void setActive(boolean active) {
    protocol.stir(change.active() != active);
    change = new TopologyChange(change.detected(), active, change.swept());
  }

  /** Old entries are looked for; what is found is left to whoever reads the entries (br_fdb_cleanup). */
  void sweep() {
    if (change.active()) {
      change = new TopologyChange(change.detected(), true, Optional.of(new VirtualTime(protocol.now())));
    }
    long ageing = config.settings().ageingCentis() * 10L * VirtualTime.MILLI;
    arm(timers, Timer.GC, Math.max(VirtualTime.SECOND, change.active() ? times.forwardDelay() : ageing));
  }

  // --- timers

  private void arm(Map<Timer, Long> of, Timer timer, long nanos) {
    of.put(timer, protocol.now() + nanos);
  }

  void ring(Timer timer) {
    switch (timer) {
      case HELLO -> {
        announce();
        if (speaks()) {
          arm(timers, Timer.HELLO, times.hello());
        }
      }
      case TCN -> tellRoot();
      case GC -> sweep();
      case TOPOLOGY_CHANGE -> {
        setActive(false);
        change = new TopologyChange(false, false, change.swept());
      }
      case MESSAGE_AGE, FORWARD_DELAY, HOLD -> throw new IllegalStateException("a port's timer: " + timer);
    }
  }

  void ring(TreePort port, Timer timer) {
    switch (timer) {
      case HOLD -> {
        if (port.pending) {
          say(port);
        }
      }
      case MESSAGE_AGE -> {
        boolean wasRoot = isRoot();
        port.claim(port.own());
        update(wasRoot);
      }
      case FORWARD_DELAY -> {
        if (port.state == PortState.LISTENING) {
          port.become(PortState.LEARNING);
          arm(port.timers, Timer.FORWARD_DELAY, times.forwardDelay());
        } else if (port.state == PortState.LEARNING) {
          port.become(PortState.FORWARDING);
          if (ports.stream().anyMatch(p -> p.isEnabled() && p.claim.bridge().equals(id))) {
            detectChange();
          }
        }
      }
      case HELLO, TCN, TOPOLOGY_CHANGE, GC -> throw new IllegalStateException("a bridge's timer: " + timer);
    }
  }
}
