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
 * @param flags what else kube-proxy is told
 */
public record Choices(List<Blocks> stacks, Plugin plugin, ProxyMode proxy, String underlay, ProxyFlags flags) {
  public Choices {
    stacks = List.copyOf(stacks);
  }

  /** With addresses of one family. */
  public Choices(Blocks blocks, Plugin plugin, ProxyMode proxy, String underlay) {
    this(List.of(blocks), plugin, proxy, underlay, ProxyFlags.USUAL);
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

  /**
   * Flags that kube-proxy is started with on every node.
   *
   * @param masqueradeAll {@code --masquerade-all}: whatever is sent to a Service's address is masqueraded
   * @param localhostNodePorts {@code --iptables-localhost-nodeports}: node ports answer on 127.0.0.0/8 too, for which it
   *     sets {@code route_localnet}; of the mode iptables alone
   * @param nodePorts {@code --nodeport-addresses}: which of the node's addresses node ports answer on
   */
  public record ProxyFlags(boolean masqueradeAll, boolean localhostNodePorts, NodePortAddresses nodePorts) {
    /** As kube-proxy starts unless it is told otherwise. */
    public static final ProxyFlags USUAL = new ProxyFlags(false, true, new NodePortAddresses.Unset());

    /** Whether node ports answer on 127.0.0.0/8 at all. */
    public boolean onLoopback() {
      return localhostNodePorts && nodePorts.haveLoopback();
    }
  }

  /** How kube-proxy leads packets to Services. */
  public enum ProxyMode {
    /** Not at all: no kube-proxy runs. */
    NONE("none"),
    /** By rules of iptables: the default. */
    IPTABLES("iptables"),
    /** By virtual services of IPVS, whose addresses are the node's own by the device kube-ipvs0, and sets of addresses. */
    IPVS("ipvs"),
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
