package org.hopscope.model.kube.ingress;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What is looked at of an HTTP request (RFC 9110).
 *
 * @param method in upper case
 * @param host whom it asks for, in lower case and without a port; empty when it does not say
 * @param path the path, beginning with a slash, as it was sent: percent signs are left alone
 * @param query the parameters behind the question mark, in order
 * @param headers the other header fields, in order
 */
public record HttpRequest(String method, String host, String path, List<Field> query, List<Field> headers) {
  public HttpRequest {
    query = List.copyOf(query);
    headers = List.copyOf(headers);
  }

  /** A name with a value. */
  public record Field(String name, String value) {
  }

  /** A GET without more. */
  public static HttpRequest get(String host, String target) {
    return of("GET", host, target, List.of());
  }

  /**
   * A request as programs write it.
   *
   * @param host with a port or without
   * @param target path and query
   */
  public static HttpRequest of(String method, String host, String target, List<Field> headers) {
    int mark = target.indexOf('?');
    String path = mark < 0 ? target : target.substring(0, mark);
    return new HttpRequest(method.toUpperCase(Locale.ROOT), name(host), path.startsWith("/") ? path : "/" + path,
        mark < 0 ? List.of() : query(target.substring(mark + 1)), headers);
  }

  /**
   * A request as it comes over a connection (RFC 9112 3); empty for what is none of HTTP/1. Further header fields stay in
   * order, {@code Host} among them.
   */
  public static Optional<HttpRequest> parse(String text) {
    String[] lines = text.split("\r\n");
    String[] words = lines[0].split(" ");
    if (words.length != 3 || !words[2].matches("HTTP/1\\.[01]") || !words[0].matches("[A-Z]+")) {
      return Optional.empty();
    }
    List<Field> fields = new ArrayList<>();
    for (int i = 1; i < lines.length && !lines[i].isEmpty(); i++) {
      int colon = lines[i].indexOf(':');
      if (colon > 0) {
        fields.add(new Field(lines[i].substring(0, colon), lines[i].substring(colon + 1).strip()));
      }
    }
    String host = fields.stream().filter(f -> f.name().equalsIgnoreCase("host")).map(Field::value).findFirst()
        .orElse("");
    return Optional.of(of(words[0], host, words[1], fields));
  }

  /** The same with some other path. */
  public HttpRequest withPath(String other) {
    return new HttpRequest(method, host, other, query, headers);
  }

  /** The same for some other host. */
  public HttpRequest withHost(String other) {
    List<Field> changed = headers.stream().map(h -> h.name().equalsIgnoreCase("host") ? new Field(h.name(), other) : h)
        .toList();
    return new HttpRequest(method, other, path, query, changed);
  }

  /** The same with other header fields. */
  public HttpRequest withHeaders(List<Field> other) {
    return new HttpRequest(method, host, path, query, other);
  }

  /** Path and query, as they stand in the first line. */
  public String target() {
    return path + (query.isEmpty() ? "" : query.stream().map(q -> q.name() + (q.value().isEmpty() ? "" : "="
        + q.value())).collect(Collectors.joining("&", "?", "")));
  }

  /** The host without its port, also behind a bracketed IPv6 address. */
  private static String name(String host) {
    int colon = host.lastIndexOf(':');
    boolean port = colon > host.lastIndexOf(']') && host.indexOf(':') == colon || colon > host.indexOf(']') && host
        .startsWith("[");
    return (port ? host.substring(0, colon) : host).toLowerCase(Locale.ROOT);
  }

  private static List<Field> query(String text) {
    List<Field> fields = new ArrayList<>();
    for (String each : text.split("&")) {
      int equals = each.indexOf('=');
      if (!each.isEmpty()) {
        fields.add(equals < 0 ? new Field(each, "") : new Field(each.substring(0, equals), each.substring(equals + 1)));
      }
    }
    return fields;
  }

  /** The first value of a header; names are compared without regard to case (RFC 9110 5.1). */
  public Optional<String> header(String name) {
    return name.equalsIgnoreCase("host") && !host.isEmpty()
        ? Optional.of(host)
        : headers.stream().filter(h -> h.name().equalsIgnoreCase(name)).map(Field::value).findFirst();
  }

  /** The first value of a query parameter. */
  public Optional<String> parameter(String name) {
    return query.stream().filter(p -> p.name().equals(name)).map(Field::value).findFirst();
  }
}
