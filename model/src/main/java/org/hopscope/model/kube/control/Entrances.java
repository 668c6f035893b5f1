package org.hopscope.model.kube.control;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.kube.Cluster;
import org.hopscope.model.kube.ingress.IngressController;
import org.hopscope.model.kube.ingress.IngressRoutes;
import org.hopscope.model.kube.object.Gateway;
import org.hopscope.model.kube.object.GatewayClass;
import org.hopscope.model.kube.object.Ingress;
import org.hopscope.model.kube.object.IngressClass;
import org.hopscope.model.kube.object.Kind;
import org.hopscope.model.kube.object.KubeNamespace;
import org.hopscope.model.kube.object.KubeNode;
import org.hopscope.model.kube.object.KubeObject;
import org.hopscope.model.kube.object.KubePod;
import org.hopscope.model.kube.object.KubeService;
import org.hopscope.model.kube.object.Meta;
import org.hopscope.model.kube.object.ObjectKey;
import org.hopscope.model.kube.object.PodSpec;
import org.hopscope.model.kube.object.PortName;
import org.hopscope.model.kube.object.PortProtocol;
import org.hopscope.model.kube.object.Selector;
import org.hopscope.model.kube.object.Workload;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/**
 * Controllers of Ingresses and Gateways: what installs them, what they make for a Gateway, and what they write into the status
 * of what they serve. What they do with requests is {@link org.hopscope.model.kube.ingress.ReverseProxy}'s.
 */
public final class Entrances {
  /** What they watch. */
  private static final Set<Kind> WATCHED = EnumSet.of(Kind.INGRESS, Kind.INGRESS_CLASS, Kind.GATEWAY,
      Kind.GATEWAY_CLASS, Kind.POD, Kind.SERVICE, Kind.NODE);
  private static final String NAME_LABEL = "app.kubernetes.io/name";

  private Entrances() {
  }

  /**
   * What is applied to install one: a namespace, a Deployment, a Service in front of it and a class. Permissions, admission
   * webhooks and jobs are left out.
   *
   * @param type how its Service can be reached
   * @param isDefault whether Ingresses without a class are its own
   */
  public static List<KubeObject> objects(IngressController controller, KubeService.Type type, boolean isDefault) {
    IngressController.Names names = controller.names();
    PSortedMap<String, String> labels = TreePMap.<String, String>empty().plus(NAME_LABEL, names.name());
    List<KubeObject> objects = new ArrayList<>(List.of(new KubeNamespace(Meta.of("", names.namespace())
        .withLabels(TreePMap.<String, String>empty().plus(KubeNamespace.NAME_LABEL, names.namespace())))));
    Meta meta = Meta.of(names.namespace(), names.name()).withLabels(labels);
    if (controller.isGateway()) {
      objects.add(deployment(meta, labels, new PodSpec.Container("controller", controller.images().installed(),
          List.of())));
      objects.add(new GatewayClass(Meta.of("", names.className()), names.controller()));
      return objects;
    }
    List<PodSpec.ContainerPort> doors = List.of(door("http", controller.doors().http()),
        door("https", controller.doors().https()));
    objects.add(deployment(meta, labels, new PodSpec.Container("controller", controller.images().installed(), doors)));
    KubeService.Policy policy = type == KubeService.Type.LOAD_BALANCER ? controller.doors().external()
        : KubeService.Policy.CLUSTER;
    objects.add(service(meta, labels, type, policy, List.of(port("http", 80, new PortName.Named("http")),
        port("https", 443, new PortName.Named("https")))));
    Meta named = Meta.of("", names.className()).withAnnotations(isDefault
        ? TreePMap.<String, String>empty().plus(IngressClass.DEFAULT, "true")
        : TreePMap.empty());
    objects.add(new IngressClass(named, names.controller(), isDefault));
    return objects;
  }

  private static PodSpec.ContainerPort door(String name, int port) {
    return new PodSpec.ContainerPort(Optional.of(name), PortProtocol.TCP, port, Optional.empty());
  }

  private static KubeService.Port port(String name, int number, PortName target) {
    return new KubeService.Port(Optional.of(name), PortProtocol.TCP, number, target, Optional.empty());
  }

  private static Workload deployment(Meta meta, PSortedMap<String, String> labels, PodSpec.Container container) {
    return new Workload(Kind.DEPLOYMENT, meta, 1, Selector.of(labels),
        new Workload.Template(labels, TreePMap.empty(), PodSpec.of(container)), Optional.empty());
  }

  private static KubeService service(Meta meta, PSortedMap<String, String> selector, KubeService.Type type,
      KubeService.Policy policy, List<KubeService.Port> ports) {
    KubeService.Addressing addressing = new KubeService.Addressing(type, List.of(), List.of(), false, List.of(),
        List.of(), Optional.empty());
    return new KubeService(meta, Optional.of(selector), ports, addressing,
        KubeService.Routing.USUAL.withOutside(Optional.of(policy)));
  }

  /** Makes what each Gateway of a controller that runs needs: pods that proxy for it, and a Service in front of them. */
  static boolean provision(Desk desk) {
    if (!desk.hasTouched(WATCHED)) {
      return false;
    }
    Cluster before = desk.cluster();
    for (Gateway gateway : before.all(Kind.GATEWAY).map(Gateway.class::cast).toList()) {
      controller(before, gateway).filter(c -> before.pods().stream().anyMatch(p -> c.isInstalledIn(p)
          && p.isRunning() && p.status().ready())).ifPresent(c -> provision(desk, gateway, c));
    }
    return desk.cluster() != before;
  }

  private static Optional<IngressController> controller(Cluster cluster, Gateway gateway) {
    return cluster.find(new ObjectKey(Kind.GATEWAY_CLASS, "", gateway.className())).map(GatewayClass.class::cast)
        .flatMap(c -> IngressController.called(c.controller())).filter(IngressController::isGateway);
  }

  private static void provision(Desk desk, Gateway gateway, IngressController controller) {
    List<Integer> numbers = gateway.listeners().stream().filter(l -> switch (l.protocol()) {
      case HTTP, HTTPS, TLS -> true;
      case TCP, UDP -> false;
    }).map(Gateway.Listener::port).distinct().toList();
    if (numbers.isEmpty()) {
      return;
    }
    String name = gateway.meta().name() + "-" + gateway.className();
    PSortedMap<String, String> labels = TreePMap.<String, String>empty().plus(NAME_LABEL, name)
        .plus(IngressController.GATEWAY_LABEL, gateway.meta().name());
    Meta meta = Meta.of(gateway.meta().namespace(), name).withLabels(labels).withOwner(gateway.key());
    PodSpec.Container container = new PodSpec.Container("nginx", controller.proxyImage(),
        numbers.stream().map(n -> door("port-" + n, n)).toList());
    Optional<ObjectKey> because = Optional.of(gateway.key());
    Admission.put(desk, ControlStep.Actor.GATEWAY_CONTROLLER, deployment(meta, labels, container), because);
    Admission.put(desk, ControlStep.Actor.GATEWAY_CONTROLLER, service(meta, labels, KubeService.Type.LOAD_BALANCER,
        controller.doors().external(), numbers.stream().map(n -> port("port-" + n, n, new PortName.Number(n)))
            .toList()),
        because);
  }

  /** Writes into Ingresses and Gateways where they can be reached; what nobody serves has no address. */
  static void tell(Desk desk) {
    if (!desk.hasTouched(WATCHED)) {
      return;
    }
    Cluster cluster = desk.cluster();
    List<IngressClass> classes = cluster.all(Kind.INGRESS_CLASS).map(IngressClass.class::cast).toList();
    Map<IngressController, List<IpAddress>> known = new EnumMap<>(IngressController.class);
    for (Ingress ingress : cluster.all(Kind.INGRESS).map(Ingress.class::cast).toList()) {
      Optional<IngressController> controller = IngressRoutes.classOf(ingress, classes)
          .flatMap(c -> IngressController.called(c.controller())).filter(c -> !c.isGateway());
      List<IpAddress> addresses = controller.map(c -> known.computeIfAbsent(c,
          k -> addresses(cluster, pods(cluster, k).toList()))).orElse(List.of());
      desk.put(ControlStep.Actor.INGRESS_CONTROLLER, ingress.withAddresses(addresses), Optional.of(ingress.key()));
    }
    for (Gateway gateway : cluster.all(Kind.GATEWAY).map(Gateway.class::cast).toList()) {
      List<KubePod> own = controller(cluster, gateway).stream().flatMap(c -> pods(cluster, c))
          .filter(p -> p.meta().namespace().equals(gateway.meta().namespace()) && gateway.meta().name().equals(
              p.meta().labels().get(IngressController.GATEWAY_LABEL)))
          .toList();
      desk.put(ControlStep.Actor.GATEWAY_CONTROLLER, gateway.withAddresses(addresses(cluster, own)),
          Optional.of(gateway.key()));
    }
  }

  private static Stream<KubePod> pods(Cluster cluster, IngressController controller) {
    return cluster.pods().stream().filter(p -> p.isRunning() && p.status().ready() && !p.status().terminating()
        && IngressController.of(p).equals(Optional.of(controller)));
  }

  /** Those that a load balancer gave to a Service in front of the pods, else those of the pods' nodes. */
  private static List<IpAddress> addresses(Cluster cluster, List<KubePod> pods) {
    List<IpAddress> balanced = cluster.services().stream()
        .filter(s -> pods.stream().anyMatch(p -> s.meta().namespace().equals(p.meta().namespace())
            && s.selector().filter(l -> Selector.of(l).matches(p.meta().labels())).isPresent()))
        .flatMap(s -> s.addressing().balancerIps().stream()).distinct().toList();
    return !balanced.isEmpty() ? balanced
        : pods.stream().flatMap(p -> p.node().stream()).distinct().flatMap(n -> cluster.node(n).stream())
            .map(KubeNode::addresses).map(List::getFirst).sorted().toList();
  }
}
