package org.hopscope.model.kube.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.hopscope.model.kube.Cluster;
import org.hopscope.model.kube.control.Progress;
import org.hopscope.model.kube.control.Revisions;
import org.hopscope.model.kube.object.Kind;
import org.hopscope.model.kube.object.KubePod;
import org.hopscope.model.kube.object.PodSpec;
import org.hopscope.model.kube.object.Updates;
import org.hopscope.model.kube.object.Workload;
import org.hopscope.model.net.VirtualTime;

/** Workloads as {@code kubectl describe} tells them (kubectl pkg/describe/describe.go describeDeployment and its likes). */
public final class DescribeWorkload {
  private final Cluster cluster;
  private final VirtualTime now;
  private final LabelledText text = new LabelledText();

  private DescribeWorkload(Cluster cluster, VirtualTime now) {
    this.cluster = cluster;
    this.now = now;
  }

  static List<String> of(Cluster cluster, Workload workload, VirtualTime now) {
    DescribeWorkload told = new DescribeWorkload(cluster, now);
    told.workload(workload);
    return told.text.lines();
  }

  private void workload(Workload workload) {
    Progress progress = Progress.of(cluster, workload, now);
    text.row("Name:", workload.meta().name());
    text.row("Namespace:", workload.meta().namespace());
    if (workload.kind() == Kind.DEPLOYMENT || workload.kind() == Kind.STATEFUL_SET) {
      text.row("CreationTimestamp:", Ages.date(workload.meta().created()));
    }
    text.row("Selector:", workload.selector().toString());
    if (workload.kind() == Kind.DAEMON_SET) {
      text.row("Node-Selector:", selector(workload.template().spec().placement().labels()));
    }
    text.texts("Labels:", workload.meta().labels(), "=");
    text.texts("Annotations:", workload.meta().annotations(), ": ");
    switch (workload.kind()) {
      case DEPLOYMENT -> {
        text.row("Replicas:",
            workload.replicas() + " desired | " + progress.updated() + " updated | " + progress.total()
                + " total | " + progress.available() + " available | " + (progress.total() - progress.available())
                + " unavailable");
        Updates updates = workload.updates();
        text.row("StrategyType:", updates.strategy().word());
        text.row("MinReadySeconds:", "" + updates.minReadySeconds());
        if (updates.strategy() == Updates.Strategy.ROLLING_UPDATE) {
          text.row("RollingUpdateStrategy:", updates.maxUnavailable() + " max unavailable, " + updates.maxSurge()
              + " max surge");
        }
      }
      case DAEMON_SET -> daemons(workload, progress);
      case STATEFUL_SET -> {
        text.row("Replicas:", workload.replicas() + " desired | " + progress.total() + " total");
        text.row("Update Strategy:", workload.updates().strategy().word());
        phases(workload);
      }
      default -> {
        workload.meta().owner().ifPresent(o -> text.row("Controlled By:", o.kind().word() + "/" + o.name()));
        text.row("Replicas:", progress.total() + " current / " + workload.replicas() + " desired");
        phases(workload);
      }
    }
    template(workload.template()).forEach(text::line);
    if (workload.kind() == Kind.DEPLOYMENT) {
      sets(workload, progress);
    }
    KubeEvents.described(cluster, workload, now).forEach(text::line);
  }

  private void daemons(Workload set, Progress progress) {
    text.row("Desired Number of Nodes Scheduled:", "" + progress.wanted());
    text.row("Current Number of Nodes Scheduled:", "" + progress.total());
    text.row("Number of Nodes Scheduled with Up-to-date Pods:", "" + progress.updated());
    text.row("Number of Nodes Scheduled with Available Pods:", "" + progress.available());
    text.row("Number of Nodes Misscheduled:", "0");
    phases(set);
  }

  private void phases(Workload set) {
    List<KubePod> pods = Progress.pods(cluster, set);
    long running = pods.stream().filter(KubePod::isRunning).count();
    text.row("Pods Status:", running + " Running / " + (pods.size() - running) + " Waiting / 0 Succeeded / 0 Failed");
  }

  private void sets(Workload deployment, Progress progress) {
    boolean whole = progress.available() >= deployment.updates().least(deployment.replicas());
    text.line("Conditions:");
    text.line("  Type           Status  Reason");
    text.line("  ----           ------  ------");
    text.line(
        "  Available      " + (whole ? "True    MinimumReplicasAvailable" : "False   MinimumReplicasUnavailable"));
    text.line("  Progressing    " + (deployment.updates().paused() ? "Unknown DeploymentPaused"
        : progress.isComplete() ? "True    NewReplicaSetAvailable" : "True    ReplicaSetUpdated"));
    List<Workload> all = Revisions.of(cluster, deployment);
    text.row("OldReplicaSets:", all.stream().filter(s -> !s.key().equals(Revisions.current(deployment)))
        .map(this::set).collect(Collectors.collectingAndThen(Collectors.joining(", "),
            t -> t.isEmpty() ? LabelledText.NONE : t)));
    text.row("NewReplicaSet:", all.stream().filter(s -> s.key().equals(Revisions.current(deployment))).findFirst()
        .map(this::set).orElse(LabelledText.NONE));
  }

  private String set(Workload set) {
    return set.meta().name() + " (" + Progress.of(cluster, set, now).total() + "/" + set.replicas()
        + " replicas created)";
  }

  private static String selector(Map<String, String> labels) {
    return labels.isEmpty() ? LabelledText.NONE
        : labels.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).collect(Collectors.joining(","));
  }

  /** What pods are made from. */
  public static List<String> template(Workload.Template template) {
    List<String> lines = new ArrayList<>(List.of("Pod Template:"));
    labels(lines, "Labels:", template.labels(), "=", true);
    labels(lines, "Annotations:", template.annotations(), ": ", false);
    lines.add("  Containers:");
    for (PodSpec.Container container : template.spec().containers()) {
      String ports = container.ports().stream().map(p -> p.port() + "/" + p.protocol()
          + p.name().map(n -> " (" + n + ")").orElse("")).collect(Collectors.joining(", "));
      String hosts = container.ports().stream().map(p -> p.hostPort().orElse(0) + "/" + p.protocol())
          .collect(Collectors.joining(", "));
      lines.add("   " + container.name() + ":");
      lines.add("    Image:         " + container.image());
      lines.add((container.ports().size() > 1 ? "    Ports:         " : "    Port:          ") + or(ports));
      lines.add((container.ports().size() > 1 ? "    Host Ports:    " : "    Host Port:     ") + or(hosts));
      started(container.start(), lines::add);
      container.readiness().ifPresent(r -> lines.add("    Readiness:     " + probe(r)));
      lines.add("    Environment:   <none>");
      lines.add("    Mounts:        <none>");
    }
    lines.add("  Volumes:         <none>");
    lines.add("  Node-Selectors:  " + selector(template.spec().placement().labels()));
    lines.add("  Tolerations:     " + or(template.spec().placement().tolerations().stream()
        .map(t -> (t.key().isEmpty() ? "" : t.key() + (t.any() ? "" : "=" + t.value())) + t.effect().map(e -> ":" + e
            .word()).orElse("") + (t.any() ? " op=Exists" : ""))
        .collect(Collectors.joining("\n                   "))));
    return lines.stream().flatMap(String::lines).toList();
  }

  /** The words that a container is started with, one below the other. */
  static void started(PodSpec.Start start, Consumer<String> line) {
    words("Command", start.command(), line);
    words("Args", start.args(), line);
  }

  private static void words(String title, List<String> words, Consumer<String> line) {
    if (!words.isEmpty()) {
      line.accept("    " + title + ":");
      words.forEach(w -> line.accept("      " + w));
    }
  }

  private static String or(String text) {
    return text.isEmpty() ? LabelledText.NONE : text;
  }

  private static void labels(List<String> lines, String title, Map<String, String> texts, String between,
      boolean always) {
    String front = "  " + title + "  ";
    for (Map.Entry<String, String> each : texts.entrySet()) {
      lines.add(front + each.getKey() + between + each.getValue());
      front = " ".repeat(front.length());
    }
    if (texts.isEmpty() && always) {
      lines.add(front + LabelledText.NONE);
    }
  }

  static String probe(PodSpec.Readiness probe) {
    String where = probe.port().map(Object::toString).orElse("");
    String what = switch (probe.handler()) {
      case HTTP_GET -> "http-get http://:" + where + (probe.path().isEmpty() ? "/" : probe.path());
      case TCP_SOCKET -> "tcp-socket :" + where;
      case GRPC -> "grpc <pod>:" + where;
      case EXEC -> "exec []";
    };
    return what + " delay=" + probe.delay() + "s timeout=1s period=10s #success=1 #failure=3";
  }
}
