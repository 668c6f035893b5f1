package org.hopscope.model.rollout;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hopscope.model.kube.Cluster;
import org.hopscope.model.kube.control.ControlStep;
import org.hopscope.model.kube.object.KubePod;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Session;
import org.hopscope.model.shell.Answer;
import org.hopscope.model.shell.Commands;
import org.hopscope.model.shell.Reply;
import org.hopscope.model.shell.Shell;
import org.hopscope.model.trace.RowRef;

/**
 * What one command of a program that commands others came to ({@code kubectl apply}, {@code hop cluster create}, {@code docker
 * run}), stage by stage. The control plane settles at once in the model; the stages follow the order in which one thing needs
 * the other, and of what was touched more than once an object is seen as it came to be in the end, a pod without its node and
 * addresses until scheduler and kubelet have been at it.
 */
public final class Rollout {
  private final String command;
  private final LabState before;
  private final LabState after;
  private final List<Stage> stages;
  private final List<LabState> states = new ArrayList<>();

  private Rollout(String command, LabState before, LabState after, List<Stage> stages) {
    this.command = command;
    this.before = before;
    this.after = after;
    this.stages = List.copyOf(stages);
    states.add(before);
  }

  /** Whether an edit is of a kind that has stages; to find them takes as long as to do it once more. */
  public static boolean isOne(Edit edit) {
    return edit instanceof Edit.Expanded;
  }

  /**
   * The stages of an edit.
   *
   * @param before the lab that it was made on
   * @return empty for an edit of no such command
   */
  public static Optional<Rollout> of(LabState before, Edit edit) {
    if (!(edit instanceof Edit.Expanded(String command, List<Edit> edits, var _))
        || !(Editor.apply(before, edit) instanceof Editor.Result.Done(LabState after))) {
      return Optional.empty();
    }
    List<Stage> stages = new ArrayList<>();
    Reply again = Shell.run(new Session(before), before.firstHost().root(), command);
    if (again.answer() instanceof Answer.Controlled(var steps, var wrote)) {
      steps.forEach(s -> stages.add(new Stage.Decided(s)));
      wrote.forEach(w -> stages.add(new Stage.Wrote(Optional.of(w.reason()), w.edit())));
    } else {
      edits.forEach(e -> stages.add(new Stage.Wrote(Optional.empty(), e)));
    }
    stages.removeIf(s -> s instanceof Stage.Wrote(var _, Edit e) && lines(before, e).isEmpty());
    return stages.isEmpty() ? Optional.empty() : Optional.of(new Rollout(command, before, after, stages));
  }

  private static List<String> lines(LabState lab, Edit edit) {
    return Commands.of(lab, edit).stream().filter(l -> !l.startsWith("# ")).toList();
  }

  /** The command with what it read from its standard input. */
  public String command() {
    return command;
  }

  public List<Stage> stages() {
    return stages;
  }

  /** The commands that stage {@code at} stands for, from 0; none for a decision. */
  public List<String> lines(int at) {
    return switch (stages.get(at)) {
      case Stage.Decided _ -> List.of();
      case Stage.Wrote(var _, Edit edit) -> lines(stateAt(at), edit);
    };
  }

  /** The rows of tables that stage {@code at} wrote, from 0. */
  public Set<RowRef> rows(int at) {
    return stages.get(at) instanceof Stage.Wrote ? FreshRows.between(stateAt(at), written(at)) : Set.of();
  }

  /** The lab after so many stages, from 0 for the lab before to all of them. */
  public LabState stateAt(int done) {
    return done == stages.size() ? after : written(done - 1);
  }

  private LabState written(int stage) {
    while (states.size() <= stage + 1) {
      int next = states.size() - 1;
      LabState lab =
          next > 0 && stages.get(next) instanceof Stage.Wrote && stages.get(next - 1) instanceof Stage.Decided
              ? settled(states.getLast())
              : states.getLast();
      states.add(switch (stages.get(next)) {
        case Stage.Decided(ControlStep step) -> decided(lab, step, next);
        case Stage.Wrote(var _, Edit edit) -> done(next == 0 ? settled(lab) : lab, edit);
      });
    }
    return states.get(stage + 1);
  }

  /** With everything that the API servers, and the daemons of Docker, hold in the end. */
  private LabState settled(LabState lab) {
    return lab.withClusters(after.clusters()).withEngines(after.engines());
  }

  private LabState decided(LabState lab, ControlStep step, int at) {
    LabState now = lab;
    for (Cluster last : after.clusters().values()) {
      Cluster old = before.clusters().get(last.name());
      if (!last.equals(old)) {
        Cluster sofar = now.clusters().getOrDefault(last.name(), Cluster.empty(last.name(), last.choices()));
        Cluster next = last.find(step.object())
            .map(o -> sofar.with(o instanceof KubePod pod ? begun(pod, at) : o))
            .orElseGet(() -> sofar.without(step.object()));
        now = now.withClusters(now.clusters().plus(last.name(), next));
      }
    }
    return now;
  }

  /** A pod as far as it has come by a stage: it has no node before the scheduler, no address before the kubelet. */
  private KubePod begun(KubePod pod, int at) {
    boolean known = before.clusters().values().stream().anyMatch(c -> c.find(pod.key()).isPresent());
    if (known || !isAhead(pod, at, ControlStep.Actor.KUBELET)) {
      return pod;
    }
    KubePod unborn = pod.withStatus(KubePod.Status.PENDING);
    return isAhead(pod, at, ControlStep.Actor.SCHEDULER)
        ? unborn.withSpec(
            unborn.spec().withPlacement(pod.spec().placement().on(Optional.empty())))
        : unborn;
  }

  private boolean isAhead(KubePod pod, int at, ControlStep.Actor actor) {
    return stages.stream().skip(at + 1).anyMatch(s -> s instanceof Stage.Decided(ControlStep step)
        && step.actor() == actor && step.object().equals(pod.key()));
  }

  private static LabState done(LabState lab, Edit edit) {
    return Editor.apply(lab, edit) instanceof Editor.Result.Done(LabState now) ? now : lab;
  }
}
