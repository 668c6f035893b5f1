package org.hopscope.model.kube.linux;

import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.kube.control.ControlStep.Actor;
import org.hopscope.model.kube.object.Kind;
import org.hopscope.model.kube.object.ObjectKey;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.LinkInfo;
import org.hopscope.model.lab.NewLink;
import org.hopscope.model.lab.OuterWish;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.VxlanFlag;
import org.pcollections.TreePMap;

/**
 * flannel's VXLAN device on a node.
 *
 * @param node the node's name
 * @param address the node's own address
 * @param pods the block of its pods
 */
record FlannelUnit(String node, IpAddress address, IpPrefix pods) implements Unit {
  static final String DEVICE = "flannel.1";
  private static final int VNI = 1;
  private static final int PORT = 8472;

  /** The hardware address of a node's device; flannel draws it and tells the others by an annotation of the Node. */
  static MacAddress mac(String node) {
    return Made.mac("flannel.1 " + node);
  }

  @Override
  public List<Construct> constructs() {
    NetnsId root = NetnsId.root(node);
    DeviceRef device = new DeviceRef(root, DEVICE);
    OuterWish outer = new OuterWish(root, Optional.of(address), Optional.empty(),
        Optional.of(new DeviceRef(root, NodeUnit.CARD)), Optional.empty(), Optional.empty());
    LinkInfo info = new LinkInfo.Vxlan(outer, Optional.of(VNI), Optional.of(PORT), Optional.empty(),
        new LinkInfo.VxlanWish(TreePMap.<VxlanFlag, Boolean>empty().plus(VxlanFlag.LEARNING, false),
            Optional.empty(), Optional.empty(), Optional.empty()));
    NewLink link =
        new NewLink(device, Optional.of(mac(node)), Optional.empty(), Optional.empty(), false);
    return List.of(new Construct(
        new Reason(Actor.NETWORK_PLUGIN, new ObjectKey(Kind.NODE, "", node), Rule.FLANNEL_DEVICE),
        List.of(new Edit.AddLink(link, Optional.empty(), info), Made.address(device, pods.address(), 32),
            Made.up(device)),
        List.of(new Edit.DeleteLink(device))));
  }
}
