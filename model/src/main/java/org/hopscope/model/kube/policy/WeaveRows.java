package org.hopscope.model.kube.policy;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.kube.object.Kind;
import org.hopscope.model.kube.object.KubePod;
import org.hopscope.model.kube.object.NetworkPolicy;
import org.hopscope.model.kube.object.ObjectKey;
import org.hopscope.model.kube.object.PortName;
import org.hopscope.model.kube.object.Selector;

/**
 * The rows by which Weave Net enforces NetworkPolicies: its controller weave-npc (weave prog/weave-npc/main.go, npc/analyser.go,
 * rule.go, namespace.go, controller.go) and the rules that lead to them (net/bridge.go configureIPTables). They are the same on
 * all nodes: sets say which pods are meant, and pods that no policy selects are in a set for each direction. What comes from a
 * pod is marked when it is allowed, what goes to one is accepted; the rest is dropped at the end of what leads to the bridge.
 *
 * <p>As weave-npc does, it takes no policy with a named port, knows no {@code endPort}, and lets pass what goes to an address
 * of the node itself, as all addresses of Services are beside IPVS. Beyond rules by number and label it has no others: a comment
 * too long for iptables leaves its rule out.
 */
public final class WeaveRows {
  private static final IpFamily FAMILY = IpFamily.INET;
  private static final String MARK = "0x40000/0x40000";
  private static final String UNMARKED = "-m mark ! --mark " + MARK;
  private static final String NEW = "-m state --state NEW";
  private static final String OLD = "-m state --state RELATED,ESTABLISHED -j ACCEPT";
  /** The port of the bridge behind which other nodes' pods are. */
  private static final String ELSEWHERE = "vethwe-bridge";
  private static final String LOG = " -j NFLOG --nflog-group 86";
  private static final int LONGEST_COMMENT = 255;

  private final PodSets pods;
  private final List<NetworkPolicy> policies;
  private final SequencedMap<String, NodeRows.AddressSet> sets = new LinkedHashMap<>();
  /** Sets of sets, which the others have to be there for. */
  private final SequencedMap<String, NodeRows.AddressSet> lists = new LinkedHashMap<>();
  private final Map<Direction, SequencedMap<String, ObjectKey>> rules = new EnumMap<>(Direction.class);

  /** A side of a rule: what it asks of a packet's source or destination, and what it is called. */
  private record End(String source, String destination, String said) {
    static final End ANYWHERE = new End("", "", "anywhere");

    static End in(String set, String said) {
      return new End("-m set --match-set " + set + " src ", "-m set --match-set " + set + " dst ", said);
    }
  }

  private WeaveRows(Policies all) {
    pods = all.sets();
    policies = all.all().stream().filter(WeaveRows::isTaken).toList();
    for (Direction direction : Direction.values()) {
      rules.put(direction, new LinkedHashMap<>());
    }
  }

  /** Named ports are "not supported yet", and the whole policy is rejected (analyser.go checkForNamedPorts). */
  private static boolean isTaken(NetworkPolicy policy) {
    return Stream.of(policy.ingress(), policy.egress()).flatMap(Optional::stream).flatMap(List::stream)
        .flatMap(r -> r.ports().stream()).flatMap(p -> p.port().stream()).noneMatch(PortName.Named.class::isInstance);
  }

  /** All rows of a node. */
  public static NodeRows of(Policies policies) {
    WeaveRows rows = new WeaveRows(policies);
    List<NodeRows.Row> in = new ArrayList<>();
    List<NodeRows.Row> out = new ArrayList<>();
    rows.pods.namespaces(Selector.ALL).forEach(n -> rows.namespace(n, in, out));
    rows.policies.forEach(rows::policy);
    List<NodeRows.Row> egress = new ArrayList<>(frame(OLD,
        "-m physdev --physdev-in " + ELSEWHERE + " --physdev-is-bridged -j RETURN",
        "-m addrtype --dst-type LOCAL -j RETURN", "-d 224.0.0.0/4 -j RETURN", NEW + " -j WEAVE-NPC-EGRESS-DEFAULT",
        NEW + " " + UNMARKED + " -j WEAVE-NPC-EGRESS-CUSTOM"));
    if (policies.all().stream().anyMatch(p -> p.egress().isPresent())) {
      egress.addAll(frame(NEW + " " + UNMARKED + LOG, UNMARKED + " -j DROP"));
    }
    List<NodeRows.AddressSet> all = new ArrayList<>(rows.sets.values());
    all.addAll(rows.lists.values());
    return new NodeRows(FAMILY, all, hooks(), List.of(
        new NodeRows.PolicyChain("WEAVE-NPC", frame(OLD, "-d 224.0.0.0/4 -j ACCEPT",
            "-m physdev --physdev-out " + ELSEWHERE + " --physdev-is-bridged -j ACCEPT",
            NEW + " -j WEAVE-NPC-DEFAULT", NEW + " -j WEAVE-NPC-INGRESS")),
        new NodeRows.PolicyChain("WEAVE-NPC-DEFAULT", in),
        new NodeRows.PolicyChain("WEAVE-NPC-INGRESS", rows.rows(Direction.INGRESS, "ACCEPT")),
        new NodeRows.PolicyChain("WEAVE-NPC-EGRESS", egress),
        new NodeRows.PolicyChain("WEAVE-NPC-EGRESS-DEFAULT", out),
        new NodeRows.PolicyChain("WEAVE-NPC-EGRESS-CUSTOM",
            rows.rows(Direction.EGRESS, "WEAVE-NPC-EGRESS-ACCEPT", "RETURN")),
        new NodeRows.PolicyChain("WEAVE-NPC-EGRESS-ACCEPT", frame("-j MARK --set-xmark " + MARK))));
  }

  /** What leads to the chains; what stands first is made last. */
  private static List<NodeRows.Hook> hooks() {
    String note = comment("NOTE: this must go before '-j KUBE-FORWARD'");
    List<NodeRows.Hook> hooks = new ArrayList<>();
    Stream.of("-o weave -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT", "-i weave ! -o weave -j ACCEPT",
        "-o weave -j DROP", "-o weave " + NEW + LOG, "-o weave " + note + "-j WEAVE-NPC",
        "-i weave " + note + "-j WEAVE-NPC-EGRESS").forEach(r -> hooks.add(new NodeRows.Hook("FORWARD", true, r)));
    hooks.add(new NodeRows.Hook("INPUT", false, "-p tcp -d 127.0.0.1/32 --dport 6784 -m addrtype ! --src-type LOCAL "
        + "-m conntrack ! --ctstate RELATED,ESTABLISHED "
        + comment("Block non-local access to Weave Net control port") + "-j DROP"));
    hooks.add(new NodeRows.Hook("INPUT", false, "-i weave -j WEAVE-NPC-EGRESS"));
    return hooks;
  }

  private static List<NodeRows.Row> frame(String... rules) {
    return Stream.of(rules).map(r -> new NodeRows.Row(r, Optional.empty())).toList();
  }

  private static String comment(String text) {
    return "-m comment --comment \"" + text + "\" ";
  }

  private List<NodeRows.Row> rows(Direction direction, String... targets) {
    List<NodeRows.Row> rows = new ArrayList<>();
    rules.get(direction).forEach((words, policy) -> Stream.of(targets)
        .forEach(t -> rows.add(new NodeRows.Row(words + "-j " + t, Optional.of(policy)))));
    return rows;
  }

  /** Pods of a namespace that no policy selects for a direction may do all in it. */
  private void namespace(String name, List<NodeRows.Row> in, List<NodeRows.Row> out) {
    Optional<ObjectKey> because = Optional.of(new ObjectKey(Kind.NAMESPACE, "", name));
    everyone(name);
    String into = open(name, Direction.INGRESS);
    String outOf = open(name, Direction.EGRESS);
    in.add(new NodeRows.Row("-m set --match-set " + into + " dst "
        + comment("DefaultAllow ingress isolation for namespace: " + name) + "-j ACCEPT", because));
    for (String target : List.of("WEAVE-NPC-EGRESS-ACCEPT", "RETURN")) {
      out.add(new NodeRows.Row("-m set --match-set " + outOf + " src "
          + comment("DefaultAllow egress isolation for namespace: " + name) + "-j " + target, because));
    }
  }

  private String open(String namespace, Direction direction) {
    BitSet open = pods.of(namespace, Selector.ALL);
    policies.stream().filter(p -> p.meta().namespace().equals(namespace) && direction.rules(p).isPresent())
        .forEach(p -> open.andNot(pods.of(namespace, p.selector())));
    return set(WeaveNames.set(direction.word() + "-default-allow:" + namespace), open,
        new ObjectKey(Kind.NAMESPACE, "", namespace));
  }

  private String everyone(String namespace) {
    return set(WeaveNames.set(namespace + ":"), pods.of(namespace, Selector.ALL), new ObjectKey(Kind.NAMESPACE, "",
        namespace));
  }

  private String set(String name, BitSet members, ObjectKey because) {
    sets.computeIfAbsent(name, n -> new NodeRows.AddressSet(n, "hash:ip", List.of("comment"), members.stream()
        .mapToObj(i -> pods.pods().get(i)).flatMap(p -> member(p).stream()).toList(), because));
    return name;
  }

  private static Optional<List<String>> member(KubePod pod) {
    return pod.status().addresses().stream().filter(a -> a.family() == FAMILY).findFirst()
        .map(a -> List.of(a.toString(), "comment", "namespace: " + pod.meta().namespace() + ", pod: " + pod.meta()
            .name()));
  }

  private void policy(NetworkPolicy policy) {
    for (Direction direction : Direction.values()) {
      for (NetworkPolicy.Rule rule : direction.rules(policy).orElse(List.of())) {
        List<End> others = rule.peers().isEmpty() ? List.of(End.ANYWHERE)
            : rule.peers().stream().flatMap(p -> end(p, policy.key()).stream()).toList();
        for (End other : others) {
          if (rule.ports().isEmpty()) {
            rule(policy, direction, other, "", "");
          }
          rule.ports().forEach(p -> rule(policy, direction, other, "-p " + p.protocol().word() + " ",
              "--dport " + p.port().map(WeaveRows::number).orElse("0:65535") + " "));
        }
      }
    }
  }

  private static String number(PortName port) {
    return switch (port) {
      case PortName.Number(int number) -> Integer.toString(number);
      case PortName.Named(String name) -> throw new IllegalStateException(name);
    };
  }

  private void rule(NetworkPolicy policy, Direction direction, End other, String protocol, String port) {
    End own = selected(policy.meta().namespace(), policy.selector(), policy.key());
    boolean in = direction == Direction.INGRESS;
    End from = in ? other : own;
    End to = in ? own : other;
    String said = from.said() + " -> " + to.said() + " (" + direction.word() + ")";
    if (said.length() <= LONGEST_COMMENT) {
      rules.get(direction).putIfAbsent(protocol + from.source() + to.destination() + port + comment(said), policy
          .key());
    }
  }

  private End selected(String namespace, Selector selector, ObjectKey policy) {
    String key = WeaveNames.selector(selector);
    return End.in(set(WeaveNames.set(namespace + ":" + key), pods.of(namespace, selector), policy),
        "pods: namespace: " + namespace + ", selector: " + key);
  }

  /** Nothing for a block of the other family, which Weave Net does not have. */
  private Optional<End> end(NetworkPolicy.Peer peer, ObjectKey policy) {
    return switch (peer) {
      case NetworkPolicy.Peer.Block block -> block.cidr().address().family() == FAMILY
          ? Optional.of(block(block, policy))
          : Optional.empty();
      case NetworkPolicy.Peer.Pods(Optional<Selector> labels, Optional<Selector> namespaces) -> Optional.of(
          namespaces.isEmpty() ? selected(policy.namespace(), labels.orElse(Selector.ALL), policy)
              : labels.isEmpty() ? namespaces(namespaces.get(), policy)
              : namespaced(peer, WeaveNames.selector(namespaces.get()) + WeaveNames.selector(labels.get()), policy));
    };
  }

  /** A set of the sets of all pods of these namespaces. */
  private End namespaces(Selector selector, ObjectKey policy) {
    String key = WeaveNames.selector(selector);
    String name = WeaveNames.set(":" + key);
    lists.computeIfAbsent(name, n -> new NodeRows.AddressSet(n, "list:set", List.of("size", "1024", "comment"),
        pods.namespaces(selector).stream().map(s -> List.of(everyone(s), "comment", "namespace: " + s)).toList(),
        policy));
    return End.in(name, "namespaces: selector: " + key);
  }

  private End namespaced(NetworkPolicy.Peer peer, String key, ObjectKey policy) {
    String name = WeaveNames.set(":" + key);
    if (!lists.containsKey(name)) {
      set(name, pods.of(peer, policy.namespace()), policy);
    }
    return End.in(name, "namespaces: selector: " + key);
  }

  private End block(NetworkPolicy.Peer.Block block, ObjectKey policy) {
    String cidr = block.cidr().toString();
    List<String> except = block.except().stream().map(Object::toString).sorted().toList();
    if (except.isEmpty()) {
      return new End("-s " + cidr + " ", "-d " + cidr + " ", "cidr: " + cidr);
    }
    String key = String.join(" ", except);
    String name = WeaveNames.set(policy.namespace() + ":ipblock-except:" + key);
    sets.computeIfAbsent(name, n -> new NodeRows.AddressSet(n, "hash:net", List.of("comment"),
        except.stream().map(e -> List.of(e, "comment", "excepted from " + cidr)).toList(), policy));
    String holes = "-m set ! --match-set " + name;
    return new End("-s " + cidr + " " + holes + " src ", "-d " + cidr + " " + holes + " dst ",
        "cidr: " + cidr + " except [" + key + "]");
  }
}
