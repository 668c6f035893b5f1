package org.hopscope.model.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.kube.ingress.HttpRequest;
import org.hopscope.model.kube.ingress.IngressController;

/** What a reverse proxy says: requests that it leads on, answers that it leads back, and answers of its own. */
final class ProxyText {
  /** Header fields that a proxy writes itself: what a client says there is not believed. */
  private static final List<String> OWN = List.of("host", "connection", "x-real-ip", "x-forwarded-for",
      "x-forwarded-host", "x-forwarded-port", "x-forwarded-proto");
  private static final Map<Integer, String> REASONS = Map.of(301, "Moved Permanently", 308, "Permanent Redirect", 400,
      "Bad Request", 404, "Not Found", 500, "Internal Server Error", 502, "Bad Gateway", 503,
      "Service Temporarily Unavailable", 504, "Gateway Time-out");

  private ProxyText() {
  }

  /**
   * The request as the backend gets it: path and host as they were (fix-F47), and who asked for it.
   *
   * @param client who asks, as the proxy sees it
   * @param port at which the client believes to be
   */
  static String request(HttpRequest request, IpAddress client, int port, boolean secure) {
    String host = request.headers().stream().filter(h -> h.name().equalsIgnoreCase("host"))
        .map(HttpRequest.Field::value).findFirst().orElse("");
    List<String> lines = new ArrayList<>(List.of(request.method() + " " + request.target() + " HTTP/1.1", "Host: "
        + host, "X-Real-IP: " + client, "X-Forwarded-For: " + client, "X-Forwarded-Host: " + host,
        "X-Forwarded-Port: " + port, "X-Forwarded-Proto: " + (secure ? "https" : "http")));
    request.headers().stream().filter(h -> !OWN.contains(h.name().toLowerCase(Locale.ROOT)))
        .forEach(h -> lines.add(h.name() + ": " + h.value()));
    return String.join("\r\n", lines) + "\r\n\r\n";
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
