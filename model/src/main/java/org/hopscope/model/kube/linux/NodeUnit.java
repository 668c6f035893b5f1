package org.hopscope.model.kube.linux;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.addr.Ipv4Address;
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
 * @param network the network between the nodes
 * @param name the node's name
 * @param address the node's address in it
 * @param first whether the API server runs on it
 */
record NodeUnit(DeviceRef underlay, IpPrefix network, String name, IpAddress address, boolean first) implements Unit {
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
    IpPrefix all = new IpPrefix(Ipv4Address.ANY, 0);
    List<Edit> make = new ArrayList<>(List.of(new Edit.AddHost(name), new Edit.AddCable(plug, card),
        Made.port(plug, underlay.name()), Made.up(card), Made.address(card, address, network.length()),
        Made.add(root, Made.via(all, UnderlayUnit.router(network), CARD, false)),
        Made.sysctl(root, "net.ipv4.ip_forward", "1"),
        Made.sysctl(root, "net.bridge.bridge-nf-call-iptables", "1"),
        Made.sysctl(root, "net.ipv4.conf.all.route_localnet", "1")));
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
