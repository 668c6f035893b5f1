package org.hopscope.model.kube.control;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.kube.Cluster;
import org.hopscope.model.kube.object.KubeObject;
import org.hopscope.model.kube.object.ObjectKey;
import org.hopscope.model.net.VirtualTime;

/** A cluster on the way to where its controllers want it, and the steps so far. */
final class Desk {
  private final VirtualTime now;
  private final List<ControlStep> steps = new ArrayList<>();
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

  /** Puts an object in, unless it is there already and says the same. */
  void put(ControlStep.Actor actor, KubeObject object, Optional<ObjectKey> because) {
    Optional<KubeObject> old = cluster.find(object.key());
    if (!old.equals(Optional.of(object))) {
      cluster = cluster.with(object);
      steps.add(new ControlStep(actor, old.isPresent() ? ControlStep.What.UPDATED : ControlStep.What.CREATED,
          object.key(), because));
    }
  }

  void remove(ControlStep.Actor actor, ObjectKey key, Optional<ObjectKey> because) {
    if (cluster.find(key).isPresent()) {
      cluster = cluster.without(key);
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
