package org.hopscope.model.kube.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.kube.Cluster;
import org.hopscope.model.kube.ingress.RouteStatus;
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
import org.hopscope.model.kube.object.ReferenceGrant;

/** Ingresses, Gateways, their classes and routes as {@code kubectl describe} tells them (pkg/describe/describe.go describeIngressV1). */
final class DescribeEntrance {
  private final Cluster cluster;
  private final LabelledText text = new LabelledText();

  private DescribeEntrance(Cluster cluster) {
    this.cluster = cluster;
  }

  /** Its lines; empty for other kinds. */
  static Optional<List<String>> of(Cluster cluster, KubeObject object) {
    DescribeEntrance told = new DescribeEntrance(cluster);
    switch (object) {
      case Ingress ingress -> told.ingress(ingress);
      case IngressClass type -> {
        told.head(type.meta(), false);
        told.text.texts("Annotations:", type.meta().annotations(), ": ");
        told.text.row("Controller:", type.controller());
      }
      case GatewayClass type -> {
        told.head(type.meta(), false);
        told.text.row("Controller:", type.controller());
      }
      case Gateway gateway -> told.gateway(gateway);
      case HttpRoute route -> told.route(route);
      case ReferenceGrant grant -> {
        told.head(grant.meta(), true);
        grant.from().forEach(f -> told.text.row("From:", f.kind() + " in " + f.namespace()));
        grant.to().forEach(t -> told.text.row("To:", t.kind() + t.name().map(n -> " " + n).orElse("")));
      }
      default -> {
        return Optional.empty();
      }
    }
    return Optional.of(told.text.lines());
  }

  private void head(Meta meta, boolean placed) {
    text.row("Name:", meta.name());
    text.texts("Labels:", meta.labels(), "=");
    if (placed) {
      text.row("Namespace:", meta.namespace());
    }
  }

  private static String joined(List<IpAddress> addresses) {
    return addresses.stream().map(Object::toString).collect(Collectors.joining(","));
  }

  private void ingress(Ingress ingress) {
    String namespace = ingress.meta().namespace();
    head(ingress.meta(), true);
    text.row("Address:", joined(ingress.addresses()));
    text.row("Ingress Class:", ingress.className().orElse(LabelledText.NONE));
    text.row("Default backend:", ingress.fallback().map(b -> backend(namespace, b)).orElse("<default>"));
    if (!ingress.tls().isEmpty()) {
      text.line("TLS:");
      ingress.tls().forEach(t -> text.line("  " + t.secret().map(s -> s + " terminates ").orElse("SNI routes ")
          + String.join(",", t.hosts())));
    }
    text.line("Rules:");
    int host = width(ingress.rules().stream().map(r -> r.host().orElse("*")));
    int path = width(ingress.rules().stream().flatMap(r -> r.paths().stream()).map(p -> "   " + p.path()));
    text.line("  " + padded("Host", host) + padded("Path", path) + "Backends");
    text.line("  " + padded("----", host) + padded("----", path) + "--------");
    for (Ingress.Rule rule : ingress.rules()) {
      text.line("  " + rule.host().orElse("*"));
      rule.paths().forEach(p -> text.line("  " + padded("", host) + padded(p.path(), path) + backend(namespace, p
          .backend())));
    }
    if (ingress.rules().isEmpty()) {
      text.line(
          "  " + padded("*", host) + padded("*", path) + ingress.fallback().map(b -> backend(namespace, b)).orElse(
              "<default>"));
    }
    text.texts("Annotations:", ingress.meta().annotations(), ": ");
    text.row("Events:", LabelledText.NONE);
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
    text.row("Gateway Class Name:", gateway.className());
    text.row("Addresses:", gateway.addresses().isEmpty() ? LabelledText.NONE : joined(gateway.addresses()));
    conditions(RouteStatus.of(cluster, gateway));
    text.line("Listeners:");
    for (Gateway.Listener listener : gateway.listeners()) {
      text.line("  - Name:      " + listener.name());
      text.line("    Hostname:  " + listener.hostname().orElse("*"));
      text.line("    Port:      " + listener.port());
      text.line("    Protocol:  " + listener.protocol());
      text.line("    Routes:    from " + listener.from().word());
      if (!listener.certificates().isEmpty()) {
        text.line("    TLS:       " + listener.certificates().stream().map(Gateway.CertificateRef::toString)
            .collect(Collectors.joining(", ")));
      }
    }
  }

  private void conditions(List<RouteStatus.Condition> conditions) {
    conditions.forEach(c -> text.row(c.type() + ":", c.status().equals("True") ? c.status()
        : c.status() + " (" + c.reason() + ": " + c.message() + ")"));
  }

  private void route(HttpRoute route) {
    head(route.meta(), true);
    text.row("Hostnames:", route.hostnames().isEmpty() ? "*" : String.join(",", route.hostnames()));
    text.row("Parents:",
        route.parents().isEmpty() ? LabelledText.NONE
            : route.parents().stream().map(p -> p.namespace().map(n -> n + "/")
                .orElse("") + p.name() + p.section().map(s -> " (" + s + ")").orElse(""))
                .collect(Collectors.joining(", ")));
    text.line("Rules:");
    for (HttpRoute.Rule rule : route.rules()) {
      text.line("  - Matches:   "
          + rule.matches().stream().map(DescribeEntrance::match).collect(Collectors.joining("; or ")));
      text.line("    Backends:  "
          + (rule.backends().isEmpty() ? LabelledText.NONE : rule.backends().stream().map(b -> b.unknown().map(k -> k
              + "/").orElse("") + b.service() + (b.port() > 0 ? ":" + b.port() : "") + " (weight " + b.weight() + ")")
              .collect(Collectors.joining(", "))));
    }
    for (RouteStatus.OfParent parent : RouteStatus.of(cluster, route)) {
      text.row("Status of:", parent.parent().name());
      conditions(parent.conditions());
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
