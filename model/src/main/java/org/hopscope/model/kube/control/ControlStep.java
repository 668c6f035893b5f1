package org.hopscope.model.kube.control;

import java.util.Locale;
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
    API_SERVER("kube-apiserver"), DEPLOYMENT_CONTROLLER("deployment controller"),
    REPLICA_SET_CONTROLLER("replicaset controller"), STATEFUL_SET_CONTROLLER("statefulset controller"),
    DAEMON_SET_CONTROLLER("daemonset controller"), GARBAGE_COLLECTOR("garbage collector"),
    NODE_LIFECYCLE_CONTROLLER("node lifecycle controller"), SCHEDULER("kube-scheduler"), KUBELET("kubelet"),
    SERVICE_CONTROLLER("service controller"), ROUTE_CONTROLLER("route controller"),
    ENDPOINT_SLICE_CONTROLLER("endpointslice controller"), INGRESS_CONTROLLER("ingress controller"),
    GATEWAY_CONTROLLER("gateway controller"), KUBE_PROXY("kube-proxy"), NETWORK_PLUGIN("network plugin");

    private final String word;

    Actor(String word) {
      this.word = word;
    }

    /** What people call it. */
    public String word() {
      return word;
    }
  }

  /** {@code endpointslice controller: created EndpointSlice default/web-2xk4d, because of Service default/web}. */
  public String line() {
    return actor.word() + ": " + what.name().toLowerCase(Locale.ROOT) + " " + object
        + because.filter(b -> !b.equals(object)).map(b -> ", because of " + b).orElse("");
  }

  /** What can be done to an object. */
  public enum What {
    CREATED, UPDATED, DELETED
  }
}
