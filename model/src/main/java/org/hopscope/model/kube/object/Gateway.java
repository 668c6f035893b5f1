package org.hopscope.model.kube.object;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hopscope.model.addr.IpAddress;

/**
 * Where requests enter a cluster (Gateway API v1).
 *
 * @param className the GatewayClass whose controller serves it
 * @param listeners its doors
 * @param addresses where its controller says that it can be reached; empty while none serves it
 */
public record Gateway(Meta meta, String className, List<Listener> listeners, List<IpAddress> addresses)
    implements KubeObject {
  public Gateway {
    listeners = List.copyOf(listeners);
    addresses = List.copyOf(addresses);
  }

  /** One that nobody serves yet. */
  public Gateway(Meta meta, String className, List<Listener> listeners) {
    this(meta, className, listeners, List.of());
  }

  /** What is spoken at a door. */
  public enum Protocol {
    HTTP, HTTPS, TLS, TCP, UDP
  }

  /** From which namespaces routes may attach to a door. */
  public enum From {
    SAME("Same"), ALL("All"), SELECTOR("Selector"), NONE("None");

    private final String word;

    From(String word) {
      this.word = word;
    }

    /** As manifests have it. */
    public String word() {
      return word;
    }

    public static Optional<From> of(String word) {
      return Stream.of(values()).filter(f -> f.word.equals(word)).findFirst();
    }
  }

  /**
   * A door.
   *
   * @param name unique in its Gateway
   * @param hostname the host that is asked for there, or {@code *.} and the end of one; empty for any
   * @param port 1 to 65535
   * @param certificates where its certificates are, when TLS ends there
   * @param from from which namespaces routes may attach
   * @param namespaces which namespaces are selected, of {@link From#SELECTOR}
   * @param kinds the kinds of routes that may attach; none for those that a controller knows, which is HTTPRoute
   */
  public record Listener(String name, Optional<String> hostname, int port, Protocol protocol,
      List<CertificateRef> certificates,
      From from, Optional<Selector> namespaces, List<HttpRoute.UnknownKind> kinds) {
    public Listener {
      certificates = List.copyOf(certificates);
      kinds = List.copyOf(kinds);
    }

    /** For HTTPRoutes. */
    public Listener(String name, Optional<String> hostname, int port, Protocol protocol,
        List<CertificateRef> certificates, From from, Optional<Selector> namespaces) {
      this(name, hostname, port, protocol, certificates, from, namespaces, List.of());
    }

    /** Whether HTTPRoutes may attach. */
    public boolean takesHttpRoutes() {
      return kinds.isEmpty() || kinds.stream().anyMatch(Listener::isKnown);
    }

    /** Whether it names kinds that no controller here knows. */
    public boolean namesUnknownKinds() {
      return !kinds.stream().allMatch(Listener::isKnown);
    }

    private static boolean isKnown(HttpRoute.UnknownKind kind) {
      return kind.group().equals(Kind.HTTP_ROUTE.group()) && kind.kind().equals(Kind.HTTP_ROUTE.word());
    }
  }

  /**
   * Where a certificate is.
   *
   * @param namespace whose Secret it is; the Gateway's own unless said
   * @param unknown what it is when it is no Secret: no controller knows it
   */
  public record CertificateRef(Optional<String> namespace, String name, Optional<HttpRoute.UnknownKind> unknown) {
    /** A Secret of the Gateway's own namespace. */
    public static CertificateRef of(String secret) {
      return new CertificateRef(Optional.empty(), secret, Optional.empty());
    }

    /** The Secret that a Gateway means. */
    public ObjectKey secret(Gateway gateway) {
      return new ObjectKey(Kind.SECRET, namespace.orElse(gateway.meta().namespace()), name);
    }

    @Override
    public String toString() {
      return namespace.map(n -> n + "/").orElse("") + name;
    }
  }

  @Override
  public Kind kind() {
    return Kind.GATEWAY;
  }

  @Override
  public Gateway withMeta(Meta value) {
    return new Gateway(value, className, listeners, addresses);
  }

  public Gateway withAddresses(List<IpAddress> value) {
    return new Gateway(meta, className, listeners, value);
  }
}
