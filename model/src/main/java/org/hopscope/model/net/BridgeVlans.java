package org.hopscope.model.net;

import java.util.Optional;
import java.util.Set;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/**
 * The VLANs of a bridge port, or of the bridge as the port of its own host (kernel struct net_bridge_vlan_group). They count
 * while the bridge filters by VLAN (sem-B14). Not checked against a kernel: the one at hand is built without
 * CONFIG_BRIDGE_VLAN_FILTERING; the rules are those of net/bridge/br_vlan.c.
 *
 * @param pvid the VLAN of frames that come in without a tag, 1 to 4094; 0 for none, so that they are dropped
 * @param untagged the VLANs it is in, and whether frames of each leave without their tag
 */
public record BridgeVlans(int pvid, PSortedMap<Integer, Boolean> untagged) {
  /** The greatest VLAN that can be named; the one behind it is reserved (VLAN_VID_MASK). */
  public static final int LAST = 4094;
  /** The VLAN that ports are put into when nobody says otherwise (br_vlan_init). */
  public static final int DEFAULT_PVID = 1;
  /** In no VLAN. */
  public static final BridgeVlans NONE = new BridgeVlans(0, TreePMap.empty());

  /** Those of a new port where the bridge puts ports into a VLAN; 0 for into none (nbp_vlan_init). */
  public static BridgeVlans fresh(int defaultPvid) {
    return defaultPvid == 0 ? NONE : NONE.with(defaultPvid, true, true);
  }

  /** The VLANs it is in. */
  public Set<Integer> vlans() {
    return untagged.keySet();
  }

  /** Whether it is in a VLAN. */
  public boolean has(int vlan) {
    return untagged.containsKey(vlan);
  }

  /** Whether frames of a VLAN leave without their tag. */
  public boolean leavesUntagged(int vlan) {
    return untagged.getOrDefault(vlan, false);
  }

  /** The VLAN that a frame with this tag, or without any, belongs to here; empty when it may not come in (__allowed_ingress). */
  public Optional<Integer> admits(Optional<Integer> tag) {
    int vlan = tag.filter(t -> t != 0).orElse(pvid);
    return Optional.of(vlan).filter(v -> v != 0 && (v == pvid || has(v)));
  }

  /** Whether it is in a VLAN as {@code vlan_default_pvid} put it there (vlan_default_pvid). */
  public boolean isDefault(int vlan) {
    return pvid == vlan && leavesUntagged(vlan);
  }

  /** In one VLAN more, or in one otherwise: what is not said of it is taken back (__vlan_add_flags). */
  public BridgeVlans with(int vlan, boolean asPvid, boolean leaveUntagged) {
    int first = asPvid ? vlan : pvid == vlan ? 0 : pvid;
    return new BridgeVlans(first, untagged.plus(vlan, leaveUntagged));
  }

  /** In one VLAN less. */
  public BridgeVlans without(int vlan) {
    return new BridgeVlans(pvid == vlan ? 0 : pvid, untagged.minus(vlan));
  }

  /** After {@code vlan_default_pvid} was changed: what somebody chose stays (__br_vlan_set_default_pvid). */
  public BridgeVlans moved(int oldDefault, int newDefault) {
    if (newDefault == 0) {
      return isDefault(oldDefault) ? without(oldDefault) : this;
    }
    boolean chosen = oldDefault != 0 && !isDefault(oldDefault) || has(newDefault);
    return chosen ? this : without(oldDefault).with(newDefault, true, true);
  }
}
