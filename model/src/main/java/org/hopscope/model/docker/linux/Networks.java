package org.hopscope.model.docker.linux;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.addr.Ipv6Address;
import org.hopscope.model.docker.Container;
import org.hopscope.model.docker.DockerException;
import org.hopscope.model.docker.DockerNetwork;
import org.hopscope.model.docker.DockerNetwork.Bridge;
import org.hopscope.model.docker.DockerNetwork.Overlay;
import org.hopscope.model.docker.DockerNetwork.Pool;
import org.hopscope.model.docker.DockerNetwork.Pool6;
import org.hopscope.model.docker.Engine;
import org.hopscope.model.docker.Swarm;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Sysctls;
import org.hopscope.model.net.NetnsId;

/**
 * Networks that the daemon of one host makes and removes, or refuses in moby's words.
 *
 * @param lab the lab as it is
 * @param host the host
 */
public record Networks(LabState lab, String host) {
  /**
   * What was asked of a network's IPv6.
   *
   * @param subnet its block; one of the host's own when nobody says one
   * @param gateway the bridge's address; the first of the block when nobody says one
   * @param mode what becomes of addresses on the way out
   */
  public record Wish6(Optional<IpPrefix> subnet, Optional<Ipv6Address> gateway, DockerNetwork.GatewayMode mode) {
  }

  /** Gives a network that is made addresses of IPv6, and switches their forwarding on where it is off and the network is a bridge. */
  public Engine with6(Engine engine, String name, Wish6 wish) throws DockerException {
    DockerNetwork network = engine.network(name).orElseThrow();
    if (wish.subnet().isPresent()) {
      Pools.check6(engine.networks(), wish.subnet().get());
    }
    IpPrefix subnet = wish.subnet().orElseGet(() -> Pools.unasked6(host, engine.networks()));
    boolean off = Stream.of("default", "all").anyMatch(c -> Sysctls.find(lab, NetnsId.root(host), "net.ipv6.conf." + c
        + ".forwarding").filter("0"::equals).isPresent());
    boolean bridge = network.driver() instanceof Bridge;
    boolean before = engine.networks().stream().flatMap(n -> n.pool6().stream()).anyMatch(Pool6::forwards);
    Pool6 pool = new Pool6(subnet, wish.gateway().orElseGet(() -> Pools.at6(subnet, 1)), wish.subnet().isPresent(), wish
        .mode(), bridge && (off || before));
    return engine.without(network)
        .with(new DockerNetwork(network.name(), network.id(), network.driver(), network.pool(),
            Optional.of(pool)));
  }

  /** Makes a network of addresses that were asked for or not. */
  public Engine create(Engine engine, DockerNetwork network, Optional<IpPrefix> subnet, Optional<Ipv4Address> gateway)
      throws DockerException {
    if (engine.networks().stream().anyMatch(n -> n.name().equals(network.name()))) {
      throw new DockerException("network with name " + network.name() + " already exists");
    }
    Optional<Pool> asked = subnet.map(s -> new Pool(s, gateway.orElseGet(() -> Pools.at(s, 1)), true));
    List<DockerNetwork> beside = engine.networks().stream().filter(n -> n.isShared() == network.isShared()).toList();
    if (asked.isPresent()) {
      Pools.check(beside, asked.get().subnet());
    }
    Pool pool = asked.isPresent() ? asked.get()
        : network.isShared() ? Pools.shared(beside) : Pools.unasked(lab, host, beside);
    if (network.driver() instanceof Bridge(String device, var _, var _, var _, var _)) {
      Optional<DockerNetwork> other = engine.networks().stream()
          .filter(n -> n.driver() instanceof Bridge b && b.device().equals(device)).findFirst();
      if (other.isPresent()) {
        throw new DockerException("cannot create network " + network.id() + " (" + device
            + "): conflicts with network " + other.get().id() + " (" + device + "): networks have same bridge name");
      }
    }
    return engine.with(new DockerNetwork(network.name(), network.id(), network.driver(), Optional.of(pool)));
  }

  /** Makes a network over all hosts of the swarm. */
  public Engine create(Engine engine, String name, Overlay.Use use, int mtu, boolean internal,
      Optional<IpPrefix> subnet, Optional<Ipv4Address> gateway) throws DockerException {
    if (engine.swarm().filter(s -> !s.isManager()).isPresent()) {
      throw new DockerException(
          "Cannot create a multi-host network from a worker node. Please create the network from a "
              + "manager node.");
    }
    Swarm swarm = SwarmLifecycle.managed(engine);
    int vni = swarm.lastVni() + 1;
    Overlay overlay = new Overlay(vni, use, mtu, internal);
    return create(engine, new DockerNetwork(name, Identity.shared(host, engine, name), overlay, Optional.empty()),
        subnet,
        gateway).with(Optional.of(swarm.withLastVni(vni)));
  }

  /** A network goes. */
  public Engine remove(Engine engine, DockerNetwork network) throws DockerException {
    if (network.isPredefined()) {
      throw new DockerException(network.name() + " is a pre-defined network and cannot be removed");
    }
    if (network.isShared()) {
      return removeShared(engine, network);
    }
    List<String> active = engine.membersOf(network).stream().filter(Container::isRunning)
        .map(c -> "name:\"" + endpoint(c, network) + "\" id:\"" + Identity.hex(c.id() + network.id()).substring(0, 12)
            + "\"")
        .toList();
    if (!active.isEmpty()) {
      throw new DockerException("error while removing network: network " + network.name() + " has active endpoints ("
          + String.join(", ", active) + ")");
    }
    return engine.without(network);
  }

  /** How a container is called in a network. */
  public static String endpoint(Container container, DockerNetwork network) {
    return network.isGateway() ? "gateway_" + Identity.hex(container.id() + "/sandbox").substring(0, 12)
        : container.name();
  }

  private Engine removeShared(Engine engine, DockerNetwork network) throws DockerException {
    SwarmLifecycle.managed(engine);
    Optional<Swarms.Member> member = Swarms.members(lab.engines().plus(host, engine), network).stream().findFirst();
    if (member.isPresent()) {
      throw new DockerException("rpc error: code = FailedPrecondition desc = network " + network.id()
          + " is in use by task " + Identity.code(member.get().container().id() + network.id(), Identity.CODE));
    }
    return engine.without(network);
  }
}
