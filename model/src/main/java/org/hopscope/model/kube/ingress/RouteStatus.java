package org.hopscope.model.kube.ingress;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hopscope.model.kube.Cluster;
import org.hopscope.model.kube.object.Gateway;
import org.hopscope.model.kube.object.GatewayClass;
import org.hopscope.model.kube.object.HttpRoute;
import org.hopscope.model.kube.object.Kind;
import org.hopscope.model.kube.object.KubeService;
import org.hopscope.model.kube.object.ObjectKey;
import org.hopscope.model.kube.object.PortName;
import org.hopscope.model.kube.object.ReferenceGrant;
import org.hopscope.model.kube.object.RouteFilter;

/**
 * What controllers of the Gateway API say of the objects that they serve (apis/v1 shared_types.go RouteConditionType,
 * gateway_types.go GatewayConditionType and ListenerConditionType): it follows from the objects, and is kept nowhere.
 */
public final class RouteStatus {
  private static final Condition RESOLVED =
      Condition.of("ResolvedRefs", true, "ResolvedRefs", "All references are resolved");

  private RouteStatus() {
  }

  /**
   * A condition.
   *
   * @param status {@code True}, {@code False} or {@code Unknown}
   */
  public record Condition(String type, String status, String reason, String message) {
    static Condition of(String type, boolean holds, String reason, String message) {
      return new Condition(type, holds ? "True" : "False", reason, message);
    }

    static Condition pending(String type) {
      return new Condition(type, "Unknown", "Pending", "Waiting for controller");
    }
  }

  /** What the controller of one of its Gateways says of a route. */
  public record OfParent(HttpRoute.Parent parent, String controller, List<Condition> conditions) {
    public OfParent {
      conditions = List.copyOf(conditions);
    }
  }

  /** What is said of a door: whether HTTPRoutes may attach to it, how many are, and how it is. */
  public record OfListener(Gateway.Listener listener, boolean takesHttpRoutes, int routes, List<Condition> conditions) {
    public OfListener {
      conditions = List.copyOf(conditions);
    }
  }

  private static List<ReferenceGrant> grants(Cluster cluster) {
    return cluster.all(Kind.REFERENCE_GRANT).map(ReferenceGrant.class::cast).toList();
  }

  static GatewayRoutes routes(Cluster cluster, Gateway gateway) {
    return GatewayRoutes.of(gateway, cluster.namespaces(), cluster.all(Kind.HTTP_ROUTE).map(HttpRoute.class::cast)
        .toList(), grants(cluster));
  }

  /** The controller of a class, when it is installed. */
  private static Optional<String> controller(Cluster cluster, String name) {
    return cluster.find(new ObjectKey(Kind.GATEWAY_CLASS, "", name)).map(c -> ((GatewayClass) c).controller())
        .filter(c -> isServed(cluster, c));
  }

  private static boolean isServed(Cluster cluster, String controller) {
    return IngressController.called(controller).filter(c -> cluster.pods().stream().anyMatch(c::isInstalledIn))
        .isPresent();
  }

  /** What is said of a class. */
  public static List<Condition> of(Cluster cluster, GatewayClass type) {
    return isServed(cluster, type.controller())
        ? List.of(Condition.of("Accepted", true, "Accepted", "The class is served"), Condition.of("SupportedVersion",
            true, "SupportedVersion", "The version of the Gateway API is supported"))
        : List.of(Condition.pending("Accepted"));
  }

  /** What is said of a Gateway. */
  public static List<Condition> of(Cluster cluster, Gateway gateway) {
    if (controller(cluster, gateway.className()).isEmpty()) {
      return List.of(Condition.pending("Accepted"), Condition.pending("Programmed"));
    }
    GatewayRoutes routes = routes(cluster, gateway);
    long refused = gateway.listeners().stream().filter(l -> routes.refusal(l).isPresent()).count();
    if (refused == gateway.listeners().size()) {
      return List.of(Condition.of("Accepted", false, "ListenersNotValid", "None of its listeners is valid"),
          Condition.of("Programmed", false, "Invalid", "None of its listeners is valid"));
    }
    boolean reachable = !gateway.addresses().isEmpty();
    return List.of(refused > 0
        ? Condition.of("Accepted", true, "ListenersNotValid", "Some of its listeners are not valid")
        : Condition.of("Accepted", true, "Accepted", "The Gateway is served"),
        Condition.of("Programmed", reachable, reachable ? "Programmed" : "AddressNotAssigned",
            reachable ? "Its proxy can be reached" : "Its proxy has no address yet"));
  }

  /** What is said of the doors of a Gateway; nothing while nobody serves it. */
  public static List<OfListener> listeners(Cluster cluster, Gateway gateway) {
    List<OfListener> all = new ArrayList<>();
    if (controller(cluster, gateway.className()).isEmpty()) {
      return all;
    }
    GatewayRoutes routes = routes(cluster, gateway);
    for (Gateway.Listener listener : gateway.listeners()) {
      int attached = (int) cluster.all(Kind.HTTP_ROUTE).map(HttpRoute.class::cast)
          .filter(r -> routes.isAttached(r, listener)).count();
      Optional<String> refusal = routes.refusal(listener);
      Optional<Condition> wrong = listener.certificates().stream().flatMap(c -> wrong(cluster, gateway, routes, c)
          .stream()).findFirst();
      boolean valid = wrong.isEmpty() && refusal.isEmpty() && listener.takesHttpRoutes();
      boolean open = !gateway.addresses().isEmpty() && valid;
      List<Condition> conditions = new ArrayList<>();
      conditions.add(refusal.map(r -> Condition.of("Accepted", false, r, r.equals("ProtocolConflict")
          ? "Listeners of its port speak different protocols"
          : "The protocol " + listener.protocol() + " is not supported"))
          .orElse(Condition.of("Accepted", true, "Accepted",
              "The listener is served")));
      conditions.add(Condition.of("Programmed", open, open ? "Programmed" : valid ? "Pending" : "Invalid",
          open ? "Its port is open" : "Its port is not open"));
      conditions.add(wrong.or(() -> Optional.of(Condition.of("ResolvedRefs", false, "InvalidRouteKinds",
          "It names kinds of routes that are not known")).filter(_ -> listener.namesUnknownKinds())).orElse(RESOLVED));
      refusal.filter("ProtocolConflict"::equals).ifPresent(r -> conditions.add(Condition.of("Conflicted", true, r,
          "Listeners of its port speak different protocols")));
      all.add(new OfListener(listener, listener.takesHttpRoutes() && !refusal.equals(Optional.of(
          "UnsupportedProtocol")), attached, conditions));
    }
    return all;
  }

  /** What is wrong with a certificate that a door names. */
  private static Optional<Condition> wrong(Cluster cluster, Gateway gateway, GatewayRoutes routes,
      Gateway.CertificateRef certificate) {
    ObjectKey secret = certificate.secret(gateway);
    if (certificate.unknown().isPresent()) {
      return Optional
          .of(Condition.of("ResolvedRefs", false, "InvalidCertificateRef", "Certificates of kind " + certificate
              .unknown().get() + " are not known"));
    }
    if (!routes.isUsable(certificate)) {
      return Optional.of(Condition.of("ResolvedRefs", false, "RefNotPermitted", "No ReferenceGrant of the namespace "
          + secret.namespace() + " lets it refer to Secret " + secret.path()));
    }
    return ReverseProxy.read(cluster, secret).isPresent() ? Optional.empty()
        : Optional.of(Condition.of("ResolvedRefs", false, "InvalidCertificateRef", "Secret " + secret.path()
            + (cluster.find(secret).isPresent() ? " has no certificate" : " does not exist")));
  }

  /** What is said of a route by the controllers of its Gateways; nobody speaks for one that is not there. */
  public static List<OfParent> of(Cluster cluster, HttpRoute route) {
    List<OfParent> all = new ArrayList<>();
    for (HttpRoute.Parent parent : route.parents()) {
      Optional<Gateway> gateway = cluster.find(new ObjectKey(Kind.GATEWAY, parent.namespace().orElse(route.meta()
          .namespace()), parent.name())).map(Gateway.class::cast);
      gateway.flatMap(g -> controller(cluster, g.className())).ifPresent(c -> all.add(new OfParent(parent, c, List.of(
          accepted(routes(cluster, gateway.get()).standing(route, parent)), resolved(cluster, route)))));
    }
    return all;
  }

  private static Condition accepted(GatewayRoutes.Standing standing) {
    return switch (standing) {
      case ATTACHED -> Condition.of("Accepted", true, "Accepted", "The route is attached");
      case NO_LISTENER -> Condition.of("Accepted", false, "NoMatchingParent",
          "The Gateway has no listener of this name and port");
      case NOT_ALLOWED -> Condition.of("Accepted", false, "NotAllowedByListeners",
          "No listener takes routes of this namespace");
      case NO_HOST -> Condition.of("Accepted", false, "NoMatchingListenerHostname",
          "No listener is for any of its hostnames");
    };
  }

  private static Condition resolved(Cluster cluster, HttpRoute route) {
    List<ReferenceGrant> grants = grants(cluster);
    for (HttpRoute.Rule rule : route.rules()) {
      for (HttpRoute.Backend backend : Stream.concat(rule.backends().stream(), RouteFilters.mirrors(rule.filters())
          .stream().map(RouteFilter.Mirror::to)).toList()) {
        if (backend.unknown().isPresent()) {
          return Condition.of("ResolvedRefs", false, "InvalidKind", "Backends of kind " + backend.unknown().get()
              + " are not known");
        }
        ObjectKey key = GatewayRoutes.service(route.key(), backend);
        if (!GatewayRoutes.isPermitted(grants, route.key(), key)) {
          return Condition.of("ResolvedRefs", false, "RefNotPermitted", "No ReferenceGrant of the namespace "
              + key.namespace() + " lets it refer to Service " + key.path());
        }
        boolean there = cluster.find(key).map(KubeService.class::cast).flatMap(s -> ServicePorts.find(s,
            new PortName.Number(backend.port()))).isPresent();
        if (!there) {
          return Condition.of("ResolvedRefs", false, "BackendNotFound", "There is no Service " + key.path()
              + " with the port " + backend.port());
        }
      }
    }
    return RESOLVED;
  }
}
