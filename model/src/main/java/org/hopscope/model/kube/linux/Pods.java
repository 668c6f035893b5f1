package org.hopscope.model.kube.linux;

import java.util.Optional;
import org.hopscope.model.kube.Cluster;
import org.hopscope.model.kube.object.KubePod;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.NetnsId;

/** Which pod a namespace is, and in which namespace a pod is. */
public final class Pods {
  /** A name of a namespace that is as long may have been cut. */
  private static final int CUT = 180;

  private Pods() {
  }

  /**
   * A pod in its cluster.
   *
   * @param cluster the cluster
   * @param pod one of its pods
   */
  public record Place(Cluster cluster, KubePod pod) {
    /** The place as scripts and probes name it. */
    public String name() {
      return "pod:" + pod.key().path();
    }
  }

  /** The pod that lives in a namespace of its own; empty for one that is nobody's, and for root namespaces. */
  public static Optional<Place> at(LabState lab, NetnsId id) {
    int cut = id.name().indexOf('_');
    if (cut < 0 || lab.clusters().isEmpty()) {
      return Optional.empty();
    }
    return lab.clusterOf(id.host()).flatMap(cluster -> cluster.pod(id.name().substring(0, cut),
        id.name().substring(cut + 1)).or(() -> cut(cluster, id)).map(pod -> new Place(cluster, pod)));
  }

  private static Optional<KubePod> cut(Cluster cluster, NetnsId id) {
    return id.name().length() < CUT
        ? Optional.empty()
        : cluster.pods().stream().filter(p -> Reconciler.netns(p).equals(Optional.of(id))).findFirst();
  }

  /** Where a pod lives, of the first cluster that has one of this name: a namespace of its own, or its node's. */
  public static Optional<NetnsId> find(LabState lab, String namespace, String name) {
    return lab.clusters().values().stream().flatMap(c -> c.pod(namespace, name).stream())
        .flatMap(p -> Reconciler.netns(p).stream()).findFirst();
  }
}
