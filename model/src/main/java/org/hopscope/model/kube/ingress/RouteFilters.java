package org.hopscope.model.kube.ingress;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hopscope.model.kube.object.RouteFilter;

/** What the filters of a rule make of a request and of its answer (Gateway API v1 HTTPRouteFilter). */
public final class RouteFilters {
  private RouteFilters() {
  }

  /**
   * The request as the backend gets it.
   *
   * @param prefix the path of the match by which it came here
   */
  static HttpRequest sent(List<RouteFilter> filters, HttpRequest request, String prefix) {
    HttpRequest sent = request;
    for (RouteFilter filter : filters) {
      sent = switch (filter) {
        case RouteFilter.Headers headers ->
            headers.answers() ? sent : sent.withHeaders(changed(headers, sent.headers()));
        case RouteFilter.Rewrite rewrite -> rewritten(rewrite, sent, prefix);
        case RouteFilter.Redirect _,RouteFilter.Mirror _,RouteFilter.Cors _ -> sent;
      };
    }
    return sent;
  }

  private static HttpRequest rewritten(RouteFilter.Rewrite rewrite, HttpRequest request, String prefix) {
    HttpRequest pathed = rewrite.path().map(p -> request.withPath(p.of(request.path(), prefix))).orElse(request);
    return rewrite.hostname().map(pathed::withHost).orElse(pathed);
  }

  /** How the filters change the answer to a request. */
  static List<RouteFilter.Headers> answers(List<RouteFilter> filters, HttpRequest request) {
    return filters.stream().flatMap(f -> switch (f) {
      case RouteFilter.Headers headers when headers.answers() -> Stream.of(headers);
      case RouteFilter.Cors cors ->
          Stream.of(new RouteFilter.Headers(true, CrossOrigin.answer(cors, request), List.of(),
              List.of()));
      case RouteFilter.Headers _,RouteFilter.Redirect _,RouteFilter.Mirror _,RouteFilter.Rewrite _ -> Stream.empty();
    }).toList();
  }

  /** The filter about pages of other origins. */
  static Optional<RouteFilter.Cors> cors(List<RouteFilter> filters) {
    return filters.stream().filter(RouteFilter.Cors.class::isInstance).map(RouteFilter.Cors.class::cast).findFirst();
  }

  /** Those of the filters by which others get copies of requests. */
  static List<RouteFilter.Mirror> mirrors(List<RouteFilter> filters) {
    return filters.stream().filter(RouteFilter.Mirror.class::isInstance).map(RouteFilter.Mirror.class::cast).toList();
  }

  /** Header fields as a filter leaves them; names are compared without regard to case. */
  public static List<HttpRequest.Field> changed(RouteFilter.Headers filter, List<HttpRequest.Field> fields) {
    List<HttpRequest.Field> changed = new ArrayList<>(fields);
    for (RouteFilter.Field each : filter.set()) {
      changed.removeIf(f -> f.name().equalsIgnoreCase(each.name()));
      changed.add(new HttpRequest.Field(each.name(), each.value()));
    }
    for (RouteFilter.Field each : filter.add()) {
      Optional<HttpRequest.Field> there =
          changed.stream().filter(f -> f.name().equalsIgnoreCase(each.name())).findFirst();
      there.ifPresent(changed::remove);
      changed.add(new HttpRequest.Field(each.name(), there.map(t -> t.value() + "," + each.value()).orElse(each
          .value())));
    }
    filter.remove().forEach(name -> changed.removeIf(f -> f.name().equalsIgnoreCase(name)));
    return changed;
  }

  /**
   * Where a client is sent: the port is left out where it is the scheme's own (HTTPRequestRedirectFilter.port).
   *
   * @param port of the listener
   * @param secure whether TLS ends at it
   */
  static String location(RouteFilter.Redirect redirect, HttpRequest request, String prefix, int port, boolean secure) {
    String scheme = redirect.scheme().orElse(secure ? "https" : "http");
    int usual = scheme.equals("https") ? 443 : 80;
    int at = redirect.port().orElse(redirect.scheme().isPresent() ? usual : port);
    HttpRequest to = redirect.path().map(p -> request.withPath(p.of(request.path(), prefix))).orElse(request);
    return scheme + "://" + redirect.hostname().orElse(request.host()) + (at == usual ? "" : ":" + at) + to.target();
  }
}
