package org.hopscope.model.kube.proxy;

import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.kube.object.EndpointSlice.Conditions;
import org.hopscope.model.kube.object.EndpointSlice.Topology;

/**
 * An endpoint of a Service's port.
 *
 * @param node the node it is on
 * @param conditions how it is
 * @param topology from where it is to be used
 */
public record ProxyEndpoint(IpAddress address, int port, Optional<String> node, Conditions conditions,
    Topology topology) {
  boolean hasHints() {
    return !topology.forZones().isEmpty() || !topology.forNodes().isEmpty();
  }

  /** Whether it goes and still answers: used when nothing else is left (KEP-1669, sem-K9). */
  boolean isLastResort() {
    return conditions.serving() && conditions.terminating();
  }

  boolean isOn(String name) {
    return node.filter(name::equals).isPresent();
  }

  /** {@code ip:port}, as DNAT has it. */
  @Override
  public String toString() {
    return (address.family() == IpFamily.INET6 ? "[" + address + "]" : address) + ":" + port;
  }
}
