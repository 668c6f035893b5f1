package org.hopscope.model.docker;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a Docker daemon keeps on its machine. Immutable.
 *
 * @param chains in which chains it writes its rules
 * @param forwards whether it was Docker that switched forwarding on when it started (sem-D5)
 * @param serial counted up with each network and container: identifiers follow from it
 * @param networks in the order of their making; empty before the daemon was started
 * @param containers in the order of their making
 * @param swarm its place in a swarm; none where it is by itself
 */
public record Engine(Chains chains, boolean forwards, int serial, List<DockerNetwork> networks,
    List<Container> containers, Optional<Swarm> swarm) {
  private static final int PROCESSES = 10_000;

  /** Where the daemon was not started yet. */
  public static final Engine NONE = new Engine(Chains.TODAY, false, 0, List.of(), List.of(), Optional.empty());

  public Engine {
    networks = List.copyOf(networks);
    containers = List.copyOf(containers);
  }

  public boolean isStarted() {
    return !networks.isEmpty();
  }

  /** A network by its name, its identifier or the beginning of that. */
  public Optional<DockerNetwork> network(String called) {
    return networks.stream().filter(n -> n.name().equals(called)).findFirst()
        .or(() -> only(networks.stream().filter(n -> isPrefix(called, n.id())).toList()));
  }

  /** A container by its name, its identifier or the beginning of that. */
  public Optional<Container> container(String called) {
    String name = called.startsWith("/") ? called.substring(1) : called;
    return containers.stream().filter(c -> c.name().equals(name)).findFirst()
        .or(() -> only(containers.stream().filter(c -> isPrefix(called, c.id())).toList()));
  }

  /**
   * The number of what runs in a container; 0 while it does not run. It follows from the first four digits of the identifier,
   * or is the next one after it that is free.
   */
  public int process(Container container) {
    Set<Integer> used = new HashSet<>();
    for (Container each : containers) {
      int number = each.isRunning() ? PROCESSES + Integer.parseInt(each.id().substring(0, 4), 16) : 0;
      while (number > 0 && !used.add(number)) {
        number++;
      }
      if (each.id().equals(container.id())) {
        return number;
      }
    }
    return 0;
  }

  /** The network that a bridge of the host carries. */
  public Optional<DockerNetwork> networkOn(String bridge) {
    return networks.stream().filter(n -> n.driver() instanceof DockerNetwork.Bridge b && b.device().equals(bridge))
        .findFirst();
  }

  private static boolean isPrefix(String called, String id) {
    return !called.isEmpty() && id.startsWith(called);
  }

  private static <T> Optional<T> only(List<T> found) {
    return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
  }

  /** The containers that are in a network, running or not. */
  public List<Container> membersOf(DockerNetwork network) {
    return containers.stream().filter(c -> c.attachment(network.name()).isPresent()).toList();
  }

  public Engine withChains(Chains value) {
    return new Engine(value, forwards, serial, networks, containers, swarm);
  }

  public Engine withForwards(boolean value) {
    return new Engine(chains, value, serial, networks, containers, swarm);
  }

  public Engine with(Optional<Swarm> value) {
    return new Engine(chains, forwards, serial, networks, containers, value);
  }

  /** With other networks in the place of those that it has in common with its swarm. */
  public Engine withShared(List<DockerNetwork> shared) {
    List<DockerNetwork> all = new ArrayList<>(networks);
    all.removeIf(n -> n.isShared() && !shared.contains(n));
    shared.stream().filter(n -> !all.contains(n)).forEach(all::add);
    return new Engine(chains, forwards, serial, all, containers, swarm);
  }

  /** The networks that it has in common with its swarm. */
  public List<DockerNetwork> shared() {
    return networks.stream().filter(DockerNetwork::isShared).toList();
  }

  public Engine with(DockerNetwork made) {
    List<DockerNetwork> all = new ArrayList<>(networks);
    all.add(made);
    return new Engine(chains, forwards, serial + 1, all, containers, swarm);
  }

  public Engine without(DockerNetwork gone) {
    return new Engine(chains, forwards, serial, networks.stream().filter(n -> !n.equals(gone)).toList(), containers,
        swarm);
  }

  /** With a container that is new, or in the place of the one with its identifier. */
  public Engine with(Container container) {
    List<Container> all = new ArrayList<>(containers);
    all.replaceAll(c -> c.id().equals(container.id()) ? container : c);
    boolean known = all.contains(container);
    if (!known) {
      all.add(container);
    }
    return new Engine(chains, forwards, known ? serial : serial + 1, networks, all, swarm);
  }

  public Engine without(Container gone) {
    return new Engine(chains, forwards, serial, networks,
        containers.stream().filter(c -> !c.id().equals(gone.id())).toList(), swarm);
  }
}
