package org.hopscope.model.docker.linux;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.InterfaceAddress;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.docker.Container;
import org.hopscope.model.docker.DockerException;
import org.hopscope.model.docker.DockerNetwork;
import org.hopscope.model.docker.DockerNetwork.Overlay;
import org.hopscope.model.docker.DockerNetwork.Pool;
import org.hopscope.model.docker.Engine;
import org.hopscope.model.docker.Swarm;
import org.hopscope.model.docker.Swarm.Role;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.Transport;

/**
 * How the daemon of one host begins, joins and leaves a swarm, or refuses to in moby's words (daemon/cluster/swarm.go,
 * listen_addr.go). Left out: IPv6 between nodes, and the namespace of the ingress network, which services need.
 *
 * @param lab the lab as it is
 * @param host the host
 */
public record SwarmLifecycle(LabState lab, String host) {
  private static final String NO_MANAGER = "This node is not a swarm manager. ";
  private static final int DIGEST = 50;

  /** A manager's place in its swarm. */
  public static Swarm managed(Engine engine) throws DockerException {
    Swarm swarm = engine.swarm().orElseThrow(() -> new DockerException(NO_MANAGER
        + "Use \"docker swarm init\" or \"docker swarm join\" to connect this node to swarm and try again."));
    if (!swarm.isManager()) {
      throw new DockerException(
          NO_MANAGER + "Worker nodes can't be used to view or modify cluster state. Please run this "
              + "command on a manager node or promote the current node to a manager.");
    }
    return swarm;
  }

  /** What a node shows to join a swarm in a role (swarmkit ca/config.go GenerateJoinToken). */
  public static String token(Swarm swarm, Role role) {
    return "SWMTKN-1-" + Identity.code(swarm.id() + "/ca", DIGEST / 2)
        + Identity.code(swarm.id() + "/digest", DIGEST / 2)
        + "-" + Identity.code(swarm.id() + "/" + role.word(), Identity.CODE);
  }

  /** Refuses a daemon that is in a swarm already. */
  public static void alone(Engine engine) throws DockerException {
    if (engine.swarm().isPresent()) {
      throw new DockerException(
          "This node is already part of a swarm. Use \"docker swarm leave\" to leave this swarm and "
              + "join another one.");
    }
  }

  /** A swarm begins: with the ingress network, and the host's way out for containers of overlay networks. */
  public Engine init(Engine engine, Optional<String> advertised) throws DockerException {
    alone(engine);
    String id = Identity.shared(host, engine, "swarm");
    Swarm swarm = new Swarm(id, node(engine, id), Role.MANAGER, 1, address(engine, advertised), Swarm.FIRST_VNI - 1);
    return new Networks(lab, host).create(entered(engine, swarm), "ingress", Overlay.Use.INGRESS, Overlay.USUAL_MTU,
        false,
        Optional.empty(), Optional.empty());
  }

  /** A daemon joins the swarm of a manager; the token says as what. */
  public Engine join(Engine engine, String token, Engine manager, Ipv4Address address) throws DockerException {
    Swarm swarm = managed(manager);
    Role role = token.equals(token(swarm, Role.MANAGER)) ? Role.MANAGER : Role.WORKER;
    if (!token.equals(token(swarm, role))) {
      throw new DockerException("rpc error: code = InvalidArgument desc = A valid join token is necessary to join this "
          + "cluster");
    }
    int joined = nodes(lab.engines().values(), swarm).stream().mapToInt(Swarm::joined).max().orElse(0) + 1;
    Swarm own = new Swarm(swarm.id(), node(engine, swarm.id()), role, joined, address,
        role == Role.MANAGER ? swarm.lastVni() : 0);
    return entered(engine, own).withShared(manager.shared().stream()
        .filter(n -> role == Role.MANAGER || n.isIngress())
        .toList());
  }

  private Engine entered(Engine engine, Swarm swarm) throws DockerException {
    if (swarm.isManager() && lab.find(NetnsId.root(host)).stream().flatMap(n -> n.servers().stream())
        .anyMatch(s -> s.port().value() == Swarm.PORT && s.transport() == Transport.TCP)) {
      throw new DockerException(
          "manager stopped: failed to listen on remote API address: listen tcp 0.0.0.0:" + Swarm.PORT
              + ": bind: address already in use");
    }
    return new Lifecycle(lab, host).withGateway(engine).with(Optional.of(swarm));
  }

  private String node(Engine engine, String swarm) {
    return Identity.shared(host, engine, "node of " + swarm);
  }

  /** The nodes of a swarm. */
  public static List<Swarm> nodes(Collection<Engine> engines, Swarm of) {
    return Swarms.nodes(engines, of);
  }

  /** A daemon leaves its swarm: its containers leave the swarm's networks (daemon.go clearAttachableNetworks). */
  public Engine leave(Engine engine, boolean force) throws DockerException {
    Swarm swarm = engine.swarm().orElseThrow(() -> new DockerException("This node is not part of a swarm"));
    if (swarm.isManager() && !force) {
      throw new DockerException("You are attempting to leave the swarm on a node that is participating as a manager. "
          + loss(nodes(lab.engines().values(), swarm).stream().filter(Swarm::isManager).count()));
    }
    Engine left = engine;
    Lifecycle lifecycle = new Lifecycle(lab, host);
    for (DockerNetwork network : engine.shared()) {
      for (Container container : engine.membersOf(network)) {
        if (container.isRunning()) {
          left = lifecycle.disconnect(left, network, left.container(container.id()).orElseThrow());
        }
      }
    }
    return left.withShared(List.of()).with(Optional.empty());
  }

  private static String loss(long managers) {
    String restore = "The only way to restore a swarm that has lost consensus is to reinitialize it with "
        + "`--force-new-cluster`. Use `--force` to suppress this message.";
    return managers
        == 1 ? "Removing the last manager erases all current state of the swarm. Use `--force` to ignore this "
            + "message. "
            : (managers
                == 2 ? "Removing this node leaves 1 managers out of 2. Without a Raft quorum your swarm will be "
                    + "inaccessible. " : "")
                + restore;
  }

  /** The address that was asked for, or that of a device; else the only one that the host has beside Docker's own. */
  public Ipv4Address address(Engine engine, Optional<String> advertised) throws DockerException {
    if (advertised.isPresent()) {
      String asked = advertised.get().replaceFirst(":[0-9]+$", "");
      Optional<Device> device = devices().stream().filter(d -> d.name().equals(asked)).findFirst();
      return device.isPresent() ? only(device.get())
          : Ipv4Address.parse(asked).filter(a -> !a.isUnspecified()).orElseThrow(() -> new DockerException(
              "advertise address must be a non-zero IP address or network interface (with optional port number)"));
    }
    List<Device> found = devices().stream().filter(d -> d.isUp() && addresses(d).stream()
        .anyMatch(a -> !a.isLoopback() && !a.isLinkLocal())
        && addresses(d).stream().noneMatch(a -> isDockers(engine, a)))
        .toList();
    if (found.isEmpty()) {
      throw new DockerException("could not find the system's IP address - specify one with --advertise-addr");
    }
    List<Ipv4Address> first = addresses(found.getFirst());
    String many = "could not choose an IP address to advertise since this system has multiple addresses on ";
    String end = " - specify one with --advertise-addr";
    if (first.size() > 1) {
      throw new DockerException(many + "interface " + found.getFirst().name() + " (" + first.get(0) + " and "
          + first.get(1) + ")" + end);
    }
    if (found.size() > 1) {
      throw new DockerException(many + "different interfaces (" + first.getFirst() + " on " + found.getFirst().name()
          + " and " + addresses(found.get(1)).getFirst() + " on " + found.get(1).name() + ")" + end);
    }
    return first.getFirst();
  }

  private List<Device> devices() {
    return lab.devicesOf(NetnsId.root(host));
  }

  private static List<Ipv4Address> addresses(Device device) {
    List<Ipv4Address> all = new ArrayList<>();
    for (InterfaceAddress each : device.addresses().stream().map(a -> a.local()).toList()) {
      if (each.address() instanceof Ipv4Address own) {
        all.add(own);
      }
    }
    return all;
  }

  private static boolean isDockers(Engine engine, Ipv4Address address) {
    return engine.networks().stream().filter(n -> !n.isShared()).flatMap(n -> n.pool().stream()).map(Pool::subnet)
        .anyMatch(s -> s.contains(address));
  }

  private static Ipv4Address only(Device device) throws DockerException {
    List<Ipv4Address> all = addresses(device);
    if (all.isEmpty()) {
      throw new DockerException("interface " + device.name() + " has no usable IPv4 or IPv6 address");
    }
    if (all.size() > 1) {
      throw new DockerException(
          "interface " + device.name() + " has more than one IPv4 address (" + all.get(0) + " and "
              + all.get(1) + ")");
    }
    return all.getFirst();
  }
}
