package org.hopscope.model.kube.object;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hopscope.model.net.VirtualTime;

/**
 * Which Services HTTP requests at a Gateway are led to (Gateway API v1 HTTPRoute).
 *
 * @param parents the Gateways it attaches to
 * @param hostnames the hosts it is for, or {@code *.} and the end of some; empty for any
 * @param rules its rules
 */
public record HttpRoute(Meta meta, List<Parent> parents, List<String> hostnames, List<Rule> rules)
    implements KubeObject {
  public HttpRoute {
    parents = List.copyOf(parents);
    hostnames = List.copyOf(hostnames);
    rules = List.copyOf(rules);
  }

  /**
   * A Gateway that a route attaches to.
   *
   * @param namespace the Gateway's; the route's own when it is not said
   * @param section the one door it means
   * @param port the doors of this port that it means
   */
  public record Parent(Optional<String> namespace, String name, Optional<String> section, Optional<Integer> port) {
  }

  /**
   * Requests for which one of the matches holds go to one of the backends.
   *
   * @param matches at least one: a rule without any has one that holds for everything
   * @param filters what is done with requests and answers on the way
   * @param timeouts how long is waited for an answer
   */
  public record Rule(List<Match> matches, List<Backend> backends, List<RouteFilter> filters, Timeouts timeouts) {
    public Rule {
      matches = List.copyOf(matches);
      backends = List.copyOf(backends);
      filters = List.copyOf(filters);
    }

    /** Without filters. */
    public Rule(List<Match> matches, List<Backend> backends) {
      this(matches, backends, List.of(), Timeouts.NONE);
    }

    /** The filter by which the client is sent elsewhere, if there is one. */
    public Optional<RouteFilter.Redirect> redirect() {
      return filters.stream().filter(RouteFilter.Redirect.class::isInstance).map(RouteFilter.Redirect.class::cast)
          .findFirst();
    }
  }

  /**
   * How long is waited before the client is answered 504.
   *
   * @param request from the request's coming to its answer
   * @param backendRequest for the answer of one backend
   */
  public record Timeouts(Optional<Lapse> request, Optional<Lapse> backendRequest) {
    /** As long as the controller has it. */
    public static final Timeouts NONE = new Timeouts(Optional.empty(), Optional.empty());
  }

  /** A length of time as the API writes it (GEP-2257), such as {@code 500ms}; of 0 nobody waits no longer than usual. */
  public record Lapse(String text) {
    private static final Pattern WHOLE = Pattern.compile("([0-9]{1,5}(h|m|s|ms)){1,4}");
    private static final Pattern PART = Pattern.compile("([0-9]+)(ms|h|m|s)");

    /** Empty when it is none. */
    public static Optional<Lapse> parse(String text) {
      return Optional.of(text).filter(t -> WHOLE.matcher(t).matches()).map(Lapse::new);
    }

    /** In nanoseconds. */
    public long nanos() {
      return PART.matcher(text).results().mapToLong(p -> Long.parseLong(p.group(1)) * switch (p.group(2)) {
        case "h" -> 3600 * VirtualTime.SECOND;
        case "m" -> 60 * VirtualTime.SECOND;
        case "s" -> VirtualTime.SECOND;
        default -> VirtualTime.SECOND / 1000;
      }).sum();
    }
  }

  /** How a path, header or parameter is compared. */
  public enum Comparison {
    EXACT("Exact"), PATH_PREFIX("PathPrefix"), REGULAR_EXPRESSION("RegularExpression");

    private final String word;

    Comparison(String word) {
      this.word = word;
    }

    /** As manifests have it. */
    public String word() {
      return word;
    }

    public static Optional<Comparison> of(String word) {
      return Stream.of(values()).filter(c -> c.word.equals(word)).findFirst();
    }
  }

  /**
   * What is asked of a request: all of it has to hold.
   *
   * @param path {@code PathPrefix /} unless said
   * @param method in upper case
   */
  public record Match(Path path, List<Value> headers, List<Value> query, Optional<String> method) {
    /** Everything. */
    public static final Match ALL =
        new Match(new Path(Comparison.PATH_PREFIX, "/"), List.of(), List.of(), Optional.empty());

    public Match {
      headers = List.copyOf(headers);
      query = List.copyOf(query);
    }
  }

  /** A path. */
  public record Path(Comparison comparison, String value) {
  }

  /** A header or parameter; {@code PathPrefix} is no comparison for it. */
  public record Value(String name, Comparison comparison, String value) {
  }

  /**
   * A Service, or something that no controller knows: its share of the requests is answered 500.
   *
   * @param namespace its own; the route's when it is not said
   * @param port 0 when it was not said, as only what is no Service may leave it out
   * @param weight its share of the requests among the backends of a rule, 0 to 1,000,000
   * @param unknown of which kind it is; empty for a Service
   * @param filters what is done with requests that go to it, and with its answers, behind the filters of the rule
   */
  public record Backend(Optional<String> namespace, String service, int port, int weight,
      Optional<UnknownKind> unknown, List<RouteFilter.Headers> filters) {
    public Backend {
      filters = List.copyOf(filters);
    }

    /** A Service. */
    public Backend(Optional<String> namespace, String service, int port, int weight) {
      this(namespace, service, port, weight, Optional.empty(), List.of());
    }
  }

  /** A kind of backends that is not Service. */
  public record UnknownKind(String group, String kind) {
    @Override
    public String toString() {
      return kind + (group.isEmpty() ? "" : "." + group);
    }
  }

  @Override
  public Kind kind() {
    return Kind.HTTP_ROUTE;
  }

  @Override
  public HttpRoute withMeta(Meta value) {
    return new HttpRoute(value, parents, hostnames, rules);
  }
}
