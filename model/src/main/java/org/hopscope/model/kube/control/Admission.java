package org.hopscope.model.kube.control;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.kube.Cluster;
import org.hopscope.model.kube.ingress.IngressRoutes;
import org.hopscope.model.kube.object.ConfigData;
import org.hopscope.model.kube.object.EndpointSlice;
import org.hopscope.model.kube.object.Gateway;
import org.hopscope.model.kube.object.GatewayClass;
import org.hopscope.model.kube.object.HttpRoute;
import org.hopscope.model.kube.object.Ingress;
import org.hopscope.model.kube.object.IngressClass;
import org.hopscope.model.kube.object.Kind;
import org.hopscope.model.kube.object.KubeNamespace;
import org.hopscope.model.kube.object.KubeNode;
import org.hopscope.model.kube.object.KubeObject;
import org.hopscope.model.kube.object.KubePod;
import org.hopscope.model.kube.object.KubeService;
import org.hopscope.model.kube.object.Meta;
import org.hopscope.model.kube.object.NetworkPolicy;
import org.hopscope.model.kube.object.ObjectKey;
import org.hopscope.model.kube.object.PodSpec;
import org.hopscope.model.kube.object.ReferenceGrant;
import org.hopscope.model.kube.object.Workload;

/**
 * What the API server adds to an object before it keeps it: what was decided about it before, and addresses and ports that a
 * manifest leaves open. A real one draws them; here the first free one of the dynamic band is taken, lowest first
 * (pkg/registry/core/service/ipallocator, portallocator).
 */
final class Admission {
  private Admission() {
  }

  static void put(Desk desk, KubeObject object) {
    put(desk, ControlStep.Actor.API_SERVER, object, Optional.empty());
  }

  /** The same for what a controller asks for, because of another object. */
  static void put(Desk desk, ControlStep.Actor actor, KubeObject object, Optional<ObjectKey> because) {
    Optional<KubeObject> old = desk.cluster().find(object.key());
    Meta meta = object.meta().withCreated(old.map(o -> o.meta().created()).orElse(desk.now()));
    KubeObject kept = object.withMeta(old.map(KubeObject::meta).flatMap(Meta::owner).map(meta::withOwner).orElse(meta));
    KubeObject whole = switch (kept) {
      case KubeService service -> service(desk, service, old.map(KubeService.class::cast));
      case KubePod pod -> pod(pod, old.map(KubePod.class::cast));
      case KubeNode node -> old.map(KubeNode.class::cast)
          .map(o -> o.withMeta(node.meta()).withScheduling(node.scheduling())).orElse(node);
      case Ingress ingress -> ingress(desk, ingress, old.map(Ingress.class::cast));
      case Gateway gateway -> gateway.withAddresses(old.map(o -> ((Gateway) o).addresses()).orElse(List.of()));
      case Workload workload -> workload(workload, old.map(Workload.class::cast));
      case KubeNamespace _,ConfigData _,EndpointSlice _,NetworkPolicy _,IngressClass _,GatewayClass _,HttpRoute _,ReferenceGrant _ ->
          kept;
    };
    desk.put(actor, whole.withMeta(whole.meta().withGeneration(old.map(o -> generation(o, whole)).orElse(1))), because);
  }

  /** One more when it is asked to be something else (pkg/registry/core rest strategies, PrepareForUpdate). */
  private static int generation(KubeObject old, KubeObject now) {
    boolean changed = now.kind().tellsGeneration() && !old.withMeta(now.meta()).equals(now);
    return old.meta().generation() + (changed ? 1 : 0);
  }

  /** What the controller wrote on a Deployment stays when a manifest comes again. */
  private static Workload workload(Workload workload, Optional<Workload> old) {
    Meta meta = workload.meta();
    return old.map(o -> o.meta().annotations().get(Revisions.REVISION))
        .map(r -> workload.withMeta(meta.withAnnotations(meta.annotations().plus(Revisions.REVISION, r))))
        .orElse(workload);
  }

  /** A new one without a class gets the default one, which it then keeps. */
  private static Ingress ingress(Desk desk, Ingress ingress, Optional<Ingress> old) {
    List<IngressClass> classes = desk.cluster().all(Kind.INGRESS_CLASS).map(IngressClass.class::cast).toList();
    return old.map(o -> ingress.withClassName(ingress.className().or(o::className)).withAddresses(o.addresses()))
        .orElseGet(() -> IngressRoutes.admitted(ingress, classes));
  }

  /** A pod stays where it is; what it is asked to be cannot be changed but for its labels. */
  private static KubePod pod(KubePod pod, Optional<KubePod> old) {
    return old.map(o -> {
      PodSpec.Placement placement = pod.spec().placement().on(pod.node().or(o::node));
      return pod.withSpec(pod.spec().withPlacement(placement)).withStatus(o.status());
    }).orElse(pod);
  }

  private static KubeService service(Desk desk, KubeService asked, Optional<KubeService> old) {
    Cluster cluster = desk.cluster();
    Allocated others = desk.allocated(asked.key());
    KubeService service = ServiceFields.fitting(asked, old);
    KubeService addressed = addressed(cluster, others, ServiceFamilies.of(cluster.choices(), service, old).service());
    KubeService ported = addressed.withPorts(NodePorts.of(service, old, others).ports());
    return balanced(cluster, others, ServiceFields.isChecked(ported) ? checked(ported, old, others) : ported, old);
  }

  private static KubeService checked(KubeService service, Optional<KubeService> old, Allocated others) {
    Optional<Integer> number = service.routing().healthCheckNodePort()
        .or(() -> old.flatMap(o -> o.routing().healthCheckNodePort()))
        .or(() -> NodePorts.firstFree(others, n -> service.ports().stream().anyMatch(p -> p.nodePort().equals(Optional
            .of(n)))));
    return service.withRouting(service.routing().withHealthCheckNodePort(number));
  }

  /** One address of each family that it does not have yet. */
  private static KubeService addressed(Cluster cluster, Allocated taken, KubeService service) {
    KubeService.Addressing addressing = service.addressing();
    if (!service.isProxied()) {
      return service;
    }
    List<IpAddress> addresses = new ArrayList<>(addressing.clusterIps());
    addressing.families().stream().skip(addresses.size()).flatMap(f -> cluster.choices().blocks(f).stream())
        .forEach(b -> clusterIp(b.services(), taken).ifPresent(addresses::add));
    return service.withAddressing(addressing.withClusterIps(addresses));
  }

  private static Optional<IpAddress> clusterIp(IpPrefix block, Allocated taken) {
    int size = Blocks.size(block);
    int dynamic = Math.min(Math.max(16, size / 16), 256);
    for (int i = 0; i < size - 2; i++) {
      int number = 1 + Math.floorMod(dynamic - 1 + i, size - 2);
      IpAddress address = Blocks.at(block, number);
      if (!taken.hasClusterIp(address)) {
        return Optional.of(address);
      }
    }
    return Optional.empty();
  }

  /** The load balancer in front of the cluster gives its addresses from the end of the nodes' network, downwards. */
  private static KubeService balanced(Cluster cluster, Allocated taken, KubeService service,
      Optional<KubeService> old) {
    KubeService.Addressing addressing = service.addressing();
    if (addressing.type() != KubeService.Type.LOAD_BALANCER || !addressing.balancerIps().isEmpty()) {
      return service;
    }
    List<IpAddress> addresses = new ArrayList<>();
    for (IpFamily family : addressing.families()) {
      old.stream().flatMap(o -> o.addressing().balancerIps().stream()).filter(a -> a.family() == family).findFirst()
          .or(() -> cluster.choices().blocks(family).map(b -> balancerIp(b.nodes(), taken))).ifPresent(addresses::add);
    }
    return service.withAddressing(addressing.withBalancerIps(addresses));
  }

  private static IpAddress balancerIp(IpPrefix block, Allocated taken) {
    int number = Blocks.size(block) - 2;
    while (number > 1 && taken.hasBalancerIp(Blocks.at(block, number))) {
      number--;
    }
    return Blocks.at(block, number);
  }
}
