package org.hopscope.model.shell;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hopscope.model.kube.Choices;
import org.hopscope.model.kube.Cluster;
import org.hopscope.model.kube.ContainerRuntime;
import org.hopscope.model.kube.NodePortAddresses;
import org.hopscope.model.kube.Plugin;
import org.hopscope.model.kube.control.Birth;
import org.hopscope.model.kube.control.Controllers;
import org.hopscope.model.kube.linux.Reconciler;
import org.hopscope.model.kube.object.KubeNode;

/** {@code hop cluster}: makes Kubernetes clusters and takes them away. */
final class ClusterProgram {
  static final String USAGE =
      "hop: say: hop cluster create NAME [--nodes N] [--cni flannel|calico|cilium|weave|aws|azure|gke|alibaba] "
          + "[--backend vxlan|host-gw|udp|alloc|wireguard | bgp|bgp-rr|ipip|ipip-crosssubnet|vxlan|vxlan-crosssubnet] "
          + "[--proxy iptables|ipvs|nftables|none] [--masquerade-all[=true|false]] "
          + "[--iptables-localhost-nodeports[=true|false]] [--nodeport-addresses primary|NET,NET...] [--dns coredns|none] [--runtime containerd|crio|docker] [--pod-cidr NET] "
          + "[--service-cidr NET] [--node-cidr NET] [--ipv6 [POD_CIDR/SERVICE_CIDR]], "
          + "hop cluster ingress NAME CONTROLLER ..., hop cluster delete NAME, hop cluster list, hop cluster node-down|node-up NODE, "
          + "hop cluster pod-ready|pod-unready|pod-start NAMESPACE/POD, hop cluster wait SECONDS, or hop cluster watch COMMAND";

  private final Prompt prompt;
  private boolean names = true;
  private int nodes = 2;
  private String cni = "flannel";
  private boolean masqueradeAll;
  private boolean localhostNodePorts = true;
  private NodePortAddresses nodePorts = new NodePortAddresses.Unset();
  private ContainerRuntime runtime = ContainerRuntime.CONTAINERD;
  private Optional<String> named = Optional.empty();
  private Choices.ProxyMode proxy = Choices.ProxyMode.IPTABLES;
  private final ClusterBlocks blocks = new ClusterBlocks();

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
      case "ingress" -> ClusterIngress.read(prompt, args);
      case "node-down", "node-up", "pod-ready", "pod-unready", "pod-start", "wait", "watch" ->
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
    Controllers.Settled born = running(Birth.of(name, choices, nodes, names, prompt.lab().now()));
    String command = Commands.line(Stream.concat(Stream.of("hop", "cluster", "create", name), options.stream())
        .toList());
    Reconciler.Put put = Reconciler.watched(prompt.lab(), born.cluster(), command);
    return new Command.Change(put.edit(), 1,
        Command.Said.answered(List.of(), new Answer.Controlled(born.steps(), put.wrote())));
  }

  /** kubeadm writes on each node how its runtime is reached; it need not say so of containerd here. */
  private Controllers.Settled running(Controllers.Settled born) {
    if (runtime == ContainerRuntime.CONTAINERD) {
      return born;
    }
    Cluster cluster = born.cluster();
    for (KubeNode node : cluster.nodes()) {
      cluster =
          cluster.with(node.withMeta(node.meta().withAnnotations(node.meta().annotations().plus(ContainerRuntime.SOCKET,
              runtime.socket()))));
    }
    return new Controllers.Settled(cluster, born.steps());
  }

  private void option(String word, Args args) throws Stop {
    int equals = word.indexOf('=');
    String key = equals < 0 ? word : word.substring(0, equals);
    switch (key) {
      case "--ipv6" -> {
        boolean bare = equals < 0 && (args.isEmpty() || args.peek().filter(w -> w.startsWith("-")).isPresent());
        blocks.inet6(bare ? Optional.empty() : Optional.of(value(word, equals, args)));
      }
      case "--masquerade-all" -> masqueradeAll = flag(word, equals);
      case "--iptables-localhost-nodeports" -> localhostNodePorts = flag(word, equals);
      default -> option(key, value(word, equals, args));
    }
  }

  private static String value(String word, int equals, Args args) throws Stop {
    if (equals < 0 && args.isEmpty()) {
      throw Stop.exit(2, USAGE);
    }
    return equals < 0 ? args.next() : word.substring(equals + 1);
  }

  private void option(String key, String value) throws Stop {
    switch (key) {
      case "--nodes" -> nodes = Numbers.whole(value, 1, 1000)
          .orElseThrow(() -> Stop.exit(2, "hop: --nodes is a number from 1 to 1000, not " + value));
      case "--dns" -> {
        if (!value.equals("coredns") && !value.equals("none")) {
          throw Stop.unsupported("--dns " + value);
        }
        names = value.equals("coredns");
      }
      case "--runtime" ->
          runtime = ContainerRuntime.of(value).orElseThrow(() -> Stop.unsupported("--runtime " + value));
      case "--nodeport-addresses" -> nodePorts = NodePortAddresses.parse(value).orElseThrow(() -> Stop.exit(2,
          "hop: --nodeport-addresses is primary or blocks such as 10.0.0.0/8,fd00::/8, not " + value));
      case "--cni" -> cni = value;
      case "--backend" -> named = Optional.of(value);
      case "--proxy" -> proxy = Choices.ProxyMode.of(value).orElseThrow(() -> Stop.unsupported("--proxy " + value));
      case "--pod-cidr", "--service-cidr", "--node-cidr" -> blocks.set(key, value);
      default -> throw Stop.unsupported("hop cluster create " + key);
    }
  }

  /** A flag as kube-proxy takes one: bare it is true. */
  private static boolean flag(String word, int equals) throws Stop {
    String value = equals < 0 ? "true" : word.substring(equals + 1);
    if (!value.equals("true") && !value.equals("false")) {
      throw Stop.exit(2, "hop: " + word.substring(0, equals) + " is true or false, not " + value);
    }
    return value.equals("true");
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
    Choices choices = new Choices(blocks.stacks(), plugin, proxy, prompt.lab().firstHost().name(),
        new Choices.ProxyFlags(masqueradeAll, localhostNodePorts, nodePorts));
    if (!localhostNodePorts && proxy != Choices.ProxyMode.IPTABLES
        || masqueradeAll && proxy == Choices.ProxyMode.NONE) {
      throw Stop
          .unsupported((localhostNodePorts ? "--masquerade-all" : "--iptables-localhost-nodeports") + " with --proxy "
              + proxy.word());
    }
    if (!(nodePorts instanceof NodePortAddresses.Unset) && proxy == Choices.ProxyMode.NONE) {
      throw Stop.unsupported("--nodeport-addresses with --proxy none");
    }
    if (choices.stacks().size() > 1 && !plugin.isDual()) {
      throw Stop.unsupported("--ipv6 with --cni " + cni + " --backend " + backend);
    }
    check(choices);
    for (int i = 1; i <= nodes; i++) {
      if (prompt.lab().hosts().containsKey(Birth.node(name, i))) {
        throw Stop.exit(1, "hop: there is a host \"" + Birth.node(name, i) + "\" already");
      }
    }
    return choices;
  }

  private void check(Choices choices) throws Stop {
    blocks.check(prompt.lab().clusters().values());
    if (nodes > Birth.most(choices)) {
      throw Stop.exit(1, "hop: " + String.join(", ", choices.stacks().stream().map(b -> b.pods() + " and " + b.nodes())
          .toList()) + " have room for " + Math.max(0, Birth.most(choices)) + " nodes: each gets " + String.join(
              " and ", choices.families().stream().map(f -> "a /" + choices.plugin().block(f)).toList())
          + " for its pods");
    }
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
