package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hopscope.model.docker.Container;
import org.hopscope.model.docker.Engine;
import org.hopscope.model.docker.linux.EmbeddedNames;
import org.hopscope.model.docker.linux.Sandbox;
import org.hopscope.model.kube.linux.Reconciler;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.Netns;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.Server;

/**
 * The processes of a machine, as far as they tell whose network namespace is whose: its first, its servers, what runs in its
 * containers, and what holds the namespace of each of its pods open. Their numbers are the model's own (kd-22); each machine
 * has one numbering, as if no container had one of its own (pid_namespaces(7)).
 */
final class Processes {
  /** Numbers of pods follow from the order of their namespaces. */
  private static final int PODS = 80_000;

  private Processes() {
  }

  /**
   * A process.
   *
   * @param number as {@code nsenter -t} takes it
   * @param netns its network namespace
   * @param command the name of its program, or the whole line where that was given
   */
  record Process(int number, NetnsId netns, String command) {
  }

  /** Those of a machine, by number. */
  static List<Process> of(LabState lab, String host) {
    List<Process> all = new ArrayList<>(List.of(new Process(1, NetnsId.root(host), "/sbin/init")));
    Engine engine = lab.engine(host);
    for (Container container : engine.containers()) {
      Sandbox.of(lab, host, container)
          .ifPresent(netns -> all.add(new Process(engine.process(container), netns, command(container))));
    }
    Map<NetnsId, ?> pods = Reconciler.podsByNetns(lab);
    for (Netns netns : lab.netnsOf(host)) {
      if (pods.containsKey(netns.id())) {
        all.add(new Process(PODS + netns.order(), netns.id(), "/pause"));
      }
      boolean image = Sandbox.owner(lab, netns.id()).isPresent();
      netns.servers().stream().filter(s -> !image || s.program() != Server.Program.SERVE && !isDaemon(s))
          .forEach(s -> all.add(new Process(number(netns, s), netns.id(), s.program().command())));
    }
    all.sort(Comparator.comparingInt(Process::number));
    return all;
  }

  /** Whether Docker's daemon listens there: it runs beside the containers. */
  static boolean isDaemon(Server server) {
    return server.on().filter(EmbeddedNames.ADDRESS::equals).isPresent();
  }

  private static String command(Container container) {
    List<String> given = container.program().command();
    return given.isEmpty() ? container.program().image().replaceFirst(":.*", "") : String.join(" ", given);
  }

  /** The number of the process behind a server. */
  static int number(Netns netns, Server server) {
    return 1000 + 10 * netns.order() + netns.servers().indexOf(server);
  }

  /** The process of a number on a machine. */
  static Optional<Process> find(LabState lab, String host, String number) {
    return of(lab, host).stream().filter(p -> Integer.toString(p.number()).equals(number))
        .findFirst();
  }

  /** The numbers of those in a namespace, in rising order. */
  static List<Integer> in(LabState lab, NetnsId netns) {
    return of(lab, netns.host()).stream().filter(p -> p.netns().equals(netns)).map(Process::number).toList();
  }

  /** Those of a machine, by namespace, the namespace with the lowest number first. */
  static Map<NetnsId, List<Process>> byNetns(LabState lab, String host) {
    return of(lab, host).stream().collect(Collectors.groupingBy(Process::netns, LinkedHashMap::new,
        Collectors.toList()));
  }

  /** Where the name of a namespace lies on its machine: {@code ip netns} and Docker keep such files. */
  static Optional<String> file(LabState lab, NetnsId netns) {
    return netns.isRoot() ? Optional.empty()
        : Optional.of(Sandbox.owner(lab, netns).map(c -> "/run/docker/netns/" + c.id().substring(0, 12))
            .or(() -> Sandbox.overlay(lab, netns).map(_ -> "/run/docker/netns/" + netns.name()))
            .orElse("/run/netns/" + netns.name()));
  }
}
