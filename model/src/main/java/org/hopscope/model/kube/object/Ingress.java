package org.hopscope.model.kube.object;

import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;

/**
 * Which Service an HTTP request is led to, by host and path (sem-I1 to I5).
 *
 * @param className the class whose controller serves it
 * @param fallback where requests go that no rule is for
 * @param rules the rules
 * @param tls for which hosts the controller ends TLS
 * @param addresses where its controller says that it can be reached; empty while none serves it
 */
public record Ingress(Meta meta, Optional<String> className, Optional<Backend> fallback, List<Rule> rules,
    List<Tls> tls, List<IpAddress> addresses) implements KubeObject {
  public Ingress {
    rules = List.copyOf(rules);
    tls = List.copyOf(tls);
    addresses = List.copyOf(addresses);
  }

  /** One that nobody serves yet. */
  public Ingress(Meta meta, Optional<String> className, Optional<Backend> fallback, List<Rule> rules, List<Tls> tls) {
    this(meta, className, fallback, rules, tls, List.of());
  }

  /** How a path of a rule is held against a request's. */
  public enum PathType {
    EXACT("Exact"), PREFIX("Prefix"), IMPLEMENTATION_SPECIFIC("ImplementationSpecific");

    private final String word;

    PathType(String word) {
      this.word = word;
    }

    /** As manifests have it. */
    public String word() {
      return word;
    }
  }

  /** A port of a Service. */
  public record Backend(String service, PortName port) {
  }

  /** The paths of one host. */
  public record Rule(Optional<String> host, List<Path> paths) {
    public Rule {
      paths = List.copyOf(paths);
    }
  }

  /** Where one path leads. */
  public record Path(String path, PathType type, Backend backend) {
  }

  /** The hosts of a certificate. */
  public record Tls(List<String> hosts, Optional<String> secret) {
    public Tls {
      hosts = List.copyOf(hosts);
    }
  }

  @Override
  public Kind kind() {
    return Kind.INGRESS;
  }

  @Override
  public Ingress withMeta(Meta value) {
    return new Ingress(value, className, fallback, rules, tls, addresses);
  }

  public Ingress withClassName(Optional<String> value) {
    return new Ingress(meta, value, fallback, rules, tls, addresses);
  }

  public Ingress withAddresses(List<IpAddress> value) {
    return new Ingress(meta, className, fallback, rules, tls, value);
  }
}
