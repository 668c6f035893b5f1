package org.hopscope.model.kube.view;

import java.util.ArrayList;
import java.util.List;
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
  private final Cluster cluster;
  private final LabelledText text = new LabelledText();

  private Describe(Cluster cluster) {
    this.cluster = cluster;
  }

  /** Its lines; empty for kinds that cannot be told. */
  public static Optional<List<String>> of(Cluster cluster, KubeObject object) {
    Optional<List<String>> entrance = DescribeEntrance.of(cluster, object);
    if (entrance.isPresent()) {
      return entrance;
    }
    Describe told = new Describe(cluster);
    switch (object) {
      case KubeService service -> told.service(service);
      case KubePod pod -> told.pod(pod);
      case KubeNode node -> told.node(node);
      case EndpointSlice slice -> told.slice(slice);
      default -> {
        return Optional.empty();
      }
    }
    return Optional.of(told.text.lines());
  }

  private void head(Meta meta, boolean placed) {
    text.row("Name:", meta.name());
    if (placed) {
      text.row("Namespace:", meta.namespace());
    }
    text.texts("Labels:", meta.labels(), "=");
    text.texts("Annotations:", meta.annotations(), ": ");
  }

  private static String joined(List<?> values, String between) {
    return values.isEmpty() ? LabelledText.NONE
        : values.stream().map(Object::toString).collect(Collectors.joining(between));
  }

  /** Address and port, the former in brackets when there are colons in it. */
  private static String joined(IpAddress address, int port) {
    return (address.family() == IpFamily.INET6 ? "[" + address + "]" : address) + ":" + port;
  }

  private void service(KubeService service) {
    KubeService.Addressing addressing = service.addressing();
    head(service.meta(), true);
    text.row("Selector:", service.selector().map(s -> Selector.of(s).toString()).orElse(LabelledText.NONE));
    text.row("Type:", addressing.type().word());
    boolean alias = addressing.type() == KubeService.Type.EXTERNAL_NAME;
    if (!alias) {
      addressing.wish().policy().ifPresent(p -> text.row("IP Family Policy:", p.word()));
      text.row("IP Families:", joined(addressing.families().stream().map(Families::word).toList(), ","));
      text.row("IP:", addressing.headless() ? "None" : joined(addressing.clusterIps().stream().limit(1).toList(), ","));
      text.row("IPs:", addressing.headless() ? "None" : joined(addressing.clusterIps(), ","));
    }
    if (!addressing.externalIps().isEmpty()) {
      text.row("External IPs:", joined(addressing.externalIps(), ","));
    }
    addressing.externalName().ifPresent(n -> text.row("External Name:", n));
    if (!addressing.balancerIps().isEmpty()) {
      text.row("LoadBalancer Ingress:", addressing.balancerIps().stream().map(a -> a + " (VIP)")
          .collect(Collectors.joining(", ")));
    }
    service.ports().forEach(p -> port(service, p));
    text.row("Session Affinity:", service.routing().affinitySeconds().isPresent() ? "ClientIP" : "None");
    if (addressing.type() == KubeService.Type.NODE_PORT || addressing.type() == KubeService.Type.LOAD_BALANCER) {
      text.row("External Traffic Policy:", service.routing().external().word());
    }
    service.routing().healthCheckNodePort().ifPresent(p -> text.row("HealthCheck NodePort:", "" + p));
    if (!service.routing().balancerSources().isEmpty()) {
      text.row("LoadBalancer Source Ranges:", joined(service.routing().balancerSources(), ","));
    }
    if (!alias) {
      text.row("Internal Traffic Policy:", service.routing().internal().word());
    }
  }

  private void port(KubeService service, KubeService.Port port) {
    String name = port.name().orElse("<unset>");
    text.row("Port:", name + "  " + port.port() + "/" + port.protocol());
    text.row("TargetPort:", port.target() + "/" + port.protocol());
    port.nodePort().ifPresent(n -> text.row("NodePort:", name + "  " + n + "/" + port.protocol()));
    List<String> ready = new ArrayList<>();
    for (EndpointSlice slice : cluster.slices()) {
      boolean own = slice.meta().namespace().equals(service.meta().namespace())
          && slice.service().equals(Optional.of(service.meta().name()));
      slice.ports().stream().filter(p -> own && p.name().equals(port.name())).forEach(p -> slice.endpoints().stream()
          .filter(e -> e.conditions().ready()).forEach(e -> ready.add(joined(e.addresses().getFirst(), p.port()))));
    }
    text.row("Endpoints:", ready.size() <= 3 ? String.join(",", ready)
        : String.join(",", ready.subList(0, 3)) + " + " + (ready.size() - 3) + " more...");
  }

  private void pod(KubePod pod) {
    text.row("Name:", pod.meta().name());
    text.row("Namespace:", pod.meta().namespace());
    text.row("Node:", pod.node().map(n -> n + cluster.node(n).stream().flatMap(k -> k.addresses().stream()).findFirst()
        .map(a -> "/" + a).orElse("")).orElse(LabelledText.NONE));
    text.texts("Labels:", pod.meta().labels(), "=");
    text.texts("Annotations:", pod.meta().annotations(), ": ");
    text.row("Status:", pod.status().terminating() ? "Terminating" : pod.isRunning() ? "Running" : "Pending");
    text.row("IP:", pod.status().addresses().stream().map(Object::toString).findFirst().orElse(""));
    text.line("IPs:");
    pod.status().addresses().forEach(a -> text.line("  IP:           " + a));
    pod.meta().owner().ifPresent(o -> text.line("Controlled By:  " + o.kind().word() + "/" + o.name()));
    text.line("Containers:");
    for (PodSpec.Container container : pod.spec().containers()) {
      text.line("  " + container.name() + ":");
      text.line("    Image:          " + container.image());
      text.line("    Port:           " + joined(container.ports().stream().map(p -> p.port() + "/" + p.protocol()
          + p.name().map(n -> " (" + n + ")").orElse("")).toList(), ", "));
      text.line("    Ready:          " + (pod.isRunning() && pod.status().ready() ? "True" : "False"));
    }
    text.line("Node-Selectors:  " + (pod.spec().placement().labels().isEmpty() ? LabelledText.NONE
        : Selector.of(pod.spec().placement().labels())));
  }

  private void node(KubeNode node) {
    text.row("Name:", node.meta().name());
    text.row("Roles:", node.meta().labels().containsKey("node-role.kubernetes.io/control-plane") ? "control-plane"
        : LabelledText.NONE);
    text.texts("Labels:", node.meta().labels(), "=");
    text.texts("Annotations:", node.meta().annotations(), ": ");
    text.row("Taints:", node.ready() ? LabelledText.NONE : "node.kubernetes.io/unreachable:NoExecute");
    text.row("Unschedulable:", "false");
    text.line("Addresses:");
    node.addresses().forEach(a -> text.line("  InternalIP:  " + a));
    text.line("  Hostname:    " + node.meta().name());
    text.row("PodCIDR:", node.podCidrs().stream().map(Object::toString).findFirst().orElse(""));
    text.row("PodCIDRs:", joined(node.podCidrs(), ","));
    List<KubePod> pods = cluster.pods().stream().filter(p -> p.node().equals(Optional.of(node.meta().name())))
        .toList();
    text.line("Non-terminated Pods:  (" + pods.size() + " in total)");
    pods.forEach(p -> text.line("  " + p.meta().namespace() + "  " + p.meta().name()));
  }

  private void slice(EndpointSlice slice) {
    head(slice.meta(), true);
    text.row("AddressType:", Families.word(slice.family()));
    text.line("Ports:");
    text.line("  Name     Port  Protocol");
    text.line("  ----     ----  --------");
    slice.ports().forEach(p -> text.line("  " + p.name().orElse("<unset>") + "  " + p.port() + "  " + p.protocol()));
    text.line("Endpoints:");
    for (EndpointSlice.Endpoint endpoint : slice.endpoints()) {
      text.line("  - Addresses:  " + joined(endpoint.addresses(), ", "));
      text.line("    Conditions:");
      text.line("      Ready:    " + endpoint.conditions().ready());
      text.line("      Serving:  " + endpoint.conditions().serving());
      text.line("      Terminating:  " + endpoint.conditions().terminating());
      text.line("    Hostname:   " + endpoint.hostname().orElse("<unset>"));
      endpoint.target().ifPresent(t -> text.line("    TargetRef:  " + t.kind().word() + "/" + t.name()));
      text.line("    NodeName:   " + endpoint.node().orElse("<unset>"));
      text.line("    Zone:       " + endpoint.topology().zone().orElse("<unset>"));
    }
  }
}
