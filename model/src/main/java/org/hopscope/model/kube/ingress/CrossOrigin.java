package org.hopscope.model.kube.ingress;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.kube.object.RouteFilter;
import org.hopscope.model.kube.object.RouteFilter.Field;

/**
 * Pages of other origins asking, as a filter {@code CORS} has it (Gateway API HTTPCORSFilter; Fetch standard 3.2): a browser that
 * asks beforehand is answered by the gateway, and answers to requests say whose pages may read them.
 */
final class CrossOrigin {
  private static final String ALLOW = "access-control-allow-";

  private CrossOrigin() {
  }

  /** Whether a browser asks beforehand what a page may send. */
  static boolean isPreflight(HttpRequest request) {
    return request.method().equals("OPTIONS") && request.header("origin").isPresent()
        && request.header("access-control-request-method").isPresent();
  }

  /** The header fields of the answer to such a question; none when pages of that origin may not ask. */
  static List<Field> preflight(RouteFilter.Cors cors, HttpRequest request) {
    List<Field> fields = new ArrayList<>(answer(cors, request));
    if (!fields.isEmpty()) {
      add(fields, ALLOW + "methods", cors.methods(), request.header("access-control-request-method"));
      add(fields, ALLOW + "headers", cors.headers(), request.header("access-control-request-headers"));
      fields.add(new Field("access-control-max-age", Integer.toString(cors.maxAge())));
    }
    return fields;
  }

  /** What the answer to a request says besides; nothing when pages of its origin may not read it. */
  static List<Field> answer(RouteFilter.Cors cors, HttpRequest request) {
    Optional<String> origin = request.header("origin").filter(o -> cors.origins().stream().anyMatch(a -> is(a, o)));
    if (origin.isEmpty()) {
      return List.of();
    }
    List<Field> fields = new ArrayList<>(List.of(new Field(ALLOW + "origin", origin.get())));
    if (cors.credentials()) {
      fields.add(new Field(ALLOW + "credentials", "true"));
    }
    add(fields, "access-control-expose-headers", cors.exposed(), Optional.of("*"));
    return fields;
  }

  /** A star stands for what was asked for, so that it holds with credentials as well. */
  private static void add(List<Field> fields, String name, List<String> allowed, Optional<String> asked) {
    Optional<String> value = allowed.contains("*") ? asked
        : Optional.of(String.join(", ", allowed)).filter(v -> !v.isEmpty());
    value.ifPresent(v -> fields.add(new Field(name, v)));
  }

  /** A star stands for any part of a name. */
  private static boolean is(String allowed, String origin) {
    int star = allowed.indexOf('*');
    return star < 0 ? allowed.equals(origin)
        : origin.length() >= allowed.length() && origin.startsWith(allowed.substring(0, star))
            && origin.endsWith(allowed.substring(star + 1));
  }
}
