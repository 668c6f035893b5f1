package org.hopscope.model.kube.linux;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hopscope.model.addr.InterfaceAddress;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.PortNumber;
import org.hopscope.model.kube.Choices;
import org.hopscope.model.kube.Cluster;
import org.hopscope.model.kube.Differences;
import org.hopscope.model.kube.control.NameService;
import org.hopscope.model.kube.ingress.IngressController;
import org.hopscope.model.kube.object.EndpointSlice;
import org.hopscope.model.kube.object.Kind;
import org.hopscope.model.kube.object.KubeNode;
import org.hopscope.model.kube.object.KubePod;
import org.hopscope.model.kube.object.KubeService;
import org.hopscope.model.kube.object.ObjectKey;
import org.hopscope.model.kube.object.PodSpec;
import org.hopscope.model.kube.proxy.HealthCheck;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.Server;
import org.hopscope.model.net.Transport;

/** All units of a cluster, by names that stay, in the order in which they are made. Rules are not among them. */
final class Units {
  /** What stands behind an image's name. */
  private static final Pattern TAG = Pattern.compile("[:@].*$");

  private final Cluster cluster;
  private final Choices choices;
  private final Predicate<ObjectKey> wanted;
  /** What the plugin does for each family, the main one first. */
  private final List<PodNetwork> networks;
  private final SequencedMap<String, Unit> units = new LinkedHashMap<>();

  private Units(Cluster cluster, Predicate<ObjectKey> wanted) {
    this.cluster = cluster;
    this.wanted = wanted;
    choices = cluster.choices();
    networks = choices.families().stream().map(f -> PodNetwork.of(cluster, f)).toList();
  }

  static SequencedMap<String, Unit> of(Cluster cluster) {
    Units units = new Units(cluster, _ -> true);
    units.collect();
    return units.units;
  }

  /** Those that may differ from another state of the cluster: nodes concern everything, other objects only themselves. */
  static SequencedMap<String, Unit> of(Cluster cluster, Differences from) {
    if (from.hasAny(Kind.NODE)) {
      return of(cluster);
    }
    boolean moved = from.hasAny(Kind.ENDPOINT_SLICE);
    Units units = new Units(cluster, k -> from.has(k) || moved && k.kind() == Kind.SERVICE);
    units.objects(units.nodes());
    return units.units;
  }

  private List<KubeNode> nodes() {
    return cluster.nodes().stream().filter(n -> !n.addresses().isEmpty() && !n.podCidrs().isEmpty()).toList();
  }

  private void collect() {
    List<KubeNode> nodes = nodes();
    if (nodes.isEmpty()) {
      return;
    }
    DeviceRef bridge = UnderlayUnit.bridge(choices.underlay(), cluster.name());
    units.put("underlay", new UnderlayUnit(cluster.name(), choices.underlay(), choices.stacks().stream().map(
        Choices.Blocks::nodes).toList(), nodes.getFirst().key()));
    for (KubeNode node : nodes) {
      String name = node.meta().name();
      boolean first = node.meta().labels().containsKey("node-role.kubernetes.io/control-plane");
      units.put("node/" + name, new NodeUnit(bridge, name, node.addresses().stream().map(a -> new InterfaceAddress(a,
          choices.blocks(a.family()).orElseThrow().nodes().length())).toList(), first,
          choices.proxy() == Choices.ProxyMode.IPTABLES && choices.flags().onLoopback()));
      for (int i = 0; i < networks.size(); i++) {
        String key = "plugin" + i + "/" + name;
        networks.get(i).node(node).ifPresent(u -> units.put(key, u));
      }
    }
    for (KubeNode node : nodes) {
      for (int i = 0; i < networks.size(); i++) {
        PodNetwork network = networks.get(i);
        String key = "peer" + i + "/" + node.meta().name() + "/";
        nodes.stream().filter(p -> p != node)
            .forEach(p -> network.peer(node, p).ifPresent(u -> units.put(key + p.meta().name(), u)));
      }
    }
    objects(nodes);
  }

  private void objects(List<KubeNode> nodes) {
    DeviceRef bridge = UnderlayUnit.bridge(choices.underlay(), cluster.name());
    for (KubeNode node : nodes) {
      if (cluster.counter("host-local/" + node.meta().name() + "/0") > 0) {
        networks.getFirst().bridge(node).ifPresent(u -> units.put("bridge/" + node.meta().name(), u));
      }
    }
    cluster.pods().stream().filter(p -> p.isRunning() && wanted.test(p.key())).forEach(this::pod);
    for (KubeService service : cluster.services().stream().filter(s -> wanted.test(s.key())).toList()) {
      for (IpAddress given : service.addressing().balancerIps()) {
        entry(service, nodes).flatMap(n -> n.address(given.family()))
            .ifPresent(e -> units.put("balancer/" + service.key().path() + "/" + given,
                new BalancerUnit(bridge, service.key(), given, e)));
      }
      HealthCheck.port(service).filter(_ -> choices.proxy() != Choices.ProxyMode.NONE)
          .ifPresent(p -> nodes.forEach(n -> units.put("health/" + service.key().path() + "/" + n.meta().name(),
              new HealthUnit(n.meta().name(), service.key(), p, nodePortAddresses(n)))));
    }
  }

  /** The addresses of a node that kube-proxy listens on as node ports do; none for all of them. */
  private List<IpAddress> nodePortAddresses(KubeNode node) {
    List<Optional<List<IpAddress>>> chosen = node.addresses().stream()
        .map(a -> choices.flags().nodePorts().chosen(choices
            .proxy(), a, () -> Stream.concat(ClusterRules.LOOPBACK.stream(), node.addresses().stream()).toList()))
        .toList();
    return chosen.stream().allMatch(Optional::isPresent)
        ? chosen.stream().flatMap(c -> c.orElseThrow().stream()).toList()
        : List.of();
  }

  /**
   * The node that a load balancer leads to: the first that is ready, and of policy Local the first that says at the health
   * check's port that it has an endpoint, if there is one.
   */
  private Optional<KubeNode> entry(KubeService service, List<KubeNode> nodes) {
    List<KubeNode> ready = nodes.stream().filter(KubeNode::ready).toList();
    Optional<KubeNode> local = service.routing().external() == KubeService.Policy.CLUSTER ? Optional.empty()
        : ready.stream().filter(n -> cluster.all(Kind.ENDPOINT_SLICE, service.meta().namespace())
            .map(EndpointSlice.class::cast).filter(s -> s.service().equals(Optional.of(service.meta().name())))
            .flatMap(s -> s.endpoints().stream()).anyMatch(e -> e.conditions().ready()
                && e.node().equals(Optional.of(n.meta().name()))))
            .findFirst();
    return local.or(() -> ready.stream().findFirst());
  }

  private void pod(KubePod pod) {
    Optional<KubeNode> node = pod.node().flatMap(cluster::node);
    if (node.isEmpty()) {
      return;
    }
    String on = node.get().meta().name();
    String namespace = pod.meta().namespace();
    String name = pod.meta().name();
    units.put("pod/" + pod.key().path(), pod.spec().hostNetwork() ? new HostPodUnit(on, namespace, name, servers(pod))
        : networks.getFirst().pod(new PodUnit.Network(on, namespace, name), node.get(), pod.status().addresses(),
            servers(pod)));
  }

  /** The addresses that a node has by its own card and by its network plugin, in order. */
  static List<IpAddress> addresses(Cluster cluster, KubeNode node) {
    List<IpAddress> addresses = new ArrayList<>(node.addresses());
    boolean started = cluster.counter("host-local/" + node.meta().name() + "/0") > 0;
    for (IpFamily family : cluster.choices().families()) {
      PodNetwork network = PodNetwork.of(cluster, family);
      Stream.concat(network.node(node).stream(), started ? network.bridge(node).stream() : Stream.<Unit>empty())
          .flatMap(u -> u.constructs().stream()).flatMap(c -> c.make().stream()).forEach(e -> {
            if (e instanceof Edit.AddAddress(var device, var address, var _) && device.netns().host().equals(node.meta()
                .name())) {
              addresses.add(address.local().address());
            }
          });
    }
    return addresses.stream().distinct().toList();
  }

  /** What listens in a pod calls itself by the pod's name. */
  private static List<Server> servers(KubePod pod) {
    List<Server> servers = new ArrayList<>();
    for (PodSpec.Container container : pod.spec().containers()) {
      for (PodSpec.ContainerPort port : container.listens()) {
        transport(port).forEach(t -> servers.add(new Server(new PortNumber(port.port()), t, Optional.empty(), pod.meta()
            .name(), program(container, port.port()))));
      }
    }
    return servers.stream().distinct().toList();
  }

  /** An image called {@code coredns} serves names at its port 53, an ingress controller's proxies, any other is a small server. */
  private static Server.Program program(PodSpec.Container container, int port) {
    String image = TAG.matcher(container.image()).replaceFirst("");
    boolean names = port == 53 && image.substring(image.lastIndexOf('/') + 1).equals(NameService.IMAGE);
    return names ? Server.Program.DNS
        : IngressController.ofImage(container.image()).isPresent() ? Server.Program.PROXY : Server.Program.SERVE;
  }

  /** No program of the model speaks SCTP. */
  private static Stream<Transport> transport(PodSpec.ContainerPort port) {
    return switch (port.protocol()) {
      case TCP -> Stream.of(Transport.TCP);
      case UDP -> Stream.of(Transport.UDP);
      case SCTP -> Stream.empty();
    };
  }

  /** The network namespace of a pod, once it has one: its node's when it has none of its own. */
  static Optional<NetnsId> netns(KubePod pod) {
    return pod.node().filter(_ -> pod.isRunning()).map(n -> pod.spec().hostNetwork()
        ? NetnsId.root(n)
        : PodUnit.netns(n, pod.meta().namespace(), pod.meta().name()));
  }
}
