package org.hopscope.model.kube.control;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.kube.Cluster;
import org.hopscope.model.kube.object.Kind;
import org.hopscope.model.kube.object.Meta;
import org.hopscope.model.kube.object.ObjectKey;
import org.hopscope.model.kube.object.PodSpec;
import org.hopscope.model.kube.object.Workload;

/** The ReplicaSets of a Deployment: each stands for one of its templates (pkg/controller/deployment/util). */
public final class Revisions {
  /** The number of a ReplicaSet's template, and of a Deployment's own. */
  public static final String REVISION = "deployment.kubernetes.io/revision";
  /** Why a template was changed, as somebody wrote it on the Deployment. */
  public static final String CAUSE = "kubernetes.io/change-cause";
  /** The label by which a ReplicaSet of a Deployment knows its pods. */
  public static final String HASH = "pod-template-hash";

  private Revisions() {
  }

  /** What tells a template from another. A real one hashes the template's fields: their names do not show. */
  static String hash(Workload.Template template) {
    return Names.ending(template.toString().replace(", readiness=Optional.empty", "")
        .replace(", start=" + PodSpec.Start.OF_THE_IMAGE, "").replace(", tolerations=[]", ""),
        10);
  }

  /** The ReplicaSet of a Deployment's template as it is. */
  public static ObjectKey current(Workload deployment) {
    return new ObjectKey(Kind.REPLICA_SET, deployment.meta().namespace(),
        deployment.meta().name() + "-" + hash(deployment.template()));
  }

  /** All ReplicaSets of a Deployment, the oldest revision first. */
  public static List<Workload> of(Cluster cluster, Workload deployment) {
    return cluster.all(Kind.REPLICA_SET, deployment.meta().namespace()).map(Workload.class::cast)
        .filter(s -> s.meta().owner().equals(Optional.of(deployment.key())))
        .sorted(Comparator.comparingInt(s -> number(s.meta()))).toList();
  }

  /** The revision that an object says it is; 0 when it says nothing. */
  public static int number(Meta meta) {
    return Optional.ofNullable(meta.annotations().get(REVISION)).filter(t -> t.matches("\\d{1,8}"))
        .map(Integer::parseInt).orElse(0);
  }

  /** The template of a ReplicaSet as its Deployment had it. */
  public static Workload.Template template(Workload set) {
    Workload.Template own = set.template();
    return new Workload.Template(own.labels().minus(HASH), own.annotations(), own.spec());
  }
}
