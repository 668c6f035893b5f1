package org.hopscope.model.kube.ingress;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.hopscope.model.kube.object.Gateway;
import org.hopscope.model.kube.object.HttpRoute;
import org.hopscope.model.kube.object.Kind;
import org.hopscope.model.kube.object.KubeNamespace;
import org.hopscope.model.kube.object.Meta;
import org.hopscope.model.kube.object.ObjectKey;
import org.hopscope.model.kube.object.ReferenceGrant;
import org.hopscope.model.kube.object.RouteFilter;

/**
 * The routes of one Gateway (Gateway API v1, HTTPRouteSpec and HTTPRouteRule: hostnames and precedence). Of all matches that
 * hold for a request the first counts by: longest matching host without a star, longest host, Exact path, longest prefix,
 * method, most headers, most parameters, oldest route, its name, place in the route. Regular expressions, which the API
 * leaves open, stand between Exact and prefixes. Backends and certificates in other namespaces need a ReferenceGrant there. Of
 * doors at one port that speak different protocols none is opened, nor any that speaks neither HTTP nor HTTPS.
 */
public final class GatewayRoutes {
  private static final Comparator<Entry> ORDER = Comparator.<Entry>comparingInt(e -> e.host().isWildcard()
      ? 0
      : e.host().text().length()).reversed()
      .thenComparing(Comparator.<Entry>comparingInt(e -> e.host().text().length()).reversed())
      .thenComparingInt(e -> rank(e.match().path().comparison()))
      .thenComparing(Comparator.<Entry>comparingInt(e -> e.match().path().value().length()).reversed())
      .thenComparing(e -> e.match().method().isEmpty())
      .thenComparing(Comparator.<Entry>comparingInt(e -> e.match().headers().size()).reversed())
      .thenComparing(Comparator.<Entry>comparingInt(e -> e.match().query().size()).reversed())
      .thenComparing(e -> e.meta().created()).thenComparing(e -> e.meta().namespace())
      .thenComparing(e -> e.meta().name()).thenComparingInt(e -> e.place().rule())
      .thenComparingInt(e -> e.place().match());

  private final Gateway gateway;
  private final List<KubeNamespace> namespaces;
  private final List<HttpRoute> routes;
  private final List<ReferenceGrant> grants;

  /** A match that a request may fit, with the host by which its route is for the request. */
  private record Entry(GatewayDecision.Place place, Meta meta, HostPattern host, HttpRoute.Match match) {
  }

  /** How a route stands with a Gateway that it names as its parent. */
  public enum Standing {
    /** It is attached to one of its doors, at least. */
    ATTACHED,
    /** There is no door of the name and port that it wants. */
    NO_LISTENER,
    /** None of them takes routes of its namespace. */
    NOT_ALLOWED,
    /** None of them is for any of its hosts. */
    NO_HOST
  }

  private GatewayRoutes(Gateway gateway, List<KubeNamespace> namespaces, List<HttpRoute> routes,
      List<ReferenceGrant> grants) {
    this.gateway = gateway;
    this.namespaces = List.copyOf(namespaces);
    this.routes = List.copyOf(routes);
    this.grants = List.copyOf(grants);
  }

  /** The table of a Gateway, from all routes of the cluster. */
  public static GatewayRoutes of(Gateway gateway, List<KubeNamespace> namespaces, List<HttpRoute> all) {
    return of(gateway, namespaces, all, List.of());
  }

  /** The same, with leave to refer to other namespaces. */
  public static GatewayRoutes of(Gateway gateway, List<KubeNamespace> namespaces, List<HttpRoute> all,
      List<ReferenceGrant> grants) {
    return new GatewayRoutes(gateway, namespaces, all, grants);
  }

  /** The Service that a route means by a backend. */
  static ObjectKey service(ObjectKey route, HttpRoute.Backend backend) {
    return new ObjectKey(Kind.SERVICE, backend.namespace().orElse(route.namespace()), backend.service());
  }

  /** Whether an object may refer to another: within its namespace, or by leave of a grant. */
  static boolean isPermitted(List<ReferenceGrant> grants, ObjectKey from, ObjectKey to) {
    return from.namespace().equals(to.namespace()) || grants.stream().anyMatch(g -> g.allows(from, to));
  }

  /** Whether a backend of a route is a Service that it may use. */
  boolean isUsable(ObjectKey route, HttpRoute.Backend backend) {
    return backend.unknown().isEmpty() && isPermitted(grants, route, service(route, backend));
  }

  /** Whether a certificate of a door is a Secret that the Gateway may use. */
  boolean isUsable(Gateway.CertificateRef certificate) {
    return certificate.unknown().isEmpty() && isPermitted(grants, gateway.key(), certificate.secret(gateway));
  }

  /** Why a door is not opened: the reason of its condition Accepted. */
  Optional<String> refusal(Gateway.Listener listener) {
    boolean spoken = listener.protocol() == Gateway.Protocol.HTTP || listener.protocol() == Gateway.Protocol.HTTPS;
    boolean conflict = gateway.listeners().stream()
        .anyMatch(l -> l.port() == listener.port() && l.protocol() != listener.protocol());
    return !spoken ? Optional.of("UnsupportedProtocol")
        : conflict ? Optional.of("ProtocolConflict") : Optional.empty();
  }

  /** How a route stands with this Gateway by one of its references to parents. */
  public Standing standing(HttpRoute route, HttpRoute.Parent parent) {
    List<Gateway.Listener> meant = gateway.listeners().stream()
        .filter(l -> parent.section().map(l.name()::equals).orElse(true) && parent.port().map(n -> n == l.port())
            .orElse(true))
        .toList();
    List<Gateway.Listener> open = meant.stream().filter(l -> isAllowed(route, l)).toList();
    return meant.isEmpty() ? Standing.NO_LISTENER
        : open.isEmpty() ? Standing.NOT_ALLOWED
        : open.stream().allMatch(l -> hosts(route, l).isEmpty()) ? Standing.NO_HOST : Standing.ATTACHED;
  }

  private static int rank(HttpRoute.Comparison comparison) {
    return switch (comparison) {
      case EXACT -> 0;
      case REGULAR_EXPRESSION -> 1;
      case PATH_PREFIX -> 2;
    };
  }

  /** The door for a port and host: of those that fit, the one with the most specific host. */
  public Optional<Gateway.Listener> listener(int port, String host) {
    return gateway.listeners().stream()
        .filter(l -> l.port() == port && refusal(l).isEmpty()
            && l.hostname().map(h -> new HostPattern(h).matches(host)).orElse(true))
        .max(Comparator.<Gateway.Listener>comparingInt(l -> l.hostname().filter(h -> !h.startsWith("*")).map(
            String::length).orElse(0)).thenComparingInt(l -> l.hostname().map(String::length).orElse(0)));
  }

  /** Whether a route is attached to a door: both have to want it, and to have a host in common. */
  public boolean isAttached(HttpRoute route, Gateway.Listener listener) {
    return wants(route, listener) && isAllowed(route, listener) && !hosts(route, listener).isEmpty();
  }

  private boolean wants(HttpRoute route, Gateway.Listener listener) {
    return route.parents().stream().anyMatch(p -> p.name().equals(gateway.meta().name())
        && p.namespace().orElse(route.meta().namespace()).equals(gateway.meta().namespace())
        && p.section().map(listener.name()::equals).orElse(true) && p.port().map(n -> n == listener.port()).orElse(
            true));
  }

  private boolean isAllowed(HttpRoute route, Gateway.Listener listener) {
    String namespace = route.meta().namespace();
    if (refusal(listener).isPresent() || !listener.takesHttpRoutes()) {
      return false;
    }
    return switch (listener.from()) {
      case SAME -> namespace.equals(gateway.meta().namespace());
      case ALL -> true;
      case NONE -> false;
      case SELECTOR -> namespaces.stream().anyMatch(n -> n.meta().name().equals(namespace)
          && listener.namespaces().filter(s -> s.matches(n.meta().labels())).isPresent());
    };
  }

  /** The hosts that a route and a door have in common: of two patterns that overlap, the narrower one. */
  private static List<HostPattern> hosts(HttpRoute route, Gateway.Listener listener) {
    if (route.hostnames().isEmpty()) {
      return List.of(new HostPattern(listener.hostname().orElse("")));
    }
    List<HostPattern> common = new ArrayList<>();
    for (String name : route.hostnames()) {
      HostPattern own = new HostPattern(name);
      Optional<HostPattern> theirs = listener.hostname().map(HostPattern::new);
      if (theirs.isEmpty() || covers(theirs.get(), own)) {
        common.add(own);
      } else if (covers(own, theirs.get())) {
        common.add(theirs.get());
      }
    }
    return common;
  }

  private static boolean covers(HostPattern wide, HostPattern narrow) {
    return wide.equals(narrow) || wide.isWildcard() && (narrow.isWildcard()
        ? narrow.text().endsWith(wide.text().substring(1))
        : wide.matches(narrow.text()));
  }

  /** Where a request that comes in by a port is led, and what became of every match on the way. */
  public GatewayDecision route(int port, HttpRequest request) {
    return route(port, request.host(), request);
  }

  /** The same, by the door of a name: the one that TLS asked for, or the request's host. */
  GatewayDecision route(int port, String name, HttpRequest request) {
    Optional<Gateway.Listener> listener = listener(port, name);
    List<GatewayDecision.Considered> considered = new ArrayList<>();
    List<Entry> held = new ArrayList<>();
    for (HttpRoute route : routes) {
      Optional<HostPattern> host = listener.filter(l -> isAttached(route, l)).flatMap(l -> best(hosts(route, l), request
          .host()));
      boolean attached = listener.filter(l -> isAttached(route, l)).isPresent();
      for (int r = 0; r < route.rules().size(); r++) {
        List<HttpRoute.Match> matches = route.rules().get(r).matches();
        for (int m = 0; m < matches.size(); m++) {
          GatewayDecision.Place place = new GatewayDecision.Place(route.key(), r, m);
          GatewayDecision.Fate fate = !attached
              ? GatewayDecision.Fate.NOT_ATTACHED
              : host.isEmpty() ? GatewayDecision.Fate.OTHER_HOST : fate(matches.get(m), request);
          considered.add(new GatewayDecision.Considered(place, fate));
          if (fate == GatewayDecision.Fate.LATER) {
            held.add(new Entry(place, route.meta(), host.orElseThrow(), matches.get(m)));
          }
        }
      }
    }
    Optional<Entry> won = held.stream().min(ORDER);
    considered.replaceAll(c -> won.filter(w -> w.place().equals(c.place())).isPresent()
        ? new GatewayDecision.Considered(c.place(), GatewayDecision.Fate.WON)
        : c);
    return new GatewayDecision(listener.map(Gateway.Listener::name), won.map(w -> target(w, port, request)).orElseGet(
        GatewayDecision.Target.NotFound::new), considered);
  }

  /** The most specific of some hosts that is a request's; an empty one is anybody's. */
  private static Optional<HostPattern> best(List<HostPattern> hosts, String name) {
    return hosts.stream().filter(h -> h.text().isEmpty() || h.matches(name)).max(Comparator.<HostPattern>comparingInt(
        h -> h.isWildcard() ? 0 : h.text().length()).thenComparingInt(h -> h.text().length()));
  }

  private GatewayDecision.Target target(Entry won, int port, HttpRequest request) {
    HttpRoute route = routes.stream().filter(r -> r.key().equals(won.place().route())).findFirst().orElseThrow();
    HttpRoute.Rule rule = route.rules().get(won.place().rule());
    String prefix = won.match().path().value();
    Optional<RouteFilter.Cors> cors = RouteFilters.cors(rule.filters()).filter(_ -> CrossOrigin.isPreflight(request));
    if (cors.isPresent()) {
      return new GatewayDecision.Target.Preflight(won.place(), CrossOrigin.preflight(cors.get(), request));
    }
    if (rule.redirect().isPresent()) {
      boolean secure = listener(port, request.host()).filter(l -> !l.certificates().isEmpty()).isPresent();
      RouteFilter.Redirect redirect = rule.redirect().get();
      return new GatewayDecision.Target.Redirected(won.place(), RouteFilters.location(redirect, request, prefix, port,
          secure), redirect.status());
    }
    List<HttpRoute.Backend> backends = rule.backends().stream().filter(b -> b.weight() > 0).toList();
    return backends.stream().noneMatch(b -> isUsable(route.key(), b))
        ? new GatewayDecision.Target.NoBackend(won.place())
        : new GatewayDecision.Target.Services(won.place(), backends, RouteFilters.sent(rule.filters(), request, prefix),
            RouteFilters.answers(rule.filters(), request), rule.timeouts(), RouteFilters.mirrors(rule.filters()));
  }

  /** What a match fails by; LATER when it holds. */
  private static GatewayDecision.Fate fate(HttpRoute.Match match, HttpRequest request) {
    if (!isPath(match.path(), request.path())) {
      return GatewayDecision.Fate.OTHER_PATH;
    }
    if (!match.method().map(m -> m.equals(request.method())).orElse(true)) {
      return GatewayDecision.Fate.OTHER_METHOD;
    }
    if (!first(match.headers()).allMatch(h -> request.header(h.name()).filter(v -> is(h, v)).isPresent())) {
      return GatewayDecision.Fate.OTHER_HEADER;
    }
    return match.query().stream().allMatch(q -> request.parameter(q.name()).filter(v -> is(q, v)).isPresent())
        ? GatewayDecision.Fate.LATER
        : GatewayDecision.Fate.OTHER_PARAMETER;
  }

  /** Of header fields that are the same but for capital letters only the first counts. */
  private static Stream<HttpRoute.Value> first(List<HttpRoute.Value> headers) {
    return headers.stream().filter(h -> headers.stream().filter(o -> o.name().equalsIgnoreCase(h.name())).findFirst()
        .equals(Optional.of(h)));
  }

  private static boolean isPath(HttpRoute.Path path, String asked) {
    return switch (path.comparison()) {
      case EXACT -> asked.equals(path.value());
      case PATH_PREFIX -> Paths.isPrefix(path.value(), asked);
      case REGULAR_EXPRESSION -> fits(path.value(), asked);
    };
  }

  private static boolean is(HttpRoute.Value wanted, String value) {
    return switch (wanted.comparison()) {
      case EXACT, PATH_PREFIX -> value.equals(wanted.value());
      case REGULAR_EXPRESSION -> fits(wanted.value(), value);
    };
  }

  /** Whether a whole text fits an expression (RE2, as Envoy has them); what is no expression fits nothing. */
  private static boolean fits(String expression, String text) {
    try {
      return Pattern.matches(expression, text);
    } catch (PatternSyntaxException wrong) {
      return false;
    }
  }

  /** The Secrets with certificates that the door of a name may show. */
  public List<ObjectKey> certificates(int port, String serverName) {
    return listener(port, serverName.toLowerCase(Locale.ROOT)).map(l -> l.certificates().stream().filter(
        this::isUsable).map(c -> c.secret(gateway)).toList()).orElse(List.of());
  }
}
