package org.hopscope.model.kube.proxy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.kube.Cluster;
import org.hopscope.model.kube.object.EndpointSlice;
import org.hopscope.model.kube.object.KubeService;
import org.hopscope.model.kube.object.Meta;

/** What kube-proxy watches, as it sees it: the ports of all Services with their endpoints, of one family. */
public final class ProxyInput {
  /** More endpoints than this make a large cluster (largeClusterEndpointsThreshold). */
  private static final int LARGE = 1000;
  /**
   * Services and EndpointSlices with one of these labels, whatever it says, are nothing to a kube-proxy (cmd/kube-proxy/app
   * server.go Run).
   */
  private static final List<String> UNWATCHED = List.of("service.kubernetes.io/service-proxy-name",
      EndpointSlice.HEADLESS_LABEL);

  private final IpFamily family;
  private final Map<String, List<EndpointSlice>> slices = new HashMap<>();

  private ProxyInput(Cluster cluster, IpFamily family) {
    this.family = family;
    for (EndpointSlice slice : cluster.slices()) {
      slice.service().filter(_ -> slice.family() == family && isWatched(slice.meta()))
          .ifPresent(s -> slices.computeIfAbsent(slice.meta().namespace() + "/" + s, _ -> new ArrayList<>()).add(
              slice));
    }
  }

  /** Whether a kube-proxy has to do with an object at all. */
  static boolean isWatched(Meta meta) {
    return UNWATCHED.stream().noneMatch(meta.labels()::containsKey);
  }

  /** What is known of a Service's ports from before. */
  public interface Known {
    /** The ports of a Service that did not change; empty when they have to be looked at. */
    Optional<List<ServicePort>> of(KubeService service);
  }

  /** The ports in order of their names; a real kube-proxy has no order. */
  public static List<ServicePort> of(Cluster cluster, IpFamily family) {
    return of(cluster, family, _ -> Optional.empty());
  }

  /** The same, where ports that are known stay the same objects. */
  public static List<ServicePort> of(Cluster cluster, IpFamily family, Known known) {
    ProxyInput input = new ProxyInput(cluster, family);
    SortedMap<String, ServicePort> ports = new TreeMap<>();
    for (KubeService service : cluster.services()) {
      Optional<IpAddress> address =
          service.addressing().clusterIps().stream().filter(a -> a.family() == family).findFirst();
      if (service.isProxied() && isWatched(service.meta()) && address.isPresent()) {
        known.of(service).orElseGet(() -> service.ports().stream().map(p -> input.port(service, p, address.get()))
            .toList()).forEach(p -> ports.put(p.name() + " " + p.protocol(), p));
      }
    }
    return List.copyOf(ports.values());
  }

  /** Whether there are so many endpoints that comments are left out. */
  public static boolean isLarge(List<ServicePort> ports) {
    return ports.stream().mapToInt(p -> p.endpoints().size()).sum() > LARGE;
  }

  private ServicePort port(KubeService service, KubeService.Port port, IpAddress clusterIp) {
    KubeService.Addressing addressing = service.addressing();
    boolean onNodes = addressing.type() == KubeService.Type.NODE_PORT
        || addressing.type() == KubeService.Type.LOAD_BALANCER;
    boolean outside = onNodes || !addressing.externalIps().isEmpty();
    ServicePort.Listens listens = new ServicePort.Listens(port.protocol(), clusterIp, port.port(),
        port.nodePort().filter(_ -> onNodes), mine(addressing.externalIps()),
        addressing.type() == KubeService.Type.LOAD_BALANCER ? mine(addressing.balancerIps()) : List.of());
    KubeService.Routing routing = service.routing();
    boolean balanced = addressing.type() == KubeService.Type.LOAD_BALANCER;
    return new ServicePort(service.key(), port.name(), listens,
        new ServicePort.Routing(outside && routing.external() == KubeService.Policy.LOCAL,
            routing.internal() == KubeService.Policy.LOCAL, routing.affinitySeconds(),
            routing.balancerSources().stream().filter(s -> s.address().family() == family).toList(),
            routing.healthCheckNodePort().filter(_ -> balanced && routing.external() == KubeService.Policy.LOCAL)),
        endpoints(service, port));
  }

  private List<IpAddress> mine(List<IpAddress> addresses) {
    return addresses.stream().filter(a -> a.family() == family).toList();
  }

  /**
   * Two endpoints of one address are one: a pod that goes and another that already has its address; the one that stays counts
   * (pkg/proxy/endpointslicecache.go addEndpoints).
   */
  private List<ProxyEndpoint> endpoints(KubeService service, KubeService.Port port) {
    SortedMap<String, ProxyEndpoint> endpoints = new TreeMap<>();
    for (EndpointSlice slice : slices.getOrDefault(service.key().path(), List.of())) {
      for (EndpointSlice.Port theirs : slice.ports()) {
        if (theirs.name().equals(port.name()) && theirs.protocol() == port.protocol()) {
          slice.endpoints().stream().map(e -> new ProxyEndpoint(e.addresses().getFirst(), theirs.port(), e.node(),
              e.conditions(), e.topology())).forEach(
                  e -> endpoints.merge(e.toString(), e,
                      (old, other) -> other.conditions().terminating() ? old : other));
        }
      }
    }
    return List.copyOf(endpoints.values());
  }
}
