package org.hopscope.model.kube.object;

import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;

/**
 * Some of the endpoints of a Service, all of one family.
 *
 * @param family whose addresses they have
 * @param ports the ports that all of them have
 * @param endpoints the endpoints
 */
public record EndpointSlice(Meta meta, IpFamily family, List<Port> ports, List<Endpoint> endpoints)
    implements KubeObject {
  /** The label that says whose endpoints they are. */
  public static final String SERVICE_LABEL = "kubernetes.io/service-name";
  /** The label that says who writes the slice. */
  public static final String MANAGER_LABEL = "endpointslice.kubernetes.io/managed-by";
  /** Whose label says that a Service has no address of its own. */
  public static final String HEADLESS_LABEL = "service.kubernetes.io/headless";
  /** The controller that writes the slices of Services with selectors. */
  public static final String CONTROLLER = "endpointslice-controller.k8s.io";

  public EndpointSlice {
    ports = List.copyOf(ports);
    endpoints = List.copyOf(endpoints);
  }

  /** A port of the pods, under the name that the Service gives it. */
  public record Port(Optional<String> name, PortProtocol protocol, int port) {
  }

  /**
   * One pod, or something else that answers.
   *
   * @param addresses its addresses, of which the first is used
   * @param conditions how it is
   * @param node the node it is on
   * @param target the pod
   * @param hostname the name it has below the Service's
   * @param topology where it is, and for whom
   */
  public record Endpoint(List<IpAddress> addresses, Conditions conditions, Optional<String> node,
      Optional<ObjectKey> target, Optional<String> hostname, Topology topology) {
    public Endpoint {
      addresses = List.copyOf(addresses);
    }

    /** For anybody. */
    public Endpoint(List<IpAddress> addresses, Conditions conditions, Optional<String> node,
        Optional<ObjectKey> target, Optional<String> hostname) {
      this(addresses, conditions, node, target, hostname, Topology.ANYWHERE);
    }
  }

  /**
   * Where an endpoint is, and from where it is to be used (KEP-2433, KEP-4444).
   *
   * @param zone the zone of its node
   * @param forZones the zones whose nodes are to use it; empty for all
   * @param forNodes the nodes that are to use it; empty for all
   */
  public record Topology(Optional<String> zone, List<String> forZones, List<String> forNodes) {
    public static final Topology ANYWHERE = new Topology(Optional.empty(), List.of(), List.of());

    public Topology {
      forZones = List.copyOf(forZones);
      forNodes = List.copyOf(forNodes);
    }
  }

  /**
   * How an endpoint is (KEP-1672).
   *
   * @param ready whether it is to be used: it serves and does not go
   * @param serving whether it answers, going or not
   * @param terminating whether it goes
   */
  public record Conditions(boolean ready, boolean serving, boolean terminating) {
    /** As most are. */
    public static final Conditions READY = new Conditions(true, true, false);
  }

  @Override
  public Kind kind() {
    return Kind.ENDPOINT_SLICE;
  }

  @Override
  public EndpointSlice withMeta(Meta value) {
    return new EndpointSlice(value, family, ports, endpoints);
  }

  /** The name of the Service whose endpoints they are. */
  public Optional<String> service() {
    return Optional.ofNullable(meta.labels().get(SERVICE_LABEL));
  }
}
