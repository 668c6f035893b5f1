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
  private final Map<String, Map<ServicePort, PortRules.Written>> byNode = new HashMap<>();

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

  /** The rules of each port on a node, always the same objects for the same node. */
  private Map<ServicePort, PortRules.Written> written(KubeNode node) {
    return byNode.computeIfAbsent(node.meta().name(), _ -> {
      ProxyConfig config = config(node);
      Map<ServicePort, PortRules.Written> written = new IdentityHashMap<>();
      for (ServicePort port : ports) {
        written.put(port, PortRules.isSameOnAllNodes(port)
            ? everywhere.computeIfAbsent(port, p -> PortRules.of(config, p))
            : PortRules.of(config, port));
      }
      return written;
    });
  }

  private NodeRules proxy(KubeNode node) {
    ProxyConfig config = config(node);
    SequencedMap<ChainKey, List<ProxyRule>> chains = new LinkedHashMap<>(BaseRules.chains(config));
    Map<ServicePort, PortRules.Written> written = written(node);
    for (ServicePort port : ports) {
      for (ProxyRule rule : written.get(port).shared()) {
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

  /** Which port of a Service each rule was written for; asked after {@link #on}, whose rules they are. */
  Map<ProxyRule, ServicePort> ports(KubeNode node) {
    Map<ProxyRule, ServicePort> owners = new IdentityHashMap<>();
    written(node).forEach((port, rules) -> {
      rules.shared().forEach(r -> owners.put(r, port));
      rules.own().values().forEach(own -> own.forEach(r -> owners.put(r, port)));
    });
    return owners;
  }
}
