package org.hopscope.model.net;

import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/**
 * The settings of a bridge.
 *
 * @param chosen those that are not as on a new bridge
 * @param vlans the VLANs that the bridge's own host is in
 */
public record BridgeSettings(PSortedMap<BridgeOption, Integer> chosen, BridgeVlans vlans) {
  /** Those of a new bridge. */
  public static final BridgeSettings DEFAULT =
      new BridgeSettings(TreePMap.empty(), BridgeVlans.fresh(BridgeVlans.DEFAULT_PVID));

  /** What an option is set to. */
  public int value(BridgeOption option) {
    return chosen.isEmpty() ? option.usual() : chosen.getOrDefault(option, option.usual());
  }

  /** With an option changed. */
  public BridgeSettings with(BridgeOption option, int value) {
    return new BridgeSettings(value == option.usual() ? chosen.minus(option) : chosen.plus(option, value), vlans);
  }

  public BridgeSettings withVlans(BridgeVlans value) {
    return new BridgeSettings(chosen, value);
  }

  /** Whether the spanning tree protocol runs. */
  public boolean stp() {
    return value(BridgeOption.STP_STATE) != 0;
  }

  /** How long a learned entry lives without being seen, in hundredths of a second. */
  public int ageingCentis() {
    return value(BridgeOption.AGEING_TIME);
  }

  /** STP's forward delay in hundredths of a second. */
  public int forwardDelayCentis() {
    return value(BridgeOption.FORWARD_DELAY);
  }

  /** STP's hello time in hundredths of a second. */
  public int helloCentis() {
    return value(BridgeOption.HELLO_TIME);
  }

  /** STP's maximum age in hundredths of a second. */
  public int maxAgeCentis() {
    return value(BridgeOption.MAX_AGE);
  }

  /** The VLAN that new ports are put into; 0 for none. */
  public int defaultPvid() {
    return value(BridgeOption.VLAN_DEFAULT_PVID);
  }

  /** Whether ports filter by VLAN. */
  public boolean vlanFiltering() {
    return value(BridgeOption.VLAN_FILTERING) != 0;
  }

  public BridgeSettings withAgeingCentis(int value) {
    return with(BridgeOption.AGEING_TIME, value);
  }
}
