package org.hopscope.model.kube.control;

import java.util.Optional;
import org.hopscope.model.kube.object.KubePod;
import org.hopscope.model.kube.object.Meta;
import org.hopscope.model.kube.object.PodSpec;
import org.hopscope.model.kube.object.PodSpec.Readiness.Handler;
import org.hopscope.model.net.VirtualTime;

/**
 * When pods are ready: at once without a probe, otherwise with the first probe when something listens there, and never when
 * nothing does. From when on a pod is ready is an annotation of it, as with everything that follows from the clock.
 */
public final class Readiness {
  /** From when on a pod is ready, in nanoseconds of the lab's clock. */
  static final String READY_AT = "hopscope.org/ready-at";

  private Readiness() {
  }

  /** Whether a pod is ready as soon as it runs. */
  static boolean isImmediate(PodSpec spec) {
    return spec.containers().stream().allMatch(c -> c.readiness().map(r -> r.delay() == 0 && succeeds(spec, r))
        .orElse(true));
  }

  private static boolean succeeds(PodSpec spec, PodSpec.Readiness probe) {
    return probe.handler() == Handler.EXEC || probe.port().flatMap(p -> spec.listens()
        .filter(q -> p.toString().equals("" + q.port()) || q.name().equals(Optional.of(p.toString())))
        .findFirst()).isPresent();
  }

  /** A pod whose containers begin to run. */
  static KubePod begun(KubePod pod, VirtualTime now) {
    if (isImmediate(pod.spec())) {
      return pod;
    }
    KubePod waiting = pod.withStatus(new KubePod.Status(pod.status().addresses(), false, pod.status().terminating()));
    boolean hopeless = pod.spec().containers().stream()
        .anyMatch(c -> c.readiness().filter(r -> !succeeds(pod.spec(), r)).isPresent());
    int delay = pod.spec().containers().stream().flatMap(c -> c.readiness().stream())
        .mapToInt(PodSpec.Readiness::delay).max().orElse(0);
    return hopeless ? waiting : at(waiting, now.plus(delay * VirtualTime.SECOND));
  }

  /** With an instant from which on it is ready. */
  static KubePod at(KubePod pod, VirtualTime when) {
    return pod.withMeta(pod.meta().withAnnotations(pod.meta().annotations().plus(READY_AT, "" + when.nanos())));
  }

  /** Without one. */
  static KubePod never(KubePod pod) {
    Meta meta = pod.meta();
    return pod.withMeta(meta.withAnnotations(meta.annotations().minus(READY_AT)));
  }

  private static Optional<VirtualTime> at(KubePod pod) {
    return Clockwork.at(pod.meta(), READY_AT);
  }

  /** When a pod that is not ready will be; empty when it is, or will not be. */
  static Optional<VirtualTime> due(KubePod pod) {
    return pod.status().ready() ? Optional.empty() : at(pod);
  }

  /** From when on a pod has been ready for so long; empty when it is not ready. */
  static Optional<VirtualTime> available(KubePod pod, int seconds) {
    return pod.isRunning() && pod.status().ready() && !pod.status().terminating()
        ? Optional.of(at(pod).orElse(pod.meta().created()).plus(seconds * VirtualTime.SECOND))
        : Optional.empty();
  }

  /** Whether a pod has been ready for so many seconds. */
  public static boolean isAvailable(KubePod pod, int seconds, VirtualTime now) {
    return available(pod, seconds).filter(t -> now.since(t) >= 0).isPresent();
  }
}
