package org.hopscope.model.kube.linux;

import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.kube.Choices;
import org.hopscope.model.kube.Cluster;
import org.hopscope.model.kube.object.KubeNode;
import org.hopscope.model.net.Server;

/**
 * What a network plugin puts on the nodes of a cluster for one family of addresses, as units; one implementation for each
 * family of plugins. Bridges and pods have addresses of all families, and are asked of the main one's.
 */
interface PodNetwork {
  /** That of a cluster. */
  static PodNetwork of(Cluster cluster, IpFamily family) {
    Choices choices = cluster.choices();
    return switch (choices.plugin()) {
      case FLANNEL_VXLAN -> new FlannelNetwork(cluster.name(), choices, family, FlannelNetwork.Backend.VXLAN);
      case FLANNEL_HOST_GW -> new FlannelNetwork(cluster.name(), choices, family, FlannelNetwork.Backend.HOST_GW);
      case FLANNEL_UDP -> new FlannelNetwork(cluster.name(), choices, family, FlannelNetwork.Backend.UDP);
      case FLANNEL_ALLOC -> new FlannelNetwork(cluster.name(), choices, family, FlannelNetwork.Backend.ALLOC);
      case FLANNEL_WIREGUARD -> new FlannelNetwork(cluster.name(), choices, family, FlannelNetwork.Backend.WIREGUARD);
      case CALICO_BGP, CALICO_REFLECTED -> new CalicoNetwork(choices, family, CalicoNetwork.Tunnel.NONE, false);
      case CALICO_IPIP -> new CalicoNetwork(choices, family, CalicoNetwork.Tunnel.IPIP, true);
      case CALICO_IPIP_CROSS -> new CalicoNetwork(choices, family, CalicoNetwork.Tunnel.IPIP, false);
      case CALICO_VXLAN -> new CalicoNetwork(choices, family, CalicoNetwork.Tunnel.VXLAN, true);
      case CALICO_VXLAN_CROSS -> new CalicoNetwork(choices, family, CalicoNetwork.Tunnel.VXLAN, false);
      case CILIUM_VXLAN -> new CiliumNetwork(choices, true);
      case CILIUM_NATIVE -> new CiliumNetwork(choices, false);
      case WEAVE -> new WeaveNetwork(choices);
      case AWS -> new CloudNetwork(cluster.name(), choices, CloudNetwork.Cloud.AWS);
      case AZURE -> new CloudNetwork(cluster.name(), choices, CloudNetwork.Cloud.AZURE);
      case GKE -> new CloudNetwork(cluster.name(), choices, CloudNetwork.Cloud.GKE);
      case ALIBABA -> new CloudNetwork(cluster.name(), choices, CloudNetwork.Cloud.ALIBABA);
    };
  }

  /** A node's own address, of the main family. */
  static IpAddress address(KubeNode node) {
    return node.addresses().getFirst();
  }

  /** What is on a node from the beginning. */
  Optional<Unit> node(KubeNode node);

  /** What is made on a node for its first pod, and stays. */
  Optional<Unit> bridge(KubeNode node);

  /** What is on a node because there is another one. */
  Optional<Unit> peer(KubeNode node, KubeNode peer);

  /** A pod with a namespace of its own, and the programs in it. */
  Unit pod(PodUnit.Network network, KubeNode node, List<IpAddress> addresses, List<Server> servers);

  /** Rules of iptables that are the same whatever pods and policies there are. */
  NodeRules rules(KubeNode node);
}
