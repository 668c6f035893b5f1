package org.hopscope.model.kube.control;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.kube.Cluster;
import org.hopscope.model.kube.object.EndpointSlice;
import org.hopscope.model.kube.object.EndpointSlice.Endpoint;
import org.hopscope.model.kube.object.Kind;
import org.hopscope.model.kube.object.KubeNode;
import org.hopscope.model.kube.object.KubePod;
import org.hopscope.model.kube.object.KubeService;
import org.hopscope.model.kube.object.Meta;
import org.hopscope.model.kube.object.ObjectKey;
import org.hopscope.model.kube.object.Selector;
import org.pcollections.PSortedMap;

/**
 * The EndpointSlice controller: for each Service with a selector, the pods that it selects, at most 100 in a slice (KEP-752,
 * pkg/controller/endpointslice). Pods whose named ports have different numbers come into different slices.
 */
final class Slices {
  private static final int MOST = 100;

  private final Desk desk;
  private final Map<String, List<KubePod>> byNamespace = new HashMap<>();
  /** The same pods, by each of their labels: selectors nearly always ask for one. */
  private final Map<String, List<KubePod>> byLabel = new HashMap<>();
  private final Set<String> down;
  private final Map<ObjectKey, List<EndpointSlice>> written;

  private Slices(Desk desk) {
    this.desk = desk;
    for (KubePod pod : desk.cluster().pods()) {
      byNamespace.computeIfAbsent(pod.meta().namespace(), _ -> new ArrayList<>()).add(pod);
      pod.meta().labels().forEach((label, value) -> byLabel.computeIfAbsent(
          labelled(pod.meta().namespace(), label, value), _ -> new ArrayList<>()).add(pod));
    }
    down = desk.cluster().nodes().stream().filter(n -> !n.ready()).map(KubeNode::meta).map(Meta::name)
        .collect(Collectors.toSet());
    written = desk.cluster().slices().stream().filter(s -> s.meta().owner().isPresent())
        .collect(Collectors.groupingBy(s -> s.meta().owner().orElseThrow()));
  }

  private static String labelled(String namespace, String label, String value) {
    return namespace + "/" + label + "=" + value;
  }

  /** Pods and nodes concern all Services; otherwise only those are looked at that changed, or whose slices did. */
  static void run(Desk desk) {
    boolean all = desk.hasTouched(Placing.WATCHED) || desk.hasRemoved() && desk.hasTouched(EnumSet.of(
        Kind.ENDPOINT_SLICE));
    Cluster cluster = desk.cluster();
    List<KubeService> services = all ? cluster.services()
        : List.copyOf(desk.touched()).stream().flatMap(k -> concerned(cluster, k).stream()).distinct().toList();
    if (!services.isEmpty()) {
      Slices slices = new Slices(desk);
      services.forEach(slices::service);
    }
  }

  private static Optional<KubeService> concerned(Cluster cluster, ObjectKey touched) {
    Optional<ObjectKey> service = switch (touched.kind()) {
      case SERVICE -> Optional.of(touched);
      case ENDPOINT_SLICE -> cluster.find(touched).flatMap(s -> s.meta().owner());
      default -> Optional.empty();
    };
    return service.flatMap(cluster::find).map(KubeService.class::cast);
  }

  /** The pods of a namespace that a selector may select. */
  private List<KubePod> candidates(String namespace, Selector selector) {
    return selector.labels().isEmpty() ? byNamespace.getOrDefault(namespace, List.of())
        : byLabel.getOrDefault(labelled(namespace, selector.labels().firstKey(), selector.labels().firstEntry()
            .getValue()), List.of());
  }

  private void service(KubeService service) {
    List<EndpointSlice> wanted = service.selector().map(s -> wanted(service, Selector.of(s))).orElse(List.of());
    Set<ObjectKey> keys = wanted.stream().map(EndpointSlice::key).collect(Collectors.toSet());
    wanted.forEach(s -> desk.put(ControlStep.Actor.ENDPOINT_SLICE_CONTROLLER, s, Optional.of(service.key())));
    for (EndpointSlice old : written.getOrDefault(service.key(), List.of())) {
      if (!keys.contains(old.key())) {
        desk.remove(ControlStep.Actor.ENDPOINT_SLICE_CONTROLLER, old.key(), Optional.of(service.key()));
      }
    }
  }

  private List<EndpointSlice> wanted(KubeService service, Selector selector) {
    List<KubePod> pods = candidates(service.meta().namespace(), selector).stream()
        .filter(p -> p.isRunning() && selector.matches(p.meta().labels())).toList();
    List<EndpointSlice> slices = new ArrayList<>();
    for (IpFamily family : families(service)) {
      Map<List<EndpointSlice.Port>, List<Endpoint>> byPorts = new LinkedHashMap<>();
      for (KubePod pod : pods) {
        endpoint(service, pod, family)
            .ifPresent(e -> byPorts.computeIfAbsent(ports(service, pod), _ -> new ArrayList<>()).add(e));
      }
      if (byPorts.isEmpty()) {
        byPorts.put(List.of(), List.of());
      }
      byPorts.forEach((ports, endpoints) -> {
        for (int i = 0; i == 0 || i < endpoints.size(); i += MOST) {
          slices.add(slice(service, family, slices.size(), ports,
              endpoints.subList(i, Math.min(i + MOST, endpoints.size()))));
        }
      });
    }
    return slices;
  }

  private static List<IpFamily> families(KubeService service) {
    return service.addressing().families().isEmpty() ? List.of(IpFamily.INET) : service.addressing().families();
  }

  /** A slice has its Service's labels as well (staging endpointslice/utils.go setEndpointSliceLabels). */
  private EndpointSlice slice(KubeService service, IpFamily family, int number, List<EndpointSlice.Port> ports,
      List<Endpoint> endpoints) {
    PSortedMap<String, String> labels = service.meta().labels().minus(EndpointSlice.HEADLESS_LABEL)
        .plus(EndpointSlice.SERVICE_LABEL, service.meta().name())
        .plus(EndpointSlice.MANAGER_LABEL, EndpointSlice.CONTROLLER);
    if (service.addressing().headless()) {
      labels = labels.plus(EndpointSlice.HEADLESS_LABEL, "");
    }
    String name = service.meta().name() + "-" + Names.ending(service.key() + "/" + family + "/" + number, 5);
    Meta meta = Meta.of(service.meta().namespace(), name).withLabels(labels).withOwner(service.key());
    Optional<EndpointSlice> old =
        desk.cluster().find(new ObjectKey(Kind.ENDPOINT_SLICE, meta.namespace(), name)).map(EndpointSlice.class::cast);
    return new EndpointSlice(meta.withCreated(old.map(o -> o.meta().created()).orElse(desk.now())), family, ports,
        endpoints);
  }

  /** Ports whose name no container of the pod has are left out. */
  private static List<EndpointSlice.Port> ports(KubeService service, KubePod pod) {
    return service.ports().stream()
        .flatMap(p -> p.target().on(pod.spec(), p.protocol()).stream()
            .map(n -> new EndpointSlice.Port(p.name(), p.protocol(), n)))
        .toList();
  }

  private Optional<Endpoint> endpoint(KubeService service, KubePod pod, IpFamily family) {
    Optional<IpAddress> address =
        pod.status().addresses().stream().filter(a -> a.family() == family).findFirst();
    boolean serving = pod.status().ready() && pod.node().filter(down::contains).isEmpty();
    boolean terminating = pod.status().terminating();
    boolean ready = service.routing().publishNotReady() || serving && !terminating;
    boolean named = pod.spec().names().subdomain().equals(Optional.of(service.meta().name()));
    return address.map(a -> new Endpoint(List.of(a), new EndpointSlice.Conditions(ready, serving, terminating),
        pod.node(), Optional.of(pod.key()),
        named ? pod.spec().names().hostname().or(() -> Optional.of(pod.meta().name())) : Optional.empty(),
        topology(service, pod, ready)));
  }

  /** Hints are for nodes of the same zone, or for the same node as well (KEP-4444; staging endpointslice/trafficdist). */
  private EndpointSlice.Topology topology(KubeService service, KubePod pod, boolean ready) {
    Optional<String> zone = pod.node().flatMap(desk.cluster()::node).flatMap(KubeNode::zone);
    Optional<String> wish = service.routing().distribution().filter(_ -> ready);
    boolean node = wish.filter("PreferSameNode"::equals).isPresent();
    return new EndpointSlice.Topology(zone, wish.isPresent() ? zone.stream().toList() : List.of(),
        node ? pod.node().stream().toList() : List.of());
  }
}
