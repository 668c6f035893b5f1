package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.hopscope.model.kube.Cluster;
import org.hopscope.model.kube.control.Controllers;
import org.hopscope.model.kube.control.Progress;
import org.hopscope.model.kube.control.Revisions;
import org.hopscope.model.kube.object.Kind;
import org.hopscope.model.kube.object.KubeObject;
import org.hopscope.model.kube.object.ObjectKey;
import org.hopscope.model.kube.object.Updates;
import org.hopscope.model.kube.object.Workload;
import org.hopscope.model.kube.view.DescribeWorkload;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.VirtualTime;

/**
 * {@code kubectl rollout status|history|undo|restart|pause|resume} (kubernetes staging/src/k8s.io/kubectl/pkg/polymorphichelpers).
 * Status lets time pass until the change is done, at most ten minutes: a Deployment's progress deadline.
 */
final class KubectlRollout {
  private static final int DEADLINE = 600;

  private final KubectlProgram.Context where;
  private final KubectlOptions options;

  private KubectlRollout(KubectlProgram.Context where, KubectlOptions options) {
    this.where = where;
    this.options = options;
  }

  static Command read(KubectlProgram.Context where, Args args) throws Stop {
    String verb = args.isEmpty() ? "" : args.next();
    KubectlOptions options = KubectlOptions.of("rollout " + verb, args, Set.of("revision", "to-revision", "timeout",
        "watch", "w"), Set.of());
    KubectlRollout rollout = new KubectlRollout(where, options);
    List<Workload> workloads = new ArrayList<>();
    for (ObjectKey key : KubectlEdits.keys(where, options.words())) {
      workloads.add(rollout.workload(key, verb));
    }
    return switch (verb) {
      case "status" -> rollout.status(workloads.getFirst());
      case "history" -> rollout.history(workloads.getFirst());
      case "undo", "restart", "pause", "resume" -> rollout.change(verb, workloads);
      default -> throw Stop.unsupported("kubectl rollout " + verb);
    };
  }

  private Workload workload(ObjectKey key, String verb) throws Stop {
    if (!(KubectlEdits.found(where, key) instanceof Workload workload) || key.kind() == Kind.REPLICA_SET) {
      throw Stop.exit(1, "error: no " + verb + (verb.equals("status") ? " viewer" : "er") + " has been implemented for "
          + key.kind().word());
    }
    boolean controlled = List.of("history", "undo").contains(verb) && key.kind() != Kind.DEPLOYMENT;
    if (controlled) {
      throw Stop.unsupported("kubectl rollout " + verb + " " + key.kind().singular());
    }
    boolean pausing = List.of("pause", "resume").contains(verb) && key.kind() != Kind.DEPLOYMENT;
    if (pausing) {
      throw Stop.exit(1, "error: " + key.kind().plural() + ".apps \"" + key.name() + "\" " + (verb.equals("pause")
          ? "pausing" : "resuming") + " is not supported");
    }
    return workload;
  }

  /** What is said each time that there is something else to say; the last when it is done. */
  private Command status(Workload workload) throws Stop {
    if (workload.updates().strategy() == Updates.Strategy.ON_DELETE) {
      throw Stop.exit(1, "error: rollout status is only available for RollingUpdate strategy type");
    }
    boolean waits = !options.value("watch").or(() -> options.value("w")).filter("false"::equals).isPresent();
    Optional<Long> typed = options.duration("timeout").filter(t -> t > 0);
    long nanos = typed.orElse(DEADLINE * VirtualTime.SECOND);
    List<String> out = new ArrayList<>();
    ClusterClock clock = new ClusterClock(where.prompt().lab());
    boolean done = !waits ? told(where.prompt().lab(), workload.key(), out)
        : clock.pass(nanos, lab -> told(lab, workload.key(), out));
    if (done || !waits) {
      return clock.change(where.typed(), 0, out, List.of());
    }
    return clock.change(where.typed(), 1, out, List.of(typed.isPresent() ? "error: timed out waiting for the condition"
        : "error: " + workload.kind().singular() + " \"" + workload.meta().name()
            + "\" exceeded its progress deadline"));
  }

  private boolean told(LabState lab, ObjectKey key, List<String> out) {
    Cluster cluster = lab.clusters().get(where.cluster().name());
    Progress progress = Progress.of(cluster, (Workload) cluster.find(key).orElseThrow(), lab.now());
    String line = progress.sentence();
    if (out.isEmpty() || !out.getLast().equals(line)) {
      out.add(line);
    }
    return progress.isComplete();
  }

  private Command history(Workload deployment) throws Stop {
    List<Workload> sets = Revisions.of(where.cluster(), deployment);
    Optional<Integer> revision = options.number("revision", 1, 1_000_000);
    if (revision.isPresent()) {
      Workload set = sets.stream().filter(s -> Revisions.number(s.meta()) == revision.get()).findFirst()
          .orElseThrow(() -> Stop.exit(1, "error: unable to find the specified revision"));
      List<String> out = new ArrayList<>(List.of(deployment.key().title() + " with revision #" + revision.get()));
      out.addAll(DescribeWorkload.template(set.template()));
      return Command.Said.answered(out, new Answer.Nothing());
    }
    List<String> out = new ArrayList<>(List.of(deployment.key().title() + " ", "REVISION  CHANGE-CAUSE"));
    sets.forEach(s -> out.add(String.format(Locale.ROOT, "%-8s  %s", Revisions.number(s.meta()),
        s.meta().annotations().getOrDefault(Revisions.CAUSE, "<none>"))));
    out.add("");
    return Command.Said.answered(out, new Answer.Nothing());
  }

  private Command change(String verb, List<Workload> workloads) throws Stop {
    List<String> out = new ArrayList<>();
    List<KubeObject> changed = new ArrayList<>();
    for (Workload workload : workloads) {
      Optional<Workload> made = switch (verb) {
        case "undo" -> undone(workload, out);
        case "restart" -> Optional.of(restarted(workload, out));
        default -> Optional.of(paused(workload, verb.equals("pause"), out));
      };
      made.ifPresent(changed::add);
    }
    return changed.isEmpty() ? Command.Said.answered(out, new Answer.Nothing()) : where.change(where.typed(),
        Controllers.apply(where.cluster(), changed, where.prompt().lab().now()), out, List.of());
  }

  private String named(Workload workload) {
    return workload.kind().plural() + ".apps \"" + workload.meta().name() + "\"";
  }

  private Workload restarted(Workload workload, List<String> out) throws Stop {
    if (workload.updates().paused()) {
      throw Stop.exit(1, "error: " + named(workload) + " can't restart paused deployment (run rollout resume first)");
    }
    out.add(workload.key().title() + " restarted");
    Workload.Template template = workload.template();
    String now = "" + where.prompt().lab().now().nanos();
    return workload.withTemplate(new Workload.Template(template.labels(),
        template.annotations().plus("kubectl.kubernetes.io/restartedAt", now), template.spec()));
  }

  private Workload paused(Workload workload, boolean pause, List<String> out) throws Stop {
    if (workload.updates().paused() == pause) {
      throw Stop.exit(1, "error: " + named(workload) + " is " + (pause ? "already" : "not") + " paused");
    }
    out.add(workload.key().title() + (pause ? " paused" : " resumed"));
    return workload.withUpdates(workload.updates().withPaused(pause));
  }

  /** Back to the revision before, or to one that is named. */
  private Optional<Workload> undone(Workload deployment, List<String> out) throws Stop {
    if (deployment.updates().paused()) {
      throw Stop.exit(1,
          "error: you cannot rollback a paused deployment; resume it first with 'kubectl rollout resume' "
              + "and try again");
    }
    List<Workload> sets = Revisions.of(where.cluster(), deployment);
    int wanted = options.number("to-revision", 0, 1_000_000).orElse(0);
    Optional<Workload> set = wanted > 0
        ? sets.stream().filter(s -> Revisions.number(s.meta()) == wanted).findFirst()
        : sets.reversed().stream().skip(1).findFirst();
    if (set.isEmpty()) {
      throw Stop.exit(1, wanted > 0 ? "error: unable to find specified revision " + wanted + " in history"
          : "error: no rollout history found for deployment \"" + deployment.meta().name() + "\"");
    }
    Workload.Template template = Revisions.template(set.get());
    if (template.equals(deployment.template())) {
      out.add(deployment.key().title() + " skipped rollback (current template already matches revision " + Revisions
          .number(set.get().meta()) + ")");
      return Optional.empty();
    }
    out.add(deployment.key().title() + " rolled back");
    Optional<String> cause = Optional.ofNullable(set.get().meta().annotations().get(Revisions.CAUSE));
    return Optional.of(deployment.withTemplate(template).withMeta(deployment.meta().withAnnotations(cause
        .map(c -> deployment.meta().annotations().plus(Revisions.CAUSE, c))
        .orElse(deployment.meta().annotations().minus(Revisions.CAUSE)))));
  }
}
