package org.hopscope.model.kube.proxy;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Which endpoints of a port are used on a node (pkg/proxy/topology.go CategorizeEndpoints): ready ones, or those that go and
 * still answer when none is ready. Hints count when every ready endpoint has one and one of them is for this node, or else for
 * its zone (topologyModeFromHints).
 *
 * @param cluster for traffic that may go anywhere
 * @param local for traffic that stays on the node
 * @param reachable all of them that traffic of this node can come to
 * @param any whether there is any usable one on any node
 */
record Usable(List<ProxyEndpoint> cluster, List<ProxyEndpoint> local, List<ProxyEndpoint> reachable, boolean any) {
  static Usable of(ServicePort port, String node, Optional<String> zone) {
    List<ProxyEndpoint> all = port.endpoints();
    List<ProxyEndpoint> cluster = port.usesCluster() ? best(all, hinted(all, node, zone)) : List.of();
    if (!port.usesLocal()) {
      return new Usable(cluster, List.of(), cluster, !cluster.isEmpty());
    }
    List<ProxyEndpoint> local = best(all, e -> e.isOn(node));
    List<ProxyEndpoint> reachable = Stream.concat(cluster.stream(), local.stream()).distinct().toList();
    boolean any = all.stream().anyMatch(e -> e.conditions().ready() || e.isLastResort());
    return new Usable(cluster, local, reachable, any);
  }

  private static Predicate<ProxyEndpoint> hinted(List<ProxyEndpoint> all, String node, Optional<String> zone) {
    List<ProxyEndpoint> ready = all.stream().filter(e -> e.conditions().ready()).toList();
    Predicate<ProxyEndpoint> here = e -> e.topology().forNodes().contains(node);
    Predicate<ProxyEndpoint> near = e -> zone.filter(e.topology().forZones()::contains).isPresent();
    if (ready.stream().noneMatch(e -> e.topology().forNodes().isEmpty()) && ready.stream().anyMatch(here)) {
      return here;
    }
    return ready.stream().noneMatch(e -> e.topology().forZones().isEmpty()) && ready.stream().anyMatch(near)
        ? near
        : _ -> true;
  }

  private static List<ProxyEndpoint> best(List<ProxyEndpoint> all, Predicate<ProxyEndpoint> among) {
    List<ProxyEndpoint> ready = all.stream().filter(among).filter(e -> e.conditions().ready()).toList();
    return ready.isEmpty() ? all.stream().filter(among).filter(ProxyEndpoint::isLastResort).toList() : ready;
  }
}
