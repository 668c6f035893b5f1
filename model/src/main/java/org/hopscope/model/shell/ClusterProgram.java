package org.hopscope.model.shell;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.kube.Choices;
import org.hopscope.model.kube.Cluster;
import org.hopscope.model.kube.Plugin;
import org.hopscope.model.kube.control.Birth;
import org.hopscope.model.kube.control.Controllers;
import org.hopscope.model.kube.linux.Reconciler;

/** {@code hop cluster}: makes Kubernetes clusters and takes them away. */
final class ClusterProgram {
  static final String USAGE =
      "hop: say: hop cluster create NAME [--nodes N] [--cni flannel|calico|cilium|weave|aws|azure|gke|alibaba] "
          + "[--backend vxlan|host-gw|udp|alloc|wireguard | bgp|bgp-rr|ipip|ipip-crosssubnet|vxlan|vxlan-crosssubnet] "
          + "[--proxy iptables|nftables|none] [--dns coredns|none] [--pod-cidr NET] "
          + "[--service-cidr NET] [--node-cidr NET], "
          + "hop cluster delete NAME, hop cluster list, hop cluster node-down|node-up NODE, "
          + "hop cluster pod-ready|pod-unready NAMESPACE/POD, hop cluster wait SECONDS, or hop cluster watch COMMAND";

  private final Prompt prompt;
  private boolean names = true;
  private int nodes = 2;
  private String cni = "flannel";
  private Optional<String> named = Optional.empty();
  private Choices.ProxyMode proxy = Choices.ProxyMode.IPTABLES;
  private IpPrefix pods = IpPrefix.of("10.244.0.0/16");
  private IpPrefix services = IpPrefix.of("10.96.0.0/12");
  private IpPrefix network = IpPrefix.of("172.18.0.0/16");

  private ClusterProgram(Prompt prompt) {
    this.prompt = prompt;
  }

  static Command read(Prompt prompt, Args args) throws Stop {
    if (args.isEmpty()) {
      throw Stop.exit(2, USAGE);
    }
    String verb = args.next();
    return switch (verb) {
      case "create" -> new ClusterProgram(prompt).create(args);
      case "delete", "del" -> delete(prompt, args);
      case "node-down", "node-up", "pod-ready", "pod-unready", "wait", "watch" ->
          ClusterEvents.read(prompt, verb, args);
      case "list" -> Command.Said.answered(List.copyOf(prompt.lab().clusters().keySet()), new Answer.Nothing());
      default -> throw Stop.exit(2, USAGE);
    };
  }

  private Command create(Args args) throws Stop {
    if (args.isEmpty()) {
      throw Stop.exit(2, USAGE);
    }
    String name = args.next();
    List<String> options = args.rest();
    Args left = new Args(options);
    while (!left.isEmpty()) {
      option(left.next(), left);
    }
    Choices choices = choices(name);
    Controllers.Settled born = Birth.of(name, choices, nodes, names, prompt.lab().now());
    String command = Commands.line(Stream.concat(Stream.of("hop", "cluster", "create", name), options.stream())
        .toList());
    Reconciler.Put put = Reconciler.watched(prompt.lab(), born.cluster(), command);
    return new Command.Change(put.edit(), 1,
        Command.Said.answered(List.of(), new Answer.Controlled(born.steps(), put.wrote())));
  }

  private void option(String word, Args args) throws Stop {
    int equals = word.indexOf('=');
    String key = equals < 0 ? word : word.substring(0, equals);
    if (equals < 0 && args.isEmpty()) {
      throw Stop.exit(2, USAGE);
    }
    String value = equals < 0 ? args.next() : word.substring(equals + 1);
    switch (key) {
      case "--nodes" -> nodes = Numbers.whole(value, 1, 1000)
          .orElseThrow(() -> Stop.exit(2, "hop: --nodes is a number from 1 to 1000, not " + value));
      case "--dns" -> {
        if (!value.equals("coredns") && !value.equals("none")) {
          throw Stop.unsupported("--dns " + value);
        }
        names = value.equals("coredns");
      }
      case "--cni" -> cni = value;
      case "--backend" -> named = Optional.of(value);
      case "--proxy" -> proxy = Choices.ProxyMode.of(value).orElseThrow(() -> Stop.unsupported("--proxy " + value));
      case "--pod-cidr" -> pods = block(key, value);
      case "--service-cidr" -> services = block(key, value);
      case "--node-cidr" -> network = block(key, value);
      default -> throw Stop.unsupported("hop cluster create " + key);
    }
  }

  private static IpPrefix block(String key, String text) throws Stop {
    IpPrefix block = IpPrefix.parse(text).filter(b -> !b.isHost())
        .orElseThrow(() -> Stop.exit(2, "hop: " + key + " is a network such as 10.244.0.0/16, not " + text));
    if (block.address().family() == IpFamily.INET6) {
      throw Stop.unsupported(key + " " + text);
    }
    return block;
  }

  private Choices choices(String name) throws Stop {
    if (!name.matches("[a-z]([-a-z0-9]{0,8}[a-z0-9])?")) {
      throw Stop.exit(2, "hop: \"" + name + "\" cannot be the name of a cluster: at most 10 lower case letters, digits "
          + "and '-', with a letter first");
    }
    if (prompt.lab().clusters().containsKey(name)) {
      throw Stop.exit(1, "hop: there is a cluster \"" + name + "\" already");
    }
    Plugin.Family family = Plugin.Family.of(cni).orElseThrow(() -> Stop.unsupported("--cni " + cni));
    String backend = named.orElse(family.usualBackend());
    Plugin plugin = Plugin.of(cni, backend)
        .orElseThrow(() -> Stop.unsupported("--cni " + cni + " --backend " + backend));
    Choices choices = new Choices(new Choices.Blocks(pods, services, network), plugin, proxy,
        prompt.lab().firstHost().name());
    check(choices);
    for (int i = 1; i <= nodes; i++) {
      if (prompt.lab().hosts().containsKey(Birth.node(name, i))) {
        throw Stop.exit(1, "hop: there is a host \"" + Birth.node(name, i) + "\" already");
      }
    }
    return choices;
  }

  /** Pods, Services, nodes and the networks of other clusters must not overlap (les-D1). */
  private void check(Choices choices) throws Stop {
    List<IpPrefix> blocks = List.of(pods, services, network);
    for (IpPrefix one : blocks) {
      for (IpPrefix other : blocks) {
        if (one != other && overlap(one, other)) {
          throw Stop.exit(1,
              "hop: " + one + " and " + other + " overlap: pods, Services and nodes need blocks of their "
                  + "own");
        }
      }
    }
    Optional<Cluster> same = prompt.lab().clusters().values().stream()
        .filter(c -> overlap(c.choices().blocks().nodes(), network)).findFirst();
    if (same.isPresent()) {
      throw Stop.exit(1, "hop: the nodes of cluster \"" + same.get().name() + "\" are in "
          + same.get().choices().blocks().nodes() + " already: choose another --node-cidr");
    }
    if (services.length() > 24) {
      throw Stop.exit(1, "hop: " + services + " is too small for Services: a /24 at least");
    }
    if (nodes > Birth.most(choices)) {
      throw Stop.exit(1, "hop: " + pods + " and " + network + " have room for " + Math.max(0, Birth.most(choices))
          + " nodes: each gets a /" + choices.plugin().block() + " for its pods");
    }
  }

  private static boolean overlap(IpPrefix one, IpPrefix other) {
    return one.contains(other.address()) || other.contains(one.address());
  }

  private static Command delete(Prompt prompt, Args args) throws Stop {
    if (args.isEmpty()) {
      throw Stop.exit(2, USAGE);
    }
    String name = args.next();
    Cluster cluster = prompt.lab().clusters().get(name);
    if (cluster == null || !args.isEmpty()) {
      throw Stop.exit(1, "hop: there is no cluster \"" + name + "\"");
    }
    return new Command.Change(
        Reconciler.drop(prompt.lab(), cluster, "hop cluster delete " + name), 1,
        Command.Said.NOTHING);
  }
}
