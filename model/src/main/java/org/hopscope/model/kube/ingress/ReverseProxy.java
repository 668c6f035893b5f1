package org.hopscope.model.kube.ingress;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.kube.Cluster;
import org.hopscope.model.kube.object.ConfigData;
import org.hopscope.model.kube.object.EndpointSlice;
import org.hopscope.model.kube.object.Gateway;
import org.hopscope.model.kube.object.HttpRoute;
import org.hopscope.model.kube.object.Ingress;
import org.hopscope.model.kube.object.IngressClass;
import org.hopscope.model.kube.object.Kind;
import org.hopscope.model.kube.object.KubeObject;
import org.hopscope.model.kube.object.KubePod;
import org.hopscope.model.kube.object.KubeService;
import org.hopscope.model.kube.object.ObjectKey;
import org.hopscope.model.kube.object.PortName;
import org.hopscope.model.kube.object.PortProtocol;
import org.hopscope.model.kube.object.RouteFilter;
import org.hopscope.model.net.Server;
import org.hopscope.model.tls.Certificate;

/**
 * The proxy in a pod of an ingress controller, or in one that works for a Gateway: what it does with requests follows from the
 * objects of its cluster. It connects to endpoints and not to Services' addresses (fix-F45), so no rule of kube-proxy's is
 * asked on that way. Left out: annotations but those about redirecting to HTTPS, backends of type ExternalName, and that a
 * proxy goes round its endpoints in order: here one is drawn each time.
 *
 * @param cluster its cluster
 * @param pod the pod it runs in
 * @param kind which program it is
 */
public record ReverseProxy(Cluster cluster, KubePod pod, IngressController kind) {
  private static final String REDIRECT = "nginx.ingress.kubernetes.io/ssl-redirect";
  private static final List<String> FOREIGN = List.of("nginx.ingress.kubernetes.io/", "nginx.org/",
      "traefik.ingress.kubernetes.io/");
  private static final String FORCED = "nginx.ingress.kubernetes.io/force-ssl-redirect";

  /** A Secret with a certificate, and for which hosts it is to be shown. */
  record Offered(ObjectKey secret, List<String> hosts) {
  }

  /** That of a pod; empty when no program of a controller runs in it. */
  public static Optional<ReverseProxy> of(Cluster cluster, KubePod pod) {
    return IngressController.of(pod).map(k -> new ReverseProxy(cluster, pod, k));
  }

  /** The proxy that is a server's program: that of the pod with the server's name, on the host. */
  public static Optional<ReverseProxy> of(Cluster cluster, String host, Server server) {
    return cluster.pods().stream()
        .filter(p -> p.meta().name().equals(server.label()) && p.node().equals(Optional.of(host)))
        .flatMap(p -> of(cluster, p).stream()).findFirst();
  }

  /** The annotations of an Ingress that ask a controller for what is not modelled. */
  public static List<String> ignored(KubeObject object) {
    return object.kind() == Kind.INGRESS ? object.meta().annotations().keySet().stream().filter(a -> FOREIGN.stream()
        .anyMatch(a::startsWith) && !a.equals(REDIRECT) && !a.equals(FORCED)).toList() : List.of();
  }

  private Optional<Gateway> gateway() {
    return Optional.ofNullable(pod.meta().labels().get(IngressController.GATEWAY_LABEL))
        .flatMap(name -> cluster.find(new ObjectKey(Kind.GATEWAY, pod.meta().namespace(), name)))
        .map(Gateway.class::cast);
  }

  private Optional<GatewayRoutes> gatewayRoutes() {
    return gateway().map(g -> RouteStatus.routes(cluster, g));
  }

  private IngressRoutes ingressRoutes() {
    return IngressRoutes.of(cluster.all(Kind.INGRESS).map(Ingress.class::cast).toList(),
        cluster.all(Kind.INGRESS_CLASS).map(IngressClass.class::cast).toList(), kind.names().controller());
  }

  /** Whether TLS ends at a port. */
  public boolean endsTls(int port) {
    return kind.isGateway()
        ? gateway().filter(g -> g.listeners().stream().anyMatch(l -> l.port() == port
            && !l.certificates().isEmpty() && RouteStatus.routes(cluster, g).refusal(l).isEmpty())).isPresent()
        : port == kind.doors().https();
  }

  /** The certificate in a Secret of type {@code kubernetes.io/tls}; empty when there is none that could be read. */
  Optional<Certificate> read(ObjectKey secret) {
    return read(cluster, secret);
  }

  static Optional<Certificate> read(Cluster cluster, ObjectKey secret) {
    return cluster.find(secret).map(ConfigData.class::cast)
        .flatMap(d -> Optional.ofNullable(d.data().get("tls.crt"))).flatMap(ReverseProxy::decoded)
        .flatMap(Certificate::parse);
  }

  private static Optional<String> decoded(String text) {
    try {
      return Optional.of(new String(Base64.getMimeDecoder().decode(text), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException wrong) {
      return Optional.empty();
    }
  }

  /** The Secrets that may be shown at a port. */
  List<Offered> offered(int port) {
    return gateway().map(g -> g.listeners().stream().filter(l -> l.port() == port)
        .flatMap(l -> l.certificates().stream().map(c -> new Offered(c.secret(g), l.hostname().stream().toList())))
        .toList()).orElseGet(() -> ingressRoutes().ingresses().stream()
            .flatMap(i -> i.tls().stream()
                .flatMap(t -> t.secret().stream()
                    .map(s -> new Offered(new ObjectKey(Kind.SECRET, i.meta().namespace(), s),
                        t.hosts()))))
            .toList());
  }

  /** Which certificate a client is shown that asks for a name (sem-I4). */
  public ProxyQuestion.Certified certificate(int port, String serverName) {
    List<ObjectKey> wanted = kind.isGateway()
        ? gatewayRoutes().map(r -> r.certificates(port, serverName)).orElse(List.of())
        : ingressRoutes().secret(serverName).stream().toList();
    Optional<ObjectKey> secret = wanted.stream().filter(s -> read(s).isPresent()).min(Comparator.comparing(
        s -> !read(s).orElseThrow().isFor(serverName)));
    String own = kind.habits().certificate();
    Optional<Certificate> shown = secret.flatMap(this::read).or(() -> own.isEmpty() ? Optional.empty()
        : Optional.of(Certificate.selfSigned(own, List.of("ingress.local"))));
    return new ProxyQuestion.Certified(this, port, serverName, secret, shown);
  }

  /**
   * What becomes of a request.
   *
   * @param serverName the name that it asked for over TLS, empty for none; when it came over TLS
   * @param draw any number, by which one of several backends is drawn
   */
  public ProxyQuestion.Routed route(int port, Optional<String> serverName, HttpRequest request, int draw) {
    ProxyQuestion.Led led = kind.isGateway()
        ? gatewayRoutes().map(r -> led(r, port, serverName, request, draw)).orElseGet(ProxyQuestion.Led.NotFound::new)
        : led(serverName.isPresent(), request);
    return new ProxyQuestion.Routed(this, port, serverName, request, led);
  }

  /** A host that has a door of its own is not led by that of another name (nginx-gateway-fabric, servers_template.go). */
  private ProxyQuestion.Led led(GatewayRoutes routes, int port, Optional<String> serverName, HttpRequest request,
      int draw) {
    String name = serverName.orElse(request.host());
    GatewayDecision own = routes.route(port, request);
    boolean misled =
        !name.equalsIgnoreCase(request.host()) && !(own.target() instanceof GatewayDecision.Target.NotFound);
    return misled ? new ProxyQuestion.Led.Misdirected(name) : led(routes, routes.route(port, name, request), draw);
  }

  /** Of several backends each takes its share; that of one which is not there, or may not be used, is answered 500. */
  private ProxyQuestion.Led led(GatewayRoutes routes, GatewayDecision decision, int draw) {
    return switch (decision.target()) {
      case GatewayDecision.Target.NotFound() -> new ProxyQuestion.Led.NotFound();
      case GatewayDecision.Target.Redirected(var _, String location, int status) -> new ProxyQuestion.Led.Redirected(
          location, status);
      case GatewayDecision.Target.Preflight(var place, var fields) -> new ProxyQuestion.Led.Preflight(place.route(),
          fields);
      case GatewayDecision.Target.NoBackend(var place) -> new ProxyQuestion.Led.NoBackend(place.route());
      case GatewayDecision.Target.Services services -> {
        HttpRoute.Backend drawn = services.pick(Math.floorMod(draw, services.shares()));
        ObjectKey route = services.place().route();
        ProxyQuestion.Backend backend = backend(route, drawn);
        yield routes.isUsable(route, drawn) && hasService(backend)
            ? new ProxyQuestion.Led.To(route, false, backend, sent(services, drawn, copies(routes, services, draw)))
            : new ProxyQuestion.Led.NoBackend(route);
      }
    };
  }

  private static ProxyQuestion.Backend backend(ObjectKey route, HttpRoute.Backend backend) {
    ObjectKey service = GatewayRoutes.service(route, backend);
    return new ProxyQuestion.Backend(service.namespace(), service.name(), new PortName.Number(backend.port()));
  }

  /** The copies that are sent of a request; whether one is, is drawn for each anew. */
  private List<ProxyQuestion.Copied> copies(GatewayRoutes routes, GatewayDecision.Target.Services services, int draw) {
    ObjectKey route = services.place().route();
    List<ProxyQuestion.Copied> copies = new ArrayList<>();
    int drawn = draw;
    for (RouteFilter.Mirror mirror : services.mirrors()) {
      drawn = drawn * 1_664_525 + 1_013_904_223;
      ProxyQuestion.Backend to = backend(route, mirror.to());
      if (mirror.share().takes(drawn >>> 8) && routes.isUsable(route, mirror.to()) && hasService(to)) {
        copies.add(new ProxyQuestion.Copied(to, services.sent()));
      }
    }
    return copies;
  }

  /** What the filters of the rule and then those of the backend leave. */
  private static ProxyQuestion.Sent sent(GatewayDecision.Target.Services services, HttpRoute.Backend backend,
      List<ProxyQuestion.Copied> copies) {
    List<RouteFilter.Headers> answers = new ArrayList<>(services.answers());
    List<RouteFilter> filters = List.copyOf(backend.filters());
    answers.addAll(RouteFilters.answers(filters, services.sent()));
    return new ProxyQuestion.Sent(RouteFilters.sent(filters, services.sent(), ""), answers, services.timeouts(),
        copies);
  }

  private ProxyQuestion.Led led(boolean secure, HttpRequest request) {
    IngressRoutes routes = ingressRoutes();
    IngressDecision.Target target = routes.route(request).target();
    return switch (target) {
      case IngressDecision.Target.NotFound() -> new ProxyQuestion.Led.NotFound();
      case IngressDecision.Target.Path(IngressDecision.Place place, Ingress.Backend backend) -> !secure
          && redirects(routes, place.ingress(), request.host())
              ? new ProxyQuestion.Led.Redirected("https://" + request.host() + request.target(), kind.habits()
                  .redirect())
              : new ProxyQuestion.Led.To(place.ingress(), false, new ProxyQuestion.Backend(place.ingress().namespace(),
                  backend.service(), backend.port()), new ProxyQuestion.Sent(request));
      case IngressDecision.Target.Fallback(ObjectKey ingress, Ingress.Backend backend) -> new ProxyQuestion.Led.To(
          ingress, true, new ProxyQuestion.Backend(ingress.namespace(), backend.service(), backend.port()),
          new ProxyQuestion.Sent(request));
    };
  }

  /** ingress-nginx does where a host has TLS, unless its annotations say otherwise (docs annotations.md, "ssl-redirect"). */
  private boolean redirects(IngressRoutes routes, ObjectKey key, String host) {
    Ingress ingress = (Ingress) cluster.find(key).orElseThrow();
    boolean asked = "true".equals(ingress.meta().annotations().get(FORCED));
    boolean refused = "false".equals(ingress.meta().annotations().get(REDIRECT));
    boolean secured = routes.ingresses().stream().flatMap(i -> i.tls().stream()).flatMap(t -> t.hosts().stream())
        .map(HostPattern::new).anyMatch(h -> h.matchesOneLabel(host));
    return kind.habits().redirect() > 0 && (asked || secured && !refused);
  }

  /** What became of every rule on a request's way. */
  List<ProxyQuestion.Row> considered(int port, Optional<String> serverName, HttpRequest request) {
    if (kind.isGateway()) {
      return gatewayRoutes()
          .map(r -> RoutingExplanation.rows(r.route(port, serverName.orElse(request.host()), request)))
          .orElse(List.of());
    }
    IngressRoutes routes = ingressRoutes();
    return RoutingExplanation.rows(routes, routes.route(request));
  }

  private Optional<KubeService.Port> port(ProxyQuestion.Backend backend) {
    return cluster.find(new ObjectKey(Kind.SERVICE, backend.namespace(), backend.service())).map(
        KubeService.class::cast).flatMap(s -> ServicePorts.find(s, backend.port()));
  }

  /** Whether there is such a Service with such a port. */
  public boolean hasService(ProxyQuestion.Backend backend) {
    return port(backend).isPresent();
  }

  /**
   * Which endpoint takes it.
   *
   * @param draw any number, by which it is drawn
   * @param tried those that could not be reached
   */
  public ProxyQuestion.Balanced balance(ProxyQuestion.Backend backend, int draw, List<ProxyQuestion.Endpoint> tried) {
    List<ProxyQuestion.Endpoint> all = new ArrayList<>();
    Optional<KubeService.Port> port = port(backend).filter(p -> p.protocol() == PortProtocol.TCP);
    IpFamily family = pod.status().addresses().stream().findFirst().map(a -> a.family()).orElse(IpFamily.INET);
    port.ifPresent(p -> cluster.all(Kind.ENDPOINT_SLICE, backend.namespace()).map(EndpointSlice.class::cast)
        .filter(s -> s.service().equals(Optional.of(backend.service())) && s.family() == family)
        .forEach(s -> s.ports().stream().filter(q -> Objects.equals(q.name(), p.name())).forEach(q -> s.endpoints()
            .forEach(e -> all.add(new ProxyQuestion.Endpoint(e.addresses().getFirst(), q.port(), e.conditions().ready(),
                e.target()))))));
    List<ProxyQuestion.Endpoint> left = all.stream().filter(e -> e.ready() && !tried.contains(e)).toList();
    return new ProxyQuestion.Balanced(this, backend, all, tried, left.isEmpty() ? Optional.empty()
        : Optional.of(left.get(Math.floorMod(draw, left.size()))));
  }
}
