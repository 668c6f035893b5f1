package org.hopscope.app.desktop.inspector;

import java.util.Optional;
import java.util.Set;
import org.hopscope.app.desktop.workbench.Selection;
import org.hopscope.app.desktop.workbench.Unrolling;
import org.hopscope.model.kube.Cluster;
import org.hopscope.model.kube.control.ControlStep;
import org.hopscope.model.kube.object.ObjectKey;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.rollout.Rollout;
import org.hopscope.model.rollout.Stage;
import org.hopscope.model.trace.Layer;
import org.hopscope.model.trace.RowRef;

/**
 * What a stage of a rollout gives the inspector to show.
 *
 * @param subject what it is about
 * @param tab the table in which its rows stand
 * @param light the rows that it wrote
 */
record Staged(Subject subject, int tab, RowCell.Light light) {
  /** The stage that panes stand at; empty where none is, or for one that shows nothing. */
  static Optional<Staged> of(Unrolling unrolling, LabState lab) {
    int at = unrolling.atProperty().get();
    return unrolling.rolloutProperty().get().filter(_ -> at > 0).flatMap(r -> of(r, at - 1, lab))
        .filter(s -> s.subject().isIn(lab));
  }

  private static Optional<Staged> of(Rollout rollout, int at, LabState lab) {
    Set<RowRef> rows = rollout.rows(at);
    Optional<RowRef> telling = rows.stream().filter(r -> !(r instanceof RowRef.DeviceRow)).findFirst()
        .or(() -> rows.stream().findFirst());
    RowCell.Light light = new RowCell.Light(Optional.empty(), rows, Layer.KUBERNETES);
    return switch (rollout.stages().get(at)) {
      case Stage.Decided(ControlStep step) -> object(lab, step.object(), light);
      case Stage.Wrote(var reason, var _) -> telling.flatMap(row -> place(lab, row))
          .map(netns -> new Staged(new Subject(netns, Optional.empty()), Lit.tab(telling.orElseThrow()), light))
          .or(() -> reason.flatMap(r -> object(lab, r.object(), light)));
    };
  }

  private static Optional<Staged> object(LabState lab, ObjectKey key, RowCell.Light light) {
    for (Cluster cluster : lab.clusters().values()) {
      if (cluster.find(key).isPresent()) {
        return Subject.of(lab, Set.of(new Selection.OfObject(cluster.name(), key)))
            .map(subject -> new Staged(subject, InspectorPane.KUBE, light));
      }
    }
    return Optional.empty();
  }

  private static Optional<NetnsId> place(LabState lab, RowRef row) {
    return switch (row) {
      case RowRef.OfDevice of -> Optional.ofNullable(lab.devices().get(of.owner())).map(Device::netns);
      case RowRef.OfNetns of -> Optional.of(of.netns());
    };
  }
}
