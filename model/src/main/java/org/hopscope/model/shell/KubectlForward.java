package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.PortNumber;
import org.hopscope.model.kube.ingress.PortForward;
import org.hopscope.model.kube.object.Kind;
import org.hopscope.model.kube.object.KubeObject;
import org.hopscope.model.kube.object.KubePod;
import org.hopscope.model.kube.object.KubeService;
import org.hopscope.model.kube.object.ObjectKey;
import org.hopscope.model.kube.object.PodSpec;
import org.hopscope.model.kube.object.PortName;
import org.hopscope.model.kube.object.PortProtocol;
import org.hopscope.model.lab.AddressTypes;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.Server;
import org.hopscope.model.net.Transport;

/**
 * {@code kubectl port-forward TYPE/NAME [LOCAL:]REMOTE...} (kubectl pkg/cmd/portforward/portforward.go, client-go
 * tools/portforward): listens where it is typed, for one pod that is chosen once. A lab has no second terminal: it runs beside this
 * one, with and without {@code &}, until {@code unserve}.
 */
final class KubectlForward {
  private static final String USAGE = "error: TYPE/NAME and list of ports are required for port-forward";
  private static final List<IpAddress> LOCALHOST = List.of(IpAddress.of("127.0.0.1"), IpAddress.of("::1"));
  private static final int FIRST_FREE = 32_768;

  private final KubectlProgram.Context where;
  private final KubePod pod;
  /** The Service that was named, if one was: its ports are those of the command. */
  private final Optional<KubeService> service;
  private final List<Edit> edits = new ArrayList<>();
  private final List<String> out = new ArrayList<>();
  private final List<String> err = new ArrayList<>();

  /** Two ports of a command: where it listens (0 for any), and where it leads. */
  private record Pair(int local, int remote) {
    @Override
    public String toString() {
      return "{" + local + " " + remote + "}";
    }
  }

  private KubectlForward(KubectlProgram.Context where, KubePod pod, Optional<KubeService> service) {
    this.where = where;
    this.pod = pod;
    this.service = service;
  }

  static Command read(KubectlProgram.Context where, Args args) throws Stop {
    KubectlOptions options =
        KubectlOptions.of("port-forward", args, Set.of("address", "pod-running-timeout"), Set.of());
    if (options.words().size() < 2) {
      throw Stop.exit(1, USAGE, "See 'kubectl port-forward -h' for help and examples");
    }
    String named = options.words().getFirst();
    KubectlForward forward = new KubectlForward(where, where.pod(named), service(where, named));
    List<Pair> pairs = new ArrayList<>();
    for (String each : options.words().subList(1, options.words().size())) {
      pairs.add(forward.pair(each));
    }
    if (!forward.pod.isRunning()) {
      throw Stop.exit(1, "error: unable to forward port because pod is not running. Current status=" + forward.pod
          .phase());
    }
    return forward.listen(pairs, options.value("address").orElse("localhost"));
  }

  private static Optional<KubeService> service(KubectlProgram.Context where, String named) throws Stop {
    int slash = named.indexOf('/');
    boolean asked = slash > 0 && Kind.named(named.substring(0, slash)).equals(Optional.of(Kind.SERVICE));
    if (!asked) {
      return Optional.empty();
    }
    KubeObject found = KubectlEdits.found(where, new ObjectKey(Kind.SERVICE, where.namespace(), named.substring(slash
        + 1)));
    return Optional.of((KubeService) found);
  }

  /** {@code LOCAL:REMOTE}, {@code REMOTE} or {@code :REMOTE}; a port may be named. */
  private Pair pair(String text) throws Stop {
    String[] parts = text.split(":", -1);
    if (parts.length > 2) {
      throw Stop.exit(1, "error: invalid port format '" + text + "'");
    }
    String remote = parts[parts.length - 1];
    int asked = number(remote);
    int local = parts.length == 1 ? asked : parts[0].isEmpty() ? 0 : digits(parts[0], "local");
    return new Pair(local, service.isPresent() ? target(service.get(), asked) : asked);
  }

  private static int digits(String text, String side) throws Stop {
    return Numbers.whole(text, 0, 65535)
        .orElseThrow(() -> Stop.exit(1, "error: error parsing " + side + " port '" + text
            + "': strconv.ParseUint: parsing \"" + text + "\": " + (text.matches("\\d+") ? "value out of range"
                : "invalid syntax")));
  }

  private int number(String remote) throws Stop {
    if (!remote.matches("\\d*") && service.isPresent()) {
      return service.get().ports().stream().filter(p -> p.name().equals(Optional.of(remote))).findFirst()
          .orElseThrow(() -> Stop.exit(1, "error: Service '" + service.get().meta().name()
              + "' does not have a named port '" + remote + "'"))
          .port();
    }
    if (!remote.matches("\\d*")) {
      return named(remote);
    }
    int number = digits(remote, "remote");
    if (number == 0) {
      throw Stop.exit(1, "error: remote port must be > 0");
    }
    boolean datagrams = service.isEmpty() && isDatagramsOnly(number);
    if (datagrams) {
      throw Stop.exit(1, "error: UDP protocol is not supported for " + number);
    }
    return number;
  }

  private boolean isDatagramsOnly(int number) {
    List<PodSpec.ContainerPort> ports = pod.spec().ports().filter(p -> p.port() == number).toList();
    return ports.stream().anyMatch(p -> p.protocol() == PortProtocol.UDP)
        && ports.stream().noneMatch(p -> p.protocol() == PortProtocol.TCP);
  }

  private int named(String name) throws Stop {
    return pod.spec().ports().filter(p -> p.name().equals(Optional.of(name))).map(PodSpec.ContainerPort::port)
        .findFirst()
        .orElseThrow(() -> Stop.exit(1, "error: Pod '" + pod.meta().name() + "' does not have a named port '" + name
            + "'"));
  }

  /** The port of the pod behind a Service's (polymorphichelpers LookupContainerPortNumberByServicePort). */
  private int target(KubeService of, int number) throws Stop {
    List<KubeService.Port> ports = of.ports().stream().filter(p -> p.port() == number).toList();
    if (ports.isEmpty()) {
      throw Stop.exit(1, "error: Service " + of.meta().name() + " does not have a service port " + number);
    }
    if (ports.stream().noneMatch(p -> p.protocol() == PortProtocol.TCP)) {
      throw Stop.exit(1, "error: UDP protocol is not supported for " + number);
    }
    return of.addressing().headless() ? number : switch (ports.getFirst().target()) {
      case PortName.Number(int port) -> port;
      case PortName.Named(String name) -> named(name);
    };
  }

  private Command listen(List<Pair> pairs, String addresses) throws Stop {
    for (Pair pair : pairs) {
      int port = pair.local() == 0 ? free() : pair.local();
      int before = edits.size();
      List<String> refused = new ArrayList<>();
      for (String address : addresses.split(",")) {
        for (IpAddress on : addresses(address)) {
          listen(on, port, pair, refused);
        }
      }
      if (edits.size() == before) {
        err.add("Unable to listen on port " + port + ": Listeners failed to create with the following errors: ["
            + String.join(" ", refused) + "]");
      }
    }
    if (edits.isEmpty()) {
      err.add("error: unable to listen on any of the requested ports: " + pairs.stream().map(Pair::toString).collect(
          Collectors.joining(" ", "[", "]")));
      return new Command.Said(1, out, err, new Answer.Nothing());
    }
    return new Command.Change(edits.size() == 1 ? edits.getFirst() : new Edit.Together(edits), 1,
        new Command.Said(0, out,
            err, new Answer.Nothing()));
  }

  private static List<IpAddress> addresses(String address) throws Stop {
    return address.equals("localhost") ? LOCALHOST : List.of(IpAddress.parse(address)
        .orElseThrow(() -> Stop.exit(1, "error: " + address + " is not a valid IP")));
  }

  private void listen(IpAddress on, int port, Pair pair, List<String> refused) {
    NetnsId here = where.prompt().at();
    Optional<IpAddress> bound = on.isUnspecified() ? Optional.empty() : Optional.of(on);
    String place = (on.family() == IpFamily.INET6 ? "[" + on + "]" : on) + ":" + port;
    boolean absent = bound.filter(a -> !AddressTypes.mayBind(where.prompt().lab(), here, a)).isPresent();
    if (absent || isTaken(bound, port)) {
      refused.add("unable to create listener: Error listen tcp" + (on.family() == IpFamily.INET ? "4 " : "6 ") + place
          + ": bind: " + (absent ? "cannot assign requested address" : "address already in use"));
      return;
    }
    edits
        .add(new Edit.Serve(here, new Server(new PortNumber(port), Transport.TCP, bound, new PortForward(where.cluster()
            .name(), pod.key(), pair.remote()).label(), Server.Program.FORWARD)));
    out.add("Forwarding from " + place + " -> " + pair.remote());
  }

  private boolean isTaken(Optional<IpAddress> on, int port) {
    return where.prompt().lab().find(where.prompt().at()).orElseThrow().servers().stream().anyMatch(s -> s.port()
        .value() == port && s.transport() == Transport.TCP && (s.on().isEmpty() || on.isEmpty() || s.on().equals(on)));
  }

  /** The lowest port of those that the kernel gives by itself. */
  private int free() {
    return IntStream.rangeClosed(FIRST_FREE, 65535).filter(p -> !isTaken(Optional.empty(), p)).findFirst().orElse(0);
  }
}
