package org.hopscope.model.kube.proxy;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Which endpoints of a port are used on a node (pkg/proxy/topology.go CategorizeEndpoints): ready ones, or those that go and
 * still answer when none is ready. Hints of topology are left out.
 *
 * @param cluster for traffic that may go anywhere
 * @param local for traffic that stays on the node
 * @param reachable all of them that traffic of this node can come to
 * @param any whether there is any usable one on any node
 */
record Usable(List<ProxyEndpoint> cluster, List<ProxyEndpoint> local, List<ProxyEndpoint> reachable, boolean any) {
  static Usable of(ServicePort port, String node) {
    List<ProxyEndpoint> all = port.endpoints();
    List<ProxyEndpoint> cluster = port.usesCluster() ? best(all, _ -> true) : List.of();
    if (!port.usesLocal()) {
      return new Usable(cluster, List.of(), cluster, !cluster.isEmpty());
    }
    List<ProxyEndpoint> local = best(all, e -> e.isOn(node));
    List<ProxyEndpoint> reachable = Stream.concat(cluster.stream(), local.stream()).distinct().toList();
    boolean any = all.stream().anyMatch(e -> e.conditions().ready() || e.isLastResort());
    return new Usable(cluster, local, reachable, any);
  }

  private static List<ProxyEndpoint> best(List<ProxyEndpoint> all, Predicate<ProxyEndpoint> among) {
    List<ProxyEndpoint> ready = all.stream().filter(among).filter(e -> e.conditions().ready()).toList();
    return ready.isEmpty() ? all.stream().filter(among).filter(ProxyEndpoint::isLastResort).toList() : ready;
  }
}
