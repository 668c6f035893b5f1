package org.hopscope.model.stp;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import org.hopscope.model.net.BridgeOption;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.PortState;
import org.hopscope.model.net.SpanningTree;
import org.hopscope.model.net.SpanningTree.Timer;
import org.hopscope.model.net.VirtualTime;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/**
 * All bridges that take part, while their clocks run: made from what was known at one instant, moved on, and written down
 * again. The same start and the same steps always lead to the same end. Not modelled: the kernel's rounding of timers to
 * whole seconds, which puts each message up to half a second earlier or later.
 */
public final class Protocol {
  /** When nothing has changed for longer than every timer together can last, nothing will. */
  private static final long QUIET = 200 * VirtualTime.SECOND;

  private final Map<DeviceId, TreeBridge> bridges = new TreeMap<>();
  private final Map<DeviceId, TreePort> ports = new HashMap<>();
  private final Queue<Spoken> air = new ArrayDeque<>();
  private long now;
  private long stirred;

  private Protocol(long now) {
    this.now = now;
    stirred = now;
  }

  private record Spoken(DeviceId at, Bpdu what) {
  }

  /** Takes up what was known; {@code topology} must be that of the same instant. */
  public static Protocol of(SpanningTree known, Topology topology) {
    Protocol protocol = new Protocol(known.at().nanos());
    topology.bridges().stream().filter(b -> known.bridges().containsKey(b.device()))
        .forEach(b -> protocol.put(new TreeBridge(protocol, b, known)));
    return protocol;
  }

  private void put(TreeBridge bridge) {
    bridges.put(bridge.config.device(), bridge);
    bridge.ports.forEach(p -> ports.put(p.device(), p));
  }

  long now() {
    return now;
  }

  /** Something is other than it was, unless {@code really} says no. */
  void stir(boolean really) {
    if (really) {
      stirred = now;
    }
  }

  void send(TreePort port, Bpdu what) {
    if (port.bridge.speaks()) {
      port.config.hears().forEach(at -> air.add(new Spoken(at, what)));
    }
  }

  /** What is known now. */
  public SpanningTree snapshot() {
    PSortedMap<DeviceId, SpanningTree.Root> roots = TreePMap.empty();
    PSortedMap<DeviceId, SpanningTree.Port> all = TreePMap.empty();
    for (TreeBridge bridge : bridges.values()) {
      roots = roots.plus(bridge.config.device(), bridge.snapshot());
      for (TreePort port : bridge.ports) {
        all = all.plus(port.device(), port.snapshot());
      }
    }
    return roots.isEmpty() ? SpanningTree.NONE : new SpanningTree(new VirtualTime(now), roots, all);
  }

  /** The state of a port, if its bridge takes part. */
  public Optional<PortState> state(DeviceId port) {
    return Optional.ofNullable(ports.get(port)).map(p -> p.state);
  }

  /** Lets the clocks run until {@code to}, which is not in the past. */
  public void advance(VirtualTime to) {
    while (true) {
      long next = bridges.isEmpty() ? Long.MAX_VALUE : due();
      if (next > to.nanos()) {
        now = Math.max(now, to.nanos());
        return;
      }
      if (next - stirred > QUIET && to.nanos() - next > QUIET) {
        shift(to.nanos() - next - QUIET);
        next = due();
      }
      now = next;
      ring();
      deliver();
    }
  }

  private long due() {
    long due = Long.MAX_VALUE;
    for (TreeBridge bridge : bridges.values()) {
      due = bridge.timers.values().stream().reduce(due, Math::min);
      for (TreePort port : bridge.ports) {
        due = port.timers.values().stream().reduce(due, Math::min);
      }
    }
    return due;
  }

  /** Every clock jumps: what goes round and round may be left out. */
  private void shift(long nanos) {
    for (TreeBridge bridge : bridges.values()) {
      bridge.timers.replaceAll((_, at) -> at + nanos);
      for (TreePort port : bridge.ports) {
        port.timers.replaceAll((_, at) -> at + nanos);
        port.heard += nanos;
      }
    }
    stirred += nanos;
  }

  private void ring() {
    for (TreeBridge bridge : bridges.values()) {
      for (Timer timer : rung(bridge.timers)) {
        bridge.ring(timer);
      }
      for (TreePort port : bridge.ports) {
        for (Timer timer : rung(port.timers)) {
          bridge.ring(port, timer);
        }
      }
    }
  }

  private Set<Timer> rung(Map<Timer, Long> timers) {
    Map<Timer, Long> rung = new EnumMap<>(Timer.class);
    timers.forEach((timer, at) -> {
      if (at <= now) {
        rung.put(timer, at);
      }
    });
    timers.keySet().removeAll(rung.keySet());
    return rung.keySet();
  }

  private void deliver() {
    while (!air.isEmpty()) {
      Spoken spoken = air.remove();
      Optional.ofNullable(ports.get(spoken.at())).ifPresent(p -> p.bridge.hear(p, spoken.what()));
    }
  }

  /** Sets a port's state by hand. */
  public void set(DeviceId port, PortState state) {
    TreePort found = ports.get(port);
    found.bridge.setState(found, state);
    deliver();
  }

  /** Makes of the wiring what it is after an edit; what is new takes part from now on. */
  public void become(Topology after) {
    Map<DeviceId, Topology.Bridge> wanted = new TreeMap<>();
    after.bridges().forEach(b -> wanted.put(b.device(), b));
    bridges.keySet().retainAll(wanted.keySet());
    ports.values().removeIf(p -> !wanted.containsKey(p.bridge.config.device()));
    for (Topology.Bridge bridge : wanted.values()) {
      TreeBridge known = bridges.get(bridge.device());
      if (known == null) {
        TreeBridge fresh = new TreeBridge(this, bridge);
        put(fresh);
        if (bridge.settings().stp()) {
          fresh.start();
        }
      } else {
        change(known, bridge);
      }
    }
    deliver();
  }

  private void change(TreeBridge bridge, Topology.Bridge to) {
    Topology.Bridge from = bridge.config;
    leave(bridge, to);
    bridge.config = to;
    join(bridge, to);
    if (!from.mac().equals(to.mac())) {
      bridge.changeMac(to.mac());
    }
    bridge.timesChanged();
    if (to.settings().ageingCentis() != from.settings().ageingCentis() && to.up()) {
      bridge.sweep();
    }
    if (to.settings().stp() && !from.settings().stp()) {
      bridge.start();
    }
    int priority = to.settings().value(BridgeOption.PRIORITY);
    if (priority != bridge.id.priority()) {
      bridge.changePriority(priority);
    }
    if (from.up() && !to.up()) {
      bridge.switchOff();
    } else if (!from.up() && to.up()) {
      bridge.switchOn();
    }
    for (TreePort port : bridge.ports) {
      configure(bridge, port, port.config, from.up() == to.up());
    }
  }

  private void leave(TreeBridge bridge, Topology.Bridge to) {
    for (TreePort port : List.copyOf(bridge.ports)) {
      boolean stays = to.ports().stream()
          .anyMatch(p -> p.device().equals(port.device()) && p.port().number() == port.number());
      if (!stays) {
        bridge.disable(port);
        bridge.ports.remove(port);
        ports.remove(port.device());
      }
    }
  }

  private void join(TreeBridge bridge, Topology.Bridge to) {
    for (Topology.Port wanted : to.ports()) {
      if (bridge.ports.stream().noneMatch(p -> p.device().equals(wanted.device()))) {
        TreePort fresh = new TreePort(bridge, wanted, PortState.DISABLED);
        bridge.ports.add(fresh);
        ports.put(wanted.device(), fresh);
      }
    }
    bridge.ports.sort(Comparator.comparingInt(TreePort::number));
  }

  /** Takes over what was set on a port, and whether it can be used. */
  private static void configure(TreeBridge bridge, TreePort port, Topology.Port from, boolean samePower) {
    Topology.Port to = bridge.config.ports().stream().filter(p -> p.device().equals(port.device())).findFirst()
        .orElseThrow();
    boolean designated = port.isDesignated();
    port.config = to;
    if (to.port().path().priority() != from.port().path().priority()) {
      bridge.portPriorityChanged(port, designated);
    }
    if (to.cost() != from.cost()) {
      bridge.portCostChanged();
    }
    boolean wasUsable = from != to && from.usable();
    if (!bridge.config.up() || wasUsable == to.usable() && samePower) {
      return;
    }
    if (to.usable() && !port.isEnabled()) {
      bridge.enable(port);
    } else if (!to.usable() && port.isEnabled()) {
      bridge.disable(port);
    }
  }
}
