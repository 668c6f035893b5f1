package org.hopscope.model.kube.object;

import java.util.Optional;
import java.util.stream.Stream;

/** Why a node does not want pods that do not put up with it (Kubernetes core/v1 Taint). */
public record Taint(String key, String value, Effect effect) {
  /** That of a node that is cordoned. */
  public static final Taint UNSCHEDULABLE = new Taint("node.kubernetes.io/unschedulable", "", Effect.NO_SCHEDULE);

  /** What it does. */
  public enum Effect {
    /** New pods are not put there. */
    NO_SCHEDULE("NoSchedule"),
    /** New pods are put there only when there is no other node. */
    PREFER_NO_SCHEDULE("PreferNoSchedule"),
    /** New pods are not put there, and those that are there are evicted. */
    NO_EXECUTE("NoExecute");

    private final String word;

    Effect(String word) {
      this.word = word;
    }

    /** As manifests and kubectl have it. */
    public String word() {
      return word;
    }

    public static Optional<Effect> of(String word) {
      return Stream.of(values()).filter(e -> e.word.equals(word)).findFirst();
    }
  }

  /** {@code key=value:Effect}, or {@code key:Effect} without a value. */
  @Override
  public String toString() {
    return key + (value.isEmpty() ? "" : "=" + value) + ":" + effect.word();
  }
}
