package org.hopscope.model.kube.control;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.kube.Cluster;
import org.hopscope.model.kube.object.ConfigData;
import org.hopscope.model.kube.object.EndpointSlice;
import org.hopscope.model.kube.object.Gateway;
import org.hopscope.model.kube.object.GatewayClass;
import org.hopscope.model.kube.object.HttpRoute;
import org.hopscope.model.kube.object.Ingress;
import org.hopscope.model.kube.object.IngressClass;
import org.hopscope.model.kube.object.KubeNamespace;
import org.hopscope.model.kube.object.KubeNode;
import org.hopscope.model.kube.object.KubeObject;
import org.hopscope.model.kube.object.KubePod;
import org.hopscope.model.kube.object.KubeService;
import org.hopscope.model.kube.object.NetworkPolicy;
import org.hopscope.model.kube.object.ReferenceGrant;
import org.hopscope.model.kube.object.Workload;

/** Why the API server does not take an object beside those that it holds, in its own words. */
final class Validation {
  private static final int FIRST_NODE_PORT = 30_000;
  private static final int LAST_NODE_PORT = 32_767;

  private final Cluster cluster;

  private Validation(Cluster cluster) {
    this.cluster = cluster;
  }

  static Optional<String> problem(Cluster cluster, KubeObject object) {
    Optional<KubeObject> old = cluster.find(object.key());
    Validation validation = new Validation(cluster);
    return (switch (object) {
      case KubeService service -> validation.service(service, old.map(KubeService.class::cast));
      case Workload workload -> workload(workload, old.map(Workload.class::cast));
      case KubePod pod -> pod(pod, old.map(KubePod.class::cast));
      case KubeNode _ -> old.isPresent() ? Optional.<String>empty()
          : Optional.of("metadata.name: Forbidden: nodes are machines: hop cluster create makes them");
      case KubeNamespace _,ConfigData _,EndpointSlice _,NetworkPolicy _,IngressClass _,Ingress _,GatewayClass _,Gateway _,HttpRoute _,ReferenceGrant _ ->
          Optional.<String>empty();
    }).map(why -> "The " + object.kind().word() + " \"" + object.meta().name() + "\" is invalid: " + why);
  }

  private Optional<String> service(KubeService service, Optional<KubeService> old) {
    ServiceFamilies.Decided decided = ServiceFamilies.of(cluster.choices(), service, old);
    List<String> problems = new ArrayList<>(decided.problems());
    if (problems.isEmpty()) {
      old.ifPresent(o -> problems.addAll(ServiceFamilies.frozen(decided.service(), o)));
    }
    Optional<String> families = problems.isEmpty() ? Optional.empty()
        : Optional.of(problems.size() == 1 ? problems.getFirst() : "[" + String.join(", ", problems) + "]");
    return families.or(() -> address(decided.service())).or(() -> nodePorts(service));
  }

  private Optional<String> address(KubeService service) {
    List<IpAddress> wanted = service.addressing().clusterIps();
    String field = "spec.clusterIPs: Invalid value: " + ServiceFamilies.quoted(wanted) + ": ";
    for (IpAddress address : wanted) {
      IpPrefix block = cluster.choices().blocks(address.family()).orElseThrow().services();
      boolean inside = block.contains(address) && !address.equals(block.address());
      if (!inside) {
        return Optional.of(field + "failed to allocate IP " + address + ": the provided IP (" + address
            + ") is not in the valid range. The range of valid IPs is " + block);
      }
      if (others(service).anyMatch(s -> s.addressing().clusterIps().contains(address))) {
        return Optional.of(field + "failed to allocate IP " + address + ": provided IP is already allocated");
      }
    }
    return Optional.empty();
  }

  private Stream<KubeService> others(KubeService service) {
    return cluster.services().stream().filter(s -> !s.key().equals(service.key()));
  }

  private Optional<String> nodePorts(KubeService service) {
    List<Integer> taken = new ArrayList<>();
    for (int i = 0; i < service.ports().size(); i++) {
      Optional<Integer> port = service.ports().get(i).nodePort();
      String field = "spec.ports[" + i + "].nodePort: Invalid value: " + port.orElse(0) + ": provided port is ";
      if (port.filter(p -> p < FIRST_NODE_PORT || p > LAST_NODE_PORT).isPresent()) {
        return Optional.of(field + "not in the valid range. The range of valid ports is " + FIRST_NODE_PORT + "-"
            + LAST_NODE_PORT);
      }
      boolean used = port.isPresent() && (taken.contains(port.get()) || others(service).flatMap(s -> s.ports().stream())
          .anyMatch(p -> p.nodePort().equals(port)));
      if (used) {
        return Optional.of(field + "already allocated");
      }
      port.ifPresent(taken::add);
    }
    return Optional.empty();
  }

  private static Optional<String> workload(Workload workload, Optional<Workload> old) {
    return old.filter(o -> !o.selector().equals(workload.selector()))
        .map(_ -> "spec.selector: Invalid value: \"" + workload.selector() + "\": field is immutable");
  }

  /** Of a pod that is there only its labels and images can be changed. */
  private static Optional<String> pod(KubePod pod, Optional<KubePod> old) {
    return old.filter(o -> o.spec().hostNetwork() != pod.spec().hostNetwork()
        || o.spec().containers().size() != pod.spec().containers().size()
        || !o.spec().ports().toList().equals(pod.spec().ports().toList())
        || pod.node().isPresent() && !pod.node().equals(o.node()))
        .map(_ -> "spec: Forbidden: pod updates may not change fields other than `spec.containers[*].image`");
  }
}
