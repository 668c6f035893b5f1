package org.hopscope.model.kube.linux;

import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.kube.Choices;
import org.hopscope.model.kube.object.KubeNode;
import org.hopscope.model.net.RouteProtocol;
import org.hopscope.model.net.Server;

/**
 * Calico: a routed network without bridges (fix-F35). Its rules follow from policies: {@link CalicoRules}.
 *
 * @param tunnel into what packets to other nodes are put
 * @param always whether within a subnet too
 */
record CalicoNetwork(Choices choices, Tunnel tunnel, boolean always) implements PodNetwork {
  /** Into what packets are put. */
  enum Tunnel {
    NONE, IPIP, VXLAN;

    /** Who writes Calico's routes: BIRD, which speaks BGP, or Felix by itself with VXLAN (felix defaultRouteProtocol). */
    RouteProtocol protocol() {
      return RouteProtocol.parse(this == VXLAN ? "80" : "bird").orElseThrow();
    }
  }

  @Override
  public Optional<Unit> node(KubeNode node) {
    return Optional.of(new CalicoNodeUnit(tunnel, node.meta().name(), node.podCidrs().getFirst()));
  }

  @Override
  public Optional<Unit> bridge(KubeNode node) {
    return Optional.empty();
  }

  @Override
  public Optional<Unit> peer(KubeNode node, KubeNode peer) {
    return Optional.of(new CalicoPeerUnit(tunnel, always, Peer.of(node, peer)));
  }

  @Override
  public Unit pod(PodUnit.Network network, KubeNode node, IpAddress address, List<Server> servers) {
    return new CalicoPodUnit(network, address, choices.plugin().mtu(), servers);
  }

  @Override
  public NodeRules rules(KubeNode node) {
    return NodeRules.NONE;
  }
}
