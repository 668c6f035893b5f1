package org.hopscope.model.kube.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.kube.Cluster;
import org.hopscope.model.kube.object.EndpointSlice;
import org.hopscope.model.kube.object.Families;
import org.hopscope.model.kube.object.KubeNode;
import org.hopscope.model.kube.object.KubeObject;
import org.hopscope.model.kube.object.KubePod;
import org.hopscope.model.kube.object.KubeService;
import org.hopscope.model.kube.object.Meta;
import org.hopscope.model.kube.object.PodSpec;
import org.hopscope.model.kube.object.Selector;

/**
 * One object as {@code kubectl describe} tells it (kubectl pkg/describe/describe.go), as far as it is modelled: no events, no
 * resources, no times of the day. Pods, Services, EndpointSlices and nodes can be told.
 */
public final class Describe {
  private static final String NONE = "<none>";

  private final Cluster cluster;
  private final List<List<String>> rows = new ArrayList<>();

  private Describe(Cluster cluster) {
    this.cluster = cluster;
  }

  /** Its lines; empty for kinds that cannot be told. */
  public static Optional<List<String>> of(Cluster cluster, KubeObject object) {
    Optional<List<String>> entrance = DescribeEntrance.of(cluster, object);
    if (entrance.isPresent()) {
      return entrance;
    }
    Describe text = new Describe(cluster);
    switch (object) {
      case KubeService service -> text.service(service);
      case KubePod pod -> text.pod(pod);
      case KubeNode node -> text.node(node);
      case EndpointSlice slice -> text.slice(slice);
      default -> {
        return Optional.empty();
      }
    }
    return Optional.of(text.lines());
  }

  /** Labels as wide as the longest, and two blanks more. */
  private List<String> lines() {
    int width = rows.stream().filter(r -> r.size() > 1).mapToInt(r -> r.getFirst().length()).max().orElse(0) + 2;
    return rows.stream().map(r -> r.size() == 1 ? r.getFirst()
        : r.getFirst() + " ".repeat(width - r.getFirst().length()) + r.get(1)).toList();
  }

  private void row(String label, String value) {
    rows.add(List.of(label, value));
  }

  private void line(String text) {
    rows.add(List.of(text));
  }

  private void head(Meta meta, boolean placed) {
    row("Name:", meta.name());
    if (placed) {
      row("Namespace:", meta.namespace());
    }
    texts("Labels:", meta.labels(), "=");
    texts("Annotations:", meta.annotations(), ": ");
  }

  private void texts(String label, Map<String, String> texts, String between) {
    List<String> all = texts.entrySet().stream().map(e -> e.getKey() + between + e.getValue()).toList();
    row(label, all.isEmpty() ? NONE : all.getFirst());
    all.stream().skip(1).forEach(t -> row("", t));
  }

  private static String joined(List<?> values, String between) {
    return values.isEmpty() ? NONE : values.stream().map(Object::toString).collect(Collectors.joining(between));
  }

  /** Address and port, the former in brackets when there are colons in it. */
  private static String joined(IpAddress address, int port) {
    return (address.family() == IpFamily.INET6 ? "[" + address + "]" : address) + ":" + port;
  }

  private void service(KubeService service) {
    KubeService.Addressing addressing = service.addressing();
    head(service.meta(), true);
    row("Selector:", service.selector().map(s -> Selector.of(s).toString()).orElse(NONE));
    row("Type:", addressing.type().word());
    boolean alias = addressing.type() == KubeService.Type.EXTERNAL_NAME;
    if (!alias) {
      addressing.wish().policy().ifPresent(p -> row("IP Family Policy:", p.word()));
      row("IP Families:", joined(addressing.families().stream().map(Families::word).toList(), ","));
      row("IP:", addressing.headless() ? "None" : joined(addressing.clusterIps().stream().limit(1).toList(), ","));
      row("IPs:", addressing.headless() ? "None" : joined(addressing.clusterIps(), ","));
    }
    if (!addressing.externalIps().isEmpty()) {
      row("External IPs:", joined(addressing.externalIps(), ","));
    }
    addressing.externalName().ifPresent(n -> row("External Name:", n));
    if (!addressing.balancerIps().isEmpty()) {
      row("LoadBalancer Ingress:", addressing.balancerIps().stream().map(a -> a + " (VIP)")
          .collect(Collectors.joining(", ")));
    }
    service.ports().forEach(p -> port(service, p));
    row("Session Affinity:", service.routing().affinitySeconds().isPresent() ? "ClientIP" : "None");
    if (addressing.type() == KubeService.Type.NODE_PORT || addressing.type() == KubeService.Type.LOAD_BALANCER) {
      row("External Traffic Policy:", service.routing().external().word());
    }
    service.routing().healthCheckNodePort().ifPresent(p -> row("HealthCheck NodePort:", "" + p));
    if (!service.routing().balancerSources().isEmpty()) {
      row("LoadBalancer Source Ranges:", joined(service.routing().balancerSources(), ","));
    }
    if (!alias) {
      row("Internal Traffic Policy:", service.routing().internal().word());
    }
  }

  private void port(KubeService service, KubeService.Port port) {
    String name = port.name().orElse("<unset>");
    row("Port:", name + "  " + port.port() + "/" + port.protocol());
    row("TargetPort:", port.target() + "/" + port.protocol());
    port.nodePort().ifPresent(n -> row("NodePort:", name + "  " + n + "/" + port.protocol()));
    List<String> ready = new ArrayList<>();
    for (EndpointSlice slice : cluster.slices()) {
      boolean own = slice.meta().namespace().equals(service.meta().namespace())
          && slice.service().equals(Optional.of(service.meta().name()));
      slice.ports().stream().filter(p -> own && p.name().equals(port.name())).forEach(p -> slice.endpoints().stream()
          .filter(e -> e.conditions().ready()).forEach(e -> ready.add(joined(e.addresses().getFirst(), p.port()))));
    }
    row("Endpoints:", ready.size() <= 3 ? String.join(",", ready)
        : String.join(",", ready.subList(0, 3)) + " + " + (ready.size() - 3) + " more...");
  }

  private void pod(KubePod pod) {
    row("Name:", pod.meta().name());
    row("Namespace:", pod.meta().namespace());
    row("Node:", pod.node().map(n -> n + cluster.node(n).stream().flatMap(k -> k.addresses().stream()).findFirst()
        .map(a -> "/" + a).orElse("")).orElse(NONE));
    texts("Labels:", pod.meta().labels(), "=");
    texts("Annotations:", pod.meta().annotations(), ": ");
    row("Status:", pod.status().terminating() ? "Terminating" : pod.isRunning() ? "Running" : "Pending");
    row("IP:", pod.status().addresses().stream().map(Object::toString).findFirst().orElse(""));
    line("IPs:");
    pod.status().addresses().forEach(a -> line("  IP:           " + a));
    pod.meta().owner().ifPresent(o -> line("Controlled By:  " + o.kind().word() + "/" + o.name()));
    line("Containers:");
    for (PodSpec.Container container : pod.spec().containers()) {
      line("  " + container.name() + ":");
      line("    Image:          " + container.image());
      line("    Port:           " + joined(container.ports().stream().map(p -> p.port() + "/" + p.protocol()
          + p.name().map(n -> " (" + n + ")").orElse("")).toList(), ", "));
      line("    Ready:          " + (pod.isRunning() && pod.status().ready() ? "True" : "False"));
    }
    line("Node-Selectors:  " + (pod.spec().placement().labels().isEmpty() ? NONE
        : Selector.of(pod.spec().placement().labels())));
  }

  private void node(KubeNode node) {
    row("Name:", node.meta().name());
    row("Roles:", node.meta().labels().containsKey("node-role.kubernetes.io/control-plane") ? "control-plane" : NONE);
    texts("Labels:", node.meta().labels(), "=");
    texts("Annotations:", node.meta().annotations(), ": ");
    row("Taints:", node.ready() ? NONE : "node.kubernetes.io/unreachable:NoExecute");
    row("Unschedulable:", "false");
    line("Addresses:");
    node.addresses().forEach(a -> line("  InternalIP:  " + a));
    line("  Hostname:    " + node.meta().name());
    row("PodCIDR:", node.podCidrs().stream().map(Object::toString).findFirst().orElse(""));
    row("PodCIDRs:", joined(node.podCidrs(), ","));
    List<KubePod> pods = cluster.pods().stream().filter(p -> p.node().equals(Optional.of(node.meta().name())))
        .toList();
    line("Non-terminated Pods:  (" + pods.size() + " in total)");
    pods.forEach(p -> line("  " + p.meta().namespace() + "  " + p.meta().name()));
  }

  private void slice(EndpointSlice slice) {
    head(slice.meta(), true);
    row("AddressType:", Families.word(slice.family()));
    line("Ports:");
    line("  Name     Port  Protocol");
    line("  ----     ----  --------");
    slice.ports().forEach(p -> line("  " + p.name().orElse("<unset>") + "  " + p.port() + "  " + p.protocol()));
    line("Endpoints:");
    for (EndpointSlice.Endpoint endpoint : slice.endpoints()) {
      line("  - Addresses:  " + joined(endpoint.addresses(), ", "));
      line("    Conditions:");
      line("      Ready:    " + endpoint.conditions().ready());
      line("      Serving:  " + endpoint.conditions().serving());
      line("      Terminating:  " + endpoint.conditions().terminating());
      line("    Hostname:   " + endpoint.hostname().orElse("<unset>"));
      endpoint.target().ifPresent(t -> line("    TargetRef:  " + t.kind().word() + "/" + t.name()));
      line("    NodeName:   " + endpoint.node().orElse("<unset>"));
      line("    Zone:       " + endpoint.topology().zone().orElse("<unset>"));
    }
  }
}
