package org.hopscope.model.kube.control;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
import org.hopscope.model.kube.object.Selector;
import org.hopscope.model.kube.object.Workload;

/**
 * The controllers of Deployments, ReplicaSets, StatefulSets and DaemonSets. A changed template takes effect at once: the
 * steps of a rolling change are left out.
 */
final class Workloads {
  /** The label by which a ReplicaSet of a Deployment knows its pods. */
  private static final String HASH = "pod-template-hash";

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

  static void run(Desk desk) {
    Workloads workloads = new Workloads(desk);
    workloads.each(Kind.DEPLOYMENT, EnumSet.of(Kind.REPLICA_SET), workloads::deployment);
    workloads.each(Kind.REPLICA_SET, EnumSet.of(Kind.POD), workloads::replicas);
    workloads.each(Kind.STATEFUL_SET, EnumSet.of(Kind.POD), workloads::stateful);
    workloads.each(Kind.DAEMON_SET, EnumSet.of(Kind.POD, Kind.NODE), workloads::daemons);
  }

  /** All workloads of a kind when something of {@code others} changed, otherwise those that changed themselves. */
  private void each(Kind kind, Set<Kind> others, Consumer<Workload> run) {
    Predicate<Workload> concerned = desk.hasTouched(others) ? _ -> true : w -> desk.touched().contains(w.key());
    desk.cluster().workloads(kind).stream().filter(concerned).toList().forEach(run);
  }

  /** The ReplicaSet of the template as it is gets all replicas, those of earlier ones none. */
  private void deployment(Workload deployment) {
    Workload.Template template = deployment.template();
    String hash = Names.ending(template.toString(), 10);
    String name = deployment.meta().name() + "-" + hash;
    Selector selector = new Selector(deployment.selector().labels().plus(HASH, hash),
        deployment.selector().expressions());
    Meta meta = Meta.of(deployment.meta().namespace(), name).withLabels(template.labels().plus(HASH, hash))
        .withOwner(deployment.key());
    ObjectKey key = new ObjectKey(Kind.REPLICA_SET, meta.namespace(), name);
    Meta dated = desk.cluster().find(key).map(o -> meta.withCreated(o.meta().created()))
        .orElse(meta.withCreated(desk.now()));
    Workload wanted = new Workload(Kind.REPLICA_SET, dated, deployment.replicas(), selector,
        new Workload.Template(template.labels().plus(HASH, hash), template.annotations(), template.spec()),
        Optional.empty());
    desk.put(ControlStep.Actor.DEPLOYMENT_CONTROLLER, wanted, Optional.of(deployment.key()));
    for (Workload old : sets.getOrDefault(deployment.key(), List.of())) {
      if (!old.key().equals(key) && old.replicas() > 0) {
        desk.put(ControlStep.Actor.DEPLOYMENT_CONTROLLER, old.withReplicas(0), Optional.of(deployment.key()));
      }
    }
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
        Meta meta = pod.meta();
        KubePod left = pod.withMeta(new Meta(meta.namespace(), meta.name(), meta.labels(), meta.annotations(),
            Optional.empty(), meta.created()));
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

  /** Pods with numbers, which are their host names as well. */
  private void stateful(Workload set) {
    for (KubePod pod : owned(set)) {
      boolean wanted = number(set, pod.meta().name()).filter(n -> n < set.replicas()).isPresent();
      if (!wanted || !like(pod, set)) {
        desk.remove(ControlStep.Actor.STATEFUL_SET_CONTROLLER, pod.key(), Optional.of(set.key()));
      }
    }
    for (int i = 0; i < set.replicas(); i++) {
      String name = set.meta().name() + "-" + i;
      PodSpec spec = set.template().spec();
      if (desk.cluster().pod(set.meta().namespace(), name).isEmpty()) {
        create(ControlStep.Actor.STATEFUL_SET_CONTROLLER, set, name, spec.withNames(
            new PodSpec.Naming(Optional.of(name), set.service(), spec.names().policy(), spec.names().config())));
      }
    }
  }

  private static Optional<Integer> number(Workload set, String pod) {
    String ending = pod.substring(Math.min(pod.length(), set.meta().name().length() + 1));
    return ending.matches("\\d{1,6}") ? Optional.of(Integer.parseInt(ending)) : Optional.empty();
  }

  /** One pod on each node that the template allows. */
  private void daemons(Workload set) {
    PodSpec spec = set.template().spec();
    List<KubeNode> nodes = desk.cluster().nodes().stream().filter(n -> Placing.fits(n, spec)).toList();
    for (KubePod pod : owned(set)) {
      Predicate<KubeNode> here = n -> pod.node().equals(Optional.of(n.meta().name()));
      if (nodes.stream().noneMatch(here) || !like(pod, set)) {
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
            spec.withPlacement(new PodSpec.Placement(Optional.of(on), spec.placement().labels())));
      }
    }
  }

  /** Whether a pod was made from the template as it is now. */
  private static boolean like(KubePod pod, Workload set) {
    return pod.spec().containers().equals(set.template().spec().containers())
        && pod.meta().labels().entrySet().containsAll(set.template().labels().entrySet())
        && pod.meta().annotations().entrySet().containsAll(set.template().annotations().entrySet());
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
