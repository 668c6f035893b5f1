package org.hopscope.model.kube.linux;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.InterfaceAddress;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.addr.PortNumber;
import org.hopscope.model.kube.control.Blocks;
import org.hopscope.model.kube.control.ControlStep.Actor;
import org.hopscope.model.kube.object.Kind;
import org.hopscope.model.kube.object.ObjectKey;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.NewLink;
import org.hopscope.model.lab.PortChange;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.PortFlag;
import org.hopscope.model.net.Server;

/**
 * A pod with a namespace of its own: loopback and bridge plugin of CNI, with addresses of host-local, as flannel's conflist
 * asks for them (hairpinMode and isDefaultGateway on, sem-V9); and the programs in it.
 *
 * @param network where the pod is
 * @param addresses its addresses, one of each family, with the length of its node's block
 * @param clusters the pods' whole network, one block of each family, to which the plugin writes a route of its own
 * @param mtu the MTU of both ends
 * @param servers the programs that listen in it
 */
record PodUnit(Network network, List<InterfaceAddress> addresses, List<IpPrefix> clusters, int mtu,
    List<Server> servers)
    implements Unit {
  PodUnit {
    addresses = List.copyOf(addresses);
    clusters = List.copyOf(clusters);
    servers = List.copyOf(servers);
  }

  /** A pod and its node. */
  record Network(String node, String namespace, String pod) {
    /** The pod's network namespace: the name that {@code ip netns} knows it by on its node. */
    NetnsId netns() {
      return PodUnit.netns(node, namespace, pod);
    }

    /** The end of the pair on the node. */
    String hostEnd() {
      return "veth" + Made.hex(namespace + "/" + pod, 8);
    }

    ObjectKey key() {
      return new ObjectKey(Kind.POD, namespace, pod);
    }
  }

  /** Longer names than a file may have are cut and told apart by some digits. */
  static NetnsId netns(String node, String namespace, String pod) {
    String name = namespace + "_" + pod;
    return new NetnsId(node, name.length() <= 200 ? name : name.substring(0, 180) + "-" + Made.hex(name, 16));
  }

  @Override
  public List<Construct> constructs() {
    NetnsId netns = network.netns();
    NetnsId root = NetnsId.root(network.node());
    DeviceRef inside = new DeviceRef(netns, "eth0");
    DeviceRef outside = new DeviceRef(root, network.hostEnd());
    Optional<Integer> size = mtu == 1500 ? Optional.empty() : Optional.of(mtu);
    List<Edit> make = new ArrayList<>(List.of(new Edit.AddNetns(netns), Made.up(new DeviceRef(netns, "lo")),
        new Edit.AddVeth(new NewLink(inside, Optional.empty(), size, Optional.empty(), false),
            new NewLink(outside, Optional.empty(), size, Optional.empty(), false)),
        Made.port(outside, BridgeUnit.BRIDGE),
        new Edit.SetBridgePort(outside, PortChange.of(PortFlag.HAIRPIN, true))));
    if (addresses.stream().anyMatch(a -> a.address().family() == IpFamily.INET6)) {
      make.add(Made.trusting(netns, "eth0"));
    }
    addresses.forEach(a -> make.add(Made.address(inside, a.address(), a.length())));
    make.add(Made.up(inside));
    for (InterfaceAddress address : addresses) {
      IpFamily family = address.address().family();
      IpAddress gateway = Blocks.at(address.network(), 1);
      clusters.stream().filter(c -> c.address().family() == family)
          .forEach(c -> make.add(Made.add(netns, Made.via(c, gateway, "eth0", false))));
      make.add(Made.add(netns, Made.via(Made.any(family), gateway, "eth0", false)));
    }
    List<Construct> all = new ArrayList<>();
    all.add(new Construct(new Reason(Actor.NETWORK_PLUGIN, network.key(), Rule.POD_SANDBOX), make,
        List.of(new Edit.DeleteNetns(netns))));
    servers.forEach(s -> all.add(served(netns, network.key(), s)));
    return all;
  }

  static Construct served(NetnsId netns, ObjectKey pod, Server server) {
    return new Construct(new Reason(Actor.KUBELET, pod, Rule.POD_SERVER), List.of(new Edit.Serve(netns, server)),
        List.of(new Edit.Unserve(netns, Optional.of(new PortNumber(server.port().value())),
            Optional.of(server.transport()))));
  }
}
