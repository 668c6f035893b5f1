package org.hopscope.model.docker.linux;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.docker.Container;
import org.hopscope.model.docker.Container.Attachment;
import org.hopscope.model.docker.DockerNetwork;
import org.hopscope.model.docker.Engine;
import org.hopscope.model.docker.Swarm;
import org.pcollections.PSortedMap;

/**
 * What the daemons of a swarm know of each other. Managers agree on the networks at once (as by Raft), and where a container
 * is every node knows at once (as by gossip). Left out: that both take packets, so that a swarm that is cut in two still
 * agrees; and load balancers, of which each node has one in each network for services.
 */
public final class Swarms {
  private Swarms() {
  }

  /**
   * A running container in a network.
   *
   * @param host its machine
   * @param container the container
   * @param address its address in the network
   */
  public record Member(String host, Container container, Ipv4Address address) {
  }

  /** The running containers of a network, on whichever host they are. */
  public static List<Member> members(Map<String, Engine> engines, DockerNetwork network) {
    return engines.entrySet().stream().filter(e -> e.getValue().networks().stream().anyMatch(n -> isSame(n, network)))
        .flatMap(e -> e.getValue().containers().stream().filter(Container::isRunning)
            .flatMap(c -> c.attachment(network.name()).flatMap(Attachment::address)
                .map(a -> new Member(e.getKey(), c, a)).stream()))
        .toList();
  }

  private static boolean isSame(DockerNetwork one, DockerNetwork other) {
    return one.id().equals(other.id());
  }

  /** The places that daemons have in a swarm. */
  static List<Swarm> nodes(Collection<Engine> engines, Swarm of) {
    return engines.stream().flatMap(e -> e.swarm().stream()).filter(of::isOf).toList();
  }

  /** A network that a daemon's swarm has in common; its managers are asked. */
  static Optional<DockerNetwork> network(Collection<Engine> engines, Engine asking, String called) {
    return managers(engines, asking).flatMap(m -> m.network(called).filter(DockerNetwork::isShared).stream())
        .findFirst();
  }

  private static Stream<Engine> managers(Collection<Engine> engines, Engine asking) {
    return engines.stream().filter(e -> e.swarm().filter(Swarm::isManager).isPresent()
        && asking.swarm().filter(e.swarm().orElseThrow()::isOf).isPresent());
  }

  /** All daemons when one keeps something else: the other managers of its swarm know what this one knows. */
  static PSortedMap<String, Engine> agreed(PSortedMap<String, Engine> engines, String host, Engine after) {
    PSortedMap<String, Engine> all = engines.plus(host, after);
    if (after.swarm().filter(Swarm::isManager).isEmpty()) {
      return all;
    }
    for (Map.Entry<String, Engine> other : engines.minus(host).entrySet()) {
      Engine engine = other.getValue();
      if (managers(List.of(engine), after).findAny().isPresent()) {
        int last = after.swarm().get().lastVni();
        all = all.plus(other.getKey(),
            engine.withShared(after.shared()).with(engine.swarm().map(s -> s.withLastVni(last))));
      }
    }
    return all;
  }
}
