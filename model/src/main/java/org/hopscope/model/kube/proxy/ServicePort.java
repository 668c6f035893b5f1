package org.hopscope.model.kube.proxy;

import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.kube.object.ObjectKey;
import org.hopscope.model.kube.object.PortProtocol;

/**
 * One port of a Service, as kube-proxy sees it: of one family.
 *
 * @param service the Service
 * @param portName the port's name; empty for the one port of a Service that has none
 * @param listens where it can be reached
 * @param routing to which endpoints its traffic goes
 * @param endpoints its endpoints, in order of their texts
 */
public record ServicePort(ObjectKey service, Optional<String> portName, Listens listens, Routing routing,
    List<ProxyEndpoint> endpoints) {
  public ServicePort {
    endpoints = List.copyOf(endpoints);
  }

  /**
   * Where a port can be reached.
   *
   * @param clusterIp the virtual address
   * @param port the port of all addresses
   * @param nodePort the port of the nodes
   * @param externalIps addresses that someone leads to the nodes
   * @param balancerIps addresses of a load balancer
   */
  public record Listens(PortProtocol protocol, IpAddress clusterIp, int port, Optional<Integer> nodePort,
      List<IpAddress> externalIps, List<IpAddress> balancerIps) {
    public Listens {
      externalIps = List.copyOf(externalIps);
      balancerIps = List.copyOf(balancerIps);
    }
  }

  /**
   * To which endpoints traffic goes.
   *
   * @param externalLocal whether traffic from outside stays on its node
   * @param internalLocal whether traffic to the virtual address stays on its node
   * @param affinitySeconds how long a client stays with its endpoint
   * @param balancerSources from where the load balancer's addresses may be used; empty for anywhere
   * @param healthCheckNodePort where a load balancer asks for the node's endpoints
   */
  public record Routing(boolean externalLocal, boolean internalLocal, Optional<Integer> affinitySeconds,
      List<IpPrefix> balancerSources, Optional<Integer> healthCheckNodePort) {
    /** As a Service that says nothing. */
    public static final Routing USUAL =
        new Routing(false, false, Optional.empty(), List.of(), Optional.empty());

    public Routing {
      balancerSources = List.copyOf(balancerSources);
    }
  }

  /** {@code namespace/name:port}: what stands in comments and is hashed into the names of chains. */
  public String name() {
    return service.path() + portName.map(n -> ":" + n).orElse("");
  }

  PortProtocol protocol() {
    return listens.protocol();
  }

  /** Whether anything but its virtual address leads to it. */
  boolean isExternal() {
    return listens.nodePort().isPresent() || !listens.balancerIps().isEmpty() || !listens.externalIps().isEmpty();
  }

  /** Whether endpoints of any node are used: also under policy Local, for the short cut from inside. */
  boolean usesCluster() {
    return !routing.internalLocal() || isExternal();
  }

  boolean usesLocal() {
    return routing.internalLocal() || routing.externalLocal() && isExternal();
  }
}
