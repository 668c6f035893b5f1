package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.hopscope.model.kube.Cluster;
import org.hopscope.model.kube.control.Clockwork;
import org.hopscope.model.kube.control.ControlStep;
import org.hopscope.model.kube.control.Controllers;
import org.hopscope.model.kube.linux.Reconciler;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.Foreseen;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.VirtualTime;

/** A lab whose time passes, with a stop at each instant at which a cluster's control plane has something to do. */
final class ClusterClock {
  private final LabState before;
  private final List<Edit> edits = new ArrayList<>();
  private final List<String> told = new ArrayList<>();
  private final List<ControlStep> steps = new ArrayList<>();
  private final List<Reconciler.Wrote> wrote = new ArrayList<>();
  private LabState at;

  ClusterClock(LabState lab) {
    before = lab;
    at = lab;
  }

  /** What is due in a cluster, and when. */
  private record Due(VirtualTime when, Cluster cluster) {
  }

  private Optional<Due> due(VirtualTime until) {
    return at.clusters().values().stream().flatMap(c -> Clockwork.next(c).map(w -> new Due(w, c)).stream())
        .filter(d -> d.when().compareTo(until) <= 0).min(Comparator.comparing(Due::when));
  }

  /** Whether nothing of a cluster is due within so many nanoseconds. */
  static boolean isIdle(LabState lab, long nanos) {
    return new ClusterClock(lab).due(lab.now().plus(nanos)).isEmpty();
  }

  /** Lets so many nanoseconds pass, or fewer when {@code done} holds before. Whether it did. */
  boolean pass(long nanos, Predicate<LabState> done) {
    VirtualTime until = at.now().plus(nanos);
    boolean met = done.test(at);
    for (Optional<Due> due = due(until); !met && due.isPresent(); due = due(until)) {
      VirtualTime when = due.get().when().compareTo(at.now()) < 0 ? at.now() : due.get().when();
      move(new Edit.Sleep(when.since(at.now())));
      Controllers.Settled settled = Clockwork.run(due.get().cluster(), when);
      Reconciler.Put put = Reconciler.watched(at, settled.cluster(), "hop cluster wait 0");
      move(put.edit());
      long after = when.since(before.now()) / VirtualTime.SECOND;
      settled.steps().forEach(s -> told.add(String.format(Locale.ROOT, "%5ds  %s", after, s.line())));
      steps.addAll(settled.steps());
      wrote.addAll(put.wrote());
      met = done.test(at);
    }
    if (!met) {
      move(new Edit.Sleep(until.since(at.now())));
    }
    return met;
  }

  private void move(Edit edit) {
    edits.add(edit);
    at = switch (Editor.apply(at, edit)) {
      case Editor.Result.Done(LabState after) -> after;
      case Editor.Result.Refused(var why) -> throw new IllegalStateException(why.toString());
    };
  }

  /** The lab as it is by now. */
  LabState lab() {
    return at;
  }

  /** What the control plane did, each with the seconds that had passed. */
  List<String> told() {
    return told;
  }

  /** The time that passed, as what a command came to. */
  Command change(String command, int exit, List<String> out, List<String> err) {
    return edits.isEmpty() ? new Command.Said(exit, out, err, new Answer.Nothing())
        : new Command.Change(new Edit.Expanded(command, edits, Foreseen.of(before, at)), 1,
            new Command.Said(exit, out, err, new Answer.Controlled(steps, wrote)));
  }
}
