package org.hopscope.model.kube.linux;

import java.util.Locale;
import java.util.ResourceBundle;
import org.hopscope.model.kube.Plugin;

/** The rules by which programs write things on nodes; each has a sentence for people. */
public enum Rule {
  /** The network between the nodes. */
  UNDERLAY,
  /** A machine with an address. */
  NODE,
  /** The API server listens. */
  API_SERVER,
  /** A load balancer leads its address to a node. */
  BALANCER,
  /** flannel's end of the tunnels (pkg/backend/vxlan/device.go). */
  FLANNEL_DEVICE,
  /** flannel's three rows for each other node (pkg/backend/vxlan/vxlan_network.go, sem-V4). */
  FLANNEL_PEER,
  /** flannel's tun device and the program behind it (pkg/backend/udp). */
  FLANNEL_TUN,
  /** What that program knows of each other node (pkg/backend/udp/udp_network_amd64.go processSubnetEvents). */
  FLANNEL_TUN_PEER,
  /** flannel's WireGuard device (pkg/backend/wireguard/device.go). */
  FLANNEL_WIREGUARD,
  /** flannel's peer for each other node (pkg/backend/wireguard/wireguard_network.go). */
  FLANNEL_WIREGUARD_PEER,
  /** The cloud's route to a node's pods (cloud-provider controllers/route). */
  CLOUD_ROUTE,
  /** The route to another node's pods (pkg/backend/hostgw/hostgw.go, sem-V7). */
  HOST_GW_PEER,
  /** The bridge of the pods (containernetworking/plugins plugins/main/bridge, sem-V9). */
  POD_BRIDGE,
  /** A pod's namespace and the veth that leads out of it. */
  POD_SANDBOX,
  /** What runs in a pod. */
  POD_SERVER,
  /** flannel's rules for masquerading and forwarding (pkg/trafficmngr/iptables, sem-V8). */
  FLANNEL_RULES,
  /** Calico's own device and the route that keeps its block (felix/dataplane/linux/vxlan_mgr.go, ipip_mgr.go; confd bird). */
  CALICO_NODE,
  /** The route to another node's block (confd bird.cfg, felix/dataplane/linux/vxlan_mgr.go; sem-V12). */
  CALICO_PEER,
  /** A pod's pair and its route (felix/dataplane/linux/endpoint_mgr.go, cni-plugin dataplane_linux.go; sem-V11). */
  CALICO_POD,
  /** Felix's rules for policies and masquerading, and the sets they look into (felix/rules). */
  CALICO_RULES,
  /** Cilium's own devices and routes (cilium pkg/datapath/loader/base.go, pkg/datapath/linux/node.go). */
  CILIUM_NODE,
  /** A route to another node's pods (cilium pkg/datapath/linux/node.go). */
  CILIUM_PEER,
  /** A pod's pair; what stands at its end on the node is an eBPF program (cilium plugins/cilium-cni, bpf/bpf_lxc.c). */
  CILIUM_POD,
  /** What Cilium masquerades and lets through (cilium pkg/datapath/iptables/iptables.go). */
  CILIUM_RULES,
  /** Weave Net's bridge, its datapath and what joins the two (weave net/bridge.go). */
  WEAVE_NODE,
  /** A far end of Weave Net's tunnels (weave router/fastdp.go). */
  WEAVE_PEER,
  /** Weave Net's rules and sets (weave net/bridge.go configureIPTables, net/expose.go, npc). */
  WEAVE_RULES,
  /** A node's further network interface, with a table of routes of its own. */
  CLOUD_INTERFACE,
  /** A pod with an address of the cloud's network. */
  CLOUD_POD,
  /** The cloud knows on which interface an address is. */
  CLOUD_ADDRESS,
  /** What a cloud's plugin masquerades. */
  CLOUD_RULES,
  /** kube-proxy's rules (pkg/proxy/iptables/proxier.go). */
  KUBE_PROXY,
  /** Where kube-proxy says whether a node has endpoints (pkg/proxy/healthcheck). */
  HEALTH_CHECK,
  /** Flows that kube-proxy lets conntrack forget (pkg/proxy/conntrack/cleanup.go). */
  STALE_FLOWS;

  private static final ResourceBundle WORDS = ResourceBundle.getBundle(Rule.class.getName(), Locale.ROOT);

  /** By which a plugin writes its rules of iptables. */
  static Rule rules(Plugin.Family family) {
    return switch (family) {
      case FLANNEL -> FLANNEL_RULES;
      case CALICO -> CALICO_RULES;
      case CILIUM -> CILIUM_RULES;
      case WEAVE -> WEAVE_RULES;
      case AWS, AZURE, GKE, ALIBABA -> CLOUD_RULES;
    };
  }

  /** What is done by this rule, and why. */
  public String sentence() {
    return WORDS.getString(name().toLowerCase(Locale.ROOT));
  }
}
