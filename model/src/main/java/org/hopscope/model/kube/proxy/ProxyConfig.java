package org.hopscope.model.kube.proxy;

import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.kube.Choices;

/**
 * What kube-proxy is told on a node.
 *
 * @param node the node's name
 * @param zone the zone it is in
 * @param address the node's address
 * @param pods the addresses of pods ({@code --cluster-cidr}): what is not from there is from outside
 * @param switches the rest
 */
public record ProxyConfig(String node, Optional<String> zone, IpAddress address, Optional<IpPrefix> pods,
    Switches switches) {
  /**
   * Switches.
   *
   * @param masqueradeAll whether all traffic to Services is masqueraded
   * @param localhostNodePorts whether node ports answer on 127.0.0.0/8 too ({@code --iptables-localhost-nodeports})
   * @param randomFully whether masquerading chooses ports at random
   * @param largeCluster whether comments are left out of what there is most of: with more than 1000 endpoints (sem-K16)
   * @param liberal whether TCP segments that conntrack finds wrong are let through ({@code --conntrack-tcp-be-liberal})
   * @param nodePortAddresses the node's addresses that node ports answer on ({@code --nodeport-addresses}); none for all
   */
  public record Switches(boolean masqueradeAll, boolean localhostNodePorts, boolean randomFully,
      boolean largeCluster, boolean liberal, Optional<List<IpAddress>> nodePortAddresses) {
    /** As kube-proxy starts. */
    public static final Switches USUAL = new Switches(false, true, true, false, false, Optional.empty());

    public Switches {
      nodePortAddresses = nodePortAddresses.map(List::copyOf);
    }

    /** With what a cluster's kube-proxies are told, and the addresses that follow from it on a node. */
    public Switches with(Choices.ProxyFlags flags, Optional<List<IpAddress>> chosen) {
      return new Switches(flags.masqueradeAll(), flags.onLoopback(), randomFully, largeCluster, liberal, chosen);
    }

    Switches withLargeCluster(boolean value) {
      return new Switches(masqueradeAll, localhostNodePorts, randomFully, value, liberal, nodePortAddresses);
    }
  }

  IpFamily family() {
    return address.family();
  }

  /** With comments, or without in a large cluster. */
  public ProxyConfig withLargeCluster(boolean value) {
    return new ProxyConfig(node, zone, address, pods, switches.withLargeCluster(value));
  }
}
