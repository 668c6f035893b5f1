package org.hopscope.model.kube;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.IpPrefix;

/**
 * What is chosen when a cluster is made, and stays.
 *
 * @param stacks the addresses it uses, of one family or of both (KEP-563): the first is the main one, whose addresses nodes,
 *     pods and Services have when nobody says otherwise
 * @param plugin the network plugin
 * @param proxy the mode of kube-proxy
 * @param underlay the host that is the switch and router between its nodes
 */
public record Choices(List<Blocks> stacks, Plugin plugin, ProxyMode proxy, String underlay) {
  public Choices {
    stacks = List.copyOf(stacks);
  }

  /** With addresses of one family. */
  public Choices(Blocks blocks, Plugin plugin, ProxyMode proxy, String underlay) {
    this(List.of(blocks), plugin, proxy, underlay);
  }

  /** The blocks of the main family. */
  public Blocks blocks() {
    return stacks.getFirst();
  }

  /** The blocks of a family; empty when the cluster does not have it. */
  public Optional<Blocks> blocks(IpFamily family) {
    return stacks.stream().filter(b -> b.family() == family).findFirst();
  }

  /** The families it has, the main one first. */
  public List<IpFamily> families() {
    return stacks.stream().map(Blocks::family).toList();
  }

  /**
   * Three blocks of addresses of one family that must not overlap (les-D1).
   *
   * @param pods of which every node gets a smaller one
   * @param services from which Services get their virtual addresses; nothing is ever routed there
   * @param nodes of the network between the nodes
   */
  public record Blocks(IpPrefix pods, IpPrefix services, IpPrefix nodes) {
    public IpFamily family() {
      return pods.address().family();
    }
  }

  /** Who wires pods and carries their packets between nodes. */
  public enum Plugin {
    FLANNEL_VXLAN("flannel", "vxlan", 1450), FLANNEL_HOST_GW("flannel", "host-gw", 1500),
    /** Calico: routes by BGP, every node with every other one, and pods' packets as they are. */
    CALICO_BGP("calico", "bgp", 1500),
    /** The same with a route reflector, the first node, that tells all others. */
    CALICO_REFLECTED("calico", "bgp-rr", 1500),
    /** Calico: routes by BGP, and each packet to another node in an IPIP packet: what its manifest chooses. */
    CALICO_IPIP("calico", "ipip", 1480),
    /** The same, where only packets to another subnet are put into one; all nodes here are in one. */
    CALICO_IPIP_CROSS("calico", "ipip-crosssubnet", 1480),
    /** Calico without BGP: each packet to another node in a VXLAN packet. */
    CALICO_VXLAN("calico", "vxlan", 1450),
    /** The same, where only packets to another subnet are put into one; all nodes here are in one. */
    CALICO_VXLAN_CROSS("calico", "vxlan-crosssubnet", 1450);

    private final String word;
    private final String backend;
    private final int mtu;

    Plugin(String word, String backend, int mtu) {
      this.word = word;
      this.backend = backend;
      this.mtu = mtu;
    }

    /** The MTU of pods' devices. */
    public int mtu() {
      return mtu;
    }

    /** How long the prefix of a node's block is: a /24 by the node's podCIDR, a /26 by Calico's own IPAM (sem-V12). */
    public int block() {
      return isCalico() ? 26 : 24;
    }

    /** How long the prefix of a node's block of a family is: of IPv6 a /64 of the node, a /122 of Calico's own IPAM. */
    public int block(IpFamily family) {
      return family == IpFamily.INET ? block() : isCalico() ? 122 : 64;
    }

    /** The back end of a plugin when nobody says one. */
    public static String usualBackend(String word) {
      return word.equals("calico") ? "ipip" : "vxlan";
    }

    /** Whether it is Calico, which alone enforces NetworkPolicies: flannel by itself does not (fix-F32, les-C6). */
    public boolean isCalico() {
      return word.equals("calico");
    }

    /** Behind {@code --cni}. */
    public String word() {
      return word;
    }

    /** Behind {@code --backend}. */
    public String backend() {
      return backend;
    }

    public static Optional<Plugin> of(String word, String backend) {
      return Stream.of(values()).filter(p -> p.word.equals(word) && p.backend.equals(backend)).findFirst();
    }
  }

  /** How kube-proxy leads packets to Services. */
  public enum ProxyMode {
    /** Not at all: no kube-proxy runs. */
    NONE("none"),
    /** By rules of iptables: the default. */
    IPTABLES("iptables"),
    /** By a table of nftables with maps, in which a packet looks its Service up once. */
    NFTABLES("nftables");

    private final String word;

    ProxyMode(String word) {
      this.word = word;
    }

    /** Behind {@code --proxy}. */
    public String word() {
      return word;
    }

    public static Optional<ProxyMode> of(String word) {
      return Stream.of(values()).filter(m -> m.word.equals(word)).findFirst();
    }
  }
}
