package org.hopscope.model.kube.linux;

import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.InterfaceAddress;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.kube.Choices;
import org.hopscope.model.kube.object.KubeNode;
import org.hopscope.model.net.Server;

/** flannel: the bridge plugin wires pods, and one of flannel's back ends carries packets between nodes (fix-F33). */
record FlannelNetwork(String cluster, Choices choices, IpFamily family, Backend backend) implements PodNetwork {
  /** The folders of flannel's pkg/backend. */
  enum Backend {
    VXLAN, HOST_GW, UDP, ALLOC, WIREGUARD
  }

  @Override
  public Optional<Unit> node(KubeNode node) {
    FlannelUnit.Lease lease = new FlannelUnit.Lease(node.meta().name(), node.address(family).orElseThrow(),
        node.podCidr(family).orElseThrow(), choices.blocks(family).orElseThrow().pods());
    return switch (backend) {
      case VXLAN -> Optional.of(new FlannelUnit.Vxlan(lease));
      case WIREGUARD -> Optional.of(new FlannelUnit.WireGuard(lease));
      case UDP -> Optional.of(new FlannelUnit.Udp(lease));
      case ALLOC -> Optional.of(new CloudRouteUnit(UnderlayUnit.bridge(choices.underlay(), cluster), lease.node(),
          lease.address(), lease.pods()));
      case HOST_GW -> Optional.empty();
    };
  }

  @Override
  public Optional<Unit> bridge(KubeNode node) {
    return Optional.of(new BridgeUnit(node.meta().name(), node.podCidrs(), choices.plugin().mtu()));
  }

  @Override
  public Optional<Unit> peer(KubeNode node, KubeNode peer) {
    Peer about = Peer.of(node, peer, family);
    return switch (backend) {
      case VXLAN -> Optional.of(new FlannelPeer.Vxlan(about));
      case HOST_GW -> Optional.of(new FlannelPeer.HostGw(about));
      case UDP -> Optional.of(new FlannelPeer.Udp(about));
      case WIREGUARD -> Optional.of(new FlannelPeer.WireGuard(about));
      case ALLOC -> Optional.empty();
    };
  }

  @Override
  public Unit pod(PodUnit.Network network, KubeNode node, List<IpAddress> addresses, List<Server> servers) {
    return new PodUnit(network, addresses.stream()
        .map(a -> new InterfaceAddress(a, node.podCidr(a.family()).orElseThrow().length())).toList(),
        choices.stacks().stream().map(Choices.Blocks::pods).toList(), choices.plugin().mtu(), servers);
  }

  @Override
  public NodeRules rules(KubeNode node) {
    return FlannelRules.of(choices.blocks(family).orElseThrow().pods(), node.podCidr(family).orElseThrow());
  }
}
