package org.hopscope.model.kube.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.kube.object.KubeNamespace;
import org.hopscope.model.kube.object.KubePod;
import org.hopscope.model.kube.object.Meta;
import org.hopscope.model.kube.object.NetworkPolicy;
import org.hopscope.model.kube.object.NetworkPolicy.Peer;
import org.hopscope.model.kube.object.NetworkPolicy.Port;
import org.hopscope.model.kube.object.NetworkPolicy.Rule;
import org.hopscope.model.kube.object.PodSpec;
import org.hopscope.model.kube.object.PortName;
import org.hopscope.model.kube.object.PortProtocol;
import org.hopscope.model.kube.object.Selector;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/**
 * A few pods and policies, and who is expected to reach whom. Pods are {@code namespace/name}; each has the label
 * {@code pod} with its name, each namespace {@code ns} with its own, and each pod listens on 80 and 81 of every protocol
 * under names such as {@code serve-80-tcp}.
 */
final class PolicyWorld {
  final Map<String, KubeNamespace> namespaces = new LinkedHashMap<>();
  final Map<String, KubePod> pods = new LinkedHashMap<>();
  final Map<String, NetworkPolicy> policies = new LinkedHashMap<>();
  private final Set<String> denied = new TreeSet<>();

  static PolicyWorld of(String... names) {
    PolicyWorld world = new PolicyWorld();
    Arrays.stream(names).forEach(n -> world.pod(n, "pod=" + n.substring(n.indexOf('/') + 1)));
    return world;
  }

  PolicyWorld pod(String path, String labels) {
    return pod(path, labels, "10.244." + (1 + pods.size() / 200) + "." + (2 + pods.size() % 200));
  }

  PolicyWorld pod(String path, String labels, String address) {
    String namespace = path.substring(0, path.indexOf('/'));
    if (!namespaces.containsKey(namespace)) {
      namespace(namespace, "ns=" + namespace);
    }
    List<PodSpec.ContainerPort> ports = Stream.of(80, 81).flatMap(p -> Arrays.stream(PortProtocol.values())
        .map(t -> new PodSpec.ContainerPort(Optional.of("serve-" + p + "-" + t.word()), t, p, Optional.empty())))
        .toList();
    PodSpec spec = PodSpec.of(new PodSpec.Container("c", "agnhost", ports));
    Meta meta = Meta.of(namespace, path.substring(path.indexOf('/') + 1)).withLabels(labels(labels));
    pods.put(path, new KubePod(meta, spec, new KubePod.Status(List.of(IpAddress.of(address)), true, false)));
    return this;
  }

  PolicyWorld namespace(String name, String labels) {
    namespaces.put(name, new KubeNamespace(Meta.of("", name).withLabels(labels(labels).plus(KubeNamespace.NAME_LABEL,
        name))));
    return this;
  }

  PolicyWorld label(String path, String labels) {
    pods.computeIfPresent(path, (_, p) -> p.withMeta(p.meta().withLabels(p.meta().labels().plusAll(labels(labels)))));
    return this;
  }

  /** Ingress rules; none at all for a policy that allows nothing. */
  PolicyWorld ingress(String path, String selector, Rule... rules) {
    return policy(path, selector, Optional.of(List.of(rules)), Optional.empty());
  }

  PolicyWorld egress(String path, String selector, Rule... rules) {
    return policy(path, selector, Optional.empty(), Optional.of(List.of(rules)));
  }

  PolicyWorld policy(String path, String selector, Optional<List<Rule>> in, Optional<List<Rule>> out) {
    int slash = path.indexOf('/');
    Meta meta = Meta.of(path.substring(0, slash), path.substring(slash + 1));
    policies.put(path, new NetworkPolicy(meta, selector(selector), in, out));
    return this;
  }

  /** {@code a=b,c=d}; nothing for no labels. */
  static PSortedMap<String, String> labels(String text) {
    PSortedMap<String, String> labels = TreePMap.empty();
    for (String each : text.isEmpty() ? new String[0] : text.split(",")) {
      labels = labels.plus(each.substring(0, each.indexOf('=')), each.substring(each.indexOf('=') + 1));
    }
    return labels;
  }

  /** {@code a=b,c=d}, or one expression {@code a in b|c}, {@code a notin b}, {@code has a}, {@code not a}. */
  static Selector selector(String text) {
    String[] words = text.split(" ");
    if (words.length == 1) {
      return Selector.of(labels(text));
    }
    Selector.Expression expression = switch (words[0]) {
      case "has" -> new Selector.Expression(words[1], Selector.Operator.EXISTS, List.of());
      case "not" -> new Selector.Expression(words[1], Selector.Operator.DOES_NOT_EXIST, List.of());
      default -> new Selector.Expression(words[0],
          words[1].equals("in") ? Selector.Operator.IN : Selector.Operator.NOT_IN, List.of(words[2].split("\\|")));
    };
    return new Selector(TreePMap.empty(), List.of(expression));
  }

  static Rule rule(Peer... peers) {
    return new Rule(List.of(peers), List.of());
  }

  static Rule on(Rule rule, Port... ports) {
    return new Rule(rule.peers(), List.of(ports));
  }

  static Peer pods(String labels) {
    return new Peer.Pods(Optional.of(selector(labels)), Optional.empty());
  }

  static Peer namespaces(String labels) {
    return new Peer.Pods(Optional.empty(), Optional.of(selector(labels)));
  }

  static Peer both(String namespaces, String labels) {
    return new Peer.Pods(Optional.of(selector(labels)), Optional.of(selector(namespaces)));
  }

  static Peer block(String cidr, String... except) {
    return new Peer.Block(IpPrefix.of(cidr), Arrays.stream(except).map(IpPrefix::of).toList());
  }

  /** {@code tcp/80}, {@code tcp/80-90}, {@code tcp/name}, {@code tcp}. */
  static Port port(String text) {
    String[] parts = text.split("/");
    PortProtocol protocol = PortProtocol.valueOf(parts[0].toUpperCase(java.util.Locale.ROOT));
    if (parts.length == 1) {
      return new Port(protocol, Optional.empty(), Optional.empty());
    }
    if (!Character.isDigit(parts[1].charAt(0))) {
      return new Port(protocol, Optional.of(new PortName.Named(parts[1])), Optional.empty());
    }
    String[] range = parts[1].split("-");
    return new Port(protocol, Optional.of(new PortName.Number(Integer.parseInt(range[0]))),
        range.length == 1 ? Optional.empty() : Optional.of(Integer.parseInt(range[1])));
  }

  Policies policies() {
    return Policies.of(List.copyOf(namespaces.values()), List.of(), List.copyOf(pods.values()),
        List.copyOf(policies.values()));
  }

  Party party(String path) {
    return Optional.ofNullable(pods.get(path)).flatMap(Party::of).orElseGet(() -> policies().party(IpAddress.of(
        path)));
  }

  Connection connection(String from, String to, String port) {
    String[] parts = port.split("/");
    return new Connection(party(from), party(to), PortProtocol.valueOf(parts[0].toUpperCase(java.util.Locale.ROOT)),
        Integer.parseInt(parts[1]));
  }

  /** From now on, {@code a -> b} is expected to fail; {@code *} stands for any, {@code x/*} for those of a namespace. */
  PolicyWorld no(String... arrows) {
    arrows(arrows).forEach(denied::add);
    return this;
  }

  /** The reverse. */
  PolicyWorld yes(String... arrows) {
    arrows(arrows).forEach(denied::remove);
    return this;
  }

  PolicyWorld everything() {
    denied.clear();
    return this;
  }

  private Stream<String> arrows(String... arrows) {
    return Arrays.stream(arrows).map(a -> a.split(" -> ")).flatMap(ends -> meant(ends[0]).flatMap(
        f -> meant(ends[1]).map(t -> f + " -> " + t)));
  }

  private Stream<String> meant(String text) {
    return pods.keySet().stream()
        .filter(p -> text.equals("*") || text.equals(p) || text.endsWith("/*") && p.startsWith(text.substring(0, text
            .length() - 1)));
  }

  /** Holds all pairs of different pods against what is expected, judged one by one and as a matrix. */
  PolicyWorld check(String... ports) {
    Policies policies = policies();
    List<KubePod> all = List.copyOf(pods.values());
    for (String port : ports) {
      List<String> wrong = new ArrayList<>();
      Connection some = connection(pods.keySet().iterator().next(), pods.keySet().iterator().next(), port);
      PolicyMatrix matrix = PolicyMatrix.of(policies, all, some.protocol(), some.port());
      for (String from : pods.keySet()) {
        for (String to : pods.keySet()) {
          boolean expected = from.equals(to) || !denied.contains(from + " -> " + to);
          Verdict verdict = policies.judge(connection(from, to, port));
          boolean drawn = matrix.allows(all.indexOf(pods.get(from)), all.indexOf(pods.get(to)));
          if (verdict.allows() != expected || drawn != expected) {
            wrong.add(from + " -> " + to + " " + port + ": " + verdict);
          }
        }
      }
      assertThat(wrong).isEmpty();
    }
    return this;
  }
}
