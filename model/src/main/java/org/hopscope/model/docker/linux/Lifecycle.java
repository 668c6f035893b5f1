package org.hopscope.model.docker.linux;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.addr.Ipv6Address;
import org.hopscope.model.docker.Container;
import org.hopscope.model.docker.Container.Asked;
import org.hopscope.model.docker.Container.Attachment;
import org.hopscope.model.docker.Container.Published;
import org.hopscope.model.docker.Container.State;
import org.hopscope.model.docker.Container.Wiring;
import org.hopscope.model.docker.DockerException;
import org.hopscope.model.docker.DockerNetwork;
import org.hopscope.model.docker.DockerNetwork.Bridge;
import org.hopscope.model.docker.DockerNetwork.GatewayMode;
import org.hopscope.model.docker.DockerNetwork.Pool;
import org.hopscope.model.docker.DockerNetwork.Pool6;
import org.hopscope.model.docker.Engine;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Sysctls;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.Server;

/**
 * What the daemon of one host does with networks and containers, or refuses in moby's words.
 *
 * @param lab the lab as it is
 * @param host the host
 */
public record Lifecycle(LabState lab, String host) {
  private static final String BEGIN = "failed to set up container networking: ";

  /** The daemon of the host, started if it was not: with docker0, and forwarding switched on (sem-D1, D5). */
  public Engine started() throws DockerException {
    Engine engine = lab.engine(host);
    if (engine.isStarted()) {
      return engine;
    }
    boolean off = Sysctls.find(lab, NetnsId.root(host), "net.ipv4.ip_forward").filter("0"::equals).isPresent();
    Engine begun = engine.withForwards(off);
    Optional<Pool> found = lab.find(new DeviceRef(NetnsId.root(host), "docker0")).stream()
        .flatMap(d -> d.addresses().stream())
        .flatMap(a -> a.address() instanceof Ipv4Address own
            ? Optional.of(new Pool(a.local().network(), own, false)).stream()
            : Optional.<Pool>empty().stream())
        .findFirst();
    Pool pool = found.isPresent() ? found.get() : Pools.unasked(lab, host, begun.networks());
    begun = begun.with(new DockerNetwork("bridge", Identity.next(host, begun, "bridge"),
        new Bridge("docker0", true, true, false, GatewayMode.NAT), Optional.of(pool)));
    begun = begun.with(new DockerNetwork("host", Identity.next(host, begun, "host"), new DockerNetwork.HostNetwork(),
        Optional.empty()));
    return begun.with(new DockerNetwork("none", Identity.next(host, begun, "none"), new DockerNetwork.NoNetwork(),
        Optional.empty()));
  }

  /** A container starts: it gets its addresses, and its ports are bound. */
  public Engine start(Engine engine, Container container) throws DockerException {
    if (container.isRunning()) {
      return engine;
    }
    if (container.wiring() instanceof Wiring.OfContainer(String id)) {
      Container other = engine.container(id).orElseThrow(() -> new DockerException("No such container: " + id));
      if (!other.isRunning()) {
        throw new DockerException("cannot join network namespace of a non running container: container "
            + other.id() + " is not running");
      }
    }
    Engine next = engine;
    Container started = container;
    for (Attachment attachment : container.attachments()) {
      next = knowing(next, attachment.network());
      started = addressed(next, started, attachment);
    }
    next = withGateway(next, started);
    started = ledOut(next, started);
    bind(next, started);
    return next.with(started.with(new State.Running(lab.now())));
  }

  /** A network by its name or identifier: one of this daemon, else one that its swarm has in common. */
  public Optional<DockerNetwork> find(Engine engine, String called) {
    return engine.network(called).or(() -> Swarms.network(lab.engines().values(), engine, called));
  }

  /** With a network of the swarm that a container joins, if it lets it (swarmkit manager/resourceapi/allocator.go). */
  private Engine knowing(Engine engine, String called) throws DockerException {
    Optional<DockerNetwork> found = find(engine, called);
    if (found.filter(n -> n.isShared() && !n.isJoinable()).isPresent()) {
      throw new DockerException(BEGIN + "Could not attach to network " + called
          + ": rpc error: code = PermissionDenied desc = network " + called + " not manually attachable");
    }
    return found.isPresent() && engine.network(called).isEmpty() ? engine.with(found.get()) : engine;
  }

  /** Without the networks of the swarm that a worker has no container in any more: managers keep all. */
  private static Engine forgetting(Engine engine) {
    return engine.swarm().filter(s -> !s.isManager()).isEmpty() ? engine
        : engine.withShared(engine.shared().stream()
            .filter(n -> n.isIngress() || engine.membersOf(n).stream().anyMatch(Container::isRunning))
            .toList());
  }

  /** Whether a container is in networks that have no gateway, and in none that has (libnetwork needDefaultGW). */
  private static boolean wantsGateway(Engine engine, Container container) {
    List<DockerNetwork> in = container.attachments().stream().flatMap(a -> engine.network(a.network()).stream())
        .filter(n -> !n.isGateway()).toList();
    return in.stream().noneMatch(DockerNetwork::leadsOut)
        && in.stream().anyMatch(n -> n.isShared() && !n.driver().isInternal());
  }

  private Engine withGateway(Engine engine, Container container) throws DockerException {
    return wantsGateway(engine, container) ? withGateway(engine) : engine;
  }

  /** With the network by which containers of overlay networks reach what is elsewhere (libnetwork createGWNetwork). */
  Engine withGateway(Engine engine) throws DockerException {
    return engine.network(DockerNetwork.GATEWAY).isPresent() ? engine
        : new Networks(lab, host).create(engine,
            new DockerNetwork(DockerNetwork.GATEWAY, Identity.next(host, engine, DockerNetwork.GATEWAY),
                new Bridge(DockerNetwork.GATEWAY, false, true, false, GatewayMode.NAT), Optional.empty()),
            Optional.empty(), Optional.empty());
  }

  /** A container with the way out that it wants, or without one that it does not. */
  private Container ledOut(Engine engine, Container container) throws DockerException {
    Optional<Attachment> gateway = container.attachment(DockerNetwork.GATEWAY);
    boolean wanted = wantsGateway(engine, container);
    if (wanted == gateway.isPresent()) {
      return container;
    }
    if (!wanted) {
      return container.without(gateway.orElseThrow());
    }
    Attachment out = new Attachment(DockerNetwork.GATEWAY, device(container.attachments()), Asked.NONE);
    return addressed(engine, container.with(out), out);
  }

  private Container addressed(Engine engine, Container container, Attachment attachment)
      throws DockerException {
    DockerNetwork network = engine.network(attachment.network()).orElseThrow(() -> new DockerException(
        BEGIN + "network " + attachment.network() + " not found"));
    Optional<Pool> pool = network.pool();
    if (pool.isEmpty() || !(container.wiring() instanceof Wiring.Own own)) {
      return container;
    }
    try {
      if (network.driver() instanceof DockerNetwork.Overlay overlay) {
        OverlaySandbox.of(host, network, overlay).check(lab);
      }
      Ipv4Address address = Pools.address(Swarms.members(lab.engines().plus(host, engine.with(container)), network),
          network, pool.get(), attachment.asked().ip());
      Optional<Ipv6Address> address6 = network.pool6().isEmpty() ? Optional.empty()
          : Optional.of(Pools.address6(engine.with(container), network, network.pool6().get(), attachment.asked()
              .ip6()));
      List<Attachment> all = new ArrayList<>(own.attachments());
      all.replaceAll(a -> a.equals(attachment)
          ? new Attachment(a.network(), a.device(), a.asked(), Optional.of(address), address6)
          : a);
      return container.with(new Wiring.Own(all, own.published()));
    } catch (DockerException refused) {
      throw new DockerException(BEGIN + refused.getMessage());
    }
  }

  /** The servers of the host that are not docker-proxy's: what containers publish is Docker's own to know. */
  private List<Server> others() {
    List<Published> own = lab.engine(host).containers().stream().filter(Container::isRunning)
        .flatMap(c -> c.published().stream()).toList();
    return lab.find(NetnsId.root(host)).map(n -> List.<Server>copyOf(n.servers())).orElse(List.of()).stream()
        .filter(s -> own.stream().noneMatch(p -> p.hostPort().equals(s.port()) && p.transport() == s.transport()
            && p.on().equals(s.on())))
        .toList();
  }

  private void bind(Engine engine, Container container) throws DockerException {
    Optional<Attachment> gateway = container.gateway(engine);
    boolean bridged = gateway.flatMap(g -> engine.network(g.network()))
        .filter(n -> n.driver() instanceof Bridge b && b.gateway() != GatewayMode.ROUTED).isPresent();
    for (Published port : bridged ? container.published() : List.<Published>of()) {
      String endpoint = BEGIN + "driver failed programming external connectivity on endpoint " + container.name() + " ("
          + Identity.hex(container.id() + "/endpoint") + "): ";
      boolean allocated = engine.containers().stream().filter(c -> c.isRunning() && !c.id().equals(container.id()))
          .filter(c -> c.gateway(engine).isPresent()).flatMap(c -> c.published().stream()).anyMatch(port::collides);
      if (allocated) {
        throw new DockerException(endpoint + "Bind for " + port.bound() + " failed: port is already allocated");
      }
      if (others().stream().anyMatch(s -> s.port().equals(port.hostPort()) && s.transport() == port.transport()
          && (s.on().isEmpty() || port.on().isEmpty() || s.on().equals(port.on())))) {
        throw new DockerException(endpoint + "failed to bind host port " + port.bound() + "/"
            + port.transport().word() + ": address already in use");
      }
    }
  }

  /** A container ends, and what leads out of it goes; it gives its addresses back. */
  public Engine stop(Engine engine, Container container) {
    if (!container.isRunning()) {
      return engine;
    }
    Wiring wiring = container.wiring() instanceof Wiring.Own(List<Attachment> attachments, List<Published> published)
        ? new Wiring.Own(attachments.stream().filter(a -> !a.network().equals(DockerNetwork.GATEWAY))
            .map(a -> new Attachment(a.network(), a.device(), a.asked())).toList(), published)
        : container.wiring();
    return forgetting(engine.with(container.with(wiring).with(new State.Exited(lab.now()))));
  }

  /** A container joins one more network. */
  public Engine connect(Engine engine, DockerNetwork network, Container container, Asked asked)
      throws DockerException {
    if (container.attachment(network.name()).isPresent()) {
      throw new DockerException("endpoint with name " + container.name() + " already exists in network "
          + network.name());
    }
    if (network.driver() instanceof DockerNetwork.HostNetwork || container.wiring() instanceof Wiring.OfHost) {
      throw new DockerException("container cannot be disconnected from host network or connected to host network");
    }
    if (!(container.wiring() instanceof Wiring.Own own)) {
      throw new DockerException(
          "container sharing network namespace with another container or host cannot be connected to any other "
              + "network");
    }
    boolean apart = own.attachments().stream().anyMatch(a -> engine.network(a.network())
        .filter(n -> n.driver() instanceof DockerNetwork.NoNetwork).isPresent());
    if (apart || network.driver() instanceof DockerNetwork.NoNetwork && !own.attachments().isEmpty()) {
      throw new DockerException("container cannot be connected to multiple networks with one of the networks in "
          + "private (none) mode");
    }
    check(network, asked);
    Attachment joined = new Attachment(network.name(), device(own.attachments()), asked);
    if (!container.isRunning()) {
      return engine.with(container.with(joined));
    }
    Engine knowing = knowing(engine, network.name());
    Container more = addressed(knowing, container.with(joined), joined);
    Engine next = withGateway(knowing, more);
    return next.with(ledOut(next, more));
  }

  /** A container leaves a network. */
  public Engine disconnect(Engine engine, DockerNetwork network, Container container) throws DockerException {
    if (network.driver() instanceof DockerNetwork.HostNetwork || container.wiring() instanceof Wiring.OfHost) {
      throw new DockerException("container cannot be disconnected from host network or connected to host network");
    }
    Attachment gone = container.attachment(network.name()).filter(_ -> !network.isGateway()).orElseThrow(
        () -> new DockerException("container " + container.id() + " is not connected to network " + network.name()));
    Container left = container.without(gone);
    Engine next = withGateway(engine, left);
    return forgetting(next.with(container.isRunning() ? ledOut(next, left) : left));
  }

  /** The first device of a container that has no network. */
  public static String device(List<Attachment> attachments) {
    return IntStream.range(0, 100).mapToObj(i -> "eth" + i)
        .filter(d -> attachments.stream().noneMatch(a -> a.device().equals(d))).findFirst().orElseThrow();
  }

  /** Refuses an address that a container may not ask for in this network (moby daemon/container_operations.go). */
  public static void check(DockerNetwork network, Asked asked) throws DockerException {
    if (asked.equals(Asked.NONE)) {
      return;
    }
    String begin = "invalid config for network " + network.name() + ": invalid endpoint settings:\n";
    Optional<Pool> pool = network.pool();
    if (network.isPredefined() || pool.isEmpty()) {
      throw new DockerException(begin + "user specified IP address is supported on user defined networks only");
    }
    if (asked.ip().isPresent()) {
      check(begin, pool.filter(Pool::chosen).map(Pool::subnet), asked.ip().get());
    }
    if (asked.ip6().isPresent()) {
      check(begin, network.pool6().filter(Pool6::chosen).map(Pool6::subnet), asked.ip6().get());
    }
  }

  private static void check(String begin, Optional<IpPrefix> chosen, IpAddress asked) throws DockerException {
    if (chosen.isEmpty()) {
      throw new DockerException(begin
          + "user specified IP address is supported only when connecting to networks with user configured subnets");
    }
    if (!chosen.get().contains(asked)) {
      throw new DockerException(begin + "no configured subnet contains IP address " + asked);
    }
  }
}
