package org.hopscope.model.kube.dns;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.kube.Cluster;
import org.hopscope.model.kube.object.EndpointSlice;
import org.hopscope.model.kube.object.KubeNamespace;
import org.hopscope.model.kube.object.KubeObject;
import org.hopscope.model.kube.object.KubePod;
import org.hopscope.model.kube.object.KubeService;
import org.hopscope.model.kube.object.ObjectKey;

/** What the kubernetes plugin watches, by the names that are asked for. */
public final class ClusterNames {
  private final Set<String> namespaces = new HashSet<>();
  private final Map<String, KubeService> services = new HashMap<>();
  private final Map<String, List<Target>> endpoints = new HashMap<>();
  private final Map<IpAddress, KubeService> byClusterIp = new HashMap<>();
  private final Map<IpAddress, List<Target>> byEndpoint = new HashMap<>();
  private final Map<IpAddress, List<KubePod>> pods = new HashMap<>();

  /**
   * One address of an endpoint with one of its ports.
   *
   * @param service the Service's {@code name.namespace}
   * @param host the endpoint's name below the Service's: the pod's host name, or its address with hyphens
   * @param port empty when the slice has none
   */
  record Target(String service, String host, IpAddress address, Optional<EndpointSlice.Port> port) {
  }

  private ClusterNames() {
  }

  /** Those of a cluster, as far as they are exposed. */
  static ClusterNames of(Cluster cluster, ClusterZone.Exposed exposed) {
    Predicate<String> named = n -> exposed.namespaces().isEmpty() || exposed.namespaces().contains(n);
    Predicate<KubeObject> labelled = o -> exposed.labels().matches(o.meta().labels());
    Predicate<KubeObject> seen = o -> named.test(o.meta().namespace()) && labelled.test(o);
    return of(
        cluster.namespaces().stream().filter(n -> named.test(n.meta().name()) && exposed.namespaceLabels().matches(n
            .meta().labels())).toList(),
        cluster.services().stream().filter(seen).toList(), exposed.endpoints() ? cluster.slices()
            .stream().filter(seen).toList() : List.of(),
        cluster.pods().stream().filter(labelled).toList(), exposed.podNames());
  }

  /** Only endpoints that are ready are known; a Service that publishes others has slices that call them ready. */
  public static ClusterNames of(List<KubeNamespace> namespaces, List<KubeService> services, List<EndpointSlice> slices,
      List<KubePod> pods) {
    return of(namespaces, services, slices, pods, false);
  }

  private static ClusterNames of(List<KubeNamespace> namespaces, List<KubeService> services, List<EndpointSlice> slices,
      List<KubePod> pods, boolean podNames) {
    ClusterNames names = new ClusterNames();
    namespaces.forEach(n -> names.namespaces.add(n.meta().name()));
    for (KubeService service : services) {
      names.services.put(key(service.meta().name(), service.meta().namespace()), service);
      service.addressing().clusterIps().forEach(a -> names.byClusterIp.putIfAbsent(a, service));
    }
    slices.forEach(s -> names.add(s, podNames));
    pods.forEach(p -> p.status().addresses().forEach(a -> names.pods.computeIfAbsent(a, _ -> new ArrayList<>()).add(
        p)));
    return names;
  }

  private void add(EndpointSlice slice, boolean podNames) {
    String service = key(slice.service().orElse(""), slice.meta().namespace());
    List<Optional<EndpointSlice.Port>> ports =
        slice.ports().isEmpty() ? List.of(Optional.empty()) : slice.ports().stream().map(Optional::of).toList();
    for (EndpointSlice.Endpoint endpoint : slice.endpoints()) {
      if (endpoint.conditions().ready()) {
        for (IpAddress address : endpoint.addresses()) {
          String host = endpoint.hostname().or(() -> endpoint.target().filter(_ -> podNames).map(ObjectKey::name))
              .orElseGet(() -> hyphens(address));
          for (Optional<EndpointSlice.Port> port : ports) {
            Target target = new Target(service, host, address, port);
            endpoints.computeIfAbsent(service, _ -> new ArrayList<>()).add(target);
            byEndpoint.computeIfAbsent(address, _ -> new ArrayList<>()).add(target);
          }
        }
      }
    }
  }

  /** {@code 10-244-1-2}, {@code 5678-abcd--1}. */
  static String hyphens(IpAddress address) {
    return address.toString().replace('.', '-').replace(':', '-');
  }

  private static String key(String name, String namespace) {
    return name + "." + namespace;
  }

  boolean hasNamespace(String name) {
    return namespaces.contains(name.toLowerCase(Locale.ROOT));
  }

  Optional<KubeService> service(String name, String namespace) {
    return Optional.ofNullable(services.get(key(name, namespace).toLowerCase(Locale.ROOT)));
  }

  List<Target> endpoints(String name, String namespace) {
    return endpoints.getOrDefault(key(name, namespace).toLowerCase(Locale.ROOT), List.of());
  }

  Optional<KubeService> withClusterIp(IpAddress address) {
    return Optional.ofNullable(byClusterIp.get(address));
  }

  List<Target> withEndpoint(IpAddress address) {
    return byEndpoint.getOrDefault(address, List.of());
  }

  List<KubePod> pods(IpAddress address) {
    return pods.getOrDefault(address, List.of());
  }
}
