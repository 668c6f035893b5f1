package org.hopscope.app.desktop.workbench;

import java.util.Optional;
import org.hopscope.model.kube.Cluster;
import org.hopscope.model.kube.linux.Reconciler;
import org.hopscope.model.kube.object.KubePod;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.NetnsId;

/** Which pod a namespace is, and which cluster a machine belongs to. */
public final class Pods {
  private Pods() {}

  /** A pod in its cluster. */
  public record Place(Cluster cluster, KubePod pod) {
    /** The place as scripts and probes name it. */
    public String name() {
      return "pod:" + pod.key().path();
    }
  }

  /** The pod that lives in a namespace; empty for one that is nobody's. */
  public static Optional<Place> at(LabState lab, NetnsId id) {
    int cut = id.name().indexOf('_');
    if (cut < 0 || lab.clusters().isEmpty()) {
      return Optional.empty();
    }
    return clusterOf(lab, id.host()).flatMap(cluster -> cluster.pod(id.name().substring(0, cut),
        id.name().substring(cut + 1)).or(() -> cut(cluster, id)).map(pod -> new Place(cluster, pod)));
  }

  /** A pod whose name is too long to be a namespace's. */
  private static Optional<KubePod> cut(Cluster cluster, NetnsId id) {
    return id.name().length() < 180
        ? Optional.empty()
        : cluster.pods().stream().filter(p -> Reconciler.netns(p).equals(Optional.of(id))).findFirst();
  }

  /** The cluster that a machine is a node of. */
  public static Optional<Cluster> clusterOf(LabState lab, String host) {
    return lab.clusters().values().stream().filter(c -> c.node(host).isPresent()).findFirst();
  }
}
