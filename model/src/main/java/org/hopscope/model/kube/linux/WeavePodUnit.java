package org.hopscope.model.kube.linux;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.InterfaceAddress;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.kube.control.ControlStep.Actor;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.NewLink;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.Server;

/**
 * A pod of Weave Net (weave plugin/net/cni.go, net/veth.go): its address has the length of the whole network, since all pods are
 * on one link; the way out is its node's address on the bridge.
 *
 * @param gateway the address of its node's bridge
 */
record WeavePodUnit(PodUnit.Network network, InterfaceAddress address, IpAddress gateway, int mtu, List<Server> servers)
    implements Unit {
  WeavePodUnit {
    servers = List.copyOf(servers);
  }

  @Override
  public List<Construct> constructs() {
    NetnsId netns = network.netns();
    DeviceRef inside = new DeviceRef(netns, "eth0");
    DeviceRef outside = new DeviceRef(NetnsId.root(network.node()),
        "vethwepl" + Made.hex(network.namespace() + "/" + network.pod(), 7));
    List<Edit> make = List.of(new Edit.AddNetns(netns), Made.up(new DeviceRef(netns, "lo")),
        new Edit.AddVeth(new NewLink(inside, Optional.empty(), Optional.of(mtu), Optional.empty(), false),
            new NewLink(outside, Optional.empty(), Optional.of(mtu), Optional.empty(), false)),
        Made.port(outside, WeaveNetwork.BRIDGE), Made.address(inside, address.address(), address.length()),
        Made.up(inside), Made.add(netns, Made.via(new IpPrefix(Ipv4Address.ANY, 0), gateway, "eth0", false)));
    List<Construct> all = new ArrayList<>();
    all.add(new Construct(new Reason(Actor.NETWORK_PLUGIN, network.key(), Rule.POD_SANDBOX), make,
        List.of(new Edit.DeleteNetns(netns))));
    servers.forEach(s -> all.add(PodUnit.served(netns, network.key(), s)));
    return all;
  }
}
