package org.hopscope.model.kube.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.kube.Cluster;
import org.hopscope.model.kube.ingress.ServicePorts;
import org.hopscope.model.kube.object.EndpointSlice;
import org.hopscope.model.kube.object.Gateway;
import org.hopscope.model.kube.object.GatewayClass;
import org.hopscope.model.kube.object.HttpRoute;
import org.hopscope.model.kube.object.Ingress;
import org.hopscope.model.kube.object.IngressClass;
import org.hopscope.model.kube.object.Kind;
import org.hopscope.model.kube.object.KubeObject;
import org.hopscope.model.kube.object.KubeService;
import org.hopscope.model.kube.object.Meta;
import org.hopscope.model.kube.object.ObjectKey;

/** Ingresses, Gateways, their classes and routes as {@code kubectl describe} tells them (pkg/describe/describe.go describeIngressV1). */
final class DescribeEntrance {
  private static final String NONE = "<none>";

  private final Cluster cluster;
  private final List<List<String>> rows = new ArrayList<>();

  private DescribeEntrance(Cluster cluster) {
    this.cluster = cluster;
  }

  /** Its lines; empty for other kinds. */
  static Optional<List<String>> of(Cluster cluster, KubeObject object) {
    DescribeEntrance text = new DescribeEntrance(cluster);
    switch (object) {
      case Ingress ingress -> text.ingress(ingress);
      case IngressClass type -> {
        text.head(type.meta(), false);
        text.texts("Annotations:", type.meta().annotations(), ": ");
        text.row("Controller:", type.controller());
      }
      case GatewayClass type -> {
        text.head(type.meta(), false);
        text.row("Controller:", type.controller());
      }
      case Gateway gateway -> text.gateway(gateway);
      case HttpRoute route -> text.route(route);
      default -> {
        return Optional.empty();
      }
    }
    return Optional.of(text.lines());
  }

  private List<String> lines() {
    int width = rows.stream().filter(r -> r.size() > 1).mapToInt(r -> r.getFirst().length()).max().orElse(0) + 2;
    return rows.stream().map(r -> r.size() == 1 ? r.getFirst()
        : (r.getFirst() + " ".repeat(width - r.getFirst().length()) + r.get(1)).stripTrailing()).toList();
  }

  private void row(String label, String value) {
    rows.add(List.of(label, value));
  }

  private void line(String text) {
    rows.add(List.of(text));
  }

  private void head(Meta meta, boolean placed) {
    row("Name:", meta.name());
    texts("Labels:", meta.labels(), "=");
    if (placed) {
      row("Namespace:", meta.namespace());
    }
  }

  private void texts(String label, Map<String, String> texts, String between) {
    List<String> all = texts.entrySet().stream().map(e -> e.getKey() + between + e.getValue()).toList();
    row(label, all.isEmpty() ? NONE : all.getFirst());
    all.stream().skip(1).forEach(t -> row("", t));
  }

  private static String joined(List<IpAddress> addresses) {
    return addresses.stream().map(Object::toString).collect(Collectors.joining(","));
  }

  private void ingress(Ingress ingress) {
    String namespace = ingress.meta().namespace();
    head(ingress.meta(), true);
    row("Address:", joined(ingress.addresses()));
    row("Ingress Class:", ingress.className().orElse(NONE));
    row("Default backend:", ingress.fallback().map(b -> backend(namespace, b)).orElse("<default>"));
    if (!ingress.tls().isEmpty()) {
      line("TLS:");
      ingress.tls().forEach(t -> line("  " + t.secret().map(s -> s + " terminates ").orElse("SNI routes ")
          + String.join(",", t.hosts())));
    }
    line("Rules:");
    int host = width(ingress.rules().stream().map(r -> r.host().orElse("*")));
    int path = width(ingress.rules().stream().flatMap(r -> r.paths().stream()).map(p -> "   " + p.path()));
    line("  " + padded("Host", host) + padded("Path", path) + "Backends");
    line("  " + padded("----", host) + padded("----", path) + "--------");
    for (Ingress.Rule rule : ingress.rules()) {
      line("  " + rule.host().orElse("*"));
      rule.paths().forEach(p -> line("  " + padded("", host) + padded(p.path(), path) + backend(namespace, p
          .backend())));
    }
    if (ingress.rules().isEmpty()) {
      line("  " + padded("*", host) + padded("*", path) + ingress.fallback().map(b -> backend(namespace, b)).orElse(
          "<default>"));
    }
    texts("Annotations:", ingress.meta().annotations(), ": ");
    row("Events:", NONE);
  }

  private static int width(Stream<String> texts) {
    return Math.max(12, texts.mapToInt(String::length).max().orElse(0) + 2);
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(1, width - text.length()));
  }

  /** A Service's port with the endpoints behind it, or why there are none. */
  private String backend(String namespace, Ingress.Backend backend) {
    String head = backend.service() + ":" + backend.port() + " (";
    Optional<KubeService> service = cluster.find(new ObjectKey(Kind.SERVICE, namespace, backend.service())).map(
        KubeService.class::cast);
    if (service.isEmpty()) {
      return head + "<error: services \"" + backend.service() + "\" not found>)";
    }
    Optional<KubeService.Port> port = ServicePorts.find(service.get(), backend.port());
    List<String> ready = cluster.all(Kind.ENDPOINT_SLICE, namespace).map(EndpointSlice.class::cast)
        .filter(s -> s.service().equals(Optional.of(backend.service())))
        .flatMap(s -> s.ports().stream().filter(p -> port.filter(q -> q.name().equals(p.name())).isPresent())
            .flatMap(p -> s.endpoints().stream().filter(e -> e.conditions().ready())
                .map(e -> e.addresses().getFirst() + ":" + p.port())))
        .toList();
    String some = ready.size() <= 3 ? String.join(",", ready)
        : String.join(",", ready.subList(0, 3)) + " + " + (ready.size() - 3) + " more...";
    return head + some + ")";
  }

  private void gateway(Gateway gateway) {
    head(gateway.meta(), true);
    row("Gateway Class Name:", gateway.className());
    row("Addresses:", gateway.addresses().isEmpty() ? NONE : joined(gateway.addresses()));
    row("Programmed:", gateway.addresses().isEmpty() ? "False" : "True");
    line("Listeners:");
    for (Gateway.Listener listener : gateway.listeners()) {
      line("  - Name:      " + listener.name());
      line("    Hostname:  " + listener.hostname().orElse("*"));
      line("    Port:      " + listener.port());
      line("    Protocol:  " + listener.protocol());
      line("    Routes:    from " + listener.from().word());
      if (!listener.certificates().isEmpty()) {
        line("    TLS:       " + String.join(", ", listener.certificates()));
      }
    }
  }

  private void route(HttpRoute route) {
    head(route.meta(), true);
    row("Hostnames:", route.hostnames().isEmpty() ? "*" : String.join(",", route.hostnames()));
    row("Parents:", route.parents().isEmpty() ? NONE : route.parents().stream().map(p -> p.namespace().map(n -> n + "/")
        .orElse("") + p.name() + p.section().map(s -> " (" + s + ")").orElse("")).collect(Collectors.joining(", ")));
    line("Rules:");
    for (HttpRoute.Rule rule : route.rules()) {
      line("  - Matches:   "
          + rule.matches().stream().map(DescribeEntrance::match).collect(Collectors.joining("; or ")));
      line("    Backends:  " + (rule.backends().isEmpty() ? NONE : rule.backends().stream().map(b -> b.service() + ":"
          + b.port() + " (weight " + b.weight() + ")").collect(Collectors.joining(", "))));
    }
  }

  private static String match(HttpRoute.Match match) {
    List<String> parts = new ArrayList<>();
    match.method().ifPresent(parts::add);
    parts.add(match.path().comparison().word() + " " + match.path().value());
    match.headers().forEach(h -> parts.add("header " + h.name() + " " + h.comparison().word() + " " + h.value()));
    match.query().forEach(q -> parts.add("query " + q.name() + " " + q.comparison().word() + " " + q.value()));
    return String.join(", ", parts);
  }
}
