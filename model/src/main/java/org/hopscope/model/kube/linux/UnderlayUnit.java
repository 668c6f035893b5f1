package org.hopscope.model.kube.linux;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.addr.PortNumber;
import org.hopscope.model.kube.control.Blocks;
import org.hopscope.model.kube.control.ControlStep.Actor;
import org.hopscope.model.kube.object.ObjectKey;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.Server;
import org.hopscope.model.net.Transport;

/**
 * The network between the nodes: a bridge of a host that is their router and their name server too.
 *
 * @param cluster the cluster's name
 * @param host the host
 * @param nodes the network, one block of each family
 * @param first the cluster's first node
 */
record UnderlayUnit(String cluster, String host, List<IpPrefix> nodes, ObjectKey first) implements Unit {
  /** The bridge on the underlay host. */
  static DeviceRef bridge(String host, String cluster) {
    return new DeviceRef(NetnsId.root(host), "br-" + cluster);
  }

  /** The router's address. */
  static IpAddress router(IpPrefix nodes) {
    return Blocks.at(nodes, 1);
  }

  @Override
  public List<Construct> constructs() {
    DeviceRef bridge = bridge(host, cluster);
    boolean inet6 = nodes.stream().anyMatch(n -> n.address().family() == IpFamily.INET6);
    List<Edit> make = new ArrayList<>(List.of(Made.bridge(bridge, Optional.empty())));
    if (inet6) {
      make.add(Made.trusting(bridge.netns(), bridge.name()));
    }
    nodes.forEach(n -> make.add(Made.address(bridge, router(n), n.length())));
    make.addAll(List.of(Made.up(bridge), Made.sysctl(bridge.netns(), "net.ipv4.ip_forward", "1")));
    if (inet6) {
      make.add(Made.sysctl(bridge.netns(), "net.ipv6.conf.all.forwarding", "1"));
    }
    make.add(new Edit.Serve(bridge.netns(), new Server(new PortNumber(53), Transport.UDP, Optional.of(router(nodes
        .getFirst())), "resolver", Server.Program.DNS)));
    return List.of(new Construct(new Reason(Actor.KUBELET, first, Rule.UNDERLAY), make,
        List.of(new Edit.Unserve(bridge.netns(), Optional.of(new PortNumber(53)), Optional.of(Transport.UDP)),
            new Edit.DeleteLink(bridge))));
  }
}
