package org.hopscope.model.net;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What being enslaved to a bridge adds to a device (kernel struct net_bridge_port). Whether the port forwards is not
 * kept here: it follows from the link states, or from the {@link SpanningTree}; see {@code lab.Links}.
 *
 * @param bridge the bridge it is a port of
 * @param number the port number on that bridge, from 1: the lowest free one when it was enslaved
 * @param joined its place in the order of joining among the ports of that bridge, from 1: a flood walks from the last
 *     to the first (br_add_if puts a port at the head of the list)
 * @param path what the spanning tree protocol weighs
 * @param flags the switches of {@code bridge link set}
 * @param vlans the VLANs it is in
 */
public record BridgePort(DeviceId bridge, int number, int joined, Path path, Flags flags, BridgeVlans vlans) {
  private static final int NUMBER_BITS = 10;

  /**
   * What the spanning tree protocol weighs when it chooses ports.
   *
   * @param priority {@code bridge link set priority}, 0 to 63; a lower one is preferred
   * @param cost {@code bridge link set cost}, 1 to 65535; by the speed of the link unless said
   */
  public record Path(int priority, Optional<Integer> cost) {
    /** kernel net/bridge/br_if.c new_nbp: 0x8000 with the port number's bits cut off. */
    public static final Path DEFAULT = new Path(32, Optional.empty());
  }

  /**
   * The switches of a port.
   *
   * @param on those that are on
   */
  public record Flags(Set<PortFlag> on) {
    /** Those of a new port. */
    public static final Flags DEFAULT = usual();

    public Flags {
      EnumSet<PortFlag> copy = EnumSet.noneOf(PortFlag.class);
      copy.addAll(on);
      on = Collections.unmodifiableSet(copy);
    }

    private static Flags usual() {
      EnumSet<PortFlag> on = EnumSet.allOf(PortFlag.class);
      on.removeIf(f -> !f.usual());
      return new Flags(on);
    }

    public boolean has(PortFlag flag) {
      return on.contains(flag);
    }

    public Flags with(PortFlag flag, boolean value) {
      EnumSet<PortFlag> changed = EnumSet.noneOf(PortFlag.class);
      changed.addAll(on);
      if (value) {
        changed.add(flag);
      } else {
        changed.remove(flag);
      }
      return new Flags(changed);
    }
  }

  /** Priority and number in one: how the spanning tree protocol knows it (kernel br_stp_if.c br_make_port_id). */
  public int id() {
    return path.priority() << NUMBER_BITS | number;
  }

  /** A port as it begins, in these VLANs. */
  public static BridgePort fresh(DeviceId bridge, int number, int joined, BridgeVlans vlans) {
    return new BridgePort(bridge, number, joined, Path.DEFAULT, Flags.DEFAULT, vlans);
  }

  public boolean has(PortFlag flag) {
    return flags.has(flag);
  }

  public BridgePort withFlags(Flags changed) {
    return new BridgePort(bridge, number, joined, path, changed, vlans);
  }

  public BridgePort withPath(Path changed) {
    return new BridgePort(bridge, number, joined, changed, flags, vlans);
  }

  public BridgePort withVlans(BridgeVlans changed) {
    return new BridgePort(bridge, number, joined, path, flags, changed);
  }
}
