package org.hopscope.model.kube.control;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hopscope.model.kube.Cluster;
import org.hopscope.model.kube.object.Kind;
import org.hopscope.model.kube.object.KubeObject;
import org.hopscope.model.kube.object.ObjectKey;

/**
 * Takes away what belongs to something that is gone: to its owner, or to its namespace. A cluster has none of that before it is
 * changed, so only what was put is looked at until something goes.
 */
final class Garbage {
  private Garbage() {
  }

  static void collect(Desk desk) {
    boolean found = true;
    while (found) {
      Cluster cluster = desk.cluster();
      Stream<KubeObject> candidates = desk.hasRemoved() ? cluster.objects().values().stream()
          : desk.touched().stream().flatMap(k -> cluster.find(k).stream());
      List<KubeObject> orphans = candidates.filter(o -> gone(cluster, o).isPresent()).toList();
      orphans.forEach(o -> desk.remove(ControlStep.Actor.GARBAGE_COLLECTOR, o.key(), gone(cluster, o)));
      found = !orphans.isEmpty();
    }
  }

  /** What is gone that it needs. */
  private static Optional<ObjectKey> gone(Cluster cluster, KubeObject object) {
    Optional<ObjectKey> namespace = object.kind().isNamespaced()
        ? Optional.of(new ObjectKey(Kind.NAMESPACE, "", object.meta().namespace()))
        : Optional.empty();
    return object.meta().owner().filter(k -> cluster.find(k).isEmpty())
        .or(() -> namespace.filter(k -> cluster.find(k).isEmpty()));
  }
}
