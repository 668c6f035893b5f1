package org.hopscope.model.kube.linux;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpPrefix;
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
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.Route;
import org.hopscope.model.net.RouteProtocol;
import org.hopscope.model.net.RouteType;
import org.hopscope.model.net.Scope;
import org.hopscope.model.net.VxlanFlag;
import org.pcollections.TreePMap;

/**
 * Cilium on a node: cilium_host and cilium_net, a pair without ARP; cilium_vxlan, which in truth has no number and no far ends of
 * its own (metadata mode, which is not modelled: its program says both for each packet); and the node's way to its pods.
 *
 * @param pods the block of the node's pods
 * @param router the address of cilium_host
 */
record CiliumNodeUnit(String node, IpPrefix pods, IpAddress router, boolean tunnels) implements Unit {
  static final String HOST = "cilium_host";
  private static final String NET = "cilium_net";
  private static final String TUNNEL = "cilium_vxlan";
  private static final int PORT = 8472;
  /** pkg/mtu: what a tunnel leaves. */
  static final int TUNNEL_MTU = 1450;

  static NewRoute route(IpPrefix to, Optional<IpAddress> via, String device, Optional<IpAddress> source,
      Optional<Scope> scope, int mtu) {
    return new NewRoute(to, RouteType.UNICAST, via, Optional.of(device), false, new RouteOptions(source,
        Optional.empty(), Optional.empty(), scope, Optional.of(RouteProtocol.KERNEL), Route.Metrics.ofMtu(mtu)));
  }

  @Override
  public List<Construct> constructs() {
    NetnsId root = NetnsId.root(node);
    DeviceRef host = new DeviceRef(root, HOST);
    DeviceRef net = new DeviceRef(root, NET);
    List<Edit> make = new ArrayList<>(List.of(new Edit.AddVeth(NewLink.named(host), NewLink.named(net)),
        new Edit.SetArp(host, false), new Edit.SetArp(net, false)));
    for (DeviceRef device : List.of(host, net)) {
      String conf = "net.ipv4.conf." + device.name() + ".";
      make.addAll(List.of(Made.sysctl(root, conf + "rp_filter", "0"), Made.sysctl(root, conf + "accept_local", "1"),
          Made.sysctl(root, conf + "send_redirects", "0"), Made.up(device)));
    }
    make.add(Made.address(host, router, router.width()));
    make.add(Made.add(root, route(IpPrefix.host(router), Optional.empty(), HOST, Optional.empty(),
        Optional.of(Scope.LINK), 0)));
    make.add(Made.add(root, route(pods, Optional.of(router), HOST, Optional.of(router), Optional.empty(), 0)));
    List<Edit> unmake = new ArrayList<>(List.of(new Edit.DeleteLink(host)));
    if (tunnels) {
      DeviceRef tunnel = new DeviceRef(root, TUNNEL);
      OuterWish outer = new OuterWish(root, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
          Optional.empty());
      make.add(new Edit.AddLink(new NewLink(tunnel, Optional.of(Made.mac(TUNNEL + " " + node)), Optional.empty(),
          Optional.empty(), false), Optional.empty(),
          new LinkInfo.Vxlan(outer, Optional.of(0), Optional.of(PORT),
              Optional.empty(), new LinkInfo.VxlanWish(TreePMap.<VxlanFlag, Boolean>empty()
                  .plus(VxlanFlag.LEARNING, false), Optional.empty(), Optional.empty(), Optional.empty()))));
      make.add(Made.up(tunnel));
      unmake.add(new Edit.DeleteLink(tunnel));
    }
    return List.of(new Construct(new Reason(Actor.NETWORK_PLUGIN, new ObjectKey(Kind.NODE, "", node), Rule.CILIUM_NODE),
        make, unmake));
  }

  /** The way to another node's pods. */
  record PeerPart(Peer peer, IpAddress router, boolean tunnels) implements Unit {
    @Override
    public List<Construct> constructs() {
      NewRoute route = tunnels
          ? route(peer.pods(), Optional.of(router), HOST, Optional.of(router), Optional.empty(), TUNNEL_MTU)
          : route(peer.pods(), Optional.of(peer.address()), NodeUnit.CARD, Optional.empty(), Optional.empty(), 0);
      return List.of(new Construct(peer.reason(Rule.CILIUM_PEER), List.of(Made.add(peer.root(), route)),
          Made.delete(peer.root(), route)));
    }
  }
}
