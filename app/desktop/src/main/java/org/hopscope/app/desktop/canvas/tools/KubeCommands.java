package org.hopscope.app.desktop.canvas.tools;

import org.hopscope.model.kube.object.ObjectKey;

/** Commands of {@code kubectl} as they can be typed anywhere. */
public final class KubeCommands {
  private KubeCommands() {}

  /** {@code kubectl delete}. */
  public static String delete(String cluster, ObjectKey key) {
    return of(cluster, key.namespace(), "delete " + key.title());
  }

  /** With the cluster and the namespace in front. */
  public static String of(String cluster, String namespace, String words) {
    return "kubectl --context " + cluster + (namespace.isEmpty() ? "" : " -n " + namespace) + " " + words;
  }
}
