package org.hopscope.model.kube.linux;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.kube.control.ControlStep.Actor;
import org.hopscope.model.kube.object.Kind;
import org.hopscope.model.kube.object.ObjectKey;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.NewRoute;
import org.hopscope.model.lab.RouteOptions;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.Route;
import org.hopscope.model.net.RouteType;
import org.hopscope.model.net.Scope;

/**
 * A node's second network interface (amazon-vpc-cni-k8s pkg/networkutils/network.go SetupENINetwork; Terway's
 * plugin/datapath/policy_router_linux.go): its routes are in a table of its own, and packets for it are taken although the route
 * back is by the first one.
 *
 * @param underlay the bridge of the underlay
 * @param network the network between the nodes
 * @param address the interface's own address
 */
record CloudInterfaceUnit(DeviceRef underlay, String node, IpPrefix network, IpAddress address,
    CloudNetwork.Cloud cloud) implements Unit {
  static final String CARD = "eth1";

  @Override
  public List<Construct> constructs() {
    NetnsId root = NetnsId.root(node);
    DeviceRef card = new DeviceRef(root, CARD);
    DeviceRef plug = new DeviceRef(underlay.netns(), NodeUnit.plug(underlay, node).name() + "e1");
    IpAddress router = UnderlayUnit.router(network);
    List<Edit> make = new ArrayList<>(List.of(new Edit.AddCable(plug, card), Made.port(plug, underlay.name()),
        Made.up(card), Made.address(card, address, network.length()),
        new Edit.DeleteRoute(root, new NewRoute(network, RouteType.UNICAST, Optional.empty(), Optional.of(CARD), false,
            RouteOptions.NONE), true),
        Made.sysctl(root, "net.ipv4.conf.eth0.rp_filter", "2"), Made.sysctl(root, "net.ipv4.conf.eth1.rp_filter", "2"),
        Made.add(root, route(IpPrefix.host(router), Optional.empty(), Optional.of(Scope.LINK))),
        Made.add(root, route(new IpPrefix(Ipv4Address.ANY, 0), Optional.of(router), Optional.empty()))));
    return List.of(new Construct(new Reason(Actor.NETWORK_PLUGIN, new ObjectKey(Kind.NODE, "", node),
        Rule.CLOUD_INTERFACE), make, List.of(new Edit.DeleteLink(plug), new Edit.DeleteLink(card))));
  }

  private NewRoute route(IpPrefix to, Optional<IpAddress> via, Optional<Scope> scope) {
    return new NewRoute(to, RouteType.UNICAST, via, Optional.of(CARD), false, new RouteOptions(Optional.empty(),
        Optional.empty(), Optional.of(cloud.table()), scope, Optional.empty(), Route.Metrics.NONE));
  }
}
