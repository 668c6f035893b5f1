package org.hopscope.model.kube.linux;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.kube.cilium.CiliumMaps;
import org.hopscope.model.kube.control.ControlStep.Actor;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.NewLink;
import org.hopscope.model.lab.NewRoute;
import org.hopscope.model.lab.RouteOptions;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.Route;
import org.hopscope.model.net.RouteType;
import org.hopscope.model.net.Server;

/**
 * A pod of Cilium's (plugins/cilium-cni): an address by itself, its node's cilium_host as the router, and on the node the end of
 * the pair, at which the program cil_from_container stands. The node has no route to just this pod. In truth that program
 * answers the pod's ARP; here the node does, whose address is asked for, with the same hardware address.
 */
record CiliumPodUnit(PodUnit.Network network, IpAddress address, IpAddress router, boolean tunnels,
    List<Server> servers) implements Unit {
  CiliumPodUnit {
    servers = List.copyOf(servers);
  }

  @Override
  public List<Construct> constructs() {
    NetnsId netns = network.netns();
    NetnsId root = NetnsId.root(network.node());
    DeviceRef inside = new DeviceRef(netns, "eth0");
    DeviceRef outside = new DeviceRef(root, CiliumMaps.device(network.key()));
    NewRoute out = new NewRoute(new IpPrefix(Ipv4Address.ANY, 0), RouteType.UNICAST, Optional.of(router),
        Optional.of("eth0"), false, new RouteOptions(Optional.empty(), Optional.empty(), Optional.empty(),
            Optional.empty(), Optional.empty(),
            tunnels ? Route.Metrics.ofMtu(CiliumNodeUnit.TUNNEL_MTU) : Route.Metrics.NONE));
    List<Edit> make = List.of(new Edit.AddNetns(netns), Made.up(new DeviceRef(netns, "lo")),
        new Edit.AddVeth(NewLink.named(inside), new NewLink(outside, Optional.of(Made.mac(outside.name())),
            Optional.empty(), Optional.empty(), false)),
        Made.up(outside), Made.up(inside), Made.sysctl(root, "net.ipv4.conf." + outside.name() + ".rp_filter", "0"),
        Made.address(inside, address, address.width()), Made.add(netns, Made.link(router, "eth0")),
        Made.add(netns, out));
    List<Construct> all = new ArrayList<>();
    all.add(new Construct(new Reason(Actor.NETWORK_PLUGIN, network.key(), Rule.CILIUM_POD), make,
        List.of(new Edit.DeleteNetns(netns))));
    servers.forEach(s -> all.add(PodUnit.served(netns, network.key(), s)));
    return all;
  }
}
