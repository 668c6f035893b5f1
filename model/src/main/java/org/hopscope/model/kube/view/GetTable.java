package org.hopscope.model.kube.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.kube.Cluster;
import org.hopscope.model.kube.ContainerRuntime;
import org.hopscope.model.kube.control.Progress;
import org.hopscope.model.kube.ingress.IngressController;
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
import org.hopscope.model.kube.object.NetworkPolicy;
import org.hopscope.model.kube.object.PodSpec;
import org.hopscope.model.kube.object.ReferenceGrant;
import org.hopscope.model.kube.object.Selector;
import org.hopscope.model.kube.object.Workload;
import org.hopscope.model.net.VirtualTime;

/** Objects of one kind as {@code kubectl get} lists them (kubernetes pkg/printers/internalversion/printers.go). */
public final class GetTable {
  private static final String NONE = "<none>";
  /** The release of Kubernetes that the model follows: kubelets say it. */
  public static final String VERSION = "v1.33.1";

  private final Cluster cluster;
  private final VirtualTime now;
  private final Options options;

  private GetTable(Cluster cluster, VirtualTime now, Options options) {
    this.cluster = cluster;
    this.now = now;
    this.options = options;
  }

  /**
   * What is shown.
   *
   * @param wide more columns
   * @param namespaces a column with the namespace in front
   * @param labels a column with all labels at the end
   * @param titled whether kinds are named in front of the names
   */
  public record Options(boolean wide, boolean namespaces, boolean labels, boolean titled) {
  }

  /** The lines: a head, and one for each object. */
  public static List<String> of(Cluster cluster, Kind kind, List<KubeObject> objects, VirtualTime now,
      Options options) {
    GetTable table = new GetTable(cluster, now, options);
    Columns columns = new Columns(table.row("NAMESPACE", table.head(kind), "LABELS"));
    for (KubeObject object : objects) {
      List<String> cells = new ArrayList<>(table.cells(object));
      cells.addFirst((options.titled() ? kind.resource() + "/" : "") + object.meta().name());
      columns.add(table.row(object.meta().namespace(), cells, object.meta().labels().isEmpty() ? NONE
          : Selector.of(object.meta().labels()).toString()));
    }
    return columns.lines();
  }

  private List<String> row(String namespace, List<String> cells, String labels) {
    List<String> row = new ArrayList<>(cells);
    if (options.namespaces()) {
      row.addFirst(namespace);
    }
    if (options.labels()) {
      row.add(labels);
    }
    return row;
  }

  private List<String> head(Kind kind) {
    List<String> usual = switch (kind) {
      case NAMESPACE -> List.of("STATUS", "AGE");
      case NODE -> List.of("STATUS", "ROLES", "AGE", "VERSION");
      case CONFIG_MAP -> List.of("DATA", "AGE");
      case SECRET -> List.of("TYPE", "DATA", "AGE");
      case DEPLOYMENT -> List.of("READY", "UP-TO-DATE", "AVAILABLE", "AGE");
      case REPLICA_SET -> List.of("DESIRED", "CURRENT", "READY", "AGE");
      case STATEFUL_SET -> List.of("READY", "AGE");
      case DAEMON_SET -> List.of("DESIRED", "CURRENT", "READY", "UP-TO-DATE", "AVAILABLE", "NODE SELECTOR", "AGE");
      case POD -> List.of("READY", "STATUS", "RESTARTS", "AGE");
      case SERVICE -> List.of("TYPE", "CLUSTER-IP", "EXTERNAL-IP", "PORT(S)", "AGE");
      case ENDPOINT_SLICE -> List.of("ADDRESSTYPE", "PORTS", "ENDPOINTS", "AGE");
      case NETWORK_POLICY -> List.of("POD-SELECTOR", "AGE");
      case INGRESS_CLASS -> List.of("CONTROLLER", "PARAMETERS", "AGE");
      case INGRESS -> List.of("CLASS", "HOSTS", "ADDRESS", "PORTS", "AGE");
      case GATEWAY_CLASS -> List.of("CONTROLLER", "ACCEPTED", "AGE");
      case GATEWAY -> List.of("CLASS", "ADDRESS", "PROGRAMMED", "AGE");
      case HTTP_ROUTE -> List.of("HOSTNAMES", "AGE");
      case REFERENCE_GRANT -> List.of("AGE");
    };
    List<String> wide = switch (kind) {
      case NODE -> List.of("INTERNAL-IP", "EXTERNAL-IP", "OS-IMAGE", "KERNEL-VERSION", "CONTAINER-RUNTIME");
      case DEPLOYMENT, REPLICA_SET, DAEMON_SET -> List.of("CONTAINERS", "IMAGES", "SELECTOR");
      case STATEFUL_SET -> List.of("CONTAINERS", "IMAGES");
      case POD -> List.of("IP", "NODE", "NOMINATED NODE", "READINESS GATES");
      case SERVICE -> List.of("SELECTOR");
      case NAMESPACE, CONFIG_MAP, SECRET, ENDPOINT_SLICE, NETWORK_POLICY, INGRESS_CLASS, INGRESS, GATEWAY_CLASS,
          GATEWAY, HTTP_ROUTE, REFERENCE_GRANT -> List.of();
    };
    return Stream.of(List.of("NAME"), usual, options.wide() ? wide : List.<String>of()).flatMap(List::stream).toList();
  }

  private List<String> cells(KubeObject object) {
    String age = Ages.of(object.meta().created(), now);
    List<String> usual = switch (object) {
      case KubeNamespace _ -> List.of("Active", age);
      case KubeNode node -> List.of((node.ready() ? "Ready" : "NotReady") + (node.scheduling().cordoned()
          ? ",SchedulingDisabled"
          : ""), roles(node), age, VERSION);
      case ConfigData data when data.kind() == Kind.SECRET -> List.of(data.type(), "" + data.data().size(), age);
      case ConfigData data -> List.of("" + data.data().size(), age);
      case Workload workload -> workload(workload, age);
      case KubePod pod -> pod(pod, age);
      case KubeService service -> service(service, age);
      case EndpointSlice slice -> slice(slice, age);
      case NetworkPolicy policy -> List.of(policy.selector().toString(), age);
      case IngressClass type -> List.of(type.controller(), NONE, age);
      case Ingress ingress -> ingress(ingress, age);
      case GatewayClass type -> List.of(type.controller(), IngressController.called(type.controller()).filter(
          c -> cluster.pods().stream().anyMatch(c::isInstalledIn)).map(_ -> "True").orElse("Unknown"), age);
      case Gateway gateway -> List.of(gateway.className(), addresses(gateway.addresses()),
          gateway.addresses().isEmpty() ? "Unknown" : "True", age);
      case HttpRoute route -> List.of(route.hostnames().stream().map(h -> "\"" + h + "\"").collect(Collectors.joining(
          ",", "[", "]")), age);
      case ReferenceGrant _ -> List.of(age);
    };
    return options.wide() ? Stream.concat(usual.stream(), wide(object).stream()).toList() : usual;
  }

  private static List<String> wide(KubeObject object) {
    return switch (object) {
      case KubeNode node -> List.of(or(node.addresses().stream().map(Object::toString).findFirst()), NONE,
          "Debian GNU/Linux 12 (bookworm)", "6.18.44", ContainerRuntime.of(node).version());
      case KubePod pod -> List.of(or(pod.status().addresses().stream().map(Object::toString).findFirst()),
          or(pod.node()), NONE, NONE);
      case KubeService service -> List.of(service.selector().map(s -> Selector.of(s).toString()).orElse(NONE));
      case Workload workload when workload.kind() == Kind.STATEFUL_SET -> containers(workload);
      case Workload workload -> Stream.concat(containers(workload).stream(),
          Stream.of(workload.selector().toString())).toList();
      case KubeNamespace _,ConfigData _,EndpointSlice _,NetworkPolicy _,IngressClass _,Ingress _,GatewayClass _,Gateway _,HttpRoute _,ReferenceGrant _ ->
          List.of();
    };
  }

  private static List<String> containers(Workload workload) {
    List<PodSpec.Container> containers = workload.template().spec().containers();
    return List.of(containers.stream().map(PodSpec.Container::name).collect(Collectors.joining(",")),
        containers.stream().map(PodSpec.Container::image).collect(Collectors.joining(",")));
  }

  private static String or(Optional<String> text) {
    return text.orElse(NONE);
  }

  private static String roles(KubeNode node) {
    String prefix = "node-role.kubernetes.io/";
    String roles = node.meta().labels().keySet().stream().filter(l -> l.startsWith(prefix))
        .map(l -> l.substring(prefix.length())).collect(Collectors.joining(","));
    return roles.isEmpty() ? NONE : roles;
  }

  private List<String> workload(Workload workload, String age) {
    Progress progress = Progress.of(cluster, workload, now);
    String ready = "" + progress.ready();
    String wanted = "" + progress.wanted();
    String total = "" + progress.total();
    String updated = "" + progress.updated();
    String available = "" + progress.available();
    return switch (workload.kind()) {
      case DAEMON_SET -> List.of(wanted, total, ready, updated, available,
          Selector.of(workload.template().spec().placement().labels()).toString(), age);
      case DEPLOYMENT -> List.of(ready + "/" + wanted, updated, available, age);
      case REPLICA_SET -> List.of(wanted, total, ready, age);
      default -> List.of(ready + "/" + wanted, age);
    };
  }

  private static List<String> pod(KubePod pod, String age) {
    int containers = pod.spec().containers().size();
    boolean running = pod.isRunning();
    String status = pod.status().terminating() ? "Terminating" : running ? "Running"
        : pod.node().isPresent() ? "ContainerCreating" : "Pending";
    return List.of((running && pod.status().ready() ? containers : 0) + "/" + containers, status, "0", age);
  }

  private static List<String> service(KubeService service, String age) {
    KubeService.Addressing addressing = service.addressing();
    boolean alias = addressing.type() == KubeService.Type.EXTERNAL_NAME;
    String cluster = alias ? NONE
        : addressing.headless() ? "None"
        : or(addressing.clusterIps().stream().map(Object::toString).findFirst());
    String external = Stream.of(addressing.balancerIps(), addressing.externalIps()).flatMap(List::stream)
        .map(Object::toString).collect(Collectors.joining(","));
    boolean pending = addressing.type() == KubeService.Type.LOAD_BALANCER && external.isEmpty();
    String ports = service.ports().stream()
        .map(p -> p.port() + p.nodePort().map(n -> ":" + n).orElse("") + "/" + p.protocol())
        .collect(Collectors.joining(","));
    return List.of(addressing.type().word(), cluster,
        alias ? addressing.externalName().orElse(NONE) : pending ? "<pending>" : external.isEmpty() ? NONE : external,
        ports.isEmpty() ? NONE : ports, age);
  }

  private static List<String> slice(EndpointSlice slice, String age) {
    String ports = slice.ports().stream().map(p -> "" + p.port()).collect(Collectors.joining(","));
    List<String> addresses =
        slice.endpoints().stream().flatMap(e -> e.addresses().stream()).map(Object::toString).toList();
    String some = String.join(",", addresses.subList(0, Math.min(3, addresses.size())))
        + (addresses.size() > 3 ? " + " + (addresses.size() - 3) + " more..." : "");
    return List.of(slice.family() == IpFamily.INET ? "IPv4" : "IPv6", ports.isEmpty() ? "<unset>" : ports,
        addresses.isEmpty() ? "<unset>" : some, age);
  }

  private static String addresses(List<IpAddress> addresses) {
    return addresses.stream().map(Object::toString).collect(Collectors.joining(","));
  }

  private static List<String> ingress(Ingress ingress, String age) {
    String hosts = ingress.rules().stream().map(r -> r.host().orElse("*")).distinct().collect(Collectors.joining(
        ","));
    return List.of(ingress.className().orElse(NONE), hosts.isEmpty() ? "*" : hosts, addresses(ingress.addresses()),
        ingress.tls().isEmpty() ? "80" : "80, 443", age);
  }
}
