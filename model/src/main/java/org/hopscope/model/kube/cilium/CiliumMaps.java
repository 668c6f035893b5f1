package org.hopscope.model.kube.cilium;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.kube.Choices;
import org.hopscope.model.kube.Cluster;
import org.hopscope.model.kube.Digest;
import org.hopscope.model.kube.Plugin;
import org.hopscope.model.kube.control.Blocks;
import org.hopscope.model.kube.object.Kind;
import org.hopscope.model.kube.object.KubeNamespace;
import org.hopscope.model.kube.object.KubeNode;
import org.hopscope.model.kube.object.KubePod;
import org.hopscope.model.kube.object.ObjectKey;
import org.hopscope.model.kube.object.PortProtocol;
import org.hopscope.model.kube.policy.Policies;
import org.hopscope.model.kube.proxy.ProxyEndpoint;
import org.hopscope.model.kube.proxy.ProxyInput;
import org.hopscope.model.kube.proxy.ServicePort;

/**
 * The maps of Cilium's eBPF programs, as far as packets meet them (cilium pkg/maps): {@code cilium_lxc}, the endpoints of a node;
 * {@code cilium_ipcache}, whose address is whose; {@code cilium_lb4_services_v2} with its backends; and {@code cilium_policy_v2},
 * which is asked through {@link Policies}. They are not kept in a lab: what agents would write follows from the objects.
 */
public final class CiliumMaps {
  /** Identities that are always there (cilium pkg/identity/numericidentity.go). */
  public static final int HOST = 1;
  /** Who is nobody of the cluster. */
  public static final int WORLD = 2;
  /** Another node. */
  public static final int REMOTE_NODE = 6;
  private static final int FIRST = 256;
  private static final int LAST = 65_535;

  private final Cluster cluster;
  private final Map<IpAddress, CiliumEndpoint> endpoints = new TreeMap<>();
  private final Map<IpAddress, KubeNode> nodes = new TreeMap<>();
  private final Map<Frontend, List<ProxyEndpoint>> services = new LinkedHashMap<>();
  private final Policies policies;

  /**
   * A pod as Cilium knows it.
   *
   * @param node its node
   * @param nodeAddress where that one is
   * @param identity the number that all pods with the same labels share
   * @param device the node's end of its pair
   */
  public record CiliumEndpoint(ObjectKey pod, IpAddress address, String node, IpAddress nodeAddress, int identity,
      String device) {
  }

  /** Where a Service is reached. */
  public record Frontend(IpAddress address, int port, PortProtocol protocol) {
    @Override
    public String toString() {
      return address + ":" + port + "/" + protocol.name();
    }
  }

  /** A row of a map as texts. */
  public record Row(String key, String value) {
  }

  private CiliumMaps(Cluster cluster) {
    this.cluster = cluster;
    policies = Policies.of(cluster);
    Map<String, KubeNode> byName = new TreeMap<>();
    for (KubeNode node : cluster.nodes()) {
      byName.put(node.meta().name(), node);
      node.addresses().forEach(a -> nodes.put(a, node));
      node.podCidrs().stream().findFirst().ifPresent(b -> nodes.put(Blocks.at(b, 1), node));
    }
    Map<String, KubeNamespace> namespaces = new TreeMap<>();
    cluster.namespaces().forEach(n -> namespaces.put(n.meta().name(), n));
    for (KubePod pod : cluster.pods()) {
      Optional<KubeNode> node = pod.node().map(byName::get);
      if (pod.isRunning() && !pod.spec().hostNetwork() && node.isPresent()) {
        int identity = identity(pod, Optional.ofNullable(namespaces.get(pod.meta().namespace())));
        pod.status().addresses()
            .forEach(a -> endpoints.put(a, new CiliumEndpoint(pod.key(), a, node.get().meta().name(),
                node.get().addresses().getFirst(), identity, device(pod.key()))));
      }
    }
    ProxyInput.of(cluster, IpFamily.INET).forEach(this::service);
  }

  /** Those of a cluster; empty where Cilium is not its network plugin. */
  public static Optional<CiliumMaps> of(Cluster cluster) {
    return cluster.choices().plugin().family() == Plugin.Family.CILIUM
        ? Optional.of(cluster.memo().of(CiliumMaps.class, () -> new CiliumMaps(cluster)))
        : Optional.empty();
  }

  /** The node's end of a pod's pair: lxc and twelve digits (cilium pkg/datapath/connector Endpoint2IfName). */
  public static String device(ObjectKey pod) {
    return "lxc" + HexFormat.of().formatHex(Digest.SHA_256.of(pod.path())).substring(0, 12);
  }

  /** One number for all pods with the same labels in namespaces with the same labels; Cilium draws it, here it follows. */
  private static int identity(KubePod pod, Optional<KubeNamespace> namespace) {
    byte[] digest =
        Digest.SHA_256.of(pod.meta().namespace() + pod.meta().labels() + namespace.map(n -> n.meta().labels()
            .toString()).orElse(""));
    int drawn = (digest[0] & 0xff) << 16 | (digest[1] & 0xff) << 8 | digest[2] & 0xff;
    return FIRST + drawn % (LAST - FIRST);
  }

  private void service(ServicePort port) {
    ServicePort.Listens at = port.listens();
    List<ProxyEndpoint> backends = port.endpoints().stream().filter(e -> e.conditions().ready()).toList();
    services.put(new Frontend(at.clusterIp(), at.port(), at.protocol()), backends);
    if (replacesKubeProxy()) {
      at.externalIps().forEach(a -> services.put(new Frontend(a, at.port(), at.protocol()), backends));
      at.balancerIps().forEach(a -> services.put(new Frontend(a, at.port(), at.protocol()), backends));
      at.nodePort().ifPresent(
          p -> nodes.values().forEach(n -> n.addresses().forEach(a -> services.put(new Frontend(a, p, at.protocol()),
              backends))));
    }
  }

  /** Whether packets to other nodes are put into VXLAN, rather than routed as they are. */
  public boolean tunnels() {
    return cluster.choices().plugin() == Plugin.CILIUM_VXLAN;
  }

  /** Whether it does kube-proxy's work too: where none runs. */
  public boolean replacesKubeProxy() {
    return cluster.choices().proxy() == Choices.ProxyMode.NONE;
  }

  /** The pod with an address, on whatever node. */
  public Optional<CiliumEndpoint> endpoint(IpAddress address) {
    return Optional.ofNullable(endpoints.get(address));
  }

  /** The pod behind a device of a node. */
  public Optional<CiliumEndpoint> behind(String node, String device) {
    return endpoints.values().stream().filter(e -> e.node().equals(node) && e.device().equals(device)).findFirst();
  }

  /** Whose an address is, seen from a node: a pod's identity, this node, another node, or the world. */
  public int identity(String node, IpAddress address) {
    Optional<CiliumEndpoint> pod = endpoint(address);
    return pod.map(CiliumEndpoint::identity).orElseGet(() -> Optional.ofNullable(nodes.get(address))
        .map(n -> n.meta().name().equals(node) ? HOST : REMOTE_NODE).orElse(WORLD));
  }

  /** Into a tunnel to which node packets for an address go: that of another node's pod, or of its cilium_host. */
  public Optional<IpAddress> tunnelTo(String node, IpAddress address) {
    if (!tunnels()) {
      return Optional.empty();
    }
    return endpoint(address).filter(e -> !e.node().equals(node)).map(CiliumEndpoint::nodeAddress)
        .or(() -> Optional.ofNullable(nodes.get(address)).filter(n -> !n.meta().name().equals(node))
            .map(n -> n.addresses().getFirst()).filter(a -> !a.equals(address)));
  }

  /** The backends of a Service, in their order; empty where there is no such Service. */
  public Optional<List<ProxyEndpoint>> service(Frontend frontend) {
    return Optional.ofNullable(services.get(frontend));
  }

  public Policies policies() {
    return policies;
  }

  /** How an identity is called: {@code host}, {@code world}, or its number. */
  public static String name(int identity) {
    return switch (identity) {
      case HOST -> "host (1)";
      case WORLD -> "world (2)";
      case REMOTE_NODE -> "remote-node (6)";
      default -> Integer.toString(identity);
    };
  }

  /** All rows of a map on a node. */
  public List<Row> rows(String node, String map) {
    List<Row> rows = new ArrayList<>();
    switch (map) {
      case "cilium_lxc" -> endpoints.values().stream().filter(e -> e.node().equals(node))
          .forEach(e -> rows.add(new Row(e.address().toString(), e.device())));
      case "cilium_ipcache" -> {
        endpoints.values().forEach(e -> rows.add(new Row(e.address().toString(), cached(e, node))));
        nodes.keySet().forEach(a -> rows.add(new Row(a.toString(), "identity " + name(identity(node, a)))));
        rows.add(new Row("0.0.0.0/0", "identity " + name(WORLD)));
      }
      case "cilium_lb4_services_v2" -> services.forEach((at, backends) -> rows.add(new Row(at.toString(), backends
          .toString())));
      case "cilium_policy_v2" -> cluster.all(Kind.NETWORK_POLICY).forEach(p -> rows.add(new Row(p.key().path(),
          "NetworkPolicy")));
      default -> {
      }
    }
    return rows;
  }

  /** What the ipcache says of a pod. */
  public String cached(CiliumEndpoint pod, String node) {
    return "identity " + pod.identity() + (tunnels() && !pod.node().equals(node)
        ? " tunnel endpoint " + pod.nodeAddress()
        : "");
  }
}
