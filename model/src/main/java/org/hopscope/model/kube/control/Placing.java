package org.hopscope.model.kube.control;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.kube.object.Kind;
import org.hopscope.model.kube.object.KubeNode;
import org.hopscope.model.kube.object.KubePod;
import org.hopscope.model.kube.object.PodSpec;
import org.hopscope.model.kube.object.Taint;

/**
 * The scheduler, and what the kubelet's network plugin answers: a node and addresses for each pod.
 *
 * <p>The scheduler knows of labels and of numbers only: the node with the fewest pods of the same owner, then with the
 * fewest pods, then the first by name. Addresses are given as host-local does it: the next one after the last that was
 * given, round the node's block (containernetworking/plugins plugins/ipam/host-local).
 */
final class Placing {
  /** The kinds that it watches. */
  static final Set<Kind> WATCHED = EnumSet.of(Kind.POD, Kind.NODE);

  private Placing() {
  }

  /** Whether the scheduler may put a pod on a node; one that names its node goes there whatever its taints. */
  static boolean fits(KubeNode node, PodSpec spec) {
    if (!suits(node, spec)) {
      return false;
    }
    for (Taint taint : spec.placement().node().isPresent() ? List.<Taint>of() : taints(node)) {
      if (taint.effect() != Taint.Effect.PREFER_NO_SCHEDULE && !spec.placement().tolerates(taint)) {
        return false;
      }
    }
    return true;
  }

  /** Whether a node is the one that is named, and has the labels that are wanted. */
  static boolean suits(KubeNode node, PodSpec spec) {
    Optional<String> named = spec.placement().node();
    return (named.isEmpty() || named.get().equals(node.meta().name()))
        && node.meta().labels().entrySet().containsAll(spec.placement().labels().entrySet());
  }

  /** Whether a DaemonSet's pod is to be on a node: it puts up with cordons (pkg/controller/daemon/util). */
  static boolean fitsDaemon(KubeNode node, PodSpec spec) {
    return suits(node, spec) && node.scheduling().taints().stream()
        .allMatch(t -> t.effect() == Taint.Effect.PREFER_NO_SCHEDULE || spec.placement().tolerates(t));
  }

  /** Whether a pod that is on a node may stay there. */
  static boolean stays(KubeNode node, PodSpec spec) {
    return node.scheduling().taints().stream()
        .allMatch(t -> t.effect() != Taint.Effect.NO_EXECUTE || spec.placement().tolerates(t));
  }

  /** Pods go from nodes with a taint of effect NoExecute that they do not put up with (pkg/controller/tainteviction). */
  static void evict(Desk desk) {
    List<KubeNode> tainted = desk.touched().stream().filter(k -> k.kind() == Kind.NODE)
        .flatMap(k -> desk.cluster().find(k).stream()).map(KubeNode.class::cast)
        .filter(n -> !n.scheduling().taints().isEmpty()).toList();
    for (KubeNode node : tainted) {
      desk.cluster().pods().stream()
          .filter(p -> p.node().equals(Optional.of(node.meta().name())) && !stays(node, p.spec()))
          .forEach(p -> desk.remove(ControlStep.Actor.NODE_LIFECYCLE_CONTROLLER, p.key(), Optional.of(node.key())));
    }
  }

  private static List<Taint> taints(KubeNode node) {
    return node.scheduling().cordoned()
        ? Stream.concat(node.scheduling().taints().stream(), Stream.of(Taint.UNSCHEDULABLE)).toList()
        : node.scheduling().taints();
  }

  /** How many of a node's taints that it would rather not be chosen for a pod does not put up with. */
  private static int unwelcome(KubeNode node, PodSpec spec) {
    int count = 0;
    for (Taint taint : taints(node)) {
      count += taint.effect() == Taint.Effect.PREFER_NO_SCHEDULE && !spec.placement().tolerates(taint) ? 1 : 0;
    }
    return count;
  }

  /**
   * How a node stands as a place for a pod: the least one is chosen.
   *
   * @param unwelcome how many taints the pod would rather not have
   * @param own pods of the same owner there
   * @param load pods there
   */
  private record Seat(KubeNode node, int unwelcome, int own, int load) {
    boolean isBefore(Seat other) {
      if (unwelcome != other.unwelcome) {
        return unwelcome < other.unwelcome;
      }
      if (own != other.own) {
        return own < other.own;
      }
      return load != other.load ? load < other.load
          : node.meta().name().compareTo(other.node.meta().name()) < 0;
    }
  }

  private static Optional<KubeNode> best(KubePod pod, List<KubeNode> nodes, Map<String, Integer> own,
      Map<String, Integer> load) {
    Optional<Seat> best = Optional.empty();
    for (KubeNode node : nodes) {
      if ((node.ready() || pod.node().isPresent()) && fits(node, pod.spec())) {
        String name = node.meta().name();
        Seat seat = new Seat(node, unwelcome(node, pod.spec()), own.getOrDefault(name, 0), load.getOrDefault(name, 0));
        best = best.isEmpty() || seat.isBefore(best.get()) ? Optional.of(seat) : best;
      }
    }
    return best.map(Seat::node);
  }

  static void run(Desk desk) {
    List<KubeNode> nodes = desk.cluster().nodes();
    Map<String, Integer> load = new HashMap<>();
    Map<String, Map<String, Integer>> family = new HashMap<>();
    Map<String, Set<IpAddress>> taken = new HashMap<>();
    List<KubePod> waiting = new ArrayList<>();
    for (KubePod pod : desk.cluster().pods()) {
      pod.node().ifPresent(n -> {
        count(pod, n, load, family);
        taken.computeIfAbsent(n, _ -> new HashSet<>()).addAll(pod.status().addresses());
      });
      if (!pod.isRunning()) {
        waiting.add(pod);
      }
    }
    for (KubePod pod : waiting) {
      Map<String, Integer> own = family.getOrDefault(owner(pod), Map.of());
      Optional<KubeNode> node = best(pod, nodes, own, load);
      node.ifPresent(n -> {
        if (pod.node().isEmpty()) {
          count(pod, n.meta().name(), load, family);
        }
        place(desk, pod, n, taken.computeIfAbsent(n.meta().name(), _ -> new HashSet<>()));
      });
    }
  }

  private static void count(KubePod pod, String node, Map<String, Integer> load,
      Map<String, Map<String, Integer>> family) {
    load.merge(node, 1, Integer::sum);
    family.computeIfAbsent(owner(pod), _ -> new HashMap<>()).merge(node, 1, Integer::sum);
  }

  private static String owner(KubePod pod) {
    return pod.meta().owner().map(Object::toString).orElse("");
  }

  private static void place(Desk desk, KubePod pod, KubeNode node, Set<IpAddress> taken) {
    KubePod bound = pod.withSpec(pod.spec().withPlacement(
        pod.spec().placement().on(Optional.of(node.meta().name()))));
    desk.put(ControlStep.Actor.SCHEDULER, bound, Optional.of(pod.key()));
    List<IpAddress> addresses = pod.spec().hostNetwork() ? node.addresses() : addresses(desk, node, taken);
    KubePod placed = bound.withStatus(new KubePod.Status(addresses, pod.status().ready(), pod.status().terminating()));
    desk.put(ControlStep.Actor.KUBELET, addresses.isEmpty() ? placed : Readiness.begun(placed, desk.now()),
        Optional.of(pod.key()));
  }

  private static List<IpAddress> addresses(Desk desk, KubeNode node, Set<IpAddress> taken) {
    List<IpAddress> given = new ArrayList<>();
    for (int i = 0; i < node.podCidrs().size(); i++) {
      String counter = "host-local/" + node.meta().name() + "/" + i;
      Optional<Integer> next = next(node.podCidrs().get(i), desk.cluster().counter(counter), taken);
      if (next.isEmpty()) {
        return List.of();
      }
      desk.counted(counter, next.get());
      IpAddress address = Blocks.at(node.podCidrs().get(i), next.get());
      taken.add(address);
      given.add(address);
    }
    return given;
  }

  /** The first free address after the last given one: never the network's own, the gateway's or the broadcast address. */
  private static Optional<Integer> next(IpPrefix block, int last, Set<IpAddress> taken) {
    int end = Blocks.size(block) - 2;
    for (int i = 0; i < end - 1; i++) {
      int candidate = 2 + Math.floorMod(Math.max(last, 1) - 1 + i, end - 1);
      if (!taken.contains(Blocks.at(block, candidate))) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }
}
