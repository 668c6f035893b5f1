package org.hopscope.model.kube.linux;

import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
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
record CalicoNetwork(Choices choices, IpFamily family, Tunnel tunnel, boolean always) implements PodNetwork {
  /** A VXLAN packet of IPv6 has 70 bytes around what is in it. */
  private static final int VXLAN6_MTU = 1430;

  /** Into what packets are put. */
  enum Tunnel {
    NONE, IPIP, VXLAN;

    /** Who writes Calico's routes: BIRD, which speaks BGP, or Felix by itself with VXLAN (felix defaultRouteProtocol). */
    RouteProtocol protocol() {
      return RouteProtocol.parse(this == VXLAN ? "80" : "bird").orElseThrow();
    }
  }

  /** IPIP is for IPv4 in IPv4: packets of IPv6 travel as they are then (felix/dataplane/linux/ipip_mgr.go). */
  CalicoNetwork {
    tunnel = family == IpFamily.INET6 && tunnel == Tunnel.IPIP ? Tunnel.NONE : tunnel;
  }

  @Override
  public Optional<Unit> node(KubeNode node) {
    return Optional.of(new CalicoNodeUnit(tunnel, node.meta().name(), node.address(family).orElseThrow(),
        node.podCidr(family).orElseThrow()));
  }

  @Override
  public Optional<Unit> bridge(KubeNode node) {
    return Optional.empty();
  }

  @Override
  public Optional<Unit> peer(KubeNode node, KubeNode peer) {
    return Optional.of(new CalicoPeerUnit(tunnel, always, Peer.of(node, peer, family)));
  }

  @Override
  public Unit pod(PodUnit.Network network, KubeNode node, List<IpAddress> addresses, List<Server> servers) {
    boolean deep = tunnel == Tunnel.VXLAN && choices.stacks().size() > 1;
    return new CalicoPodUnit(network, addresses, deep ? VXLAN6_MTU : choices.plugin().mtu(), servers);
  }

  @Override
  public NodeRules rules(KubeNode node) {
    return NodeRules.NONE;
  }
}
