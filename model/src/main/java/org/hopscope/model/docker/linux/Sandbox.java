package org.hopscope.model.docker.linux;

import java.util.Optional;
import org.hopscope.model.docker.Container;
import org.hopscope.model.docker.Container.Wiring;
import org.hopscope.model.docker.DockerNetwork;
import org.hopscope.model.docker.Engine;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.NetnsId;

/**
 * Containers' network namespaces, and those of overlay networks. Docker keeps them under /var/run/docker/netns, where {@code ip netns} does not look: it
 * lists none of them. Here a container's has the name {@code container:NAME}, by which {@code ip netns exec} finds it too.
 */
public final class Sandbox {
  /** What a container's place begins with. */
  public static final String PLACE = "container:";
  /** An overlay network's VXLAN in its namespace. */
  public static final String VXLAN = "vxlan0";

  private Sandbox() {
  }

  static NetnsId own(String host, Container container) {
    return new NetnsId(host, PLACE + container.name());
  }

  /** The namespace that a container lives in; empty while it does not run. */
  public static Optional<NetnsId> of(LabState lab, String host, Container container) {
    Engine engine = lab.engine(host);
    return Optional.of(container).filter(Container::isRunning).flatMap(c -> switch (c.wiring()) {
      case Wiring.Own _ -> Optional.of(own(host, c));
      case Wiring.OfHost() -> Optional.of(NetnsId.root(host));
      case Wiring.OfContainer(String id) -> engine.container(id).filter(Container::isRunning).flatMap(o -> of(lab, host,
          o));
    });
  }

  /** The namespace of the container that is called so: on this host, else on any. */
  public static Optional<NetnsId> named(LabState lab, String host, String name) {
    return lab.engine(host).container(name).map(c -> of(lab, host, c))
        .orElseGet(() -> lab.engines().entrySet().stream()
            .flatMap(e -> e.getValue().container(name).flatMap(c -> of(lab, e.getKey(), c)).stream()).findFirst());
  }

  /** Whether Docker made this namespace: a container's, or that of an overlay network on its host. */
  public static boolean is(LabState lab, NetnsId netns) {
    return owner(lab, netns).isPresent() || overlay(lab, netns).isPresent();
  }

  /** The namespace of an overlay network on a host; empty for other networks, and where no container of the host is in it. */
  public static Optional<NetnsId> of(LabState lab, String host, DockerNetwork network) {
    return Optional.of(network).filter(DockerNetwork::isShared).map(n -> OverlaySandbox.place(host, n))
        .filter(n -> lab.find(n).isPresent());
  }

  /** The overlay network that a namespace carries on its host; empty for any other. */
  public static Optional<DockerNetwork> overlay(LabState lab, NetnsId netns) {
    return netns.isRoot() ? Optional.empty() : lab.engine(netns.host()).shared().stream()
        .filter(n -> OverlaySandbox.place(netns.host(), n).equals(netns)).findFirst();
  }

  /** The container that a namespace is the own one of; empty for any other. */
  public static Optional<Container> owner(LabState lab, NetnsId netns) {
    return netns.isRoot() ? Optional.empty() : lab.engine(netns.host()).containers().stream()
        .filter(c -> c.wiring() instanceof Wiring.Own && c.isRunning() && own(netns.host(), c).equals(netns))
        .findFirst();
  }
}
