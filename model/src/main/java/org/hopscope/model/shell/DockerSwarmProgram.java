package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.addr.PortNumber;
import org.hopscope.model.docker.DockerException;
import org.hopscope.model.docker.Engine;
import org.hopscope.model.docker.Swarm;
import org.hopscope.model.docker.Swarm.Role;
import org.hopscope.model.docker.linux.SwarmLifecycle;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.probe.ProbeResult.Exchanged;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Fate;
import org.hopscope.model.trace.PacketCopy;
import org.hopscope.model.trace.Trace;

/**
 * {@code docker swarm init|join|join-token|leave} and {@code docker node ls}. To join, the manager is connected to over the
 * lab's own network.
 */
final class DockerSwarmProgram {
  private static final String TOKEN = "SWMTKN-1-[0-9a-z]{50}-[0-9a-z]{25}";
  /** How long a node tries to reach a manager (moby daemon/cluster/cluster.go swarmConnectTimeout). */
  private static final int PATIENCE = 20_000;

  private final DockerProgram.Context where;

  private DockerSwarmProgram(DockerProgram.Context where) {
    this.where = where;
  }

  static Command read(DockerProgram.Context where, Args args) throws Stop {
    DockerSwarmProgram program = new DockerSwarmProgram(where);
    String verb = args.isEmpty() ? "" : args.next();
    return DockerProgram.work(() -> switch (verb) {
      case "init" -> program.init(args);
      case "join" -> program.join(args);
      case "join-token" -> program.joinToken(args);
      case "leave" -> program.leave(args);
      default -> throw Stop.unsupported("docker swarm " + verb);
    });
  }

  /** {@code docker node ls}. */
  static Command nodes(DockerProgram.Context where, Args args) throws Stop {
    String verb = args.isEmpty() ? "" : args.next();
    if (!verb.equals("ls") && !verb.equals("list") || !args.isEmpty()) {
      throw Stop.unsupported("docker node " + (args.isEmpty() ? verb : verb + " " + args.next()));
    }
    return DockerProgram.work(() -> where.said(rows(where, SwarmLifecycle.managed(where.engine()))));
  }

  private static List<String> rows(DockerProgram.Context where, Swarm own) {
    List<Map.Entry<String, Swarm>> nodes = where.prompt().lab().engines().entrySet().stream()
        .flatMap(e -> e.getValue().swarm().filter(own::isOf).map(s -> Map.entry(e.getKey(), s)).stream())
        .sorted(Map.Entry.comparingByKey()).toList();
    Optional<Swarm> leader =
        nodes.stream().map(Map.Entry::getValue).filter(Swarm::isManager).min(Comparator.comparing(Swarm::joined));
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("ID", "HOSTNAME", "STATUS", "AVAILABILITY", "MANAGER STATUS", "ENGINE VERSION"));
    nodes.forEach(n -> rows.add(List.of(n.getValue().node() + (n.getValue().equals(own) ? " *" : "  "), n.getKey(),
        "Ready", "Active", !n.getValue().isManager() ? "" : leader.equals(Optional.of(n.getValue())) ? "Leader"
            : "Reachable",
        where.prompt().lab().engine(n.getKey()).chains().word() + ".0.0")));
    return DockerText.table(rows);
  }

  private SwarmLifecycle lifecycle() {
    return new SwarmLifecycle(where.prompt().lab(), where.host());
  }

  private Command init(Args args) throws DockerException, Stop {
    Optional<String> advertised = Optional.empty();
    while (!args.isEmpty()) {
      String word = args.next();
      if (!is(word, "--advertise-addr")) {
        throw Stop.unsupported("docker swarm init " + word);
      }
      advertised = Optional.of(value(word, args));
    }
    Engine after = lifecycle().init(where.engine(), advertised);
    Swarm swarm = after.swarm().orElseThrow();
    List<String> out = new ArrayList<>();
    out.add("Swarm initialized: current node (" + swarm.node() + ") is now a manager.");
    out.add("");
    out.addAll(invitation(swarm, Role.WORKER));
    out.add("To add a manager to this swarm, run 'docker swarm join-token manager' and follow the instructions.");
    return where.put(after, out);
  }

  private static List<String> invitation(Swarm swarm, Role role) {
    return List.of("To add a " + role.word() + " to this swarm, run the following command:", "",
        "    docker swarm join --token " + SwarmLifecycle.token(swarm, role) + " " + swarm.address() + ":" + Swarm.PORT,
        "");
  }

  private Command joinToken(Args args) throws DockerException, Stop {
    boolean quiet = false;
    Optional<Role> role = Optional.empty();
    while (!args.isEmpty()) {
      String word = args.next();
      if (word.equals("-q") || word.equals("--quiet")) {
        quiet = true;
      } else if (word.startsWith("-")) {
        throw Stop.unsupported("docker swarm join-token " + word);
      } else {
        role = Optional.of(switch (word) {
          case "worker" -> Role.WORKER;
          case "manager" -> Role.MANAGER;
          default -> throw Stop.exit(1, "unknown role " + word);
        });
      }
    }
    if (role.isEmpty()) {
      throw usage("join-token", "[OPTIONS] (worker|manager)");
    }
    Swarm swarm = SwarmLifecycle.managed(where.engine());
    return where.said(quiet ? List.of(SwarmLifecycle.token(swarm, role.get())) : invitation(swarm, role.get()));
  }

  private Command leave(Args args) throws DockerException, Stop {
    boolean force = args.take("-f") || args.take("--force");
    if (!args.isEmpty()) {
      throw Stop.unsupported("docker swarm leave " + args.next());
    }
    return where.put(lifecycle().leave(where.engine(), force), List.of("Node left the swarm."));
  }

  private Command join(Args args) throws DockerException, Stop {
    Optional<String> advertised = Optional.empty();
    String token = "";
    List<String> named = new ArrayList<>();
    while (!args.isEmpty()) {
      String word = args.next();
      if (is(word, "--token")) {
        token = value(word, args);
      } else if (is(word, "--advertise-addr")) {
        advertised = Optional.of(value(word, args));
      } else if (word.startsWith("-")) {
        throw Stop.unsupported("docker swarm join " + word);
      } else {
        named.add(word);
      }
    }
    if (named.size() != 1) {
      throw usage("join", "[OPTIONS] HOST:PORT");
    }
    SwarmLifecycle.alone(where.engine());
    if (!token.matches(TOKEN)) {
      throw new DockerException("invalid join token");
    }
    Optional<Ipv4Address> own = advertised.isEmpty() ? Optional.empty()
        : Optional.of(lifecycle().address(where.engine(), advertised));
    Probe probe = probe(named.getFirst());
    String shown = token;
    return new Command.First(probe, trace -> DockerProgram.work(() -> joined(probe, trace, shown, own)));
  }

  private Probe probe(String remote) throws Stop {
    int colon = remote.lastIndexOf(':');
    Ipv4Address address = Ipv4Address.parse(colon < 0 ? remote : remote.substring(0, colon))
        .orElseThrow(() -> Stop.unsupported("docker swarm join " + remote));
    PortNumber port = colon < 0 ? new PortNumber(Swarm.PORT) : PortNumber.parse(remote.substring(colon + 1))
        .orElseThrow(() -> DockerProgram.error("invalid remoteAddr \"" + remote + "\""));
    return new Probe(NetnsId.root(where.host()), address, Optional.empty(), Optional.empty(),
        new Probe.Connect(port, new Probe.ClientOptions(1, Optional.empty(), 0, PATIENCE, false)));
  }

  /** What comes of it once a manager was connected to: the node's own address is the one it did so from. */
  private Command joined(Probe probe, Trace trace, String token, Optional<Ipv4Address> own) throws DockerException {
    refuseUnconnected(probe, (Exchanged) trace.result());
    LabState lab = where.prompt().lab();
    Engine manager = trace.steps().stream()
        .filter(s -> s.event() instanceof Event.Ended(Fate.Delivered(String to)) && to.equals("dockerd"))
        .map(s -> lab.engine(s.where().host())).filter(e -> e.swarm().filter(Swarm::isManager).isPresent()).findFirst()
        .orElseThrow(
            () -> unavailable("transport: authentication handshake failed: tls: first record does not look like a "
                + "TLS handshake"));
    Engine after = lifecycle().join(where.engine(), token, manager, own.orElseGet(() -> source(trace)));
    return where.put(after,
        List.of("This node joined a swarm as a " + after.swarm().orElseThrow().role().word() + "."));
  }

  private static Ipv4Address source(Trace trace) {
    IpAddress from = trace.steps().stream().filter(s -> trace.copies().get(s.copy()).role() == PacketCopy.Role.REQUEST)
        .flatMap(s -> s.packet().ip().map(p -> p.source()).stream()).filter(a -> !a.isUnspecified()).findFirst()
        .orElseThrow();
    return (Ipv4Address) from;
  }

  private static void refuseUnconnected(Probe probe, Exchanged result) throws DockerException {
    String dialling = "transport: Error while dialing: dial tcp " + probe.to() + ":"
        + ((Probe.Connect) probe.action()).port() + ": connect: ";
    switch (result.tries().getFirst().outcome()) {
      case ANSWERED -> {
      }
      case REFUSED -> throw unavailable(dialling + "connection refused");
      case HOST_UNREACHABLE, PROHIBITED -> throw unavailable(dialling + "no route to host");
      case NET_UNREACHABLE -> throw unavailable(dialling + "network is unreachable");
      case INVALID -> throw unavailable(dialling + "invalid argument");
      case NO_SUCH_ADDRESS -> throw unavailable(dialling + "cannot assign requested address");
      case PROTO_UNREACHABLE -> throw unavailable(dialling + "protocol not available");
      case NO_BUFFER -> throw unavailable(dialling + "no buffer space available");
      case CLOSED, RESET -> throw unavailable("error reading server preface: EOF");
      case TIMEOUT, STALLED,
          FRAG_NEEDED -> throw new DockerException("Timeout was reached before node joined. The attempt "
              + "to join the swarm will continue in the background. Use the \"docker info\" command to see the current swarm "
              + "status of your node.");
    }
  }

  private static DockerException unavailable(String why) {
    return new DockerException("rpc error: code = Unavailable desc = connection error: desc = \"" + why + "\"");
  }

  private static boolean is(String word, String option) {
    return word.equals(option) || word.startsWith(option + "=");
  }

  private static String value(String word, Args args) throws Stop {
    int equals = word.indexOf('=');
    if (equals < 0 && args.isEmpty()) {
      throw Stop.exit(1, "flag needs an argument: " + word);
    }
    return equals < 0 ? args.next() : word.substring(equals + 1);
  }

  private static Stop usage(String verb, String words) {
    return Stop.exit(1, "docker: 'docker swarm " + verb + "' requires 1 argument", "",
        "Usage:  docker swarm " + verb + " " + words, "",
        "See 'docker swarm " + verb + " --help' for more information");
  }
}
