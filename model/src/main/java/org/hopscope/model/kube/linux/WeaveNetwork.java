package org.hopscope.model.kube.linux;

import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.InterfaceAddress;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.kube.Choices;
import org.hopscope.model.kube.control.Blocks;
import org.hopscope.model.kube.control.ControlStep.Actor;
import org.hopscope.model.kube.object.Kind;
import org.hopscope.model.kube.object.KubeNode;
import org.hopscope.model.kube.object.ObjectKey;
import org.hopscope.model.lab.BridgeChange;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.FdbMode;
import org.hopscope.model.lab.FdbSide;
import org.hopscope.model.lab.FdbWish;
import org.hopscope.model.lab.LinkInfo;
import org.hopscope.model.lab.NewLink;
import org.hopscope.model.lab.OuterWish;
import org.hopscope.model.lab.RemoteWish;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.FdbEntry;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.Server;

/**
 * Weave Net as its last release wires nodes with the fast datapath (weave net/bridge.go BridgedFastdp; the project is archived,
 * fix-F5): all pods of all nodes are in one subnet on one link. Left out: that the datapath's flows are made by Weave's router
 * one by one, and that each frame's VXLAN number says which peers it goes between: here an ordinary vxlan learns; and encryption.
 * Its rules follow from policies: {@link WeaveRules}.
 */
record WeaveNetwork(Choices choices) implements PodNetwork {
  static final String BRIDGE = "weave";
  private static final String DATAPATH = "datapath";
  private static final String TUNNEL = "vxlan-6784";
  private static final int PORT = 6784;

  @Override
  public Optional<Unit> node(KubeNode node) {
    return Optional.of(new NodePart(node.meta().name(), PodNetwork.address(node),
        new InterfaceAddress(Blocks.at(node.podCidrs().getFirst(), 1), choices.blocks().pods().length()),
        choices.plugin().mtu()));
  }

  @Override
  public Optional<Unit> bridge(KubeNode node) {
    return Optional.empty();
  }

  @Override
  public Optional<Unit> peer(KubeNode node, KubeNode peer) {
    return Optional.of(new PeerPart(Peer.of(node, peer)));
  }

  @Override
  public Unit pod(PodUnit.Network network, KubeNode node, List<IpAddress> addresses, List<Server> servers) {
    return new WeavePodUnit(network, new InterfaceAddress(addresses.getFirst(), choices.blocks().pods().length()),
        Blocks.at(node.podCidrs().getFirst(), 1), choices.plugin().mtu(), servers);
  }

  /** The bridge with the node's own address in the pods' network, and the datapath. */
  private record NodePart(String node, IpAddress address, InterfaceAddress own, int mtu) implements Unit {
    @Override
    public List<Construct> constructs() {
      NetnsId root = NetnsId.root(node);
      DeviceRef bridge = new DeviceRef(root, BRIDGE);
      DeviceRef inner = new DeviceRef(root, "vethwe-bridge");
      DeviceRef outer = new DeviceRef(root, "vethwe-datapath");
      DeviceRef tunnel = new DeviceRef(root, TUNNEL);
      OuterWish ends = new OuterWish(root, Optional.of(address), Optional.empty(), Optional.empty(), Optional.empty(),
          Optional.empty());
      List<Edit> make = List.of(
          ovs("add-br", DATAPATH),
          new Edit.AddBridge(new NewLink(bridge, Optional.of(Made.mac("weave " + node)), Optional.of(mtu),
              Optional.empty(), false), BridgeChange.NONE),
          new Edit.AddVeth(new NewLink(inner, Optional.empty(), Optional.of(mtu), Optional.empty(), false),
              new NewLink(outer, Optional.empty(), Optional.of(mtu), Optional.empty(), false)),
          Made.port(inner, BRIDGE), Made.up(outer), ovs("add-port", DATAPATH, outer.name()),
          new Edit.AddLink(new NewLink(tunnel, Optional.empty(), Optional.empty(), Optional.empty(), false),
              Optional.empty(), new LinkInfo.Vxlan(ends, Optional.of(0), Optional.of(PORT), Optional.empty(),
                  LinkInfo.VxlanWish.NONE)),
          ovs("add-port", DATAPATH, TUNNEL), Made.up(tunnel), Made.up(new DeviceRef(root, DATAPATH)),
          Made.address(bridge, own.address(), own.length()), Made.up(bridge));
      return List
          .of(new Construct(new Reason(Actor.NETWORK_PLUGIN, new ObjectKey(Kind.NODE, "", node), Rule.WEAVE_NODE), make,
              List.of(new Edit.DeleteLink(bridge), new Edit.DeleteLink(outer), new Edit.DeleteLink(tunnel),
                  ovs("del-br", DATAPATH))));
    }

    private Edit ovs(String... words) {
      return new Edit.Ovs(node, "ovs-vsctl", List.of(words), List.of());
    }
  }

  /** What nobody is known for goes to every peer. */
  private record PeerPart(Peer peer) implements Unit {
    @Override
    public List<Construct> constructs() {
      DeviceRef device = new DeviceRef(peer.root(), TUNNEL);
      RemoteWish far = new RemoteWish(peer.address(), Optional.empty(), Optional.empty(), Optional.empty());
      return List.of(new Construct(peer.reason(Rule.WEAVE_PEER),
          List.of(new Edit.AddFdb(device, new FdbWish(MacAddress.ZERO, FdbSide.SELF, FdbEntry.Kind.LOCAL, false,
              Optional.of(far)), FdbMode.APPEND)),
          List.of(new Edit.DeleteFdb(device, MacAddress.ZERO, FdbSide.SELF, Optional.of(far)))));
    }
  }

  @Override
  public NodeRules rules(KubeNode node) {
    return NodeRules.NONE;
  }
}
