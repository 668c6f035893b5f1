package org.hopscope.model.kube.policy;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.kube.Cluster;
import org.hopscope.model.kube.object.Kind;
import org.hopscope.model.kube.object.KubeNamespace;
import org.hopscope.model.kube.object.KubeNode;
import org.hopscope.model.kube.object.KubePod;
import org.hopscope.model.kube.object.NetworkPolicy;
import org.hopscope.model.kube.object.ObjectKey;
import org.hopscope.model.kube.object.PortName;
import org.hopscope.model.kube.object.PortProtocol;

/**
 * All NetworkPolicies of a cluster, ready to be asked (sem-P1 to P10; Kubernetes documentation, "Network Policies", and
 * the API's own descriptions in {@code networking/v1/types.go}). It judges what policies ask for, whether or not the
 * network plugin enforces them.
 */
public final class Policies {
  private static final int MISS = -2;
  private static final int ANY = -1;

  private final PodSets sets;
  private final List<KubeNode> nodes;
  private final Map<ObjectKey, NetworkPolicy> byKey = new TreeMap<>();
  private final Map<Direction, List<List<Entry>>> byPod = new EnumMap<>(Direction.class);

  /** A policy's say in one direction. */
  private record Entry(NetworkPolicy policy, List<Allowance> rules) {
  }

  /**
   * A rule with the pods that each of its peers means.
   *
   * @param all the pods that any of them means, by labels or by their first address
   */
  private record Allowance(NetworkPolicy.Rule rule, List<BitSet> peers, BitSet all) {
  }

  private Policies(PodSets sets, List<KubeNode> nodes) {
    this.sets = sets;
    this.nodes = List.copyOf(nodes);
    for (Direction direction : Direction.values()) {
      List<List<Entry>> rows = new ArrayList<>();
      sets.pods().forEach(_ -> rows.add(new ArrayList<>()));
      byPod.put(direction, rows);
    }
  }

  /** Those of a cluster. */
  public static Policies of(Cluster cluster) {
    return of(cluster.namespaces(), cluster.nodes(), cluster.pods(), cluster.all(Kind.NETWORK_POLICY)
        .map(NetworkPolicy.class::cast).toList());
  }

  /** Looks into all selectors once. */
  public static Policies of(List<KubeNamespace> namespaces, List<KubeNode> nodes, List<KubePod> pods,
      List<NetworkPolicy> policies) {
    Policies all = new Policies(new PodSets(namespaces, pods), nodes);
    policies.forEach(p -> all.byKey.put(p.key(), p));
    all.byKey.values().forEach(all::add);
    return all;
  }

  private void add(NetworkPolicy policy) {
    String namespace = policy.meta().namespace();
    BitSet selected = sets.of(namespace, policy.selector());
    for (Direction direction : Direction.values()) {
      direction.rules(policy).ifPresent(rules -> {
        Entry entry = new Entry(policy, rules.stream().map(r -> allowance(r, namespace)).toList());
        selected.stream().forEach(i -> byPod.get(direction).get(i).add(entry));
      });
    }
  }

  private Allowance allowance(NetworkPolicy.Rule rule, String namespace) {
    List<BitSet> peers = rule.peers().stream().map(p -> sets.of(p, namespace)).toList();
    BitSet all = rule.peers().isEmpty() ? sets.everyone() : new BitSet();
    peers.forEach(all::or);
    rule.peers().stream().map(sets::within).forEach(all::or);
    return new Allowance(rule, peers, all);
  }

  /** A policy by its key. */
  public Optional<NetworkPolicy> policy(ObjectKey key) {
    return Optional.ofNullable(byKey.get(key));
  }

  /** All, by name. */
  List<NetworkPolicy> all() {
    return List.copyOf(byKey.values());
  }

  PodSets sets() {
    return sets;
  }

  /** The policies that select a pod in a direction, by name: with one of them or more it is isolated. */
  public List<NetworkPolicy> selecting(KubePod pod, Direction direction) {
    return entries(pod, direction).stream().map(Entry::policy).toList();
  }

  /** Whether a connection may be opened. */
  public boolean allows(Connection connection) {
    return allows(connection, Direction.EGRESS) && allows(connection, Direction.INGRESS);
  }

  /** Whether a connection may be opened, and why. */
  public Verdict judge(Connection connection) {
    return new Verdict(judge(connection, Direction.EGRESS), judge(connection, Direction.INGRESS));
  }

  /** Whom an address belongs to. */
  public Party party(IpAddress address) {
    return Party.of(address, sets.pods());
  }

  private List<Entry> entries(KubePod pod, Direction direction) {
    return sets.index(pod).map(byPod.get(direction)::get).orElse(List.of());
  }

  /** The place of a pod in the sets of {@link #others}; empty for one on its node's network. */
  Optional<Integer> index(KubePod pod) {
    return sets.index(pod);
  }

  /** With which other pods a pod may have a connection in a direction, all at once, under everybody's first address. */
  BitSet others(Direction direction, int own, PortProtocol protocol, int number) {
    List<Entry> entries = byPod.get(direction).get(own);
    if (entries.isEmpty()) {
      return sets.everyone();
    }
    BitSet others = new BitSet();
    others.set(own);
    for (Entry entry : entries) {
      for (Allowance rule : entry.rules()) {
        List<NetworkPolicy.Port> ports = rule.rule().ports();
        if (direction == Direction.INGRESS || ports.stream().noneMatch(Policies::isNamed)) {
          if (ports.isEmpty() || ports.stream().anyMatch(p -> isPort(p, protocol, number, own))) {
            others.or(rule.all());
          }
        } else {
          rule.all().stream().filter(i -> ports.stream().anyMatch(p -> isPort(p, protocol, number, i)))
              .forEach(others::set);
        }
      }
    }
    return others;
  }

  private static boolean isNamed(NetworkPolicy.Port port) {
    return port.port().filter(PortName.Named.class::isInstance).isPresent();
  }

  private boolean isPort(NetworkPolicy.Port port, PortProtocol protocol, int number, int destination) {
    return isPort(port, protocol, number, Optional.of(sets.pods().get(destination)));
  }

  private boolean allows(Connection connection, Direction direction) {
    Optional<KubePod> own = direction.own(connection).pod();
    if (own.isEmpty() || entries(own.get(), direction).isEmpty() || exempt(connection, direction).isPresent()) {
      return true;
    }
    for (Entry entry : entries(own.get(), direction)) {
      for (Allowance rule : entry.rules()) {
        if (port(rule.rule(), connection) != MISS && peer(rule, direction.other(connection)) != MISS) {
          return true;
        }
      }
    }
    return false;
  }

  private Judgement judge(Connection connection, Direction direction) {
    Optional<Judgement> exempt = exempt(connection, direction);
    if (exempt.isPresent()) {
      return exempt.get();
    }
    List<Entry> entries = entries(direction.own(connection).pod().orElseThrow(), direction);
    if (entries.isEmpty()) {
      return new Judgement.Unselected();
    }
    List<Judgement.Permit> permits = new ArrayList<>();
    List<Judgement.Refusal> refusals = new ArrayList<>();
    for (Entry entry : entries) {
      List<Judgement.Miss> misses = new ArrayList<>();
      int before = permits.size();
      for (int i = 0; i < entry.rules().size(); i++) {
        Allowance rule = entry.rules().get(i);
        int port = port(rule.rule(), connection);
        int peer = peer(rule, direction.other(connection));
        if (port != MISS && peer != MISS) {
          permits.add(new Judgement.Permit(entry.policy().key(), i, said(peer), said(port)));
        } else {
          misses.add(new Judgement.Miss(i, peer == MISS
              ? rule.rule().peers().stream().map(p -> why(p, entry.policy(), direction.other(connection))).toList()
              : List.of(), port != MISS));
        }
      }
      if (permits.size() == before) {
        refusals.add(new Judgement.Refusal(entry.policy().key(), misses));
      }
    }
    return permits.isEmpty() ? new Judgement.Isolated(refusals) : new Judgement.Permitted(permits);
  }

  /** What needs no leave, whatever policies say. */
  private Optional<Judgement> exempt(Connection connection, Direction direction) {
    Party own = direction.own(connection);
    Party other = direction.other(connection);
    if (own.pod().isEmpty()) {
      return Optional.of(new Judgement.NoPod());
    }
    KubePod pod = own.pod().get();
    if (other.pod().isPresent()) {
      return other.pod().get().key().equals(pod.key()) ? Optional.of(new Judgement.Itself()) : Optional.empty();
    }
    return direction == Direction.INGRESS
        ? nodes.stream().filter(n -> pod.node().equals(Optional.of(n.meta().name()))
            && n.addresses().contains(other.address())).findFirst()
            .map(n -> new Judgement.OwnNode(n.meta().name()))
        : Optional.empty();
  }

  private static Optional<Integer> said(int index) {
    return index == ANY ? Optional.empty() : Optional.of(index);
  }

  /** Which port of a rule is the connection's (sem-P7). */
  private static int port(NetworkPolicy.Rule rule, Connection connection) {
    for (int i = 0; i < rule.ports().size(); i++) {
      if (isPort(rule.ports().get(i), connection.protocol(), connection.port(), connection.to().pod())) {
        return i;
      }
    }
    return rule.ports().isEmpty() ? ANY : MISS;
  }

  /** A name means the port that the destination gives it. */
  private static boolean isPort(NetworkPolicy.Port port, PortProtocol protocol, int number, Optional<KubePod> to) {
    if (port.protocol() != protocol) {
      return false;
    }
    if (port.port().isEmpty()) {
      return true;
    }
    return switch (port.port().get()) {
      case PortName.Number(int first) -> first <= number && number <= port.endPort().orElse(first);
      case PortName.Named named -> to.flatMap(p -> named.on(p.spec(), protocol)).equals(Optional.of(number));
    };
  }

  private int peer(Allowance rule, Party other) {
    int index = other.pod().flatMap(sets::index).orElse(MISS);
    for (int i = 0; i < rule.peers().size(); i++) {
      boolean is = switch (rule.rule().peers().get(i)) {
        case NetworkPolicy.Peer.Pods _ -> index != MISS && rule.peers().get(i).get(index);
        case NetworkPolicy.Peer.Block block -> PodSets.isIn(block, other.address());
      };
      if (is) {
        return i;
      }
    }
    return rule.peers().isEmpty() ? ANY : MISS;
  }

  private Judgement.NotPeer why(NetworkPolicy.Peer peer, NetworkPolicy policy, Party other) {
    return switch (peer) {
      case NetworkPolicy.Peer.Block block -> block.cidr().contains(other.address())
          ? Judgement.NotPeer.EXCEPTED
          : Judgement.NotPeer.OUTSIDE;
      case NetworkPolicy.Peer.Pods pods -> other.pod().filter(p -> sets.index(p).isPresent())
          .map(p -> sets.isNamespace(pods, policy.meta().namespace(), p)
              ? Judgement.NotPeer.LABELS
              : Judgement.NotPeer.NAMESPACE)
          .orElse(Judgement.NotPeer.NO_POD);
    };
  }
}
