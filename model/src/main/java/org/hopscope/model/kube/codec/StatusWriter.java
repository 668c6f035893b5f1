package org.hopscope.model.kube.codec;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Optional;
import org.hopscope.model.kube.Cluster;
import org.hopscope.model.kube.control.Progress;
import org.hopscope.model.kube.ingress.RouteStatus;
import org.hopscope.model.kube.object.Gateway;
import org.hopscope.model.kube.object.GatewayClass;
import org.hopscope.model.kube.object.HttpRoute;
import org.hopscope.model.kube.object.Kind;
import org.hopscope.model.kube.object.KubeObject;
import org.hopscope.model.kube.object.KubePod;
import org.hopscope.model.kube.object.PodSpec;
import org.hopscope.model.kube.object.Workload;
import org.hopscope.model.net.VirtualTime;

/** Objects in JSON with what the control plane and the kubelets say of them besides: what {@code kubectl get -o} prints. */
final class StatusWriter {
  private StatusWriter() {
  }

  /** An object with its status. */
  static JsonObject of(Cluster cluster, KubeObject object, VirtualTime now) {
    JsonObject json = ObjectWriter.write(object);
    switch (object) {
      case KubePod pod -> pod(json, cluster, pod, now);
      case Workload workload -> json.add("status", workload(Progress.of(cluster, workload, now)));
      case HttpRoute route -> json.add("status", GatewayWriter.status(RouteStatus.of(cluster, route), route.meta()
          .generation()));
      case GatewayClass type -> {
        JsonObject status = new JsonObject();
        status.add("conditions", GatewayWriter.conditions(RouteStatus.of(cluster, type), type.meta().generation()));
        json.add("status", status);
      }
      case Gateway gateway -> {
        JsonObject status = json.getAsJsonObject("status");
        status.add("conditions", GatewayWriter.conditions(RouteStatus.of(cluster, gateway), gateway.meta()
            .generation()));
        JsonArray listeners = GatewayWriter.listeners(RouteStatus.listeners(cluster, gateway), gateway.meta()
            .generation());
        ObjectWriter.addUnlessEmpty(status, "listeners", listeners);
      }
      default -> {
      }
    }
    return json;
  }

  /** The status of a condition by its type, whatever its capital letters. */
  static Optional<String> condition(JsonElement object, String type) {
    if (object.getAsJsonObject().get("status") instanceof JsonObject status && status.get(
        "conditions") instanceof JsonArray conditions) {
      for (JsonElement each : conditions) {
        if (each.getAsJsonObject().get("type").getAsString().equalsIgnoreCase(type)) {
          return Optional.of(each.getAsJsonObject().get("status").getAsString());
        }
      }
    }
    return Optional.empty();
  }

  private static void condition(JsonArray conditions, String type, boolean holds) {
    JsonObject condition = new JsonObject();
    condition.addProperty("type", type);
    condition.addProperty("status", holds ? "True" : "False");
    conditions.add(condition);
  }

  private static void pod(JsonObject json, Cluster cluster, KubePod pod, VirtualTime now) {
    JsonObject status = json.getAsJsonObject("status");
    boolean ready = pod.isRunning() && pod.status().ready();
    status.addProperty("phase", pod.phase());
    if (pod.status().terminating()) {
      json.getAsJsonObject("metadata").addProperty("deletionTimestamp", ObjectText.instant(now).toString());
    }
    JsonArray conditions = new JsonArray();
    condition(conditions, "PodScheduled", pod.node().isPresent());
    condition(conditions, "Initialized", pod.isRunning());
    condition(conditions, "ContainersReady", ready);
    condition(conditions, "Ready", ready);
    status.add("conditions", conditions);
    pod.node().flatMap(cluster::node).flatMap(n -> n.addresses().stream().findFirst())
        .ifPresent(a -> status.addProperty("hostIP", a.toString()));
    JsonArray containers = new JsonArray();
    for (PodSpec.Container container : pod.spec().containers()) {
      JsonObject row = new JsonObject();
      row.addProperty("name", container.name());
      row.addProperty("image", container.image());
      row.addProperty("ready", ready);
      row.addProperty("restartCount", 0);
      containers.add(row);
    }
    status.add("containerStatuses", containers);
  }

  /** Zeroes are left out, as Go's encoder leaves them out. */
  private static JsonObject workload(Progress progress) {
    JsonObject status = new JsonObject();
    status.addProperty("observedGeneration", progress.workload().meta().generation());
    if (progress.workload().kind() == Kind.DAEMON_SET) {
      status.addProperty("currentNumberScheduled", progress.total());
      status.addProperty("desiredNumberScheduled", progress.wanted());
      status.addProperty("numberAvailable", progress.available());
      status.addProperty("numberMisscheduled", 0);
      status.addProperty("numberReady", progress.ready());
      status.addProperty("updatedNumberScheduled", progress.updated());
      return status;
    }
    status.addProperty("replicas", progress.total());
    number(status, "availableReplicas", progress.available());
    number(status, "readyReplicas", progress.ready());
    if (progress.workload().kind() != Kind.REPLICA_SET) {
      number(status, "updatedReplicas", progress.updated());
    }
    if (progress.workload().kind() == Kind.DEPLOYMENT) {
      number(status, "unavailableReplicas", progress.total() - progress.available());
      JsonArray conditions = new JsonArray();
      condition(conditions, "Available", progress.available() >= progress.workload().updates().least(
          progress.wanted()));
      condition(conditions, "Progressing", true);
      status.add("conditions", conditions);
    }
    return status;
  }

  private static void number(JsonObject status, String name, int value) {
    if (value > 0) {
      status.addProperty(name, value);
    }
  }
}
