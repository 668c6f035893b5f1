package org.hopscope.model.kube.linux;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.InterfaceAddress;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.kube.control.ControlStep.Actor;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.NewLink;
import org.hopscope.model.lab.NewRoute;
import org.hopscope.model.lab.RouteMode;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.FlowSelector;
import org.hopscope.model.net.Neighbour;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.PolicyRule;
import org.hopscope.model.net.RouteProtocol;
import org.hopscope.model.net.Server;

/**
 * A pod with an address of the cloud's network (amazon-vpc-cni-k8s cmd/routed-eni-cni-plugin/driver/driver.go; Azure's
 * transparent_endpointclient_linux.go; containernetworking/plugins plugins/main/ptp for GKE): a pair of devices without a
 * bridge, a route on the node to just this pod, and where it has an address of the second interface a rule that sends what comes
 * from it there.
 */
record CloudPodUnit(PodUnit.Network network, CloudNetwork.Cloud cloud, Addresses addresses, int mtu,
    List<Server> servers) implements Unit {
  /** AWS toContainerRulePriority, and Terway's. */
  private static final int TO_POD = 512;

  CloudPodUnit {
    servers = List.copyOf(servers);
  }

  /**
   * Where a pod is reached, and by what it reaches others.
   *
   * @param own its address
   * @param gateway what everything else lies behind
   * @param end the address of the node's interface that the pod's address belongs to; empty where a range belongs to the node
   * @param second whether that is the second interface
   * @param underlay the bridge of the underlay
   */
  record Addresses(IpAddress own, IpAddress gateway, Optional<IpAddress> end, boolean second, DeviceRef underlay) {
  }

  @Override
  public List<Construct> constructs() {
    NetnsId netns = network.netns();
    List<Edit> unmake = new ArrayList<>();
    List<Construct> all = new ArrayList<>();
    List<Edit> make = wired(netns);
    rules().forEach(rule -> {
      make.add(rule);
      unmake.add(new Edit.DeleteRule(rule.netns(), rule.family(), rule.priority(), rule.selector(),
          Optional.of(rule.action()), RouteProtocol.UNSPEC));
    });
    unmake.add(new Edit.DeleteNetns(netns));
    all.add(new Construct(new Reason(Actor.NETWORK_PLUGIN, network.key(), Rule.CLOUD_POD), make, unmake));
    addresses.end().ifPresent(end -> {
      NewRoute route = Made.via(IpPrefix.host(addresses.own()), end, addresses.underlay().name(), false);
      NetnsId router = addresses.underlay().netns();
      all.add(new Construct(new Reason(Actor.NETWORK_PLUGIN, network.key(), Rule.CLOUD_ADDRESS),
          List.of(Made.add(router, route)), Made.delete(router, route)));
    });
    servers.forEach(s -> all.add(PodUnit.served(netns, network.key(), s)));
    return all;
  }

  private List<Edit> wired(NetnsId netns) {
    NetnsId root = NetnsId.root(network.node());
    DeviceRef inside = new DeviceRef(netns, "eth0");
    String name = network.namespace() + "." + network.pod();
    DeviceRef outside = new DeviceRef(root, cloud.prefix() + Made.hex(name, 11));
    Optional<Integer> size = mtu == 1500 ? Optional.empty() : Optional.of(mtu);
    boolean ptp = cloud == CloudNetwork.Cloud.GKE;
    List<Edit> make = new ArrayList<>(List.of(new Edit.AddNetns(netns), Made.up(new DeviceRef(netns, "lo")),
        new Edit.AddVeth(new NewLink(inside, Optional.empty(), size, Optional.empty(), false),
            new NewLink(outside, Optional.of(Made.mac(name)), size, Optional.empty(), false)),
        Made.up(outside), Made.up(inside), Made.add(netns, Made.link(addresses.gateway(), "eth0")),
        Made.add(netns, Made.via(new IpPrefix(Ipv4Address.ANY, 0), addresses.gateway(), "eth0", false)),
        Made.address(inside, addresses.own(), addresses.own().width())));
    make.add(ptp ? Made.address(outside, addresses.gateway(), addresses.gateway().width())
        : new Edit.SetNeighbour(inside, addresses.gateway(), Optional.of(Made.mac(name)), Neighbour.State.PERMANENT,
            RouteMode.ADD));
    make.add(Made.add(root, Made.link(addresses.own(), outside.name())));
    return make;
  }

  /** What is for the pod never leaves by an interface; what comes from it leaves by the one that its address belongs to. */
  private List<Edit.AddRule> rules() {
    if (cloud.table() == 0) {
      return List.of();
    }
    InterfaceAddress own = new InterfaceAddress(addresses.own(), addresses.own().width());
    List<Edit.AddRule> rules = new ArrayList<>();
    rules.add(rule(TO_POD, Optional.empty(), Optional.of(own), 254));
    if (addresses.second()) {
      rules.add(rule(cloud.fromPod(), Optional.of(own), Optional.empty(), cloud.table()));
    }
    return rules;
  }

  private Edit.AddRule rule(int priority, Optional<InterfaceAddress> from, Optional<InterfaceAddress> to, int table) {
    return new Edit.AddRule(NetnsId.root(network.node()), IpFamily.INET, Optional.of(priority),
        new PolicyRule.Selector(false, from, to, Optional.empty(), Optional.empty(), PolicyRule.Mark.ANY,
            FlowSelector.ALL),
        new PolicyRule.ToTable(table, -1), RouteProtocol.UNSPEC);
  }
}
