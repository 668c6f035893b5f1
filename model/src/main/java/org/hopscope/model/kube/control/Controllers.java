package org.hopscope.model.kube.control;

import java.util.List;
import java.util.Optional;
import org.hopscope.model.kube.Cluster;
import org.hopscope.model.kube.object.KubeObject;
import org.hopscope.model.kube.object.ObjectKey;
import org.hopscope.model.net.VirtualTime;

/**
 * Runs the controllers of a cluster until nothing is left to do. A real cluster gets there in its own time; the model gets
 * there at once, in the order in which one thing needs the other. As in a real one, a controller has nothing to do as long as
 * nothing of what it watches changes.
 */
public final class Controllers {
  private Controllers() {
  }

  /**
   * Where a cluster came to.
   *
   * @param steps what was done on the way, in order
   */
  public record Settled(Cluster cluster, List<ControlStep> steps) {
    public Settled {
      steps = List.copyOf(steps);
    }
  }

  /** Puts objects in, or in the place of those of the same name, and lets the controllers do what follows from it. */
  public static Settled apply(Cluster cluster, List<KubeObject> objects, VirtualTime now) {
    Desk desk = new Desk(cluster, now);
    objects.forEach(o -> Admission.put(desk, o));
    return settle(desk);
  }

  /** Why the API server does not take these objects, one after the other; empty when it does. */
  public static Optional<String> problem(Cluster cluster, List<KubeObject> objects) {
    Cluster sofar = cluster;
    for (KubeObject object : objects) {
      Optional<String> problem = Validation.problem(sofar, object);
      if (problem.isPresent()) {
        return problem;
      }
      sofar = sofar.with(object);
    }
    return Optional.empty();
  }

  /** Takes objects away. */
  public static Settled delete(Cluster cluster, List<ObjectKey> keys, VirtualTime now) {
    Desk desk = new Desk(cluster, now);
    keys.forEach(k -> desk.remove(ControlStep.Actor.API_SERVER, k, Optional.empty()));
    return settle(desk);
  }

  static Settled settle(Desk desk) {
    workAndPlace(desk);
    if (Entrances.provision(desk)) {
      workAndPlace(desk);
    }
    Entrances.tell(desk);
    return new Settled(desk.cluster(), desk.steps());
  }

  private static void workAndPlace(Desk desk) {
    Garbage.collect(desk);
    Placing.evict(desk);
    boolean going = true;
    while (going) {
      going = false;
      if (desk.hasTouched(Workloads.WATCHED)) {
        going = Workloads.run(desk);
        Garbage.collect(desk);
      }
      if (desk.hasTouched(Placing.WATCHED)) {
        Placing.run(desk);
      }
      Slices.run(desk);
    }
  }
}
