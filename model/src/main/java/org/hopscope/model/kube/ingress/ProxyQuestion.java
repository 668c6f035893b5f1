package org.hopscope.model.kube.ingress;

import static org.hopscope.model.kube.ingress.Sentences.say;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.kube.object.HttpRoute;
import org.hopscope.model.kube.object.ObjectKey;
import org.hopscope.model.kube.object.PortName;
import org.hopscope.model.kube.object.RouteFilter;
import org.hopscope.model.tls.Certificate;

/** What a program between a client and others asks its tables, with the answer: which certificate, rule, endpoint or pod. */
public sealed interface ProxyQuestion {
  /** The program that asks. */
  String program();

  /** What it is asked for, in a word or two. */
  String key();

  /** What came out of it. */
  String sentence();

  /** Every row that was in hand, and why each won or lost. */
  List<Row> rows();

  /** A row of a table: what it says, whether it decided, and why it won or lost. */
  record Row(String text, boolean won, String reason) {
  }

  /**
   * Which certificate is shown?
   *
   * @param port where the client came in
   * @param serverName the name that the client asks for; empty when it asks for none
   * @param secret the Secret that it comes from
   * @param shown the certificate; empty when the proxy refuses to talk
   */
  record Certified(ReverseProxy proxy, int port, String serverName, Optional<ObjectKey> secret,
      Optional<Certificate> shown) implements ProxyQuestion {
    @Override
    public String program() {
      return proxy.kind().names().name();
    }

    @Override
    public String key() {
      return serverName;
    }

    @Override
    public String sentence() {
      String by = program();
      if (shown.isEmpty()) {
        return say("certificate.none", serverName, by);
      }
      return secret.map(s -> say("certificate", serverName, by, s, shown.get().subject()))
          .orElseGet(() -> say("certificate.own", serverName, by, shown.get().subject()));
    }

    @Override
    public List<Row> rows() {
      List<Row> rows = new ArrayList<>();
      for (ReverseProxy.Offered offer : proxy.offered(port)) {
        boolean won = secret.equals(Optional.of(offer.secret()));
        boolean known = proxy.read(offer.secret()).isPresent();
        rows.add(new Row(say("certificate.row", offer.secret(), offer.hosts().isEmpty() ? say("certificate.anyname")
            : String.join(", ", offer.hosts())), won, say(
                !known ? "certificate.missing" : won ? "certificate.won"
                    : "certificate.other")));
      }
      if (secret.isEmpty()) {
        rows.add(new Row(shown.map(Certificate::subject).orElse("-"), true, say("certificate.fallback")));
      }
      return rows;
    }
  }

  /**
   * Where does a request go?
   *
   * @param port where the client came in
   * @param serverName the name that was asked for over TLS, empty for none; when TLS ended here
   * @param led what becomes of it
   */
  record Routed(ReverseProxy proxy, int port, Optional<String> serverName, HttpRequest request, Led led)
      implements
      ProxyQuestion {
    @Override
    public String program() {
      return proxy.kind().names().name();
    }

    @Override
    public String key() {
      return say("request", request.method(), host(), request.target());
    }

    private String host() {
      return request.host().isEmpty() ? say("nobody") : request.host();
    }

    @Override
    public String sentence() {
      String by = program();
      return switch (led) {
        case Led.To(ObjectKey rule, boolean fallback, Backend backend, var _) -> say(fallback ? "request.fallback"
            : "request.to", request.method(), host(), request.target(), by, rule, backend.text());
        case Led.Redirected(String location, int _) -> say(proxy.kind().isGateway() ? "request.elsewhere"
            : "request.redirect", request.method(), host(), request.target(), by,
            location);
        case Led.Preflight(ObjectKey rule, var fields) ->
            say(fields.isEmpty() ? "request.foreign" : "request.preflight",
                request.method(), host(), request.target(), by, rule, led.status());
        case Led.NotFound() -> say("request.notfound", request.method(), host(), request.target(), by, led.status());
        case Led.Misdirected(String name) -> say("request.misdirected", request.method(), host(), request.target(), by,
            name.isEmpty() ? say("nobody") : name, led.status());
        case Led.NoBackend(ObjectKey rule) -> say("request.nobackend", request.method(), host(), request.target(), by,
            rule, led.status());
      };
    }

    @Override
    public List<Row> rows() {
      List<Row> rows = new ArrayList<>(proxy.considered(port, serverName, request));
      if (rows.stream().noneMatch(Row::won)) {
        rows.add(new Row(say("request.none"), true, sentence()));
      }
      return rows;
    }
  }

  /** What becomes of a request. */
  sealed interface Led {
    /**
     * A Service takes it.
     *
     * @param rule the Ingress or HTTPRoute that says so
     * @param fallback whether it is its default backend
     * @param sent the request as the backend gets it, and what is done with the answer
     */
    record To(ObjectKey rule, boolean fallback, Backend backend, Sent sent) implements Led {
    }

    /** The client is sent elsewhere, with this status. */
    record Redirected(String location, int status) implements Led {
    }

    /** A browser asks what a page of another origin may send: these are the fields of the answer; none when it may not. */
    record Preflight(ObjectKey rule, List<RouteFilter.Field> fields) implements Led {
      public Preflight {
        fields = List.copyOf(fields);
      }
    }

    /** No rule is for it. */
    record NotFound() implements Led {
    }

    /** It is for another host than TLS was asked for. */
    record Misdirected(String serverName) implements Led {
    }

    /** A rule is for it and has no Service that could be used (Gateway API: HTTPRouteRule.backendRefs). */
    record NoBackend(ObjectKey rule) implements Led {
    }

    /** What the proxy answers by itself; 200 when somebody else does. */
    default int status() {
      return switch (this) {
        case To _ -> 200;
        case Redirected(var _, int status) -> status;
        case Preflight(var _, var fields) -> fields.isEmpty() ? 403 : 200;
        case NotFound _ -> 404;
        case Misdirected _ -> 421;
        case NoBackend _ -> 500;
      };
    }
  }

  /**
   * A request as it is sent on.
   *
   * @param answers what is done with its answer
   * @param timeouts how long is waited for it
   * @param copies what is sent to others besides, whose answers are thrown away
   */
  record Sent(HttpRequest request, List<RouteFilter.Headers> answers, HttpRoute.Timeouts timeouts,
      List<Copied> copies) {
    public Sent {
      copies = List.copyOf(copies);
      answers = List.copyOf(answers);
    }

    /** As it came. */
    public Sent(HttpRequest request) {
      this(request, List.of(), HttpRoute.Timeouts.NONE, List.of());
    }
  }

  /** A copy of a request, and for whom it is. */
  record Copied(Backend to, HttpRequest request) {
  }

  /** A Service's port. */
  record Backend(String namespace, String service, PortName port) {
    /** {@code namespace/service:port}. */
    public String text() {
      return namespace + "/" + service + ":" + port;
    }
  }

  /**
   * Which endpoint of a Service?
   *
   * @param endpoints all that are known
   * @param tried how many of them were tried in vain, the last ones first
   * @param chosen the one that was drawn
   */
  record Balanced(ReverseProxy proxy, Backend backend, List<Endpoint> endpoints, List<Endpoint> tried,
      Optional<Endpoint> chosen) implements ProxyQuestion {
    public Balanced {
      endpoints = List.copyOf(endpoints);
      tried = List.copyOf(tried);
    }

    @Override
    public String program() {
      return proxy.kind().names().name();
    }

    @Override
    public String key() {
      return backend.text();
    }

    @Override
    public String sentence() {
      String by = program();
      return chosen.map(e -> say("endpoint.won", by, e.text(), endpoints.stream().filter(Endpoint::ready).count(),
          backend.text()))
          .orElseGet(() -> say(!proxy.hasService(backend) ? "endpoint.missing" : tried.isEmpty() ? "endpoint.none"
              : "endpoint.tried", backend.text(), by, status(false)));
    }

    /** What the proxy answers when nobody is left: 502 or, when somebody was waited for in vain, 504. */
    public int status(boolean waited) {
      return tried.isEmpty() ? proxy.kind().habits().unavailable() : waited ? 504 : 502;
    }

    @Override
    public List<Row> rows() {
      List<Row> rows = new ArrayList<>(endpoints.stream()
          .map(e -> new Row(e.text(), chosen.equals(Optional.of(e)), say(reason(e)))).toList());
      if (chosen.isEmpty()) {
        rows.add(new Row(say("endpoint.nobody"), true, sentence()));
      }
      return rows;
    }

    private String reason(Endpoint endpoint) {
      return chosen.equals(Optional.of(endpoint)) ? "endpoint.chosen" : !endpoint.ready() ? "endpoint.unready"
          : tried.contains(endpoint) ? "endpoint.silent" : "endpoint.other";
    }
  }

  /**
   * To which pod does {@code kubectl port-forward} lead a connection?
   *
   * @param pod the pod that was chosen when the command was given
   * @param port the port in it
   * @param node where it runs; empty when it does not run any more
   */
  record Forwarded(String program, ObjectKey pod, int port, Optional<String> node) implements ProxyQuestion {
    @Override
    public String key() {
      return pod.path() + ":" + port;
    }

    @Override
    public String sentence() {
      return node.map(n -> say("forward", pod.path(), n, Integer.toString(port)))
          .orElseGet(() -> say("forward.none", pod
              .path()));
    }

    @Override
    public List<Row> rows() {
      return List.of(new Row(key(), node.isPresent(), sentence()));
    }
  }

  /** One address of an EndpointSlice with a port. */
  record Endpoint(IpAddress address, int port, boolean ready, Optional<ObjectKey> pod) {
    /** {@code 10.244.1.3:8080 (default/web-1)}. */
    public String text() {
      return say("endpoint.row", address, port, pod.map(p -> say("endpoint.pod", p.path())).orElse(""));
    }
  }
}
