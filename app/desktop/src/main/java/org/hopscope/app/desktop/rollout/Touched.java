package org.hopscope.app.desktop.rollout;

import java.util.LinkedHashSet;
import java.util.Set;
import org.hopscope.app.desktop.workbench.Selection;
import org.hopscope.model.kube.Cluster;
import org.hopscope.model.kube.control.ControlStep;
import org.hopscope.model.kube.linux.Reconciler;
import org.hopscope.model.kube.object.EndpointSlice;
import org.hopscope.model.kube.object.Kind;
import org.hopscope.model.kube.object.KubePod;
import org.hopscope.model.kube.object.ObjectKey;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.rollout.Rollout;
import org.hopscope.model.rollout.Stage;
import org.hopscope.model.trace.RowRef;

/** What a stage touched, as things that a person can point at. */
final class Touched {
  private Touched() {
  }

  /** The things of stage {@code at}, from 0, as far as the lab has them after it. */
  static Set<Selection> of(Rollout rollout, int at) {
    LabState lab = rollout.stateAt(at + 1);
    Set<Selection> things = new LinkedHashSet<>();
    switch (rollout.stages().get(at)) {
      case Stage.Decided(ControlStep step) -> {
        add(lab, step.object(), things);
        step.because().ifPresent(b -> add(lab, b, things));
      }
      case Stage.Wrote(var reason, var _) -> {
        rollout.rows(at).forEach(row -> things.add(thing(row)));
        if (things.isEmpty()) {
          reason.ifPresent(r -> add(lab, r.object(), things));
        }
      }
    }
    return things;
  }

  private static void add(LabState lab, ObjectKey key, Set<Selection> things) {
    for (Cluster cluster : lab.clusters().values()) {
      cluster.find(key).ifPresent(object -> {
        things.add(key.kind() == Kind.NODE ? new Selection.OfHost(key.name())
            : new Selection.OfObject(cluster.name(), key));
        if (object instanceof KubePod pod) {
          Reconciler.netns(pod).ifPresent(n -> things.add(new Selection.OfNetns(n)));
        } else if (object instanceof EndpointSlice slice) {
          slice.service().ifPresent(s -> things.add(new Selection.OfObject(cluster.name(),
              new ObjectKey(Kind.SERVICE, key.namespace(), s))));
        }
      });
    }
  }

  private static Selection thing(RowRef row) {
    return switch (row) {
      case RowRef.OfDevice of -> new Selection.OfDevice(of.owner());
      case RowRef.OfNetns of -> place(of.netns());
    };
  }

  private static Selection place(NetnsId netns) {
    return netns.isRoot() ? new Selection.OfHost(netns.host()) : new Selection.OfNetns(netns);
  }
}
