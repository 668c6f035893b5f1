package org.hopscope.model.kube.control;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.hopscope.model.kube.object.KubeService;

/**
 * Which port of the nodes each port of a Service gets, or why it gets none (pkg/registry/core/service/storage/alloc.go
 * initNodePorts and updateNodePorts, strategy.go patchAllocatedValues). A number belongs to one Service, whose ports of
 * several protocols may share it. A real allocator draws; here the first free one is taken.
 */
final class NodePorts {
  private static final int FIRST = 30_000;
  private static final int LAST = 32_767;
  /** The lower ports are left to those who ask for one (KEP-3668: min(max(16, size/32), 128)). */
  private static final int DYNAMIC = 30_086;

  private final Allocated others;
  private final Set<Integer> own = new HashSet<>();
  private final List<KubeService.Port> decided = new ArrayList<>();
  private Optional<String> problem = Optional.empty();

  /**
   * What comes of it.
   *
   * @param ports the ports with their numbers
   * @param problem why not, in the API server's words
   */
  record Decided(List<KubeService.Port> ports, Optional<String> problem) {
    Decided {
      ports = List.copyOf(ports);
    }
  }

  private NodePorts(Allocated others) {
    this.others = others;
  }

  /** Whether a Service can be reached by ports of the nodes. */
  static boolean hasSome(KubeService service) {
    return service.addressing().type() == KubeService.Type.NODE_PORT
        || service.addressing().type() == KubeService.Type.LOAD_BALANCER;
  }

  static Decided of(KubeService service, Optional<KubeService> old, Allocated others) {
    if (!hasSome(service)) {
      return new Decided(service.ports(), Optional.empty());
    }
    NodePorts ports = new NodePorts(others);
    List<KubeService.Port> wished = old.filter(NodePorts::hasSome)
        .map(o -> kept(service.ports(), o.ports())).orElse(service.ports());
    boolean always = service.addressing().type() == KubeService.Type.NODE_PORT || service.addressing().nodePorts();
    old.ifPresentOrElse(o -> ports.change(wished, numbers(o.ports()), always), () -> ports.begin(wished, always));
    return new Decided(ports.decided, ports.problem);
  }

  private static Set<Integer> numbers(List<KubeService.Port> ports) {
    Set<Integer> numbers = new HashSet<>();
    ports.forEach(p -> p.nodePort().ifPresent(numbers::add));
    return numbers;
  }

  /** Who says nothing keeps what the port of its name had, whatever else changes about that port. */
  private static List<KubeService.Port> kept(List<KubeService.Port> ports, List<KubeService.Port> before) {
    Set<Integer> said = numbers(ports);
    Map<Optional<String>, Integer> had = new HashMap<>();
    before.forEach(p -> p.nodePort().filter(n -> !said.contains(n)).ifPresent(n -> had.put(p.name(), n)));
    return ports.stream().map(p -> p.withNodePort(p.nodePort().or(() -> Optional.ofNullable(had.get(p.name())))))
        .toList();
  }

  /** Of a new Service the ports of one number share one of the nodes'. */
  private void begin(List<KubeService.Port> ports, boolean always) {
    Set<Integer> said = numbers(ports);
    Map<Integer, Integer> shared = new HashMap<>();
    for (int i = 0; i < ports.size(); i++) {
      KubeService.Port port = ports.get(i);
      Optional<Integer> known = Optional.ofNullable(shared.get(port.port()));
      Optional<Integer> number = port.nodePort().filter(_ -> known.isPresent()).or(() -> known)
          .or(() -> ports.stream().filter(p -> p.port() == port.port())
              .flatMap(p -> p.nodePort().stream()).findFirst());
      boolean silent = port.nodePort().isEmpty() && !always;
      if (!silent && number.isPresent() && !number.equals(known)) {
        claim(i, number.get());
      }
      Optional<Integer> given = silent ? Optional.empty() : number.or(() -> free(said));
      given.ifPresent(n -> shared.putIfAbsent(port.port(), n));
      decided.add(port.withNodePort(given));
    }
  }

  /** Of one that was there before, each that has none gets its own. */
  private void change(List<KubeService.Port> ports, Set<Integer> before, boolean always) {
    Set<Integer> said = numbers(ports);
    said.addAll(before);
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < ports.size(); i++) {
      KubeService.Port port = ports.get(i);
      if (port.nodePort().isPresent() && !before.contains(port.nodePort().get())
          && !own.contains(port.nodePort().get())) {
        claim(i, port.nodePort().get());
      }
      Optional<Integer> given = port.nodePort().or(() -> always ? free(said) : Optional.empty());
      if (given.isPresent() && !seen.add(port.protocol() + " " + given.get())) {
        refuse("spec.ports[" + i + "].nodePort: Duplicate value: " + given.get());
      }
      decided.add(port.withNodePort(given));
    }
  }

  private void claim(int index, int number) {
    refusal(number, others, !own.add(number)).ifPresent(why -> refuse(
        "spec.ports[" + index + "].nodePort: Invalid value: " + number + ": " + why));
  }

  /** Why a number cannot be had (portallocator.Allocate). */
  static Optional<String> refusal(int number, Allocated others, boolean own) {
    if (number < FIRST || number > LAST) {
      return Optional.of("provided port is not in the valid range. The range of valid ports is " + FIRST + "-" + LAST);
    }
    return own || others.hasPort(number) ? Optional.of("provided port is already allocated") : Optional.empty();
  }

  private void refuse(String why) {
    problem = problem.or(() -> Optional.of(why));
  }

  private Optional<Integer> free(Set<Integer> said) {
    Optional<Integer> number = firstFree(others, n -> own.contains(n) || said.contains(n));
    number.ifPresent(own::add);
    return number;
  }

  /** A number that nobody has yet. */
  static Optional<Integer> firstFree(Allocated others, IntPredicate taken) {
    return IntStream.concat(IntStream.rangeClosed(DYNAMIC, LAST), IntStream.range(FIRST, DYNAMIC))
        .filter(n -> !others.hasPort(n) && !taken.test(n)).boxed().findFirst();
  }
}
