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
 */
public record PortChange(PSortedMap<PortFlag, Boolean> flags, Optional<Integer> cost, Optional<Integer> priority,
    Optional<PortState> state) {
  /** Changes nothing. */
  public static final PortChange NONE =
      new PortChange(TreePMap.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /** Turns one switch. */
  public static PortChange of(PortFlag flag, boolean value) {
    return NONE.with(flag, value);
  }

  public PortChange with(PortFlag flag, boolean value) {
    return new PortChange(flags.plus(flag, value), cost, priority, state);
  }

  public PortChange withCost(int value) {
    return new PortChange(flags, Optional.of(value), priority, state);
  }

  public PortChange withPriority(int value) {
    return new PortChange(flags, cost, Optional.of(value), state);
  }

  public PortChange withState(PortState value) {
    return new PortChange(flags, cost, priority, Optional.of(value));
  }
}
