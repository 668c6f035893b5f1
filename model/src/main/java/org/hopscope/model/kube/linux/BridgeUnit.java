package org.hopscope.model.kube.linux;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.kube.control.Blocks;
import org.hopscope.model.kube.control.ControlStep.Actor;
import org.hopscope.model.kube.object.Kind;
import org.hopscope.model.kube.object.ObjectKey;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.NetnsId;

/**
 * The bridge of a node's pods; it is made for the first one and stays.
 *
 * @param node the node's name
 * @param pods the blocks of its pods, one of each family, whose first address is the bridge's
 * @param mtu 1500 without a tunnel, 50 less with flannel's
 */
record BridgeUnit(String node, List<IpPrefix> pods, int mtu) implements Unit {
  static final String BRIDGE = "cni0";

  @Override
  public List<Construct> constructs() {
    DeviceRef bridge = new DeviceRef(NetnsId.root(node), BRIDGE);
    List<Edit> make = new ArrayList<>(List.of(Made.bridge(bridge, mtu == 1500 ? Optional.empty() : Optional.of(mtu))));
    pods.forEach(p -> make.add(Made.address(bridge, Blocks.at(p, 1), p.length())));
    make.add(Made.up(bridge));
    return List.of(new Construct(
        new Reason(Actor.NETWORK_PLUGIN, new ObjectKey(Kind.NODE, "", node), Rule.POD_BRIDGE), make,
        List.of(new Edit.DeleteLink(bridge))));
  }
}
