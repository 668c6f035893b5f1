package org.hopscope.model.kube.view;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.kube.Cluster;
import org.hopscope.model.kube.object.ConfigData;
import org.hopscope.model.kube.object.EndpointSlice;
import org.hopscope.model.kube.object.Families;
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
import org.hopscope.model.kube.object.PodSpec;
import org.hopscope.model.kube.object.ReferenceGrant;
import org.hopscope.model.kube.object.Selector;
import org.hopscope.model.kube.object.Taint;
import org.hopscope.model.kube.object.Workload;
import org.hopscope.model.net.VirtualTime;

/**
 * One object as {@code kubectl describe} tells it (kubectl pkg/describe/describe.go), as far as it is modelled: no
 * resources, no times of the day. Pods, Services, EndpointSlices and nodes can be told.
 */
public final class Describe {
  private final Cluster cluster;
  private final LabelledText text = new LabelledText();

  private Describe(Cluster cluster) {
    this.cluster = cluster;
  }

  /** Its lines; {@code now} is the time on the lab's clock. */
  public static List<String> of(Cluster cluster, KubeObject object, VirtualTime now) {
    Optional<List<String>> entrance = DescribeEntrance.of(cluster, object);
    if (entrance.isPresent()) {
      return entrance.get();
    }
    Describe told = new Describe(cluster);
    switch (object) {
      case KubeService service -> told.service(service);
      case KubePod pod -> {
        told.pod(pod);
        KubeEvents.described(cluster, pod, now).forEach(told.text::line);
      }
      case KubeNode node -> {
        told.node(node);
        KubeEvents.described(cluster, node, now).forEach(told.text::line);
      }
      case EndpointSlice slice -> told.slice(slice);
      case Workload workload -> {
        return DescribeWorkload.of(cluster, workload, now);
      }
      case NetworkPolicy policy -> {
        return DescribePolicy.of(policy);
      }
      case KubeNamespace namespace -> told.namespace(namespace);
      case ConfigData data -> told.data(data);
      case IngressClass _,Ingress _,GatewayClass _,Gateway _,HttpRoute _,ReferenceGrant _ ->
          throw new IllegalStateException(
              object.key().toString());
    }
    return told.text.lines();
  }

  private void head(Meta meta, boolean placed) {
    text.row("Name:", meta.name());
    if (placed) {
      text.row("Namespace:", meta.namespace());
    }
    text.texts("Labels:", meta.labels(), "=");
    text.texts("Annotations:", meta.annotations(), ": ");
  }

  private void namespace(KubeNamespace namespace) {
    head(namespace.meta(), false);
    text.row("Status:", "Active");
    text.line("");
    text.line("No resource quota.");
    text.line("");
    text.line("No LimitRange resource.");
  }

  /** A Secret's texts are not shown, their lengths are. */
  private void data(ConfigData data) {
    head(data.meta(), true);
    boolean secret = data.kind() == Kind.SECRET;
    text.line("");
    if (secret) {
      text.line("Type:  " + data.type());
      text.line("");
    }
    text.line("Data");
    text.line("====");
    int width = data.data().keySet().stream().mapToInt(String::length).max().orElse(0) + 3;
    data.data().forEach((name, value) -> {
      if (secret) {
        text.line(name + ":" + " ".repeat(width - name.length() - 1) + Base64.getMimeDecoder().decode(value).length
            + " bytes");
      } else {
        text.line(name + ":");
        text.line("----");
        value.lines().forEach(text::line);
        text.line("");
      }
    });
    if (!secret) {
      text.line("");
      text.line("BinaryData");
      text.line("====");
      text.line("");
      text.line("Events:  " + LabelledText.NONE);
    }
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
    text.row("Status:", pod.status().terminating() ? "Terminating" : pod.phase());
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
      DescribeWorkload.started(container.start(), text::line);
      container.readiness().ifPresent(r -> text.line("    Readiness:      " + DescribeWorkload.probe(r)));
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
    List<String> taints = new ArrayList<>(node.scheduling().taints().stream().map(Taint::toString).toList());
    if (!node.ready()) {
      taints.add("node.kubernetes.io/unreachable:NoExecute");
    }
    if (node.scheduling().cordoned()) {
      taints.add(Taint.UNSCHEDULABLE.toString());
    }
    text.row("Taints:", taints.isEmpty() ? LabelledText.NONE : taints.getFirst());
    taints.stream().skip(1).forEach(t -> text.row("", t));
    text.row("Unschedulable:", "" + node.scheduling().cordoned());
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
