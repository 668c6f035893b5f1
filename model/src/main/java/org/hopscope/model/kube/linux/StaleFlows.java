package org.hopscope.model.kube.linux;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.kube.object.PortProtocol;
import org.hopscope.model.kube.proxy.ProxyEndpoint;
import org.hopscope.model.kube.proxy.ServicePort;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.netfilter.Connection;
import org.hopscope.model.netfilter.Tuple;

/**
 * Tracked UDP flows to Services that lead to no serving endpoint any more. A client that keeps its port would stay with a dead
 * endpoint, so kube-proxy deletes them when endpoints change (pkg/proxy/conntrack/cleanup.go CleanStaleEntries; appendix A, 9).
 * Flows to a Service that is gone, or has no serving endpoint at all, stay, as there.
 */
final class StaleFlows {
  private static final int UDP = 17;

  private final Map<Door, Set<IpAddress>> doors = new HashMap<>();
  private final Map<Integer, Set<IpAddress>> nodePorts = new HashMap<>();

  /** An address and port of a Service. */
  private record Door(IpAddress address, int port) {
  }

  private StaleFlows() {
  }

  /** The ports over UDP among some. */
  static List<ServicePort> datagrams(List<ServicePort> ports) {
    return ports.stream().filter(p -> p.listens().protocol() == PortProtocol.UDP).toList();
  }

  static StaleFlows of(List<ServicePort> datagrams) {
    StaleFlows flows = new StaleFlows();
    for (ServicePort port : datagrams) {
      Set<IpAddress> serving = new HashSet<>(port.endpoints().stream().filter(e -> e.conditions().serving()).map(
          ProxyEndpoint::address).toList());
      if (serving.isEmpty()) {
        continue;
      }
      ServicePort.Listens listens = port.listens();
      Stream.of(List.of(listens.clusterIp()), listens.externalIps(), listens.balancerIps()).flatMap(List::stream)
          .forEach(a -> flows.doors.put(new Door(a, listens.port()), serving));
      listens.nodePort().ifPresent(n -> flows.nodePorts.put(n, serving));
    }
    return flows;
  }

  /** What deletes them on a node; empty when there are none. */
  Optional<Edit> on(LabState lab, String node) {
    NetnsId root = NetnsId.root(node);
    List<Tuple> stale = lab.learned().netfilter(root).conntrack().connections().values().stream()
        .filter(this::isStale).map(Connection::original).toList();
    return stale.isEmpty() ? Optional.empty() : Optional.of(new Edit.ForgetConnections(root, stale));
  }

  private boolean isStale(Connection connection) {
    Tuple asked = connection.original();
    if (asked.protocol() != UDP) {
      return false;
    }
    Optional<Set<IpAddress>> serving =
        Optional.ofNullable(doors.get(new Door(asked.destination(), asked.destinationPort())))
            .or(() -> Optional.ofNullable(nodePorts.get(asked.destinationPort())));
    return serving.filter(s -> !s.contains(connection.reply().source())).isPresent();
  }
}
