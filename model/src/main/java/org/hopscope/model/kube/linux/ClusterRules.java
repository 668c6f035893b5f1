package org.hopscope.model.kube.linux;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.kube.Choices;
import org.hopscope.model.kube.Cluster;
import org.hopscope.model.kube.Differences;
import org.hopscope.model.kube.Plugin;
import org.hopscope.model.kube.object.EndpointSlice;
import org.hopscope.model.kube.object.Kind;
import org.hopscope.model.kube.object.KubeNode;
import org.hopscope.model.kube.object.ObjectKey;
import org.hopscope.model.kube.policy.Policies;
import org.hopscope.model.kube.proxy.BaseRules;
import org.hopscope.model.kube.proxy.BaseRules.ChainKey;
import org.hopscope.model.kube.proxy.IpvsRules;
import org.hopscope.model.kube.proxy.IpvsTable;
import org.hopscope.model.kube.proxy.NftPorts;
import org.hopscope.model.kube.proxy.NftRules;
import org.hopscope.model.kube.proxy.PortRules;
import org.hopscope.model.kube.proxy.ProxyConfig;
import org.hopscope.model.kube.proxy.ProxyInput;
import org.hopscope.model.kube.proxy.ProxyRule;
import org.hopscope.model.kube.proxy.ServicePort;
import org.hopscope.model.netfilter.TableName;

/**
 * The rules of a cluster's nodes, of one family. What is the same for the port of a Service on all nodes, or before and after a change, is
 * the same object, and so are all rules of nodes that have the same: comparing costs next to nothing then.
 */
final class ClusterRules {
  /** What every node has besides its addresses. */
  static final List<IpAddress> LOOPBACK = List.of(IpAddress.of("127.0.0.1"), IpAddress.of("::1"));

  private final Cluster cluster;
  private final IpFamily family;
  private final List<ServicePort> ports;
  private final boolean large;
  /** What is written for ports that have the same rules on all nodes. */
  private final Map<ServicePort, PortRules.Written> everywhere;
  /** What is written for the others, by node. */
  private final Map<String, Map<ServicePort, PortRules.Written>> byNode = new HashMap<>();
  private final Map<String, NodeRules> proxy = new HashMap<>();
  /** What a plugin that enforces policies writes, by node. */
  private final Map<String, PolicyRules> enforcing = new HashMap<>();
  private Optional<Policies> policies = Optional.empty();
  /** kube-proxy's tables in nftables mode, by node. */
  private final Map<String, NftRules> tables = new HashMap<>();
  /** What kube-proxy has in IPVS mode besides its rules, by node. */
  private final Map<String, IpvsTable> balancers = new HashMap<>();

  private ClusterRules(Cluster cluster, IpFamily family, List<ServicePort> ports, Optional<ClusterRules> before) {
    this.cluster = cluster;
    this.family = family;
    this.ports = ports;
    large = ProxyInput.isLarge(ports);
    everywhere = new IdentityHashMap<>();
    Optional<ClusterRules> known = before.filter(b -> b.large == large);
    List<KubeNode> nodes = cluster.nodes();
    switch (cluster.choices().proxy()) {
      case NONE -> {
      }
      case IPTABLES -> chains(nodes, known);
      case IPVS -> nodes.forEach(this::balancers);
      case NFTABLES -> nodes.forEach(n -> tables.put(n.meta().name(),
          NftPorts.of(config(n), blocks().services(), ports)));
    }
  }

  private void chains(List<KubeNode> nodes, Optional<ClusterRules> known) {
    for (ServicePort port : ports) {
      if (PortRules.isSameOnAllNodes(port) && !nodes.isEmpty()) {
        everywhere.put(port, known.flatMap(k -> Optional.ofNullable(k.everywhere.get(port)))
            .orElseGet(() -> PortRules.of(config(nodes.getFirst()), port)));
      }
    }
    Map<Alike, NodeRules> alike = new HashMap<>();
    for (KubeNode node : nodes) {
      Map<ServicePort, PortRules.Written> own = own(node, known);
      byNode.put(node.meta().name(), own);
      List<PortRules.Written> differing = ports.stream().filter(own::containsKey).map(own::get).toList();
      proxy.put(node.meta().name(), alike.computeIfAbsent(
          new Alike(differing, config(node).switches().nodePortAddresses()), _ -> proxy(node)));
    }
  }

  /** What the rules of a node differ by: what was written for it alone, and the addresses of its node ports. */
  private record Alike(List<PortRules.Written> differing, Optional<List<IpAddress>> nodePorts) {
  }

  private void balancers(KubeNode node) {
    String name = node.meta().name();
    IpvsTable table = IpvsTable.of(config(node), Units.addresses(cluster, node), ports);
    balancers.put(name, table);
    proxy.put(name, new NodeRules(IpvsRules.of(config(node), table), IpvsRules.jumps(), List.of()));
  }

  private Map<ServicePort, PortRules.Written> own(KubeNode node, Optional<ClusterRules> known) {
    Map<ServicePort, PortRules.Written> before =
        known.map(k -> k.byNode.get(node.meta().name())).orElseGet(IdentityHashMap::new);
    Map<ServicePort, PortRules.Written> own = new IdentityHashMap<>();
    for (ServicePort port : ports) {
      if (!everywhere.containsKey(port)) {
        own.put(port, Optional.ofNullable(before.get(port)).orElseGet(() -> PortRules.of(config(node), port)));
      }
    }
    return own;
  }

  /** The rules of a cluster. */
  static ClusterRules of(Cluster cluster, IpFamily family) {
    return new ClusterRules(cluster, family, ports(cluster, family, _ -> Optional.empty()), Optional.empty());
  }

  IpFamily family() {
    return family;
  }

  private Choices.Blocks blocks() {
    return cluster.choices().blocks(family).orElseThrow();
  }

  private static List<ServicePort> ports(Cluster cluster, IpFamily family, ProxyInput.Known known) {
    return switch (cluster.choices().proxy()) {
      case NONE -> List.of();
      case IPTABLES, IPVS, NFTABLES -> ProxyInput.of(cluster, family, known);
    };
  }

  /** The rules of the same cluster after a change; what did not change is taken over. */
  ClusterRules after(Cluster changed, Differences differences) {
    Map<ObjectKey, List<ServicePort>> known = ports.stream().collect(Collectors.groupingBy(ServicePort::service));
    Set<ObjectKey> concerned = differences.keys().stream()
        .flatMap(k -> Stream.concat(service(cluster, k).stream(), service(changed, k).stream()))
        .collect(Collectors.toSet());
    List<ServicePort> now = ports(changed, family, service -> concerned.contains(service.key()) ? Optional.empty()
        : Optional.ofNullable(known.get(service.key())));
    return new ClusterRules(changed, family, now, Optional.of(this));
  }

  /** The Service that an object has to do with. */
  private static Optional<ObjectKey> service(Cluster cluster, ObjectKey key) {
    return switch (key.kind()) {
      case SERVICE -> Optional.of(key);
      case ENDPOINT_SLICE -> cluster.find(key).map(EndpointSlice.class::cast).flatMap(EndpointSlice::service)
          .map(s -> new ObjectKey(Kind.SERVICE, key.namespace(), s));
      default -> Optional.empty();
    };
  }

  /** The ports of Services over UDP. */
  List<ServicePort> datagrams() {
    return StaleFlows.datagrams(ports);
  }

  Plugin plugin() {
    return cluster.choices().plugin();
  }

  /** All rules on a node. */
  NodeRules on(KubeNode node) {
    return ofProxy(node.meta().name()).and(plugin(node));
  }

  /** kube-proxy's rules on a node: the same object for all nodes that have the same. */
  NodeRules ofProxy(String node) {
    return proxy.getOrDefault(node, NodeRules.NONE);
  }

  /** What the network plugin writes on a node where its rows follow from policies. */
  Optional<PolicyRules> enforcing(KubeNode node) {
    return switch (plugin().family()) {
      case CALICO -> Optional.of(enforcing.computeIfAbsent(node.meta().name(), _ -> CalicoRules.of(policies(), node,
          blocks(), cluster.choices().proxy() == Choices.ProxyMode.IPVS
              ? Optional.of(addresses(node))
              : Optional.empty())));
      case WEAVE -> Optional.of(enforcing.computeIfAbsent(node.meta().name(), _ -> WeaveRules.of(policies(), node,
          blocks())));
      case FLANNEL, CILIUM, AWS, AZURE, GKE, ALIBABA -> Optional.empty();
    };
  }

  /** All addresses of a node but those of kube-ipvs0. */
  private List<IpAddress> addresses(KubeNode node) {
    return Stream.concat(LOOPBACK.stream(), Units.addresses(cluster, node).stream()).toList();
  }

  private Policies policies() {
    policies = Optional.of(policies.orElseGet(() -> Policies.of(cluster)));
    return policies.get();
  }

  /** For which object the network plugin wrote a rule, where it was for one. */
  Optional<ObjectKey> because(KubeNode node, ProxyRule rule) {
    return enforcing(node).flatMap(c -> Optional.ofNullable(c.because().get(rule)));
  }

  /** What kube-proxy has on a node in IPVS mode besides its rules. */
  IpvsTable balancers(String node) {
    return balancers.getOrDefault(node, IpvsTable.NONE);
  }

  /** kube-proxy's table on a node in nftables mode. */
  NftRules table(String node) {
    return Optional.ofNullable(tables.get(node)).orElseGet(NftRules::none);
  }

  /** The network plugin's rules on a node. */
  NodeRules plugin(KubeNode node) {
    return enforcing(node).map(PolicyRules::rules).orElseGet(() -> PodNetwork.of(cluster, family).rules(node));
  }

  private ProxyConfig config(KubeNode node) {
    IpAddress address = node.address(family).orElseThrow();
    Choices choices = cluster.choices();
    return new ProxyConfig(node.meta().name(), node.zone(), address, Optional.of(blocks().pods()),
        ProxyConfig.Switches.USUAL.with(choices.flags(),
            choices.flags().nodePorts().chosen(choices.proxy(), address, () -> addresses(node))))
        .withLargeCluster(large);
  }

  private PortRules.Written written(String node, ServicePort port) {
    return Optional.ofNullable(everywhere.get(port)).orElseGet(() -> byNode.get(node).get(port));
  }

  private NodeRules proxy(KubeNode node) {
    ProxyConfig config = config(node);
    String name = node.meta().name();
    SequencedMap<ChainKey, List<ProxyRule>> chains = new LinkedHashMap<>(BaseRules.chains(config));
    for (ServicePort port : ports) {
      for (ProxyRule rule : written(name, port).shared()) {
        chains.get(new ChainKey(rule.table(), rule.chain())).add(rule);
      }
    }
    BaseRules.last(config).forEach(r -> chains.get(new ChainKey(r.table(), r.chain())).add(r));
    for (ServicePort port : ports) {
      written(name, port).own().forEach((chain, rules) -> chains.put(new ChainKey(TableName.NAT, chain), rules));
    }
    return new NodeRules(chains, BaseRules.jumps(), List.of());
  }

  /** Which port of a Service each rule was written for. */
  Map<ProxyRule, ServicePort> ports(KubeNode node) {
    Map<ProxyRule, ServicePort> owners = new IdentityHashMap<>();
    if (cluster.choices().proxy() != Choices.ProxyMode.IPTABLES) {
      return owners;
    }
    for (ServicePort port : ports) {
      PortRules.Written rules = written(node.meta().name(), port);
      rules.shared().forEach(r -> owners.put(r, port));
      rules.own().values().forEach(own -> own.forEach(r -> owners.put(r, port)));
    }
    return owners;
  }
}
