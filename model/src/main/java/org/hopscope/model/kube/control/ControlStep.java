package org.hopscope.model.kube.control;

import java.util.Optional;
import org.hopscope.model.kube.object.ObjectKey;

/**
 * One thing that a part of the control plane did: together they are the way from a manifest to the rows on the nodes.
 *
 * @param actor who did it
 * @param what what was done
 * @param object to which object
 * @param because the object that it watched and that made it act
 */
public record ControlStep(Actor actor, What what, ObjectKey object, Optional<ObjectKey> because) {
  /** The parts of the control plane, and the agents on the nodes. */
  public enum Actor {
    API_SERVER, DEPLOYMENT_CONTROLLER, REPLICA_SET_CONTROLLER, STATEFUL_SET_CONTROLLER, DAEMON_SET_CONTROLLER,
    GARBAGE_COLLECTOR, SCHEDULER, KUBELET, SERVICE_CONTROLLER, ENDPOINT_SLICE_CONTROLLER, KUBE_PROXY, NETWORK_PLUGIN
  }

  /** What can be done to an object. */
  public enum What {
    CREATED, UPDATED, DELETED
  }
}
