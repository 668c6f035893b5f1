package org.hopscope.model.sim;

import static java.util.Map.entry;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.kube.ingress.HttpRequest;
import org.hopscope.model.kube.ingress.IngressController;
import org.hopscope.model.kube.ingress.RouteFilters;
import org.hopscope.model.kube.object.RouteFilter;

/** What a reverse proxy says: requests that it leads on, answers that it leads back, and answers of its own. */
final class ProxyText {
  /** Header fields that a proxy writes itself: what a client says there is not believed. */
  private static final List<String> OWN = List.of("host", "connection", "x-real-ip", "x-forwarded-for",
      "x-forwarded-host", "x-forwarded-port", "x-forwarded-proto");
  private static final Map<Integer, String> REASONS =
      Map.ofEntries(entry(301, "Moved Permanently"), entry(302, "Found"),
          entry(303, "See Other"), entry(307, "Temporary Redirect"), entry(308, "Permanent Redirect"),
          entry(400, "Bad Request"), entry(403, "Forbidden"), entry(404, "Not Found"),
          entry(421, "Misdirected Request"),
          entry(500, "Internal Server Error"),
          entry(502, "Bad Gateway"), entry(503, "Service Temporarily Unavailable"), entry(504, "Gateway Time-out"));

  private ProxyText() {
  }

  /**
   * The request as the backend gets it: path and host as they were (fix-F47) unless a filter changed them, and who asked for it.
   *
   * @param request as it came
   * @param sent as it goes on
   * @param client who asks, as the proxy sees it
   * @param port at which the client believes to be
   */
  static String request(HttpRequest request, HttpRequest sent, IpAddress client, int port, boolean secure) {
    String host = host(request);
    List<String> lines = new ArrayList<>(List.of(sent.method() + " " + sent.target() + " HTTP/1.1", "Host: "
        + host(sent), "X-Real-IP: " + client, "X-Forwarded-For: " + client, "X-Forwarded-Host: " + host,
        "X-Forwarded-Port: " + port, "X-Forwarded-Proto: " + (secure ? "https" : "http")));
    sent.headers().stream().filter(h -> !OWN.contains(h.name().toLowerCase(Locale.ROOT)))
        .forEach(h -> lines.add(h.name() + ": " + h.value()));
    return String.join("\r\n", lines) + "\r\n\r\n";
  }

  private static String host(HttpRequest request) {
    return request.headers().stream().filter(h -> h.name().equalsIgnoreCase("host")).map(HttpRequest.Field::value)
        .findFirst().orElse("");
  }

  /** An answer with its header fields as filters leave them. */
  static String changed(String answer, List<RouteFilter.Headers> filters) {
    if (filters.isEmpty()) {
      return answer;
    }
    int end = answer.indexOf("\r\n\r\n");
    List<String> head = List.of(answer.substring(0, end).split("\r\n"));
    List<HttpRequest.Field> fields = new ArrayList<>(head.stream().skip(1).filter(l -> l.indexOf(':') > 0).map(
        l -> new HttpRequest.Field(l.substring(0, l.indexOf(':')), l.substring(l.indexOf(':') + 1).strip())).toList());
    for (RouteFilter.Headers filter : filters) {
      fields = RouteFilters.changed(filter, fields);
    }
    return head.getFirst()
        + fields.stream().map(f -> "\r\n" + f.name() + ": " + f.value()).collect(Collectors.joining())
        + answer.substring(end);
  }

  /** A backend's answer as the client gets it; empty when it is none. */
  static Optional<String> answer(String heard) {
    int end = heard.indexOf("\r\n\r\n");
    return heard.startsWith("HTTP/") && end > 0
        ? Optional.of("HTTP/1.1" + heard.substring(8, end) + "\r\nConnection: close" + heard.substring(end))
        : Optional.empty();
  }

  /** An answer of its own, in the way of its kind; {@code more} are further lines of its head. */
  static String own(IngressController kind, int status, boolean bodiless, String... more) {
    String reason = REASONS.getOrDefault(status, "");
    String server = kind.habits().server();
    String body = server.isEmpty() ? plain(status) : "<html>\r\n<head><title>" + status + " " + reason
        + "</title></head>\r\n<body>\r\n<center><h1>" + status + " " + reason + "</h1></center>\r\n<hr><center>"
        + server + "</center>\r\n</body>\r\n</html>\r\n";
    List<String> lines = new ArrayList<>(List.of("HTTP/1.1 " + status + " " + reason));
    lines.addAll(server.isEmpty() ? List.of() : List.of("Server: " + server));
    lines.addAll(List.of("Content-Type: text/" + (server.isEmpty() ? "plain; charset=utf-8" : "html"),
        "Content-Length: " + body.length()));
    lines.addAll(List.of(more));
    lines.add("Connection: close");
    return String.join("\r\n", lines) + "\r\n\r\n" + (bodiless ? "" : body);
  }

  /** An answer of its own that has nothing but header fields. */
  static String allowed(IngressController kind, List<RouteFilter.Field> fields) {
    String server = kind.habits().server();
    return "HTTP/1.1 200 OK" + (server.isEmpty() ? "" : "\r\nServer: " + server) + fields.stream().map(f -> "\r\n" + f
        .name() + ": " + f.value()).collect(Collectors.joining())
        + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
  }

  /** As Traefik says it (pkg/server, pkg/middlewares). */
  private static String plain(int status) {
    return switch (status) {
      case 404 -> "404 page not found\n";
      case 503 -> "no available server\n";
      case 504 -> "Gateway Timeout";
      default -> REASONS.getOrDefault(status, "");
    };
  }
}
