package org.hopscope.model.kube.control;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hopscope.model.kube.control.ControlStep.Actor;
import org.hopscope.model.kube.object.Kind;
import org.hopscope.model.kube.object.KubePod;
import org.hopscope.model.kube.object.Meta;
import org.hopscope.model.kube.object.ObjectKey;
import org.hopscope.model.kube.object.Selector;
import org.hopscope.model.kube.object.Updates;
import org.hopscope.model.kube.object.Workload;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/**
 * The controller of Deployments (pkg/controller/deployment/{rolling,recreate,sync}.go): one step of a change each time it runs,
 * either more pods of the new template or fewer of the old ones. Left out: the proportional scaling of a Deployment that is
 * scaled while it changes, where pods are added to the new template only.
 */
final class Deployments {
  private final Desk desk;
  private final Map<ObjectKey, List<Workload>> sets;
  private final Map<ObjectKey, List<KubePod>> pods;
  private boolean going;

  /**
   * @param sets ReplicaSets by their Deployments
   * @param pods pods by their ReplicaSets
   */
  Deployments(Desk desk, Map<ObjectKey, List<Workload>> sets, Map<ObjectKey, List<KubePod>> pods) {
    this.desk = desk;
    this.sets = sets;
    this.pods = pods;
  }

  /** Whether a change took a step, after which there may be another. */
  boolean isGoing() {
    return going;
  }

  void run(Workload deployment) {
    List<Workload> all = sets.getOrDefault(deployment.key(), List.of());
    ObjectKey key = Revisions.current(deployment);
    Optional<Workload> current = all.stream().filter(s -> s.key().equals(key)).findFirst();
    List<Workload> old = all.stream().filter(s -> !s.key().equals(key))
        .sorted(Comparator.comparing((Workload s) -> s.meta().created()).thenComparing(s -> s.meta().name())).toList();
    if (deployment.updates().paused()) {
      scaled(deployment, current, old);
      return;
    }
    Workload young = young(deployment, key, current, old);
    boolean changing = old.stream().anyMatch(s -> s.replicas() > 0);
    if (!changing) {
      scale(deployment, young, deployment.replicas());
      forget(deployment, old);
    } else if (deployment.updates().strategy() == Updates.Strategy.RECREATE) {
      old.forEach(s -> scale(deployment, s, 0));
      going = true;
    } else {
      roll(deployment, young, old);
    }
  }

  /** While changes wait, a Deployment can be scaled all the same: the template that its pods have is. */
  private void scaled(Workload deployment, Optional<Workload> current, List<Workload> old) {
    List<Workload> active = java.util.stream.Stream.concat(old.stream(), current.stream())
        .filter(s -> s.replicas() > 0).toList();
    if (active.size() == 1) {
      scale(deployment, active.getFirst(), deployment.replicas());
    } else if (active.isEmpty() && current.isPresent()) {
      scale(deployment, current.get(), deployment.replicas());
    }
  }

  /** The ReplicaSet of the template as it is, made anew or found again, with the highest revision of all. */
  private Workload young(Workload deployment, ObjectKey key, Optional<Workload> current, List<Workload> old) {
    int before = old.stream().mapToInt(s -> Revisions.number(s.meta())).max().orElse(0);
    int revision = Math.max(before + 1, current.map(s -> Revisions.number(s.meta())).orElse(0));
    PSortedMap<String, String> notes = TreePMap.empty();
    for (Map.Entry<String, String> note : deployment.meta().annotations().entrySet()) {
      boolean own = note.getKey().startsWith("deployment.kubernetes.io/") || note.getKey().startsWith("kubectl.");
      notes = own ? notes : notes.plus(note.getKey(), note.getValue());
    }
    notes = notes.plus(Revisions.REVISION, "" + revision);
    String hash = key.name().substring(deployment.meta().name().length() + 1);
    Workload.Template template = deployment.template();
    PSortedMap<String, String> labels = template.labels().plus(Revisions.HASH, hash);
    Meta meta = Meta.of(key.namespace(), key.name()).withLabels(labels).withAnnotations(notes)
        .withOwner(deployment.key()).withCreated(current.map(s -> s.meta().created()).orElse(desk.now()))
        .withGeneration(current.map(s -> s.meta().generation()).orElse(1));
    Updates updates = Updates.usual(Kind.REPLICA_SET);
    Workload wanted = new Workload(Kind.REPLICA_SET, meta, current.map(Workload::replicas).orElse(0),
        new Selector(deployment.selector().labels().plus(Revisions.HASH, hash), deployment.selector().expressions()),
        new Workload.Template(labels, template.annotations(), template.spec()), Optional.empty(),
        new Updates(updates.strategy(), updates.maxSurge(), updates.maxUnavailable(),
            deployment.updates().minReadySeconds(), false, updates.history()));
    // A new one comes with its pods at once when nothing stands in their way.
    boolean first = current.isEmpty() && old.stream().allMatch(s -> s.replicas() == 0);
    Workload made = first ? wanted.withReplicas(deployment.replicas()) : wanted;
    desk.put(Actor.DEPLOYMENT_CONTROLLER, made, Optional.of(deployment.key()));
    Meta own = deployment.meta();
    desk.put(Actor.DEPLOYMENT_CONTROLLER, deployment.withMeta(own.withAnnotations(own.annotations().plus(
        Revisions.REVISION, "" + revision))), Optional.of(made.key()));
    return made;
  }

  private void scale(Workload deployment, Workload set, int replicas) {
    if (set.replicas() != replicas) {
      desk.put(Actor.DEPLOYMENT_CONTROLLER, set.withReplicas(replicas).withMeta(set.meta().withGeneration(set.meta()
          .generation() + 1)), Optional.of(deployment.key()));
    }
  }

  private List<KubePod> pods(Workload set) {
    return pods.getOrDefault(set.key(), List.of()).stream().filter(p -> !p.status().terminating()).toList();
  }

  private int available(Workload set, int seconds) {
    return (int) pods(set).stream().filter(p -> Readiness.isAvailable(p, seconds, desk.now())).count();
  }

  /** First more of the new, as many as there may be too many; then fewer of the old, as many as may be missing. */
  private void roll(Workload deployment, Workload young, List<Workload> old) {
    int wanted = deployment.replicas();
    int total = young.replicas() + old.stream().mapToInt(Workload::replicas).sum();
    int more = Math.min(deployment.updates().most(wanted) - total, wanted - young.replicas());
    if (young.replicas() > wanted) {
      scale(deployment, young, wanted);
      going = true;
    } else if (more > 0) {
      scale(deployment, young, young.replicas() + more);
      going = true;
    } else {
      shrink(deployment, young, old, total);
    }
  }

  private void shrink(Workload deployment, Workload young, List<Workload> old, int total) {
    int seconds = deployment.updates().minReadySeconds();
    int least = deployment.updates().least(deployment.replicas());
    int missing = young.replicas() - available(young, seconds);
    int spare = total - least - missing;
    List<Workload> left = new ArrayList<>();
    for (Workload set : old) {
      int unhealthy = Math.min(Math.max(0, spare), Math.max(0, set.replicas() - available(set, seconds)));
      spare -= unhealthy;
      going |= unhealthy > 0;
      scale(deployment, set, set.replicas() - unhealthy);
      left.add(set.withReplicas(set.replicas() - unhealthy));
    }
    int reserve = java.util.stream.Stream.concat(old.stream(), java.util.stream.Stream.of(young))
        .mapToInt(s -> available(s, seconds)).sum() - least;
    for (Workload set : left) {
      int fewer = Math.min(Math.max(0, Math.min(spare, reserve)), set.replicas());
      if (fewer > 0) {
        Workload now = (Workload) desk.cluster().find(set.key()).orElse(set);
        scale(deployment, now, set.replicas() - fewer);
        spare -= fewer;
        reserve -= fewer;
        going = true;
      }
    }
  }

  /** Of ReplicaSets without pods the oldest go, when there are more than are to be kept. */
  private void forget(Workload deployment, List<Workload> old) {
    old.stream().sorted(Comparator.comparingInt(s -> Revisions.number(s.meta())))
        .limit(Math.max(0, old.size() - deployment.updates().history()))
        .filter(s -> pods(s).isEmpty())
        .forEach(s -> desk.remove(Actor.DEPLOYMENT_CONTROLLER, s.key(), Optional.of(deployment.key())));
  }
}
