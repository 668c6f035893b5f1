package org.hopscope.model.kube.control;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.hopscope.model.kube.object.Kind;
import org.hopscope.model.kube.object.KubeNode;
import org.hopscope.model.kube.object.KubeObject;
import org.hopscope.model.kube.object.KubePod;
import org.hopscope.model.kube.object.Meta;
import org.hopscope.model.kube.object.ObjectKey;
import org.hopscope.model.kube.object.PodSpec;
import org.hopscope.model.kube.object.Updates;
import org.hopscope.model.kube.object.Workload;

/**
 * The controllers of ReplicaSets, StatefulSets and DaemonSets, and that of Deployments. Those of a StatefulSet make and replace
 * one pod after the other, each when the one before is ready (policy OrderedReady).
 */
final class Workloads {
  /** The kinds that they watch. */
  static final Set<Kind> WATCHED = EnumSet.of(Kind.DEPLOYMENT, Kind.REPLICA_SET, Kind.STATEFUL_SET, Kind.DAEMON_SET,
      Kind.POD, Kind.NODE);

  private final Desk desk;
  private final Map<ObjectKey, List<Workload>> sets;
  private final Map<ObjectKey, List<KubePod>> owned;
  /** Pods that nobody owns, by namespace. */
  private final Map<String, List<KubePod>> free = new HashMap<>();

  private Workloads(Desk desk) {
    this.desk = desk;
    sets = byOwner(desk.cluster().workloads(Kind.REPLICA_SET));
    owned = byOwner(desk.cluster().pods());
    desk.cluster().pods().stream().filter(p -> p.meta().owner().isEmpty()).forEach(this::setFree);
  }

  private static <T extends KubeObject> Map<ObjectKey, List<T>> byOwner(List<T> objects) {
    return objects.stream().filter(o -> o.meta().owner().isPresent())
        .collect(Collectors.groupingBy(o -> o.meta().owner().orElseThrow()));
  }

  private void setFree(KubePod pod) {
    free.computeIfAbsent(pod.meta().namespace(), _ -> new ArrayList<>()).add(pod);
  }

  /** Whether a Deployment's change took a step, after which there may be another. */
  static boolean run(Desk desk) {
    Workloads workloads = new Workloads(desk);
    Deployments deployments = new Deployments(desk, workloads.sets, workloads.owned);
    workloads.deployments(deployments);
    workloads.each(Kind.REPLICA_SET, EnumSet.of(Kind.POD), workloads::replicas);
    workloads.each(Kind.STATEFUL_SET, EnumSet.of(Kind.POD), workloads::stateful);
    workloads.each(Kind.DAEMON_SET, EnumSet.of(Kind.POD, Kind.NODE), workloads::daemons);
    return deployments.isGoing();
  }

  /** All workloads of a kind when something of {@code others} changed, otherwise those that changed themselves. */
  private void each(Kind kind, Set<Kind> others, Consumer<Workload> run) {
    Predicate<Workload> concerned = desk.hasTouched(others) ? _ -> true : w -> desk.touched().contains(w.key());
    desk.cluster().workloads(kind).stream().filter(concerned).toList().forEach(run);
  }

  /** Deployments that changed, those of which a ReplicaSet did, and those whose pods may let a change go on. */
  private void deployments(Deployments controller) {
    Predicate<Workload> concerned = desk.hasRemoved() ? _ -> true
        : w -> desk.touched().contains(w.key()) || sets.getOrDefault(w.key(), List.of()).stream()
            .anyMatch(s -> desk.touched().contains(s.key()))
            || sets.getOrDefault(w.key(), List.of()).stream().filter(s -> s.replicas() > 0).count() > 1;
    desk.cluster().workloads(Kind.DEPLOYMENT).stream().filter(concerned).toList().forEach(controller::run);
  }

  /** Pods whose labels fit and that nobody owns are adopted; those whose labels fit no more are let go. */
  private void replicas(Workload set) {
    List<KubePod> own = new ArrayList<>();
    for (KubePod pod : owned(set)) {
      if (set.selector().matches(pod.meta().labels())) {
        if (!pod.status().terminating()) {
          own.add(pod);
        }
      } else {
        KubePod left = pod.withMeta(pod.meta().withoutOwner());
        desk.put(ControlStep.Actor.REPLICA_SET_CONTROLLER, left, Optional.of(set.key()));
        setFree(left);
      }
    }
    List<KubePod> nobodys = free.getOrDefault(set.meta().namespace(), List.of());
    for (KubePod pod : nobodys.stream().filter(p -> set.selector().matches(p.meta().labels())).toList()) {
      KubePod adopted = pod.withMeta(pod.meta().withOwner(set.key()));
      desk.put(ControlStep.Actor.REPLICA_SET_CONTROLLER, adopted, Optional.of(set.key()));
      nobodys.remove(pod);
      own.add(adopted);
    }
    for (KubePod surplus : surplus(own, set.replicas())) {
      desk.remove(ControlStep.Actor.REPLICA_SET_CONTROLLER, surplus.key(), Optional.of(set.key()));
    }
    String counter = "pods/" + set.key().path();
    for (int i = own.size(); i < set.replicas(); i++) {
      int number = desk.count(counter);
      String name = set.meta().name() + "-" + Names.ending(set.key().path() + "/" + number, 5);
      create(ControlStep.Actor.REPLICA_SET_CONTROLLER, set, name, set.template().spec());
    }
  }

  /** The pods that go first: those that do not run, then those that are not ready, then the newest. */
  private static List<KubePod> surplus(List<KubePod> own, int wanted) {
    return own.stream().sorted((one, other) -> {
      int byRunning = Boolean.compare(one.isRunning(), other.isRunning());
      int byReady = Boolean.compare(one.status().ready(), other.status().ready());
      int byAge = other.meta().created().compareTo(one.meta().created());
      return byRunning != 0 ? byRunning : byReady != 0 ? byReady
          : byAge != 0 ? byAge : other.meta().name().compareTo(one.meta().name());
    }).limit(Math.max(0, own.size() - wanted)).toList();
  }

  /** Pods with numbers, which are their host names as well. The highest number goes first, the lowest comes first. */
  private void stateful(Workload set) {
    boolean waits = !Readiness.isImmediate(set.template().spec());
    Map<Integer, KubePod> pods = new TreeMap<>();
    for (KubePod pod : owned(set)) {
      Optional<Integer> number = number(set, pod.meta().name()).filter(n -> n < set.replicas());
      number.ifPresent(n -> pods.put(n, pod));
      if (number.isEmpty()) {
        desk.remove(ControlStep.Actor.STATEFUL_SET_CONTROLLER, pod.key(), Optional.of(set.key()));
      }
    }
    boolean whole = pods.size() == set.replicas();
    for (int i = set.replicas() - 1; i >= 0 && set.updates().strategy() == Updates.Strategy.ROLLING_UPDATE; i--) {
      Optional<KubePod> pod = Optional.ofNullable(pods.get(i));
      boolean old = pod.filter(p -> !Progress.isLike(p, set)).isPresent();
      if (old) {
        desk.remove(ControlStep.Actor.STATEFUL_SET_CONTROLLER, pod.get().key(), Optional.of(set.key()));
        pods.remove(i);
      }
      boolean ready = pod.filter(p -> isAvailable(set, p)).isPresent();
      if (waits && (old || !ready && whole)) {
        break;
      }
    }
    for (int i = 0; i < set.replicas(); i++) {
      Optional<KubePod> there = Optional.ofNullable(pods.get(i));
      if (there.isEmpty()) {
        numbered(set, i);
      }
      if (waits && there.filter(p -> isAvailable(set, p)).isEmpty()) {
        return;
      }
    }
  }

  private boolean isAvailable(Workload set, KubePod pod) {
    return Readiness.isAvailable(pod, set.updates().minReadySeconds(), desk.now());
  }

  private void numbered(Workload set, int number) {
    String name = set.meta().name() + "-" + number;
    PodSpec spec = set.template().spec();
    if (desk.cluster().pod(set.meta().namespace(), name).isEmpty()) {
      create(ControlStep.Actor.STATEFUL_SET_CONTROLLER, set, name, spec.withNames(
          new PodSpec.Naming(Optional.of(name), set.service(), spec.names().policy(), spec.names().config())));
    }
  }

  private static Optional<Integer> number(Workload set, String pod) {
    String ending = pod.substring(Math.min(pod.length(), set.meta().name().length() + 1));
    return ending.matches("\\d{1,6}") ? Optional.of(Integer.parseInt(ending)) : Optional.empty();
  }

  /** One pod on each node that the template allows. */
  private void daemons(Workload set) {
    PodSpec spec = set.template().spec();
    List<KubeNode> nodes = desk.cluster().nodes().stream().filter(n -> Placing.fitsDaemon(n, spec)).toList();
    boolean rolls = set.updates().strategy() == Updates.Strategy.ROLLING_UPDATE;
    boolean waits = !Readiness.isImmediate(spec);
    int may = set.updates().maxUnavailable().of(nodes.size(), true)
        - (int) owned(set).stream().filter(p -> !isAvailable(set, p)).count();
    for (KubePod pod : owned(set)) {
      Predicate<KubeNode> here = n -> pod.node().equals(Optional.of(n.meta().name()));
      boolean old = rolls && !Progress.isLike(pod, set) && (!waits || !isAvailable(set, pod) || may > 0);
      if (desk.cluster().nodes().stream().filter(here).noneMatch(n -> Placing.stays(n, spec) && Placing.suits(n, spec))
          || old) {
        may -= isAvailable(set, pod) ? 1 : 0;
        desk.remove(ControlStep.Actor.DAEMON_SET_CONTROLLER, pod.key(), Optional.of(set.key()));
      }
    }
    for (KubeNode node : nodes) {
      String on = node.meta().name();
      if (owned(set).stream().filter(p -> desk.cluster().find(p.key()).isPresent())
          .noneMatch(p -> p.node().equals(Optional.of(on)))) {
        int number = desk.count("pods/" + set.key());
        create(ControlStep.Actor.DAEMON_SET_CONTROLLER, set,
            set.meta().name() + "-" + Names.ending(set.key() + "/" + number, 5),
            spec.withPlacement(spec.placement().on(Optional.of(on))));
      }
    }
  }

  private List<KubePod> owned(Workload set) {
    return owned.getOrDefault(set.key(), List.of());
  }

  private void create(ControlStep.Actor actor, Workload set, String name, PodSpec spec) {
    Meta meta = Meta.of(set.meta().namespace(), name).withLabels(set.template().labels())
        .withAnnotations(set.template().annotations()).withOwner(set.key()).withCreated(desk.now());
    desk.put(actor, new KubePod(meta, spec, KubePod.Status.PENDING), Optional.of(set.key()));
  }
}
