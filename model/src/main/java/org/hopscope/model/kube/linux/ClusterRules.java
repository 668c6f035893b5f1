package org.hopscope.model.kube.linux;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.kube.Choices;
import org.hopscope.model.kube.Cluster;
import org.hopscope.model.kube.object.KubeNode;
import org.hopscope.model.kube.proxy.BaseRules;
import org.hopscope.model.kube.proxy.BaseRules.ChainKey;
import org.hopscope.model.kube.proxy.PortRules;
import org.hopscope.model.kube.proxy.ProxyConfig;
import org.hopscope.model.kube.proxy.ProxyInput;
import org.hopscope.model.kube.proxy.ProxyRule;
import org.hopscope.model.kube.proxy.ServicePort;

/**
 * The rules of a cluster's nodes. What is the same for the port of a Service on all nodes, or before and after a change, is
 * the same object: comparing costs next to nothing then.
 */
final class ClusterRules {
  private final Cluster cluster;
  private final List<ServicePort> ports;
  private final boolean large;
  private final Map<ServicePort, PortRules.Written> everywhere;

  private ClusterRules(Cluster cluster, List<ServicePort> ports, Map<ServicePort, PortRules.Written> written) {
    this.cluster = cluster;
    this.ports = ports;
    large = ProxyInput.isLarge(ports);
    everywhere = written;
  }

  static ClusterRules of(Cluster cluster) {
    return new ClusterRules(cluster, ports(cluster), new IdentityHashMap<>());
  }

  private static List<ServicePort> ports(Cluster cluster) {
    return switch (cluster.choices().proxy()) {
      case NONE -> List.of();
      case IPTABLES -> ProxyInput.of(cluster, IpFamily.INET);
    };
  }

  /** The rules of the same cluster after a change; what did not change is taken over. */
  ClusterRules after(Cluster changed) {
    Map<String, ServicePort> known = new HashMap<>();
    ports.forEach(p -> known.put(p.name() + p.listens().protocol(), p));
    List<ServicePort> now = new ArrayList<>();
    for (ServicePort port : ports(changed)) {
      ServicePort before = known.get(port.name() + port.listens().protocol());
      now.add(port.equals(before) ? before : port);
    }
    boolean same = ProxyInput.isLarge(now) == large;
    return new ClusterRules(changed, List.copyOf(now), same ? everywhere : new IdentityHashMap<>());
  }

  /** The rules on a node. */
  NodeRules on(KubeNode node) {
    NodeRules plugin = FlannelRules.of(cluster.choices().blocks().pods(), node.podCidrs().getFirst());
    return switch (cluster.choices().proxy()) {
      case NONE -> plugin;
      case IPTABLES -> proxy(node).and(plugin);
    };
  }

  private ProxyConfig config(KubeNode node) {
    IpAddress address = node.addresses().getFirst();
    Choices.Blocks blocks = cluster.choices().blocks();
    return new ProxyConfig(node.meta().name(), address, Optional.of(blocks.pods()), ProxyConfig.Switches.USUAL)
        .withLargeCluster(large);
  }

  private NodeRules proxy(KubeNode node) {
    ProxyConfig config = config(node);
    SequencedMap<ChainKey, List<ProxyRule>> chains = new LinkedHashMap<>(BaseRules.chains(config));
    Map<ServicePort, PortRules.Written> written = new IdentityHashMap<>();
    for (ServicePort port : ports) {
      PortRules.Written rules = PortRules.isSameOnAllNodes(port)
          ? everywhere.computeIfAbsent(port, p -> PortRules.of(config, p))
          : PortRules.of(config, port);
      written.put(port, rules);
      for (ProxyRule rule : rules.shared()) {
        chains.get(new ChainKey(rule.table(), rule.chain())).add(rule);
      }
    }
    ProxyRule last = BaseRules.last(config);
    chains.get(new ChainKey(last.table(), last.chain())).add(last);
    for (ServicePort port : ports) {
      written.get(port).own().forEach((chain, rules) -> chains.put(new ChainKey(last.table(), chain), rules));
    }
    return new NodeRules(chains, BaseRules.jumps(), List.of());
  }

  /** Whose chains they are: the port of a Service by the name of each chain that it has on a node. */
  Map<String, ServicePort> owners(KubeNode node) {
    Map<String, ServicePort> owners = new HashMap<>();
    for (ServicePort port : ports) {
      PortRules.of(config(node), port).own().keySet().forEach(c -> owners.put(c, port));
    }
    return owners;
  }
}
