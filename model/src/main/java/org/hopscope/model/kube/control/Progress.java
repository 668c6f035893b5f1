package org.hopscope.model.kube.control;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hopscope.model.kube.Cluster;
import org.hopscope.model.kube.object.Kind;
import org.hopscope.model.kube.object.KubeObject;
import org.hopscope.model.kube.object.KubePod;
import org.hopscope.model.kube.object.ObjectKey;
import org.hopscope.model.kube.object.Workload;
import org.hopscope.model.net.VirtualTime;

/**
 * How far a workload has come.
 *
 * @param workload the workload
 * @param wanted how many pods there are to be
 * @param updated pods of the template as it is
 * @param total pods of any template
 * @param ready those of all that are ready
 * @param available those of all that count as available
 */
public record Progress(Workload workload, int wanted, int updated, int total, int ready, int available) {
  /** How far it has come by now. */
  public static Progress of(Cluster cluster, Workload workload, VirtualTime now) {
    ObjectKey current = workload.kind() == Kind.DEPLOYMENT ? Revisions.current(workload) : workload.key();
    int updated = 0;
    int total = 0;
    int ready = 0;
    int available = 0;
    for (KubePod pod : pods(cluster, workload)) {
      if (!pod.status().terminating()) {
        total++;
        boolean fresh = workload.kind() == Kind.DEPLOYMENT ? pod.meta().owner().equals(Optional.of(current))
            : workload.kind() == Kind.REPLICA_SET || isLike(pod, workload);
        updated += fresh ? 1 : 0;
        ready += pod.isRunning() && pod.status().ready() ? 1 : 0;
        available += Readiness.isAvailable(pod, workload.updates().minReadySeconds(), now) ? 1 : 0;
      }
    }
    int wanted = workload.kind() == Kind.DAEMON_SET
        ? (int) cluster.nodes().stream().filter(n -> Placing.fitsDaemon(n, workload.template().spec())).count()
        : workload.replicas();
    return new Progress(workload, wanted, updated, total, ready, available);
  }

  /** The pods of a workload; those of a Deployment belong to its ReplicaSets. */
  public static List<KubePod> pods(Cluster cluster, Workload workload) {
    return cluster.all(Kind.POD, workload.meta().namespace()).map(KubePod.class::cast)
        .filter(p -> p.meta().owner().filter(o -> o.equals(workload.key()) || cluster.find(o).map(KubeObject::meta)
            .flatMap(m -> m.owner()).equals(Optional.of(workload.key()))).isPresent())
        .toList();
  }

  /** Whether a pod was made from the template as it is now. */
  static boolean isLike(KubePod pod, Workload set) {
    return pod.spec().containers().equals(set.template().spec().containers())
        && contains(pod.meta().labels(), set.template().labels())
        && contains(pod.meta().annotations(), set.template().annotations());
  }

  private static boolean contains(Map<String, String> all, Map<String, String> some) {
    return all.entrySet().containsAll(some.entrySet());
  }

  /** Whether all is done that is to be done. */
  public boolean isComplete() {
    return updated == wanted && total == wanted && available == wanted;
  }

  /** What {@code kubectl rollout status} says of it (kubectl pkg/polymorphichelpers/rollout_status.go). */
  public String sentence() {
    String named = "\"" + workload.meta().name() + "\"";
    return switch (workload.kind()) {
      case STATEFUL_SET -> available < wanted && updated >= wanted ? "Waiting for " + (wanted - available)
          + " pods to be ready..."
          : updated < wanted ? "Waiting for partitioned roll out to finish: " + updated + " out of " + wanted
              + " new pods have been updated..."
          : "partitioned roll out complete: " + updated + " new pods have been updated...";
      case DAEMON_SET -> updated < wanted
          ? "Waiting for daemon set " + named + " rollout to finish: " + updated + " out of " + wanted
              + " new pods have been updated..."
          : available < wanted
              ? "Waiting for daemon set " + named + " rollout to finish: " + available + " of " + wanted
                  + " updated pods are available..."
          : "daemon set " + named + " successfully rolled out";
      default -> updated < wanted
          ? "Waiting for deployment " + named + " rollout to finish: " + updated + " out of " + wanted
              + " new replicas have been updated..."
          : total > updated
              ? "Waiting for deployment " + named + " rollout to finish: " + (total - updated)
                  + " old replicas are pending termination..."
          : available < updated
              ? "Waiting for deployment " + named + " rollout to finish: " + available + " of " + updated
                  + " updated replicas are available..."
          : "deployment " + named + " successfully rolled out";
    };
  }
}
