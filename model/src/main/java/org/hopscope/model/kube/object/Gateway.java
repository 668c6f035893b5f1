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
   * @param certificates the names of the secrets with its certificates, when TLS ends there
   * @param from from which namespaces routes may attach
   * @param namespaces which namespaces are selected, of {@link From#SELECTOR}
   */
  public record Listener(String name, Optional<String> hostname, int port, Protocol protocol, List<String> certificates,
      From from, Optional<Selector> namespaces) {
    public Listener {
      certificates = List.copyOf(certificates);
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
