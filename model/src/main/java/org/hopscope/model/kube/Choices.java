package org.hopscope.model.kube;

import java.util.Optional;
import java.util.stream.Stream;
import org.hopscope.model.addr.IpPrefix;

/**
 * What is chosen when a cluster is made, and stays.
 *
 * @param blocks the addresses it uses
 * @param plugin the network plugin
 * @param proxy the mode of kube-proxy
 * @param underlay the host that is the switch and router between its nodes
 */
public record Choices(Blocks blocks, Plugin plugin, ProxyMode proxy, String underlay) {
  /**
   * Three blocks of addresses that must not overlap (les-D1).
   *
   * @param pods of which every node gets a smaller one
   * @param services from which Services get their virtual addresses; nothing is ever routed there
   * @param nodes of the network between the nodes
   */
  public record Blocks(IpPrefix pods, IpPrefix services, IpPrefix nodes) {
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
