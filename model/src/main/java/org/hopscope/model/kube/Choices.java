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
