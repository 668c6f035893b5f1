package org.hopscope.model.kube.codec;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.kube.object.Gateway;
import org.hopscope.model.kube.object.GatewayClass;
import org.hopscope.model.kube.object.HttpRoute;
import org.hopscope.model.kube.object.Kind;
import org.hopscope.model.kube.object.Meta;
import org.hopscope.model.kube.object.ReferenceGrant;

/** Reads the Gateway API's kinds, with the limits that its definitions set (config/crd/standard). */
final class GatewayReader {
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH");
  private static final int MOST_WEIGHT = 1_000_000;

  private GatewayReader() {
  }

  static GatewayClass gatewayClass(View object, Meta meta) throws ManifestException {
    object.leave("status");
    return object.requiredObject("spec", f -> {
      f.leave("description");
      return new GatewayClass(meta, f.required("controllerName"));
    });
  }

  static Gateway gateway(View object, Meta meta, boolean stored) throws ManifestException {
    List<IpAddress> addresses = stored
        ? object.object("status", f -> {
          f.leave("conditions", "listeners");
          return f.list("addresses", a -> {
            a.leave("type");
            return a.parsed("value", "an address", IpAddress::parse).orElseThrow(() -> a.missing("value"));
          });
        }).orElse(List.of())
        : List.of();
    object.leave("status");
    return object.requiredObject("spec", fields -> {
      List<Gateway.Listener> listeners = fields.list("listeners", GatewayReader::listener);
      if (listeners.isEmpty()) {
        throw fields.missing("listeners");
      }
      Set<String> names = new HashSet<>();
      for (Gateway.Listener listener : listeners) {
        if (!names.add(listener.name())) {
          throw fields.wrong("listeners", "two listeners are called \"" + listener.name() + "\"");
        }
        if (!names.add(listener.port() + " " + listener.protocol() + " " + listener.hostname())) {
          throw fields.wrong("listeners",
              "Combination of port, protocol and hostname must be unique for each listener");
        }
      }
      return new Gateway(meta, fields.required("gatewayClassName"), listeners, addresses);
    });
  }

  private static Gateway.Listener listener(View fields) throws ManifestException {
    int port = fields.number("port", 1, 65535).orElseThrow(() -> fields.missing("port"));
    fields.required("protocol");
    Gateway.Protocol protocol = fields.word("protocol", List.of(Gateway.Protocol.values()), Enum::name);
    List<Gateway.CertificateRef> certificates = fields.object("tls", GatewayReader::certificates).orElse(List.of());
    boolean plain = protocol != Gateway.Protocol.HTTPS && protocol != Gateway.Protocol.TLS;
    if (plain && fields.has("tls")) {
      throw fields.wrong("tls", "tls must not be specified for protocols ['HTTP', 'TCP', 'UDP']");
    }
    boolean nameless = protocol == Gateway.Protocol.TCP || protocol == Gateway.Protocol.UDP;
    if (nameless && fields.text("hostname").filter(h -> !h.isEmpty()).isPresent()) {
      throw fields.wrong("hostname", "hostname must not be specified for protocols ['TCP', 'UDP']");
    }
    if (protocol == Gateway.Protocol.HTTPS && certificates.isEmpty()) {
      throw fields.wrong("tls", "a listener of protocol HTTPS needs certificateRefs");
    }
    Gateway.Listener open = new Gateway.Listener(fields.required("name"), host(fields.text("hostname"), fields), port,
        protocol, certificates, Gateway.From.SAME, Optional.empty());
    Optional<Gateway.Listener> closed = fields.object("allowedRoutes", f -> {
      List<HttpRoute.UnknownKind> kinds = f.list("kinds", k -> new HttpRoute.UnknownKind(k.text("group").orElse(
          Kind.HTTP_ROUTE.group()), k.required("kind")));
      Gateway.Listener usual = new Gateway.Listener(open.name(), open.hostname(), port, protocol, certificates, open
          .from(), open.namespaces(), kinds);
      return f.object("namespaces", n -> new Gateway.Listener(open.name(), open.hostname(), port, protocol,
          certificates, n.word("from", List.of(Gateway.From.values()), Gateway.From::word), n.object("selector",
              MetaReader::selector),
          kinds)).orElse(usual);
    });
    return closed.orElse(open);
  }

  private static List<Gateway.CertificateRef> certificates(View fields) throws ManifestException {
    fields.leave("mode");
    return fields.list("certificateRefs", f -> {
      HttpRoute.UnknownKind kind =
          new HttpRoute.UnknownKind(f.text("group").orElse(""), f.text("kind").orElse("Secret"));
      boolean secret = kind.group().isEmpty() && kind.kind().equals("Secret");
      return new Gateway.CertificateRef(f.text("namespace").filter(n -> !n.isEmpty()), f.required("name"),
          Optional.of(kind).filter(_ -> !secret));
    });
  }

  static Optional<String> host(Optional<String> typed, View fields) throws ManifestException {
    Optional<String> host = typed.filter(h -> !h.isEmpty());
    if (!host.map(Checks::isHost).orElse(true)) {
      throw fields.wrong("hostname",
          "\"" + host.orElse("") + "\" cannot be a host: a DNS name in lower case, with \"*.\" "
              + "in front of it at most");
    }
    return host;
  }

  static HttpRoute route(View object, Meta meta) throws ManifestException {
    object.leave("status");
    return object.requiredObject("spec", fields -> {
      List<HttpRoute.Parent> parents = fields.list("parentRefs", GatewayReader::parent);
      if (Set.copyOf(parents).size() < parents.size()) {
        throw fields.wrong("parentRefs",
            "sectionName or port must be unique when parentRefs includes 2 or more references"
                + " to the same parent");
      }
      List<String> hosts = fields.items("hostnames", View::text);
      for (String each : hosts) {
        host(Optional.of(each), fields);
      }
      List<HttpRoute.Rule> rules = fields.list("rules", GatewayReader::rule);
      return new HttpRoute(meta, parents, hosts, rules.isEmpty()
          ? List.of(new HttpRoute.Rule(List.of(HttpRoute.Match.ALL), List.of()))
          : rules);
    });
  }

  static ReferenceGrant grant(View object, Meta meta) throws ManifestException {
    return object.requiredObject("spec", fields -> {
      List<ReferenceGrant.From> from = fields.list("from", f -> new ReferenceGrant.From(f.text("group").orElse(""),
          f.required("kind"), f.required("namespace")));
      List<ReferenceGrant.To> to = fields.list("to", f -> new ReferenceGrant.To(f.text("group").orElse(""), f.required(
          "kind"), f.text("name").filter(n -> !n.isEmpty())));
      if (from.isEmpty() || to.isEmpty()) {
        throw fields.missing(from.isEmpty() ? "from" : "to");
      }
      return new ReferenceGrant(meta, from, to);
    });
  }

  private static HttpRoute.Parent parent(View fields) throws ManifestException {
    fields.leave("group");
    if (!fields.text("kind").orElse("Gateway").equals("Gateway")) {
      throw fields.wrong("kind", "of the kinds that routes attach to only Gateway is modelled");
    }
    return new HttpRoute.Parent(fields.text("namespace"), fields.required("name"), fields.text("sectionName"),
        fields.number("port", 1, 65535));
  }

  private static HttpRoute.Rule rule(View fields) throws ManifestException {
    fields.leave("name");
    List<HttpRoute.Match> matches = fields.list("matches", GatewayReader::match);
    List<HttpRoute.Match> known = matches.isEmpty() ? List.of(HttpRoute.Match.ALL) : matches;
    List<HttpRoute.Backend> backends = fields.list("backendRefs", GatewayReader::backend);
    return new HttpRoute.Rule(known, backends, FilterReader.filters(fields, known, !backends.isEmpty()), fields.object(
        "timeouts", GatewayReader::timeouts).orElse(HttpRoute.Timeouts.NONE));
  }

  private static HttpRoute.Timeouts timeouts(View fields) throws ManifestException {
    HttpRoute.Timeouts timeouts = new HttpRoute.Timeouts(lapse(fields, "request"), lapse(fields, "backendRequest"));
    long request = timeouts.request().map(HttpRoute.Lapse::nanos).orElse(0L);
    if (request > 0 && timeouts.backendRequest().map(HttpRoute.Lapse::nanos).orElse(0L) > request) {
      throw fields.wrong("backendRequest", "backendRequest timeout cannot be longer than request timeout");
    }
    return timeouts;
  }

  private static Optional<HttpRoute.Lapse> lapse(View fields, String name) throws ManifestException {
    return fields.parsed(name, "a duration such as 500ms or 1m30s (GEP-2257)", HttpRoute.Lapse::parse);
  }

  private static HttpRoute.Match match(View fields) throws ManifestException {
    HttpRoute.Path path = fields.object("path", f -> {
      HttpRoute.Comparison comparison = f.parsed("type", "Exact, PathPrefix or RegularExpression",
          HttpRoute.Comparison::of).orElse(HttpRoute.Comparison.PATH_PREFIX);
      String value = f.text("value").orElse("/");
      if (comparison != HttpRoute.Comparison.REGULAR_EXPRESSION && !value.startsWith("/")) {
        throw f.wrong("value", "\"" + value + "\" must begin with \"/\"");
      }
      if (comparison != HttpRoute.Comparison.REGULAR_EXPRESSION) {
        plain(f, value);
      }
      return new HttpRoute.Path(comparison, value);
    }).orElse(HttpRoute.Match.ALL.path());
    return new HttpRoute.Match(path, values(fields, "headers"), values(fields, "queryParams"),
        fields.parsed("method", "a method of HTTP", m -> Optional.of(m).filter(
            METHODS::contains)));
  }

  private static void plain(View fields, String path) throws ManifestException {
    Optional<String> problem = Checks.path(path).or(() -> Optional.of("must not contain '#'").filter(_ -> path.contains(
        "#")));
    if (problem.isPresent()) {
      throw fields.wrong("value", problem.get() + " when type one of ['Exact', 'PathPrefix']");
    }
  }

  /** Each name once, as it is written. */
  private static List<HttpRoute.Value> values(View fields, String list) throws ManifestException {
    List<HttpRoute.Value> values = fields.list(list, GatewayReader::value);
    Set<String> names = new HashSet<>();
    for (HttpRoute.Value value : values) {
      if (!names.add(value.name())) {
        throw fields.wrong(list, "Duplicate value: {\"name\":\"" + value.name() + "\"}");
      }
    }
    return values;
  }

  private static HttpRoute.Value value(View fields) throws ManifestException {
    HttpRoute.Comparison comparison =
        fields.parsed("type", "Exact or RegularExpression", t -> HttpRoute.Comparison.of(t)
            .filter(c -> c != HttpRoute.Comparison.PATH_PREFIX)).orElse(HttpRoute.Comparison.EXACT);
    return new HttpRoute.Value(fields.required("name"), comparison, fields.required("value"));
  }

  /** A reference to a Service, or to something that no controller knows. */
  static HttpRoute.Backend backend(View fields) throws ManifestException {
    HttpRoute.UnknownKind kind =
        new HttpRoute.UnknownKind(fields.text("group").orElse(""), fields.text("kind").orElse("Service"));
    boolean service = kind.group().isEmpty() && kind.kind().equals("Service");
    Optional<Integer> port = fields.number("port", 1, 65535);
    if (service && port.isEmpty()) {
      throw fields.missing("port");
    }
    return new HttpRoute.Backend(fields.text("namespace"), fields.required("name"), port.orElse(0),
        fields.number("weight", 0, MOST_WEIGHT).orElse(1), Optional.of(kind).filter(_ -> !service), FilterReader
            .headers(fields));
  }
}
