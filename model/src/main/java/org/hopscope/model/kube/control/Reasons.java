package org.hopscope.model.kube.control;

import java.util.Optional;
import org.hopscope.model.kube.object.KubeNode;
import org.hopscope.model.kube.object.PodSpec;
import org.hopscope.model.kube.object.Taint;

/** Why the scheduler cannot put a pod on a node, in the words of its plugins (pkg/scheduler/framework/plugins). */
public final class Reasons {
  private Reasons() {
  }

  /** The first reason, in the order in which its plugins filter: cordon, name, taints, labels. */
  public static String against(KubeNode node, PodSpec spec) {
    Optional<Taint> taint = node.scheduling().taints().stream()
        .filter(t -> t.effect() != Taint.Effect.PREFER_NO_SCHEDULE && !spec.placement().tolerates(t)).findFirst();
    if (node.scheduling().cordoned() && !spec.placement().tolerates(Taint.UNSCHEDULABLE)) {
      return "node(s) were unschedulable";
    }
    if (!node.ready()) {
      return "node(s) had untolerated taint {node.kubernetes.io/unreachable: }";
    }
    if (taint.isPresent()) {
      return "node(s) had untolerated taint {" + taint.get().key() + ": " + taint.get().value() + "}";
    }
    return Placing.suits(node, spec) ? "node(s) had no free addresses"
        : "node(s) didn't match Pod's node affinity/selector";
  }
}
