package org.hopscope.model.kube.linux;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.addr.Ipv6Address;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.kube.control.ControlStep.Actor;
import org.hopscope.model.kube.policy.FelixNames;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.NewLink;
import org.hopscope.model.lab.NewRoute;
import org.hopscope.model.lab.RouteOptions;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.RouteType;
import org.hopscope.model.net.Server;

/**
 * A pod of Calico's (sem-V11; cni-plugin dataplane_linux.go, felix endpoint_mgr.go): an address by itself, 169.254.1.1 as the
 * gateway, for which the node answers ARP although it does not have it, since it has a way there by another device; and on the
 * node a route to this pod. For IPv6 no such answer is needed: the gateway is the link-local address of the pair's other end.
 *
 * @param addresses one of each family
 */
record CalicoPodUnit(PodUnit.Network network, List<IpAddress> addresses, int mtu, List<Server> servers)
    implements Unit {
  private static final IpAddress GATEWAY = Ipv4Address.of("169.254.1.1");
  /** All ends on nodes have the same: there is a router at each. */
  private static final MacAddress MAC = MacAddress.of("ee:ee:ee:ee:ee:ee");

  CalicoPodUnit {
    addresses = List.copyOf(addresses);
    servers = List.copyOf(servers);
  }

  @Override
  public List<Construct> constructs() {
    NetnsId netns = network.netns();
    NetnsId root = NetnsId.root(network.node());
    DeviceRef inside = new DeviceRef(netns, "eth0");
    DeviceRef outside = new DeviceRef(root, FelixNames.device(network.key()));
    Optional<Integer> size = mtu == 1500 ? Optional.empty() : Optional.of(mtu);
    List<Edit> make = new ArrayList<>(List.of(new Edit.AddNetns(netns), Made.up(new DeviceRef(netns, "lo")),
        new Edit.AddVeth(new NewLink(inside, Optional.empty(), size, Optional.empty(), false),
            new NewLink(outside, Optional.of(MAC), size, Optional.empty(), false))));
    if (addresses.stream().anyMatch(a -> a.family() == IpFamily.INET6)) {
      make.add(Made.trusting(netns, "eth0"));
    }
    make.addAll(List.of(Made.up(outside), Made.up(inside)));
    for (IpAddress address : addresses) {
      switch (address) {
        case Ipv4Address _ -> inet(inside, outside, address, make);
        case Ipv6Address _ -> inet6(inside, outside, address, make);
      }
    }
    List<Construct> all = new ArrayList<>();
    all.add(new Construct(new Reason(Actor.NETWORK_PLUGIN, network.key(), Rule.CALICO_POD), make,
        List.of(new Edit.DeleteNetns(netns))));
    servers.forEach(s -> all.add(PodUnit.served(netns, network.key(), s)));
    return all;
  }

  private static void inet(DeviceRef inside, DeviceRef outside, IpAddress address, List<Edit> make) {
    String conf = "net.ipv4.conf." + outside.name() + ".";
    NetnsId root = outside.netns();
    make.addAll(List.of(Made.add(inside.netns(), Made.link(GATEWAY, "eth0")),
        Made.add(inside.netns(), Made.via(Made.any(IpFamily.INET), GATEWAY, "eth0", false)),
        Made.address(inside, address, address.width()),
        Made.sysctl(root, conf + "rp_filter", "1"), Made.sysctl(root, conf + "route_localnet", "1"),
        Made.sysctl(root, "net.ipv4.neigh." + outside.name() + ".proxy_delay", "0"),
        Made.sysctl(root, conf + "proxy_arp", "1"), Made.sysctl(root, conf + "forwarding", "1"),
        Made.add(root, Made.link(address, outside.name()))));
  }

  private static void inet6(DeviceRef inside, DeviceRef outside, IpAddress address, List<Edit> make) {
    String conf = "net.ipv6.conf." + outside.name() + ".";
    NetnsId root = outside.netns();
    make.addAll(List.of(
        Made.add(inside.netns(), Made.via(Made.any(IpFamily.INET6), Ipv6Address.linkLocal(MAC), "eth0", false)),
        Made.address(inside, address, address.width()), Made.sysctl(root, conf + "proxy_ndp", "1"),
        Made.sysctl(root, conf + "forwarding", "1"),
        Made.add(root, new NewRoute(IpPrefix.host(address), RouteType.UNICAST, Optional.empty(),
            Optional.of(outside.name()), false, RouteOptions.NONE))));
  }
}
