package org.hopscope.app.desktop.canvas.scene;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.hopscope.app.desktop.workbench.Selection;
import org.hopscope.model.kube.Cluster;
import org.hopscope.model.kube.linux.Reconciler;
import org.hopscope.model.kube.object.Kind;
import org.hopscope.model.kube.object.KubeObject;
import org.hopscope.model.kube.object.KubePod;
import org.hopscope.model.kube.object.KubeService;
import org.hopscope.model.kube.object.NetworkPolicy;
import org.hopscope.model.kube.object.Selector;
import org.hopscope.model.kube.object.Workload;
import org.hopscope.model.lab.LabState;

/** Which pods an object of a cluster is about: a Service's endpoints, a policy's and a workload's pods. */
public final class Ties {
  private Ties() {}

  /** The pods' places on the canvas, each with whether it is ready. */
  public static Map<Selection, Boolean> of(LabState lab, Selection thing) {
    Map<Selection, Boolean> ties = new LinkedHashMap<>();
    if (thing instanceof Selection.OfObject(String name, var key)) {
      Optional.ofNullable(lab.clusters().get(name)).ifPresent(cluster -> cluster.find(key).stream()
          .flatMap(object -> pods(cluster, object)).forEach(pod -> Reconciler.netns(pod)
              .ifPresent(id -> ties.put(new Selection.OfNetns(id), isReady(pod)))));
    }
    return ties;
  }

  /** Whether Services send new connections to a pod. */
  public static boolean isReady(KubePod pod) {
    return pod.isRunning() && pod.status().ready() && !pod.status().terminating();
  }

  private static Stream<KubePod> pods(Cluster cluster, KubeObject object) {
    return switch (object) {
      case KubeService service -> ObjectWords.endpoints(cluster, service).stream().flatMap(e -> e.target().stream())
          .flatMap(k -> cluster.pod(k.namespace(), k.name()).stream());
      case Workload workload -> pods(cluster, object, workload.selector());
      case NetworkPolicy policy -> pods(cluster, object, policy.selector());
      case KubeObject _ -> Stream.empty();
    };
  }

  private static Stream<KubePod> pods(Cluster cluster, KubeObject object, Selector selector) {
    return cluster.all(Kind.POD, object.meta().namespace()).map(KubePod.class::cast)
        .filter(p -> selector.matches(p.meta().labels()));
  }
}
