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
      case EndpointSlice slice -> slice(slice);
      case KubeNamespace _,ConfigData _,NetworkPolicy _,IngressClass _,Ingress _,GatewayClass _,Gateway _,HttpRoute _,ReferenceGrant _ ->
          Optional.<String>empty();
    }).map(why -> "The " + object.kind().word() + " \"" + object.meta().name() + "\" is invalid: " + why)
        .or(() -> object instanceof KubeService service ? validation.checked(service, old.map(KubeService.class::cast))
            : Optional.empty());
  }

  /** That a wished health check's port is taken is no problem of a field (service/storage/alloc.go allocHealthCheckNodePort). */
  private Optional<String> checked(KubeService asked, Optional<KubeService> old) {
    KubeService service = ServiceFields.fitting(asked, old);
    boolean fresh = ServiceFields.isChecked(service) && old.filter(ServiceFields::isChecked).isEmpty();
    Allocated others = Allocated.of(others(service).toList());
    return service.routing().healthCheckNodePort().filter(_ -> fresh)
        .flatMap(n -> NodePorts.refusal(n, others, service.ports().stream().anyMatch(p -> p.nodePort().equals(Optional
            .of(n)))).map(why -> "Error from server (InternalError): Internal error occurred: failed to allocate "
                + "requested HealthCheck NodePort " + n + ": " + why));
  }

  private Optional<String> service(KubeService asked, Optional<KubeService> old) {
    KubeService service = ServiceFields.fitting(asked, old);
    ServiceFamilies.Decided decided = ServiceFamilies.of(cluster.choices(), service, old);
    List<String> problems = new ArrayList<>(decided.problems());
    if (problems.isEmpty()) {
      old.ifPresent(o -> problems.addAll(ServiceFamilies.frozen(decided.service(), o)));
      problems.addAll(ServiceFields.problems(service, old));
    }
    Optional<String> fields = problems.isEmpty() ? Optional.empty()
        : Optional.of(problems.size() == 1 ? problems.getFirst() : "[" + String.join(", ", problems) + "]");
    return fields.or(() -> address(decided.service())).or(() -> NodePorts.hasSome(service)
        ? NodePorts.of(service, old, Allocated.of(others(service).toList())).problem()
        : Optional.empty());
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

  private static Optional<String> slice(EndpointSlice slice) {
    for (int i = 0; i < slice.endpoints().size(); i++) {
      IpAddress address = slice.endpoints().get(i).addresses().getFirst();
      String field = "endpoints[" + i + "].addresses[0]: Invalid value: \"" + address + "\": ";
      Optional<String> special = ServiceFields.special(address);
      if (special.isPresent()) {
        return special.map(field::concat);
      }
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
