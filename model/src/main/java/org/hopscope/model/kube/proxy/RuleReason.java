package org.hopscope.model.kube.proxy;

import java.util.Locale;
import java.util.ResourceBundle;

/** What a rule that the cluster wrote is for; each has a sentence for people. */
public enum RuleReason {
  /** Packets to the Service's virtual address go into its chain. */
  CLUSTER_IP,
  /** Packets to an external address of the Service. */
  EXTERNAL_IP,
  /** Packets to the address of its load balancer. */
  BALANCER_IP,
  /** Packets to its port on any address of the node. */
  NODE_PORT,
  /** It has no endpoints anywhere. */
  NO_ENDPOINTS,
  /** It has endpoints, but none on this node, and its policy is Local. */
  NO_LOCAL_ENDPOINTS,
  /** What its source ranges did not let in. */
  NOT_IN_RANGES,
  /** A load balancer may ask this node for its health. */
  HEALTH_CHECK,
  /** What comes to the virtual address from outside the pods' network. */
  MASQUERADE_OUTSIDE,
  /** What comes from outside and may leave for another node. */
  MASQUERADE_EXTERNAL,
  /** Pods take a short cut to all endpoints. */
  POD_SHORT_CUT,
  /** The node itself takes a short cut to all endpoints. */
  NODE_SHORT_CUT,
  /** The rest goes to the endpoints that the policy allows. */
  EXTERNAL_POLICY,
  /** A range of addresses that may use the load balancer. */
  SOURCE_RANGE,
  /** Where all that was let in has left already. */
  END_OF_RANGES,
  /** A client that was here before stays with its endpoint. */
  AFFINITY,
  /** One endpoint is chosen by chance. */
  CHOICE,
  /** An endpoint that talks to itself. */
  HAIRPIN,
  /** The endpoint is written into the packet. */
  ENDPOINT,
  /** What is not marked is not masqueraded. */
  POSTROUTING_UNMARKED,
  /** The mark is taken off. */
  POSTROUTING_UNMARK,
  /** What was marked is masqueraded. */
  POSTROUTING_MASQUERADE,
  /** The mark that stands for masquerading is put on. */
  MARK,
  /** Only this node itself may use 127.0.0.0/8. */
  LOCALNET_GUARD,
  /** Packets that belong to no connection. */
  FORWARD_INVALID,
  /** What is marked may be forwarded. */
  FORWARD_MARKED,
  /** What belongs to a connection may be forwarded. */
  FORWARD_RELATED,
  /** Where kube-proxy's table is entered (nftables mode). */
  ENTRY,
  /** A port that the virtual address does not have (nftables mode). */
  WRONG_PORT,
  /** An address that no Service has (nftables mode). */
  UNALLOCATED,
  /** What comes from the node's loopback addresses is left alone (IPVS mode). */
  IPVS_LOOPBACK,
  /** What goes to a virtual address goes on to IPVS (IPVS mode). */
  IPVS_ACCEPT,
  /** By a virtual address only the ports of its Services are reached (IPVS mode). */
  IPVS_FILTER,
  /** Node ports come last. */
  NODE_PORTS_LAST,
  /** kube-proxy translated it already (flannel). */
  FLANNEL_MARKED,
  /** From pod to pod no address changes (flannel). */
  FLANNEL_INSIDE,
  /** What comes to the node's own pods keeps its source (flannel). */
  FLANNEL_TO_OWN,
  /** What leaves the pods' network gets the node's address (flannel). */
  FLANNEL_OUT,
  /** What the node sends into the pods' network gets its address there (flannel). */
  FLANNEL_IN,
  /** What comes from pods or goes to them may be forwarded (flannel). */
  FLANNEL_FORWARD,
  /** The frame that Calico has on every node. */
  CALICO_FRAME,
  /** What comes from a pod or goes to it goes through the pod's own chain (Calico). */
  CALICO_POD,
  /** What a policy allows is marked (Calico). */
  CALICO_POLICY,
  /** What no policy marked is dropped (Calico). */
  CALICO_DROP,
  /** What applies to pods that no policy selects (Calico). */
  CALICO_PROFILE,
  /** What IPVS leads on is marked with the device it came from, and asked by that mark (Calico). */
  CALICO_IPVS,
  /** What leaves the pods' network gets the node's address (Calico). */
  CALICO_OUT,
  /** Leads packets of pods into the chains for policies (Weave Net). */
  WEAVE_FRAME,
  /** Pods that no policy selects may do all (Weave Net). */
  WEAVE_DEFAULT,
  /** What a policy allows (Weave Net). */
  WEAVE_POLICY,
  /** What nobody allowed is dropped (Weave Net). */
  WEAVE_DROP,
  /** Leads packets into the network plugin's own chain. */
  PLUGIN_FRAME,
  /** What stays within the pods' network keeps its addresses. */
  PLUGIN_INSIDE,
  /** What comes into the pods' network from outside gets the node's address there. */
  PLUGIN_IN,
  /** What leaves the pods' network gets the node's address. */
  PLUGIN_OUT,
  /** What comes from pods, or answers them, may be forwarded. */
  PLUGIN_FORWARD;

  private static final ResourceBundle WORDS = ResourceBundle.getBundle(RuleReason.class.getName(), Locale.ROOT);

  /** What it is for, in a sentence. */
  public String sentence() {
    return WORDS.getString(name().toLowerCase(Locale.ROOT));
  }
}
