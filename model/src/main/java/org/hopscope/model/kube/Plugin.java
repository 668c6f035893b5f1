package org.hopscope.model.kube;

import java.util.Optional;
import java.util.stream.Stream;
import org.hopscope.model.addr.IpFamily;

/** Who wires pods and carries their packets between nodes, and how. */
public enum Plugin {
  FLANNEL_VXLAN(Family.FLANNEL, "vxlan", 1450), FLANNEL_HOST_GW(Family.FLANNEL, "host-gw", 1500),
  /** flannel: a program on each node takes packets from a tun device and sends them on in UDP; for debugging only. */
  FLANNEL_UDP(Family.FLANNEL, "udp", 1472),
  /** flannel gives away blocks of addresses and carries nothing: the cloud's router knows where they are. */
  FLANNEL_ALLOC(Family.FLANNEL, "alloc", 1500),
  /** flannel: packets to other nodes are enciphered; it leaves room for IPv6 outside (overhead 80). */
  FLANNEL_WIREGUARD(Family.FLANNEL, "wireguard", 1420),
  /** Calico: routes by BGP, every node with every other one, and pods' packets as they are. */
  CALICO_BGP(Family.CALICO, "bgp", 1500),
  /** The same with a route reflector, the first node, that tells all others. */
  CALICO_REFLECTED(Family.CALICO, "bgp-rr", 1500),
  /** Calico: routes by BGP, and each packet to another node in an IPIP packet: what its manifest chooses. */
  CALICO_IPIP(Family.CALICO, "ipip", 1480),
  /** The same, where only packets to another subnet are put into one; all nodes here are in one. */
  CALICO_IPIP_CROSS(Family.CALICO, "ipip-crosssubnet", 1480),
  /** Calico without BGP: each packet to another node in a VXLAN packet. */
  CALICO_VXLAN(Family.CALICO, "vxlan", 1450),
  /** The same, where only packets to another subnet are put into one; all nodes here are in one. */
  CALICO_VXLAN_CROSS(Family.CALICO, "vxlan-crosssubnet", 1450),
  /** Cilium: eBPF programs at the devices of pods; packets to other nodes in VXLAN, with who sends them in the number. */
  CILIUM_VXLAN(Family.CILIUM, "vxlan", 1500),
  /** The same with packets as they are, by routes from node to node ({@code autoDirectNodeRoutes}). */
  CILIUM_NATIVE(Family.CILIUM, "native", 1500),
  /** Weave Net, whose project is archived: one link over all nodes, frames between nodes in VXLAN. */
  WEAVE(Family.WEAVE, "fastdp", 1376),
  /** The VPC CNI of AWS: pods have secondary addresses of the node's network interfaces. */
  AWS(Family.AWS, "vpc", 1500),
  /** The CNI of Azure in its mode transparent: pods have addresses of the virtual network. */
  AZURE(Family.AZURE, "transparent", 1500),
  /** GKE with routes of its own: each node has an alias range of addresses, and Google's network 1460 bytes. */
  GKE(Family.GKE, "alias-ip", 1460),
  /** Alibaba's Terway with shared interfaces: pods have secondary addresses of a second interface. */
  ALIBABA(Family.ALIBABA, "terway", 1500);

  private final Family family;
  private final String backend;
  private final int mtu;

  Plugin(Family family, String backend, int mtu) {
    this.family = family;
    this.backend = backend;
    this.mtu = mtu;
  }

  /** The projects behind {@code --cni}. */
  public enum Family {
    FLANNEL("flannel", "vxlan", 24),
    /** Its own IPAM hands out blocks of 64 addresses (sem-V12). */
    CALICO("calico", "ipip", 26), WEAVE("weave", "fastdp", 24), CILIUM("cilium", "vxlan", 24), AWS("aws", "vpc", 24),
    AZURE("azure", "transparent", 24), GKE("gke", "alias-ip", 24), ALIBABA("alibaba", "terway", 24);

    private final String word;
    private final String backend;
    private final int block;

    Family(String word, String backend, int block) {
      this.word = word;
      this.backend = backend;
      this.block = block;
    }

    /** Behind {@code --cni}. */
    public String word() {
      return word;
    }

    /** The back end when nobody says one. */
    public String usualBackend() {
      return backend;
    }

    /** Whether NetworkPolicies hold back packets here: Felix and weave-npc write rows, Cilium asks by identity (sem-P8). */
    public boolean enforcesPolicies() {
      return this == CALICO || this == CILIUM || this == WEAVE;
    }

    public static Optional<Family> of(String word) {
      return Stream.of(values()).filter(f -> f.word.equals(word)).findFirst();
    }
  }

  public Family family() {
    return family;
  }

  /** The MTU of pods' devices. */
  public int mtu() {
    return mtu;
  }

  /** How long the prefix of a node's block is: a /24 or /64 by the node's podCIDR, or what the plugin's own IPAM hands out. */
  public int block(IpFamily of) {
    return of == IpFamily.INET ? family.block : family == Family.CALICO ? 122 : 64;
  }

  /** Whether clusters with it can have IPv6 beside IPv4 here. */
  public boolean isDual() {
    return switch (this) {
      case FLANNEL_VXLAN, FLANNEL_HOST_GW, CALICO_BGP, CALICO_REFLECTED, CALICO_IPIP, CALICO_IPIP_CROSS, CALICO_VXLAN,
          CALICO_VXLAN_CROSS -> true;
      case FLANNEL_UDP, FLANNEL_ALLOC, FLANNEL_WIREGUARD, CILIUM_VXLAN, CILIUM_NATIVE, WEAVE, AWS, AZURE, GKE,
          ALIBABA -> false;
    };
  }

  /** Behind {@code --cni}. */
  public String word() {
    return family.word;
  }

  /** Behind {@code --backend}. */
  public String backend() {
    return backend;
  }

  public static Optional<Plugin> of(String word, String backend) {
    return Stream.of(values()).filter(p -> p.word().equals(word) && p.backend.equals(backend)).findFirst();
  }
}
