package org.hopscope.app.desktop.canvas.scene;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hopscope.model.kube.Cluster;
import org.hopscope.model.kube.object.EndpointSlice;
import org.hopscope.model.kube.object.Kind;
import org.hopscope.model.kube.object.KubeObject;
import org.hopscope.model.kube.object.KubePod;
import org.hopscope.model.kube.object.KubeService;
import org.hopscope.model.kube.object.NetworkPolicy;
import org.hopscope.model.kube.object.Workload;

/** What a chip says of an object of a cluster, in kubectl's words. */
public final class ObjectWords {
  private static final double BADGE = 40;
  /** The least width of a tag. */
  static final double LEAST = 148;
  private static final double MOST = 320;
  /** A letter of the largest size that a tag has room for. */
  private static final double FAR_LETTER = 17.4;
  private static final double FAR_MOST = 520;

  private ObjectWords() {}

  /** The short word for its kind, as {@code kubectl get} takes it. */
  public static String badge(Kind kind) {
    return switch (kind) {
      case SERVICE -> "svc";
      case DEPLOYMENT -> "deploy";
      case STATEFUL_SET -> "sts";
      case DAEMON_SET -> "ds";
      case REPLICA_SET -> "rs";
      case NETWORK_POLICY -> "netpol";
      case INGRESS -> "ing";
      case INGRESS_CLASS -> "class";
      case GATEWAY, GATEWAY_CLASS -> "gw";
      case HTTP_ROUTE -> "route";
      case REFERENCE_GRANT -> "grant";
      case POD -> "pod";
      case NODE -> "node";
      case NAMESPACE -> "ns";
      case CONFIG_MAP -> "cm";
      case SECRET -> "secret";
      case ENDPOINT_SLICE -> "slice";
    };
  }

  /** Its name, with its namespace in front unless that is {@code default}. */
  public static String name(KubeObject object) {
    String namespace = object.meta().namespace();
    return namespace.isEmpty() || namespace.equals("default") ? object.meta().name() : object.key().path();
  }

  /** What is most worth knowing of it. */
  public static String line(Cluster cluster, KubeObject object) {
    return switch (object) {
      case KubeService service -> address(service) + ports(service) + "  " + ready(cluster, service);
      case Workload workload -> pods(cluster, workload);
      case NetworkPolicy policy -> pods(cluster, policy);
      case KubeObject other -> other.kind().word();
    };
  }

  private static String address(KubeService service) {
    KubeService.Addressing addressing = service.addressing();
    return addressing.externalName().map(n -> "→ " + n).orElseGet(() -> addressing.headless()
        ? "headless"
        : addressing.clusterIps().stream().findFirst().map(Object::toString).orElse("no address"));
  }

  private static String ports(KubeService service) {
    return service.ports().isEmpty() ? "" : service.ports().stream()
        .map(p -> p.port() + p.nodePort().map(n -> "▸" + n).orElse("")).collect(Collectors.joining(",", ":", ""));
  }

  /** How many of a Service's endpoints are to be used. */
  public static String ready(Cluster cluster, KubeService service) {
    List<EndpointSlice.Endpoint> all = endpoints(cluster, service);
    long ready = all.stream().filter(e -> e.conditions().ready()).count();
    return service.addressing().externalName().isPresent() ? "" : ready + "/" + all.size();
  }

  /** The endpoints of a Service, slice by slice. */
  public static List<EndpointSlice.Endpoint> endpoints(Cluster cluster, KubeService service) {
    return cluster.all(Kind.ENDPOINT_SLICE, service.meta().namespace()).map(EndpointSlice.class::cast)
        .filter(s -> s.service().equals(Optional.of(service.meta().name()))).flatMap(s -> s.endpoints().stream())
        .toList();
  }

  private static String pods(Cluster cluster, Workload workload) {
    List<KubePod> own = cluster.all(Kind.POD, workload.meta().namespace()).map(KubePod.class::cast)
        .filter(p -> workload.selector().matches(p.meta().labels())).toList();
    long ready = own.stream().filter(p -> p.isRunning() && p.status().ready() && !p.status().terminating()).count();
    return ready + "/" + (workload.kind() == Kind.DAEMON_SET ? own.size() : workload.replicas()) + " pods";
  }

  private static String pods(Cluster cluster, NetworkPolicy policy) {
    long about = cluster.all(Kind.POD, policy.meta().namespace())
        .filter(p -> policy.selector().matches(p.meta().labels())).count();
    String ways = policy.ingress().isPresent() && policy.egress().isPresent() ? "in+out"
        : policy.egress().isPresent() ? "out" : "in";
    return ways + " of " + about + (about == 1 ? " pod" : " pods");
  }

  /** How wide a tag is whose badge and name can be read from afar, in letters as high as it. */
  static double farWidth(KubeObject object) {
    return Math.min(FAR_MOST, FAR_LETTER * (badge(object.kind()).length() + 1 + name(object).length()) + 26);
  }

  static double width(Cluster cluster, KubeObject object) {
    double name = BADGE + 26 + name(object).length() * Sizes.MONO;
    double line = 26 + line(cluster, object).length() * Sizes.MONO;
    return Math.clamp(Math.ceil(Math.max(name, line) / 4) * 4, LEAST, MOST);
  }
}
