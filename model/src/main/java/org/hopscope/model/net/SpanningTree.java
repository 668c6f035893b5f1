package org.hopscope.model.net;

import java.util.Comparator;
import java.util.Optional;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/**
 * What the spanning tree protocol knew at one instant, of every bridge where it was ever switched on or where a port's
 * state was set by hand. All other bridges' ports follow their links. What it knows later follows from this by letting
 * its clocks run on: see {@code stp.Protocol}.
 *
 * @param at the instant
 * @param bridges by bridge
 * @param ports by the device that is the port
 */
public record SpanningTree(VirtualTime at, PSortedMap<DeviceId, Root> bridges, PSortedMap<DeviceId, Port> ports) {
  /** No bridge takes part. */
  public static final SpanningTree NONE = new SpanningTree(VirtualTime.START, TreePMap.empty(), TreePMap.empty());

  /** What runs out by itself; each is an instant, or absent when it is not running. */
  public enum Timer {
    /** The root bridge speaks again. */
    HELLO,
    /** The root bridge is told once more that the tree has changed. */
    TCN,
    /** The change of the tree is over. */
    TOPOLOGY_CHANGE,
    /** The bridge looks for entries that are too old; in a changing tree they are so sooner, but nobody looks sooner. */
    GC,
    /** What was heard at the port is too old. */
    MESSAGE_AGE,
    /** The port goes on to the next state. */
    FORWARD_DELAY,
    /** The port may speak again. */
    HOLD
  }

  /**
   * What is said at a port: the way to the root bridge. A lower claim is a better one.
   *
   * @param root the root bridge
   * @param cost what the way there costs
   * @param bridge who says so
   * @param port by which of its ports: priority and number
   */
  public record Claim(BridgeId root, int cost, BridgeId bridge, int port) implements Comparable<Claim> {
    private static final Comparator<Claim> ORDER = Comparator.comparing(Claim::root).thenComparingInt(Claim::cost)
        .thenComparing(Claim::bridge).thenComparingInt(Claim::port);

    @Override
    public int compareTo(Claim other) {
      return ORDER.compare(this, other);
    }
  }

  /**
   * The times that count in a tree: those of its root bridge.
   *
   * @param maxAge in nanoseconds
   * @param hello in nanoseconds
   * @param forwardDelay in nanoseconds
   */
  public record Times(long maxAge, long hello, long forwardDelay) {
    /** What a bridge brings along. */
    public static Times of(BridgeSettings settings) {
      return new Times(nanos(settings.maxAgeCentis()), nanos(settings.helloCentis()),
          nanos(settings.forwardDelayCentis()));
    }

    private static long nanos(int centis) {
      return centis * 10L * VirtualTime.MILLI;
    }
  }

  /**
   * What a bridge knows of the tree.
   *
   * @param id its own identity
   * @param rootPort the number of the port that leads to the root bridge; 0 when it is the root itself
   * @param root whom it takes for the root bridge
   * @param cost what the way there costs
   * @param times the times that count
   * @param change whether the tree is changing
   * @param timers what is running
   */
  public record Root(BridgeId id, int rootPort, BridgeId root, int cost, Times times, TopologyChange change,
      PSortedMap<Timer, VirtualTime> timers) {
    public boolean isRoot() {
      return id.equals(root);
    }
  }

  /**
   * A change of the tree. Entries that the bridge finds older than the forward delay while it lasts go.
   *
   * @param detected whether this bridge saw one that the root bridge has not confirmed
   * @param active whether the root bridge announces one
   * @param swept when the bridge last looked for old entries while it lasted
   */
  public record TopologyChange(boolean detected, boolean active, Optional<VirtualTime> swept) {
    /** None so far. */
    public static final TopologyChange NONE = new TopologyChange(false, false, Optional.empty());
  }

  /**
   * What a port knows of the tree.
   *
   * @param state what it does with frames
   * @param claim the best that was said on its segment, be it by itself
   * @param heard when that was true at the root bridge
   * @param acknowledge whether the next message confirms a change
   * @param pending whether a message waits for {@link Timer#HOLD}
   * @param timers what is running
   */
  public record Port(PortState state, Claim claim, VirtualTime heard, boolean acknowledge, boolean pending,
      PSortedMap<Timer, VirtualTime> timers) {
  }

  public boolean isEmpty() {
    return bridges.isEmpty();
  }

  /** The state of a port, if its bridge takes part. */
  public Optional<PortState> state(DeviceId port) {
    return Optional.ofNullable(ports.get(port)).map(Port::state);
  }

  public SpanningTree withAt(VirtualTime value) {
    return new SpanningTree(value, bridges, ports);
  }
}
