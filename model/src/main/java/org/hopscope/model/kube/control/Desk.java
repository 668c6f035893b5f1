package org.hopscope.model.kube.control;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hopscope.model.kube.Cluster;
import org.hopscope.model.kube.object.Kind;
import org.hopscope.model.kube.object.KubeObject;
import org.hopscope.model.kube.object.KubeService;
import org.hopscope.model.kube.object.ObjectKey;
import org.hopscope.model.net.VirtualTime;

/** A cluster on the way to where its controllers want it, and the steps so far. */
final class Desk {
  private final VirtualTime now;
  private final List<ControlStep> steps = new ArrayList<>();
  private final Set<ObjectKey> touched = new LinkedHashSet<>();
  private Optional<Allocated> allocated = Optional.empty();
  private boolean removed;
  private Cluster cluster;

  Desk(Cluster cluster, VirtualTime now) {
    this.cluster = cluster;
    this.now = now;
  }

  Cluster cluster() {
    return cluster;
  }

  VirtualTime now() {
    return now;
  }

  List<ControlStep> steps() {
    return steps;
  }

  /** What Services other than this one have; asked for one after the other it is not worked out anew. */
  Allocated allocated(ObjectKey but) {
    if (cluster.find(but).isPresent()) {
      return Allocated.of(cluster.services().stream().filter(s -> !s.key().equals(but)).toList());
    }
    Allocated known = allocated.orElseGet(() -> Allocated.of(cluster.services()));
    allocated = Optional.of(known);
    return known;
  }

  /** What was put or taken away so far, in order. */
  Set<ObjectKey> touched() {
    return touched;
  }

  /** Whether anything of one of these kinds was put or taken away. */
  boolean hasTouched(Set<Kind> kinds) {
    return touched.stream().anyMatch(k -> kinds.contains(k.kind()));
  }

  /** Whether anything was taken away. */
  boolean hasRemoved() {
    return removed;
  }

  /** Puts an object in, unless it is there already and says the same. */
  void put(ControlStep.Actor actor, KubeObject object, Optional<ObjectKey> because) {
    Optional<KubeObject> old = cluster.find(object.key());
    if (!old.equals(Optional.of(object))) {
      cluster = cluster.with(object);
      if (object instanceof KubeService service) {
        allocated = old.isPresent() ? Optional.empty() : allocated;
        allocated.ifPresent(a -> a.add(service));
      }
      touched.add(object.key());
      steps.add(new ControlStep(actor, old.isPresent() ? ControlStep.What.UPDATED : ControlStep.What.CREATED,
          object.key(), because));
    }
  }

  void remove(ControlStep.Actor actor, ObjectKey key, Optional<ObjectKey> because) {
    if (cluster.find(key).isPresent()) {
      cluster = cluster.without(key);
      allocated = Optional.empty();
      touched.add(key);
      removed = true;
      steps.add(new ControlStep(actor, ControlStep.What.DELETED, key, because));
    }
  }

  /** Counts up, and says how far. */
  int count(String what) {
    cluster = cluster.withCounter(what, cluster.counter(what) + 1);
    return cluster.counter(what);
  }

  void counted(String what, int value) {
    cluster = cluster.withCounter(what, value);
  }
}
