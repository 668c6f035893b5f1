package org.hopscope.model.lab;

import java.util.Optional;
import org.hopscope.model.net.PortFlag;
import org.hopscope.model.net.PortState;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/**
 * What is changed on a bridge port; what is not named stays.
 *
 * @param flags switches
 * @param cost what sending by it costs
 * @param priority which port is preferred among equal ones
 * @param state its state, where the spanning tree protocol does not run
 * @param announced whether everybody hears that the link has changed, as of {@code ip link set} ({@link Trees#announced})
 */
public record PortChange(PSortedMap<PortFlag, Boolean> flags, Optional<Integer> cost, Optional<Integer> priority,
    Optional<PortState> state, boolean announced) {
  /** Changes nothing. */
  public static final PortChange NONE =
      new PortChange(TreePMap.empty(), Optional.empty(), Optional.empty(), Optional.empty(), false);

  /** Turns one switch. */
  public static PortChange of(PortFlag flag, boolean value) {
    return NONE.with(flag, value);
  }

  public PortChange with(PortFlag flag, boolean value) {
    return new PortChange(flags.plus(flag, value), cost, priority, state, announced);
  }

  public PortChange withCost(int value) {
    return new PortChange(flags, Optional.of(value), priority, state, announced);
  }

  public PortChange withPriority(int value) {
    return new PortChange(flags, cost, Optional.of(value), state, announced);
  }

  public PortChange withState(PortState value) {
    return new PortChange(flags, cost, priority, Optional.of(value), announced);
  }

  /** The same change, of which everybody hears. */
  public PortChange asAnnounced() {
    return new PortChange(flags, cost, priority, state, true);
  }
}
