package org.hopscope.model.kube.linux;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.InterfaceAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.PortNumber;
import org.hopscope.model.kube.control.Birth;
import org.hopscope.model.kube.control.ControlStep.Actor;
import org.hopscope.model.kube.object.Kind;
import org.hopscope.model.kube.object.ObjectKey;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.Server;
import org.hopscope.model.net.Transport;

/**
 * A node: a machine on the underlay's switch.
 *
 * @param underlay the underlay's bridge
 * @param name the node's name
 * @param addresses the node's addresses in the network between the nodes, one of each family
 * @param first whether the API server runs on it
 * @param localnet whether kube-proxy lets node ports answer on 127.0.0.0/8
 */
record NodeUnit(DeviceRef underlay, String name, List<InterfaceAddress> addresses, boolean first,
    boolean localnet) implements Unit {
  /** The node's card. */
  static final String CARD = "eth0";

  /** Where the cable of a node ends at the switch. */
  static DeviceRef plug(DeviceRef underlay, String node) {
    return new DeviceRef(underlay.netns(), node.replaceFirst("-node", "-"));
  }

  @Override
  public List<Construct> constructs() {
    NetnsId root = NetnsId.root(name);
    DeviceRef card = new DeviceRef(root, CARD);
    DeviceRef plug = plug(underlay, name);
    boolean inet6 = addresses.stream().anyMatch(a -> a.address().family() == IpFamily.INET6);
    List<Edit> make = new ArrayList<>(List.of(new Edit.AddHost(name)));
    if (inet6) {
      make.add(Made.trusting(root, "default"));
    }
    make.addAll(List.of(new Edit.AddCable(plug, card), Made.port(plug, underlay.name()), Made.up(card)));
    addresses.forEach(a -> make.add(Made.address(card, a.address(), a.length())));
    addresses.forEach(a -> make.add(Made.add(root, Made.via(Made.any(a.address().family()), UnderlayUnit.router(a
        .network()), CARD, false))));
    make.addAll(List.of(Made.sysctl(root, "net.ipv4.ip_forward", "1"),
        Made.sysctl(root, "net.bridge.bridge-nf-call-iptables", "1")));
    if (localnet) {
      make.add(Made.sysctl(root, "net.ipv4.conf.all.route_localnet", "1"));
    }
    if (inet6) {
      make.addAll(List.of(Made.sysctl(root, "net.ipv6.conf.all.forwarding", "1"),
          Made.sysctl(root, "net.bridge.bridge-nf-call-ip6tables", "1")));
    }
    ObjectKey key = new ObjectKey(Kind.NODE, "", name);
    Construct node = new Construct(new Reason(Actor.KUBELET, key, Rule.NODE), make,
        List.of(new Edit.DeleteHost(name), new Edit.DeleteLink(plug)));
    return first ? List.of(node, apiServer(root)) : List.of(node);
  }

  private static Construct apiServer(NetnsId root) {
    Server server = new Server(new PortNumber(Birth.API_PORT), Transport.TCP, Optional.empty(), "kube-apiserver");
    return new Construct(
        new Reason(Actor.API_SERVER, new ObjectKey(Kind.SERVICE, "default", "kubernetes"), Rule.API_SERVER),
        List.of(new Edit.Serve(root, server)), List.of());
  }
}
