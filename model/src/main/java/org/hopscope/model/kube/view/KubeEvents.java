package org.hopscope.model.kube.view;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.kube.Cluster;
import org.hopscope.model.kube.control.Progress;
import org.hopscope.model.kube.control.Reasons;
import org.hopscope.model.kube.object.Kind;
import org.hopscope.model.kube.object.KubeNode;
import org.hopscope.model.kube.object.KubeObject;
import org.hopscope.model.kube.object.KubePod;
import org.hopscope.model.kube.object.ObjectKey;
import org.hopscope.model.kube.object.PodSpec;
import org.hopscope.model.kube.object.Workload;
import org.hopscope.model.net.VirtualTime;

/**
 * What the control plane and the kubelets have told of objects during the last hour (an event's time to live), as it follows
 * from the objects that are there: what was told of an object goes with it. Names of events, and what was told of objects that
 * are gone, are left out.
 */
public final class KubeEvents {
  private static final long HOUR = 3600 * VirtualTime.SECOND;

  private final Cluster cluster;
  private final VirtualTime now;
  private final List<Told> all = new ArrayList<>();

  /**
   * An event.
   *
   * @param at when it was told last
   * @param about the object
   * @param warning whether it is a warning
   * @param reason one word
   * @param from who tells it
   */
  public record Told(VirtualTime at, ObjectKey about, boolean warning, String reason, String from, String message) {
    /** {@code Normal} or {@code Warning}. */
    public String type() {
      return warning ? "Warning" : "Normal";
    }

    /** Events of what belongs to no namespace are kept in the one that is called default. */
    public String namespace() {
      return about.namespace().isEmpty() ? "default" : about.namespace();
    }
  }

  private KubeEvents(Cluster cluster, VirtualTime now) {
    this.cluster = cluster;
    this.now = now;
  }

  /** All of a cluster, the oldest first; of one instant as one thing leads to the other. */
  public static List<Told> of(Cluster cluster, VirtualTime now) {
    KubeEvents events = new KubeEvents(cluster, now);
    cluster.nodes().forEach(events::node);
    for (Kind kind : List.of(Kind.DEPLOYMENT, Kind.REPLICA_SET, Kind.STATEFUL_SET, Kind.DAEMON_SET)) {
      cluster.all(kind).map(Workload.class::cast).forEach(events::workload);
    }
    cluster.pods().forEach(events::pod);
    return events.all.stream().filter(e -> now.since(e.at()) <= HOUR).sorted(Comparator.comparing(Told::at)).toList();
  }

  /** Those of one object, as {@code kubectl describe} shows them. */
  static List<String> described(Cluster cluster, KubeObject object, VirtualTime now) {
    List<Told> own = of(cluster, now).stream().filter(e -> e.about().equals(object.key())).toList();
    if (own.isEmpty()) {
      return List.of("Events:" + " ".repeat(10) + LabelledText.NONE);
    }
    Columns table = new Columns(List.of("  Type", "Reason", "Age", "From", "Message"));
    table.add(List.of("  ----", "------", "----", "----", "-------"));
    own.forEach(e -> table.add(List.of("  " + e.type(), e.reason(), Ages.of(e.at(), now), e.from(), e.message())));
    return Stream.concat(Stream.of("Events:"), table.lines(2).stream()).toList();
  }

  /** {@code kubectl get events} as a table. */
  public static List<String> table(List<Told> events, VirtualTime now, boolean everywhere, boolean wide) {
    List<String> head = new ArrayList<>(everywhere ? List.of("NAMESPACE") : List.of());
    head.addAll(List.of("LAST SEEN", "TYPE", "REASON", "OBJECT"));
    head.addAll(wide ? List.of("SOURCE", "MESSAGE", "COUNT") : List.of("MESSAGE"));
    Columns table = new Columns(head);
    for (Told event : events) {
      List<String> row = new ArrayList<>(everywhere ? List.of(event.namespace()) : List.of());
      row.addAll(List.of(Ages.of(event.at(), now), event.type(), event.reason(), event.about().kind().singular() + "/"
          + event.about().name()));
      row.addAll(wide ? List.of(event.from(), event.message(), "1") : List.of(event.message()));
      table.add(row);
    }
    return table.lines();
  }

  private void tell(VirtualTime at, KubeObject about, String reason, String from, String message) {
    all.add(new Told(at, about.key(), false, reason, from, message));
  }

  private void warn(VirtualTime at, KubeObject about, String reason, String from, String message) {
    all.add(new Told(at, about.key(), true, reason, from, message));
  }

  private void node(KubeNode node) {
    String name = node.meta().name();
    tell(node.meta().created(), node, "RegisteredNode", "node-controller", "Node " + name + " event: Registered Node "
        + name + " in Controller");
    if (!node.ready()) {
      tell(now, node, "NodeNotReady", "node-controller", "Node " + name + " status is now: NodeNotReady");
    }
  }

  private void workload(Workload workload) {
    if (workload.kind() == Kind.DEPLOYMENT) {
      cluster.all(Kind.REPLICA_SET, workload.meta().namespace()).map(Workload.class::cast)
          .filter(s -> s.meta().owner().equals(Optional.of(workload.key())) && s.replicas() > 0)
          .forEach(s -> tell(s.meta().created(), workload, "ScalingReplicaSet", "deployment-controller",
              "Scaled up replica set " + s.meta().name() + " from 0 to " + s.replicas()));
      return;
    }
    for (KubePod pod : Progress.pods(cluster, workload)) {
      String name = pod.meta().name();
      boolean ordered = workload.kind() == Kind.STATEFUL_SET;
      tell(pod.meta().created(), workload, "SuccessfulCreate", ordered ? "statefulset-controller"
          : workload.kind() == Kind.DAEMON_SET ? "daemonset-controller" : "replicaset-controller",
          ordered ? "create Pod " + name + " in StatefulSet " + workload.meta().name() + " successful"
              : "Created pod: " + name);
    }
  }

  private void pod(KubePod pod) {
    VirtualTime at = pod.meta().created();
    if (pod.node().isEmpty()) {
      warn(at, pod, "FailedScheduling", "default-scheduler", unplaced(pod));
      return;
    }
    tell(at, pod, "Scheduled", "default-scheduler", "Successfully assigned " + pod.key().path() + " to "
        + pod.node().get());
    if (pod.isRunning()) {
      pod.spec().containers().forEach(c -> started(pod, c));
    }
  }

  private void started(KubePod pod, PodSpec.Container container) {
    VirtualTime at = pod.meta().created();
    tell(at, pod, "Pulled", "kubelet", "Container image \"" + container.image() + "\" already present on machine");
    tell(at, pod, "Created", "kubelet", "Created container: " + container.name());
    tell(at, pod, "Started", "kubelet", "Started container " + container.name());
    if (pod.status().terminating()) {
      tell(now, pod, "Killing", "kubelet", "Stopping container " + container.name());
    } else if (!pod.status().ready()) {
      container.readiness().flatMap(r -> refused(pod, r)).ifPresent(m -> warn(now, pod, "Unhealthy", "kubelet", m));
    }
  }

  /** A probe of a port where nothing listens; others wait only for their delay. */
  private static Optional<String> refused(KubePod pod, PodSpec.Readiness probe) {
    Optional<IpAddress> address = pod.status().addresses().stream().findFirst();
    Optional<String> port = probe.port().map(Object::toString).filter(p -> pod.spec().listens()
        .noneMatch(c -> p.equals("" + c.port()) || c.name().equals(Optional.of(p))));
    if (address.isEmpty() || port.isEmpty()) {
      return Optional.empty();
    }
    String at = (address.get().toString().contains(":") ? "[" + address.get() + "]" : address.get()) + ":" + port.get();
    String dialled = "dial tcp " + at + ": connect: connection refused";
    return switch (probe.handler()) {
      case HTTP_GET -> Optional.of("Readiness probe failed: Get \"http://" + at + (probe.path().isEmpty() ? "/" : probe
          .path()) + "\": " + dialled);
      case TCP_SOCKET -> Optional.of("Readiness probe failed: " + dialled);
      case GRPC -> Optional.of("Readiness probe failed: timeout: failed to connect service \"" + at
          + "\" within 1s: context deadline exceeded");
      case EXEC -> Optional.empty();
    };
  }

  /** Why no node takes a pod, counted by reason (pkg/scheduler/framework/types.go FitError). */
  private String unplaced(KubePod pod) {
    List<KubeNode> nodes = cluster.nodes();
    if (nodes.isEmpty()) {
      return "no nodes available to schedule pods";
    }
    Map<String, Long> reasons = nodes.stream().map(n -> Reasons.against(n, pod.spec()))
        .collect(Collectors.groupingBy(r -> r, LinkedHashMap::new, Collectors.counting()));
    String counted = reasons.entrySet().stream().map(e -> e.getValue() + " " + e.getKey()).sorted().collect(Collectors
        .joining(", "));
    return "0/" + nodes.size() + " nodes are available: " + counted + ". preemption: 0/" + nodes.size()
        + " nodes are available: " + nodes.size() + " Preemption is not helpful for scheduling.";
  }
}
