package org.hopscope.model.lab;

import org.hopscope.model.net.BridgeOption;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/**
 * What is changed on a bridge.
 *
 * @param values the new values; what is not named stays
 */
public record BridgeChange(PSortedMap<BridgeOption, Integer> values) {
  /** Changes nothing. */
  public static final BridgeChange NONE = new BridgeChange(TreePMap.empty());

  /** Changes one option. */
  public static BridgeChange of(BridgeOption option, int value) {
    return NONE.with(option, value);
  }

  public BridgeChange with(BridgeOption option, int value) {
    return new BridgeChange(values.plus(option, value));
  }
}
