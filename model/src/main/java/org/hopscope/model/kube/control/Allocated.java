package org.hopscope.model.kube.control;

import java.util.HashSet;
import java.util.Set;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.kube.object.KubeService;

/** The addresses and ports that Services have already. */
final class Allocated {
  private final Set<IpAddress> clusterIps = new HashSet<>();
  private final Set<IpAddress> balancerIps = new HashSet<>();
  private final Set<Integer> ports = new HashSet<>();

  /** Those of some Services. */
  static Allocated of(Iterable<KubeService> services) {
    Allocated allocated = new Allocated();
    services.forEach(allocated::add);
    return allocated;
  }

  void add(KubeService service) {
    clusterIps.addAll(service.addressing().clusterIps());
    balancerIps.addAll(service.addressing().balancerIps());
    service.ports().forEach(p -> p.nodePort().ifPresent(ports::add));
    service.routing().healthCheckNodePort().ifPresent(ports::add);
  }

  boolean hasClusterIp(IpAddress address) {
    return clusterIps.contains(address);
  }

  boolean hasBalancerIp(IpAddress address) {
    return balancerIps.contains(address);
  }

  boolean hasPort(int port) {
    return ports.contains(port);
  }
}
