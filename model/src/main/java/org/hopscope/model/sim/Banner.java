package org.hopscope.model.sim;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.kube.ingress.HttpRequest;
import org.hopscope.model.probe.ProbeResult;

/** What clients and servers say to each other, as text in the payload. */
final class Banner {
  /** How many bytes a client's question takes before the bytes it was told to send. */
  static final int QUESTION = 12;

  /** Header fields that clients and proxies write by themselves. */
  private static final Set<String> USUAL = Set.of("host", "user-agent", "accept", "connection", "content-length",
      "content-type", "authorization", "cookie", "x-real-ip", "x-forwarded-for", "x-forwarded-host", "x-forwarded-port",
      "x-forwarded-proto");

  private static final Pattern FACTS = Pattern.compile("""
      \\{"ns": "(.*)", "peer": "([^"]+)", "pport": (\\d+), "local": "([^"]+)", "lport": (\\d+)}
      """);

  private Banner() {
  }

  /** A question that announces how many more bytes follow. */
  static String question(int size) {
    String digits = Integer.toString(size);
    return "LAB" + "0".repeat(Math.max(0, 8 - digits.length())) + digits;
  }

  /** How many bytes a question takes in all; a text that is none of the lab's takes what it takes. */
  static int questionBytes(String question) {
    return isQuestion(question) ? QUESTION + Integer.parseInt(question.substring(3)) : question.length();
  }

  /** Whether it is the lab's own question. */
  static boolean isQuestion(String question) {
    if (question.length() != QUESTION - 1 || !question.startsWith("LAB")) {
      return false;
    }
    for (int i = 3; i < question.length(); i++) {
      if (question.charAt(i) < '0' || question.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  /** What a server answers to a question: HTTP to an HTTP request, else {@link #text}. */
  static String answer(String question, String label, IpAddress client, int clientPort, IpAddress server,
      int serverPort) {
    if (isQuestion(question)) {
      return facts(label, client, clientPort, server, serverPort);
    }
    Optional<HttpRequest> request = HttpRequest.parse(question);
    if (request.isEmpty()) {
      return text(label, client, clientPort, server, serverPort);
    }
    String body = String.format(Locale.ROOT, "%s: you are %s port %d, I am %s port %d\n", label, client, clientPort,
        server, serverPort) + request.flatMap(Banner::forwarded).orElse("");
    return "HTTP/1.0 200 OK\r\nServer: hopscope\r\nContent-Type: text/plain\r\nContent-Length: " + body.length()
        + "\r\n\r\n" + (question.startsWith("HEAD") ? "" : body);
  }

  /** What a proxy has said about who asked for what, and the fields that a client or a filter has added. */
  private static Optional<String> forwarded(HttpRequest request) {
    String host = request.header("X-Forwarded-Host").orElse(request.host());
    String as = host.replaceFirst(":\\d+$", "").equalsIgnoreCase(request.host()) ? "" : " as " + request.host();
    return request.header("X-Forwarded-For").map(f -> String.format(Locale.ROOT,
        "asked for %s://%s%s%s, forwarded for %s\n", request.header("X-Forwarded-Proto").orElse("http"), host,
        request.target(), as, f)
        + request.headers().stream()
            .filter(h -> !USUAL.contains(h.name().toLowerCase(Locale.ROOT)))
            .map(h -> "with " + h.name() + ": " + h.value() + "\n").collect(Collectors.joining()));
  }

  /** What a server answers to a lab's own client: the bytes of the oracle's servers, so that counters agree. */
  private static String facts(String label, IpAddress client, int clientPort, IpAddress server, int serverPort) {
    return "{\"ns\": \"" + label + "\", \"peer\": \"" + client + "\", \"pport\": " + clientPort + ", \"local\": \""
        + server
        + "\", \"lport\": " + serverPort + "}\n";
  }

  /** What a server answers else: who it is, whom it saw, and where it was reached. */
  static String text(String label, IpAddress client, int clientPort, IpAddress server, int serverPort) {
    return label + " " + client + " " + clientPort + " " + server + " " + serverPort;
  }

  /** Reads a server's answer to a lab's own client. */
  static Optional<ProbeResult.Answer> parse(String text) {
    Matcher found = FACTS.matcher(text);
    return found.matches()
        ? Optional.of(new ProbeResult.Answer(found.group(1), IpAddress.of(found.group(2)),
            Integer.parseInt(found.group(3)), IpAddress.of(found.group(4)), Integer.parseInt(found.group(5))))
        : Optional.empty();
  }
}
