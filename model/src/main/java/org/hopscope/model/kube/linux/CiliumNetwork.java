package org.hopscope.model.kube.linux;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.kube.Choices;
import org.hopscope.model.kube.control.Blocks;
import org.hopscope.model.kube.object.KubeNode;
import org.hopscope.model.kube.proxy.BaseRules;
import org.hopscope.model.kube.proxy.BaseRules.ChainKey;
import org.hopscope.model.kube.proxy.ProxyRule;
import org.hopscope.model.kube.proxy.RuleReason;
import org.hopscope.model.net.Server;
import org.hopscope.model.netfilter.TableName;

/**
 * Cilium: the devices and routes of its nodes. What its eBPF programs do with packets is walked by name in {@code sim}; left out
 * here are the health endpoint, the rules and tables for its proxy, and chains that only mark what its proxy sends.
 */
record CiliumNetwork(Choices choices, boolean tunnels) implements PodNetwork {
  private static final String MASQUERADE = "CILIUM_POST_nat";
  private static final String FORWARD = "CILIUM_FORWARD";

  /** What pods take for their router: the address of cilium_host. */
  private static IpAddress router(KubeNode node) {
    return Blocks.at(node.podCidrs().getFirst(), 1);
  }

  @Override
  public Optional<Unit> node(KubeNode node) {
    return Optional.of(new CiliumNodeUnit(node.meta().name(), node.podCidrs().getFirst(), router(node), tunnels));
  }

  @Override
  public Optional<Unit> bridge(KubeNode node) {
    return Optional.empty();
  }

  @Override
  public Optional<Unit> peer(KubeNode node, KubeNode peer) {
    return Optional.of(new CiliumNodeUnit.PeerPart(Peer.of(node, peer), router(node), tunnels));
  }

  @Override
  public Unit pod(PodUnit.Network network, KubeNode node, List<IpAddress> addresses, List<Server> servers) {
    return new CiliumPodUnit(network, addresses.getFirst(), router(node), tunnels, servers);
  }

  @Override
  public NodeRules rules(KubeNode node) {
    String own = node.podCidrs().getFirst().toString();
    String inside = tunnels ? own : choices.blocks().pods().toString();
    SequencedMap<ChainKey, List<ProxyRule>> chains = new LinkedHashMap<>();
    chains.put(new ChainKey(TableName.NAT, MASQUERADE), List.of(new ProxyRule(TableName.NAT, MASQUERADE,
        List.of("-s", own, "!", "-d", inside, "!", "-o", "cilium_+", "-m", "comment", "--comment",
            "cilium masquerade non-cluster", "-j", "MASQUERADE"),
        RuleReason.PLUGIN_OUT)));
    chains.put(new ChainKey(TableName.FILTER, FORWARD), List.of(
        forward("-o", "cilium_host", "cilium: any->cluster on cilium_host forward accept"),
        forward("-i", "cilium_host", "cilium: cluster->any on cilium_host forward accept (nodeport)"),
        forward("-i", "lxc+", "cilium: cluster->any on lxc+ forward accept"),
        forward("-i", "cilium_net", "cilium: cluster->any on cilium_net forward accept (nodeport)")));
    return new NodeRules(chains, List.of(
        new BaseRules.Jump(TableName.NAT, "POSTROUTING", feed("CILIUM_POST_nat")),
        new BaseRules.Jump(TableName.FILTER, "FORWARD", feed("CILIUM_FORWARD"))), List.of());
  }

  private static List<String> feed(String chain) {
    return List.of("-m", "comment", "--comment", "cilium-feeder: " + chain, "-j", chain);
  }

  private static ProxyRule forward(String side, String device, String comment) {
    return new ProxyRule(TableName.FILTER, FORWARD, List.of(side, device, "-m", "comment", "--comment", comment, "-j",
        "ACCEPT"), RuleReason.PLUGIN_FORWARD);
  }
}
