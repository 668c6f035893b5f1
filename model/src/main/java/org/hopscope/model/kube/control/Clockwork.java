package org.hopscope.model.kube.control;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hopscope.model.kube.Cluster;
import org.hopscope.model.kube.control.ControlStep.Actor;
import org.hopscope.model.kube.object.Kind;
import org.hopscope.model.kube.object.KubeNode;
import org.hopscope.model.kube.object.KubePod;
import org.hopscope.model.kube.object.Meta;
import org.hopscope.model.kube.object.ObjectKey;
import org.hopscope.model.kube.object.Workload;
import org.hopscope.model.net.VirtualTime;

/**
 * What happens in a cluster because time passes: a node that is silent counts as down after 50 s
 * (kube-controller-manager {@code --node-monitor-grace-period}), its pods are evicted 300 s later
 * (tolerationSeconds of node.kubernetes.io/unreachable, pkg/apis/core DefaultTolerationSeconds), and a pod that is asked to end
 * does so when its grace is over. What began when is an annotation of the object, so what is due follows from the cluster and
 * its clock. Left out: what is on a silent node goes on being written as if its kubelet and kube-proxy could be reached; nobody
 * reaches it meanwhile.
 */
public final class Clockwork {
  /** Since when a node's kubelet is silent, in nanoseconds of the lab's clock. */
  private static final String STOPPED = "hopscope.org/stopped-at";
  /** When a pod that ends will be gone. */
  private static final String GONE = "hopscope.org/gone-at";
  /** From when on the controllers know that a pod is available. */
  private static final String TOLD = "hopscope.org/available-at";
  private static final long SILENCE = 50 * VirtualTime.SECOND;
  private static final long TOLERATION = 300 * VirtualTime.SECOND;

  private Clockwork() {
  }

  static Optional<VirtualTime> at(Meta meta, String what) {
    return Optional.ofNullable(meta.annotations().get(what)).filter(t -> t.matches("\\d{1,18}"))
        .map(t -> new VirtualTime(Long.parseLong(t)));
  }

  private static Meta with(Meta meta, String what, VirtualTime when) {
    return meta.withAnnotations(meta.annotations().plus(what, "" + when.nanos()));
  }

  /** Whether a node's kubelet is silent, whether or not anybody knows yet. */
  public static boolean isStopped(KubeNode node) {
    return at(node.meta(), STOPPED).isPresent();
  }

  /** A node's kubelet falls silent. */
  public static Controllers.Settled stop(Cluster cluster, KubeNode node, VirtualTime now) {
    Desk desk = new Desk(cluster, now);
    desk.put(Actor.KUBELET, node.withMeta(with(node.meta(), STOPPED, now)), Optional.empty());
    return Controllers.settle(desk);
  }

  /** It is back: it is ready at once, and ends the pods that were taken from it meanwhile. */
  public static Controllers.Settled start(Cluster cluster, KubeNode node, VirtualTime now) {
    Desk desk = new Desk(cluster, now);
    Meta meta = node.meta().withAnnotations(node.meta().annotations().minus(STOPPED));
    desk.put(Actor.KUBELET, node.withMeta(meta).withReady(true), Optional.empty());
    pods(cluster, node).filter(p -> p.status().terminating())
        .forEach(p -> desk.remove(Actor.KUBELET, p.key(), Optional.of(node.key())));
    return Controllers.settle(desk);
  }

  /** A pod's readiness probe begins to succeed or to fail. */
  public static Controllers.Settled ready(Cluster cluster, KubePod pod, boolean value, VirtualTime now) {
    Desk desk = new Desk(cluster, now);
    KubePod told = pod.withStatus(new KubePod.Status(pod.status().addresses(), value, pod.status().terminating()));
    boolean timed = pod.meta().annotations().containsKey(Readiness.READY_AT) || !Readiness.isImmediate(pod.spec());
    desk.put(Actor.KUBELET, !timed ? told : value ? Readiness.at(told, now) : Readiness.never(told), Optional.empty());
    return Controllers.settle(desk);
  }

  /** Pods are asked to end: they are no longer counted, and go on answering until their grace is over. */
  public static Controllers.Settled end(Cluster cluster, List<KubePod> pods, int seconds, VirtualTime now) {
    Desk desk = new Desk(cluster, now);
    for (KubePod pod : pods) {
      desk.put(Actor.API_SERVER, ending(pod).withMeta(with(pod.meta(), GONE, now.plus(seconds * VirtualTime.SECOND))),
          Optional.empty());
    }
    return Controllers.settle(desk);
  }

  private static KubePod ending(KubePod pod) {
    return pod.withStatus(new KubePod.Status(pod.status().addresses(), pod.status().ready(), true));
  }

  private static Stream<KubePod> pods(Cluster cluster, KubeNode node) {
    return cluster.pods().stream().filter(p -> p.node().equals(Optional.of(node.meta().name())));
  }

  /** When something is due next; empty when nothing is. */
  public static Optional<VirtualTime> next(Cluster cluster) {
    Stream<VirtualTime> nodes = cluster.nodes().stream().flatMap(n -> at(n.meta(), STOPPED).stream()
        .flatMap(t -> n.ready() ? Stream.of(t.plus(SILENCE))
            : evicted(cluster, n).findAny().isPresent() ? Stream.of(t.plus(SILENCE + TOLERATION)) : Stream.empty()));
    Stream<VirtualTime> pods = cluster.pods().stream().filter(p -> !isOnStopped(cluster, p))
        .flatMap(p -> at(p.meta(), GONE).stream());
    return Stream.of(nodes, pods, readiness(cluster)).flatMap(s -> s).min(Comparator.naturalOrder());
  }

  /** When pods will be ready, and when they have been for as long as their workload wants. */
  private static Stream<VirtualTime> readiness(Cluster cluster) {
    return cluster.pods().stream().filter(p -> !isOnStopped(cluster, p)).flatMap(p -> Stream.concat(
        Readiness.due(p).stream(), waited(cluster, p).stream()));
  }

  /** When a pod counts as available, where that is not when it is ready; empty when that was told. */
  private static Optional<VirtualTime> waited(Cluster cluster, KubePod pod) {
    int seconds = pod.meta().owner().flatMap(cluster::find).filter(Workload.class::isInstance).map(Workload.class::cast)
        .map(w -> w.updates().minReadySeconds()).orElse(0);
    return seconds == 0 ? Optional.empty()
        : Readiness.available(pod, seconds).filter(t -> at(pod.meta(), TOLD).filter(t::equals).isEmpty());
  }

  /** The pods that a node that is down will lose: a DaemonSet's stay. */
  private static Stream<KubePod> evicted(Cluster cluster, KubeNode node) {
    return pods(cluster, node).filter(p -> !p.status().terminating()
        && p.meta().owner().filter(o -> o.kind() == Kind.DAEMON_SET).isEmpty());
  }

  private static boolean isOnStopped(Cluster cluster, KubePod pod) {
    return pod.node().flatMap(cluster::node).filter(Clockwork::isStopped).isPresent();
  }

  /** Does what is due at an instant. */
  public static Controllers.Settled run(Cluster cluster, VirtualTime now) {
    Desk desk = new Desk(cluster, now);
    for (KubeNode node : cluster.nodes()) {
      Optional<VirtualTime> since = at(node.meta(), STOPPED);
      if (since.isPresent() && node.ready() && now.since(since.get()) >= SILENCE) {
        desk.put(Actor.NODE_LIFECYCLE_CONTROLLER, node.withReady(false), Optional.empty());
      }
      if (since.isPresent() && now.since(since.get()) >= SILENCE + TOLERATION) {
        Optional<ObjectKey> because = Optional.of(node.key());
        evicted(cluster, node).forEach(p -> desk.put(Actor.NODE_LIFECYCLE_CONTROLLER, ending(p), because));
      }
    }
    for (KubePod pod : cluster.pods()) {
      becomes(desk, pod);
      if (!isOnStopped(cluster, pod) && at(pod.meta(), GONE).filter(t -> now.since(t) >= 0).isPresent()) {
        desk.remove(Actor.KUBELET, pod.key(), Optional.empty());
      }
    }
    return Controllers.settle(desk);
  }

  private static void becomes(Desk desk, KubePod pod) {
    boolean heard = !isOnStopped(desk.cluster(), pod);
    if (heard && Readiness.due(pod).filter(t -> desk.now().since(t) >= 0).isPresent()) {
      desk.put(Actor.KUBELET, pod.withStatus(new KubePod.Status(pod.status().addresses(), true,
          pod.status().terminating())), Optional.empty());
    }
    Optional<VirtualTime> since = heard ? waited(desk.cluster(), pod) : Optional.empty();
    if (since.filter(t -> desk.now().since(t) >= 0).isPresent()) {
      desk.put(Actor.KUBELET, pod.withMeta(with(pod.meta(), TOLD, since.get())), Optional.empty());
    }
  }
}
