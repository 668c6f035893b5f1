package org.hopscope.model.kube.codec;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.kube.object.KubePod;
import org.hopscope.model.kube.object.PodSpec;
import org.hopscope.model.kube.object.Toleration;

/** Writes what a pod is asked to be, and what has become of it. */
final class PodWriter {
  private PodWriter() {
  }

  static JsonObject spec(PodSpec spec) {
    JsonObject json = new JsonObject();
    JsonArray containers = new JsonArray();
    for (PodSpec.Container container : spec.containers()) {
      JsonObject row = ObjectWriter.with("name", container.name());
      row.addProperty("image", container.image());
      ObjectWriter.addUnlessEmpty(row, "command", ObjectWriter.texts(container.start().command()));
      ObjectWriter.addUnlessEmpty(row, "args", ObjectWriter.texts(container.start().args()));
      JsonArray ports = new JsonArray();
      container.ports().forEach(p -> ports.add(port(p)));
      ObjectWriter.addUnlessEmpty(row, "ports", ports);
      container.readiness().ifPresent(r -> row.add("readinessProbe", readiness(r)));
      containers.add(row);
    }
    json.add("containers", containers);
    json.addProperty("dnsPolicy", spec.names().policy().word());
    if (!spec.names().config().equals(PodSpec.DnsConfig.NONE)) {
      json.add("dnsConfig", dnsConfig(spec.names().config()));
    }
    ObjectWriter.addIf(json, "hostname", spec.names().hostname());
    ObjectWriter.addIf(json, "subdomain", spec.names().subdomain());
    if (spec.hostNetwork()) {
      json.addProperty("hostNetwork", true);
    }
    ObjectWriter.addIf(json, "nodeName", spec.placement().node());
    ObjectWriter.addTexts(json, "nodeSelector", spec.placement().labels());
    JsonArray tolerations = new JsonArray();
    spec.placement().tolerations().forEach(t -> tolerations.add(toleration(t)));
    ObjectWriter.addUnlessEmpty(json, "tolerations", tolerations);
    return json;
  }

  private static JsonObject toleration(Toleration toleration) {
    JsonObject json = new JsonObject();
    toleration.effect().ifPresent(e -> json.addProperty("effect", e.word()));
    if (!toleration.key().isEmpty()) {
      json.addProperty("key", toleration.key());
    }
    json.addProperty("operator", toleration.any() ? "Exists" : "Equal");
    if (!toleration.value().isEmpty()) {
      json.addProperty("value", toleration.value());
    }
    return json;
  }

  private static JsonObject readiness(PodSpec.Readiness readiness) {
    JsonObject handler = new JsonObject();
    if (!readiness.path().isEmpty()) {
      handler.addProperty("path", readiness.path());
    }
    readiness.port().ifPresent(p -> ObjectWriter.add(handler, "port", p));
    JsonObject json = new JsonObject();
    json.add(readiness.handler().word(), handler);
    if (readiness.delay() > 0) {
      json.addProperty("initialDelaySeconds", readiness.delay());
    }
    return json;
  }

  private static JsonObject dnsConfig(PodSpec.DnsConfig config) {
    JsonObject json = new JsonObject();
    ObjectWriter.addUnlessEmpty(json, "nameservers", ObjectWriter.texts(config.servers()));
    ObjectWriter.addUnlessEmpty(json, "searches", ObjectWriter.texts(config.search()));
    JsonArray options = new JsonArray();
    for (String option : config.options()) {
      int colon = option.indexOf(':');
      JsonObject row = ObjectWriter.with("name", colon < 0 ? option : option.substring(0, colon));
      if (colon >= 0) {
        row.addProperty("value", option.substring(colon + 1));
      }
      options.add(row);
    }
    ObjectWriter.addUnlessEmpty(json, "options", options);
    return json;
  }

  private static JsonObject port(PodSpec.ContainerPort port) {
    JsonObject json = new JsonObject();
    ObjectWriter.addIf(json, "name", port.name());
    json.addProperty("containerPort", port.port());
    json.addProperty("protocol", port.protocol().name());
    port.hostPort().ifPresent(p -> json.addProperty("hostPort", p));
    return json;
  }

  static JsonObject status(KubePod pod) {
    JsonObject json = ObjectWriter.with("phase",
        pod.status().terminating() ? "Terminating" : pod.phase());
    json.add("conditions", ObjectWriter.list(ObjectWriter.condition("Ready", pod.status().ready())));
    JsonArray addresses = new JsonArray();
    for (IpAddress address : pod.status().addresses()) {
      addresses.add(ObjectWriter.with("ip", address.toString()));
    }
    if (!addresses.isEmpty()) {
      json.addProperty("podIP", pod.status().addresses().getFirst().toString());
      json.add("podIPs", addresses);
    }
    return json;
  }
}
