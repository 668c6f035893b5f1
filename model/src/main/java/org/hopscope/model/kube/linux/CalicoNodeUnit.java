package org.hopscope.model.kube.linux;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.kube.control.ControlStep.Actor;
import org.hopscope.model.kube.object.Kind;
import org.hopscope.model.kube.object.ObjectKey;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.LinkInfo;
import org.hopscope.model.lab.NewLink;
import org.hopscope.model.lab.NewRoute;
import org.hopscope.model.lab.OuterWish;
import org.hopscope.model.lab.RouteOptions;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.Driver;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.Route;
import org.hopscope.model.net.RouteType;
import org.hopscope.model.net.VxlanFlag;
import org.pcollections.TreePMap;

/**
 * Calico on a node: the block of its pods, of which what no pod has goes nowhere, and the device of its tunnels: tunl0, which
 * comes with the module ipip and has no ends of its own, or vxlan.calico (VNI 4096, port 4789). The device has the block's
 * first address. A node has one block here; Calico would take another one when it is full.
 */
record CalicoNodeUnit(CalicoNetwork.Tunnel tunnel, String node, IpAddress address, IpPrefix block) implements Unit {
  static final String IPIP = "tunl0";
  private static final int VNI = 4096;
  private static final int PORT = 4789;

  static RouteOptions by(CalicoNetwork.Tunnel tunnel) {
    return new RouteOptions(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
        Optional.of(tunnel.protocol()), Route.Metrics.NONE);
  }

  /** The device of VXLAN: one for each family. */
  static String vxlan(IpFamily family) {
    return family == IpFamily.INET ? "vxlan.calico" : "vxlan-v6.calico";
  }

  static MacAddress mac(String node, IpFamily family) {
    return Made.mac(vxlan(family) + " " + node);
  }

  @Override
  public List<Construct> constructs() {
    NetnsId root = NetnsId.root(node);
    List<Edit> make = new ArrayList<>();
    List<Edit> unmake = new ArrayList<>();
    switch (tunnel) {
      case IPIP -> {
        DeviceRef probe = new DeviceRef(root, "ipip-load");
        OuterWish outer = new OuterWish(root, Optional.of(block.address()), Optional.empty(), Optional.empty(),
            Optional.empty(), Optional.empty());
        make.add(new Edit.AddLink(new NewLink(probe, Optional.empty(), Optional.empty(), Optional.empty(), false),
            Optional.empty(), new LinkInfo.IpTunnel(Driver.IPIP, outer, LinkInfo.IpTunnelWish.NONE)));
        make.add(new Edit.DeleteLink(probe));
        device(root, IPIP, make);
      }
      case VXLAN -> {
        IpFamily family = block.address().family();
        DeviceRef device = new DeviceRef(root, vxlan(family));
        OuterWish outer = new OuterWish(root, Optional.of(address), Optional.empty(),
            Optional.of(new DeviceRef(root, NodeUnit.CARD)), Optional.empty(), Optional.empty());
        LinkInfo info = new LinkInfo.Vxlan(outer, Optional.of(VNI), Optional.of(PORT), Optional.empty(),
            new LinkInfo.VxlanWish(TreePMap.<VxlanFlag, Boolean>empty().plus(VxlanFlag.LEARNING, false),
                Optional.empty(), Optional.empty(), Optional.empty()));
        make.add(
            new Edit.AddLink(new NewLink(device, Optional.of(mac(node, family)), Optional.empty(), Optional.empty(),
                false), Optional.empty(), info));
        device(root, vxlan(family), make);
        unmake.add(new Edit.DeleteLink(device));
      }
      case NONE -> {
      }
    }
    NewRoute hole = new NewRoute(block, RouteType.BLACKHOLE, Optional.empty(), Optional.empty(), false,
        by(tunnel));
    make.add(Made.add(root, hole));
    unmake.add(new Edit.DeleteRoute(root, hole, true));
    return List.of(new Construct(new Reason(Actor.NETWORK_PLUGIN, new ObjectKey(Kind.NODE, "", node), Rule.CALICO_NODE),
        make, unmake));
  }

  private void device(NetnsId root, String name, List<Edit> make) {
    DeviceRef device = new DeviceRef(root, name);
    make.add(Made.up(device));
    make.add(Made.address(device, block.address(), block.address().width()));
  }
}
