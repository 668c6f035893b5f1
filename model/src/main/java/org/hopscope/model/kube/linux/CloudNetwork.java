package org.hopscope.model.kube.linux;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.kube.Choices;
import org.hopscope.model.kube.control.Blocks;
import org.hopscope.model.kube.object.KubeNode;
import org.hopscope.model.kube.proxy.BaseRules;
import org.hopscope.model.kube.proxy.BaseRules.ChainKey;
import org.hopscope.model.kube.proxy.ProxyRule;
import org.hopscope.model.kube.proxy.RuleReason;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.Server;
import org.hopscope.model.netfilter.TableName;

/**
 * The network plugins of clouds: pods have addresses that the cloud's own network knows, so nothing is wrapped and nothing is
 * hidden on the way to another node. The router of the underlay stands for that network. Each node's addresses come from its
 * podCIDR here, whether the cloud hands them out one by one (AWS, Azure, Alibaba) or as a range (GKE). None of them enforces
 * NetworkPolicies unless something is added that does.
 */
record CloudNetwork(String cluster, Choices choices, Cloud cloud) implements PodNetwork {
  /** How many pods the first interface has addresses for: an m5.large has ten for each of its interfaces, one its own. */
  static final int FIRST_INTERFACE = 9;
  private static final String AWS_CHAIN = "AWS-SNAT-CHAIN-0";
  private static final String MASQ_CHAIN = "IP-MASQ";

  /** The clouds, by what they call the node's end of a pod's pair and from where rules of {@code ip rule} send what. */
  enum Cloud {
    /** amazon-vpc-cni-k8s: tables 2 and up, from the second interface on; rules 512 and 1536. */
    AWS("eni", 1536, 2),
    /** azure-container-networking, mode transparent. */
    AZURE("azv", 0, 0),
    /** The plugin ptp with the node's range. */
    GKE("gke", 0, 0),
    /** AliyunContainerService/terway: tables from 1001 on by interface; rules 512 and 2048. */
    ALIBABA("cali", 2048, 1002);

    private final String prefix;
    private final int fromPod;
    private final int table;

    Cloud(String prefix, int fromPod, int table) {
      this.prefix = prefix;
      this.fromPod = fromPod;
      this.table = table;
    }

    String prefix() {
      return prefix;
    }

    /** The priority of rules for what comes from pods of the second interface. */
    int fromPod() {
      return fromPod;
    }

    /** The table of the second interface; 0 where there is none. */
    int table() {
      return table;
    }
  }

  private DeviceRef underlay() {
    return UnderlayUnit.bridge(choices.underlay(), cluster);
  }

  /** The own address of a node's second interface: in the upper half of the nodes' network. */
  private IpAddress second(KubeNode node) {
    IpPrefix network = choices.blocks().nodes();
    int number = ((Ipv4Address) PodNetwork.address(node)).bits() - ((Ipv4Address) network.address()).bits();
    return Blocks.at(network, Blocks.size(network) / 2 + number);
  }

  @Override
  public Optional<Unit> node(KubeNode node) {
    String name = node.meta().name();
    return switch (cloud) {
      case AWS, ALIBABA -> Optional.of(new CloudInterfaceUnit(underlay(), name, choices.blocks().nodes(), second(node),
          cloud));
      case GKE -> Optional.of(new CloudRouteUnit(underlay(), name, PodNetwork.address(node),
          node.podCidrs().getFirst()));
      case AZURE -> Optional.empty();
    };
  }

  @Override
  public Optional<Unit> bridge(KubeNode node) {
    return Optional.empty();
  }

  @Override
  public Optional<Unit> peer(KubeNode node, KubeNode peer) {
    return Optional.empty();
  }

  @Override
  public Unit pod(PodUnit.Network network, KubeNode node, List<IpAddress> addresses, List<Server> servers) {
    IpAddress address = addresses.getFirst();
    IpAddress last = Blocks.at(node.podCidrs().getFirst(), FIRST_INTERFACE + 1);
    boolean later = cloud == Cloud.ALIBABA || cloud == Cloud.AWS && address.compareTo(last) > 0;
    IpAddress gateway = cloud == Cloud.GKE ? Blocks.at(node.podCidrs().getFirst(), 1) : Ipv4Address.of("169.254.1.1");
    Optional<IpAddress> end = cloud == Cloud.GKE ? Optional.empty()
        : Optional.of(later ? second(node) : PodNetwork.address(node));
    return new CloudPodUnit(network, cloud, new CloudPodUnit.Addresses(address, gateway, end, later, underlay()),
        choices.plugin().mtu(), servers);
  }

  @Override
  public NodeRules rules(KubeNode node) {
    List<String> inside = List.of(choices.blocks().pods().toString(), choices.blocks().nodes().toString());
    return switch (cloud) {
      case AWS -> rules(AWS_CHAIN, List.of("-m", "comment", "--comment", "AWS SNAT CHAIN", "-j", AWS_CHAIN), inside,
          "AWS SNAT CHAIN",
          List.of("!", "-o", "vlan+", "-m", "comment", "--comment", "AWS, SNAT", "-m", "addrtype", "!", "--dst-type",
              "LOCAL", "-j", "SNAT", "--to-source", PodNetwork.address(node).toString(), "--random-fully"));
      case AZURE, GKE -> rules(MASQ_CHAIN,
          List.of("-m", "comment", "--comment",
              "ip-masq-agent: ensure nat POSTROUTING directs all non-LOCAL destination "
                  + "traffic to our custom IP-MASQ chain",
              "-m", "addrtype", "!", "--dst-type", "LOCAL", "-j", MASQ_CHAIN),
          inside, "ip-masq-agent: local traffic is not subject to MASQUERADE",
          List.of("-m", "comment", "--comment",
              "ip-masq-agent: outbound traffic is subject to MASQUERADE (must be last in chain)", "-j", "MASQUERADE"));
      case ALIBABA -> NodeRules.NONE;
    };
  }

  private static NodeRules rules(String chain, List<String> jump, List<String> inside, String comment,
      List<String> last) {
    SequencedMap<ChainKey, List<ProxyRule>> chains = new LinkedHashMap<>();
    chains.put(new ChainKey(TableName.NAT, chain), Stream.concat(
        inside.stream().map(net -> new ProxyRule(TableName.NAT, chain, List.of("-d", net, "-m", "comment", "--comment",
            comment, "-j", "RETURN"), RuleReason.PLUGIN_INSIDE)),
        Stream.of(new ProxyRule(TableName.NAT, chain, last, RuleReason.PLUGIN_OUT))).toList());
    return new NodeRules(chains, List.of(), List.of(new BaseRules.Jump(TableName.NAT, "POSTROUTING", jump)));
  }
}
