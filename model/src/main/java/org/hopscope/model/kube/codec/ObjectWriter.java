package org.hopscope.model.kube.codec;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.kube.object.ConfigData;
import org.hopscope.model.kube.object.EndpointSlice;
import org.hopscope.model.kube.object.Families;
import org.hopscope.model.kube.object.Gateway;
import org.hopscope.model.kube.object.GatewayClass;
import org.hopscope.model.kube.object.HttpRoute;
import org.hopscope.model.kube.object.Ingress;
import org.hopscope.model.kube.object.IngressClass;
import org.hopscope.model.kube.object.Kind;
import org.hopscope.model.kube.object.KubeNamespace;
import org.hopscope.model.kube.object.KubeNode;
import org.hopscope.model.kube.object.KubeObject;
import org.hopscope.model.kube.object.KubePod;
import org.hopscope.model.kube.object.KubeService;
import org.hopscope.model.kube.object.Meta;
import org.hopscope.model.kube.object.NetworkPolicy;
import org.hopscope.model.kube.object.ObjectKey;
import org.hopscope.model.kube.object.PortName;
import org.hopscope.model.kube.object.ReferenceGrant;
import org.hopscope.model.kube.object.Selector;
import org.hopscope.model.kube.object.Taint;
import org.hopscope.model.kube.object.Updates;
import org.hopscope.model.kube.object.Workload;

/** Writes objects as the API server shows them, their status included; {@link ManifestReader#stored} reads them back. */
public final class ObjectWriter {
  private ObjectWriter() {
  }

  /** An object as JSON: what {@code kubectl get -o json} prints. */
  public static JsonObject write(KubeObject object) {
    JsonObject json = new JsonObject();
    json.addProperty("apiVersion", object.kind().apiVersion());
    json.addProperty("kind", object.kind().word());
    json.add("metadata", meta(object));
    switch (object) {
      case KubeNamespace _ -> json.add("status", with("phase", "Active"));
      case KubeNode node -> node(json, node);
      case ConfigData data -> {
        if (!data.type().isEmpty()) {
          json.addProperty("type", data.type());
        }
        addTexts(json, "data", data.data());
      }
      case Workload workload -> json.add("spec", workload(workload));
      case KubePod pod -> {
        json.add("spec", PodWriter.spec(pod.spec()));
        json.add("status", PodWriter.status(pod));
      }
      case KubeService service -> service(json, service);
      case EndpointSlice slice -> slice(json, slice);
      case NetworkPolicy policy -> json.add("spec", RuleSpecWriter.policy(policy));
      case IngressClass type -> json.add("spec", with("controller", type.controller()));
      case Ingress ingress -> {
        json.add("spec", RuleSpecWriter.ingress(ingress));
        balancer(json, ingress.addresses());
      }
      case GatewayClass type -> json.add("spec", with("controllerName", type.controller()));
      case Gateway gateway -> {
        json.add("spec", GatewayWriter.gateway(gateway));
        json.add("status", GatewayWriter.status(gateway));
      }
      case HttpRoute route -> json.add("spec", GatewayWriter.route(route));
      case ReferenceGrant grant -> json.add("spec", GatewayWriter.grant(grant));
    }
    return json;
  }

  private static JsonObject meta(KubeObject object) {
    Meta meta = object.meta();
    JsonObject json = new JsonObject();
    json.addProperty("name", meta.name());
    if (!meta.namespace().isEmpty()) {
      json.addProperty("namespace", meta.namespace());
    }
    json.addProperty("creationTimestamp", MetaReader.BEGIN.plusNanos(meta.created().nanos()).toString());
    if (object.kind().tellsGeneration()) {
      json.addProperty("generation", meta.generation());
    }
    addTexts(json, "labels", meta.labels());
    addTexts(json, "annotations", meta.annotations());
    meta.owner().ifPresent(o -> {
      JsonObject owner = with("apiVersion", o.kind().apiVersion());
      owner.addProperty("kind", o.kind().word());
      owner.addProperty("name", o.name());
      owner.addProperty("controller", true);
      json.add("ownerReferences", list(owner));
    });
    return json;
  }

  private static void node(JsonObject json, KubeNode node) {
    JsonObject spec = new JsonObject();
    if (!node.podCidrs().isEmpty()) {
      spec.addProperty("podCIDR", node.podCidrs().getFirst().toString());
      spec.add("podCIDRs", texts(node.podCidrs()));
    }
    JsonArray taints = new JsonArray();
    node.scheduling().taints().forEach(t -> taints.add(taint(t)));
    addUnlessEmpty(spec, "taints", taints);
    if (node.scheduling().cordoned()) {
      spec.addProperty("unschedulable", true);
    }
    json.add("spec", spec);
    JsonObject status = new JsonObject();
    JsonArray addresses = new JsonArray();
    for (IpAddress address : node.addresses()) {
      JsonObject row = with("type", "InternalIP");
      row.addProperty("address", address.toString());
      addresses.add(row);
    }
    status.add("addresses", addresses);
    status.add("conditions", list(condition("Ready", node.ready())));
    json.add("status", status);
  }

  private static JsonObject taint(Taint taint) {
    JsonObject json = with("effect", taint.effect().word());
    json.addProperty("key", taint.key());
    if (!taint.value().isEmpty()) {
      json.addProperty("value", taint.value());
    }
    return json;
  }

  static JsonObject condition(String type, boolean holds) {
    JsonObject condition = with("type", type);
    condition.addProperty("status", holds ? "True" : "False");
    return condition;
  }

  private static JsonObject workload(Workload workload) {
    JsonObject spec = new JsonObject();
    if (workload.kind() != Kind.DAEMON_SET) {
      spec.addProperty("replicas", workload.replicas());
    }
    spec.add("selector", selector(workload.selector()));
    workload.service().ifPresent(s -> spec.addProperty("serviceName", s));
    JsonObject template = new JsonObject();
    JsonObject meta = new JsonObject();
    addTexts(meta, "labels", workload.template().labels());
    addTexts(meta, "annotations", workload.template().annotations());
    template.add("metadata", meta);
    template.add("spec", PodWriter.spec(workload.template().spec()));
    spec.add("template", template);
    updates(spec, workload);
    return spec;
  }

  private static void updates(JsonObject spec, Workload workload) {
    Updates updates = workload.updates();
    Updates usual = Updates.usual(workload.kind());
    if (updates.minReadySeconds() > 0) {
      spec.addProperty("minReadySeconds", updates.minReadySeconds());
    }
    if (updates.history() != usual.history()) {
      spec.addProperty("revisionHistoryLimit", updates.history());
    }
    if (updates.paused()) {
      spec.addProperty("paused", true);
    }
    boolean told = workload.kind() != Kind.REPLICA_SET && (workload.kind() == Kind.DEPLOYMENT
        || !updates.strategy().equals(usual.strategy()) || !updates.maxUnavailable().equals(usual.maxUnavailable())
        || !updates.maxSurge().equals(usual.maxSurge()));
    if (told) {
      JsonObject strategy = with("type", updates.strategy().word());
      if (updates.strategy() == Updates.Strategy.ROLLING_UPDATE) {
        JsonObject rolling = new JsonObject();
        if (workload.kind() != Kind.STATEFUL_SET) {
          add(rolling, "maxSurge", updates.maxSurge());
        }
        add(rolling, "maxUnavailable", updates.maxUnavailable());
        strategy.add("rollingUpdate", rolling);
      }
      spec.add(workload.kind() == Kind.DEPLOYMENT ? "strategy" : "updateStrategy", strategy);
    }
  }

  private static void add(JsonObject json, String name, Updates.Amount amount) {
    if (amount.percent()) {
      json.addProperty(name, amount.toString());
    } else {
      json.addProperty(name, amount.value());
    }
  }

  private static void service(JsonObject json, KubeService service) {
    KubeService.Addressing addressing = service.addressing();
    KubeService.Routing routing = service.routing();
    JsonObject spec = with("type", addressing.type().word());
    if (addressing.headless()) {
      spec.addProperty("clusterIP", "None");
    } else if (!addressing.clusterIps().isEmpty()) {
      spec.addProperty("clusterIP", addressing.clusterIps().getFirst().toString());
      spec.add("clusterIPs", texts(addressing.clusterIps()));
    }
    addUnlessEmpty(spec, "ipFamilies", texts(addressing.families().stream().map(Families::word).toList()));
    addressing.wish().policy().ifPresent(p -> spec.addProperty("ipFamilyPolicy", p.word()));
    addUnlessEmpty(spec, "externalIPs", texts(addressing.externalIps()));
    if (!addressing.nodePorts() || addressing.type() == KubeService.Type.LOAD_BALANCER) {
      spec.addProperty("allocateLoadBalancerNodePorts", addressing.nodePorts());
    }
    addressing.externalName().ifPresent(n -> spec.addProperty("externalName", n));
    service.selector().ifPresent(s -> addTexts(spec, "selector", s));
    JsonArray ports = new JsonArray();
    service.ports().forEach(p -> ports.add(port(p)));
    addUnlessEmpty(spec, "ports", ports);
    routing.outside().ifPresent(p -> spec.addProperty("externalTrafficPolicy", p.word()));
    if (addressing.type() != KubeService.Type.EXTERNAL_NAME) {
      spec.addProperty("internalTrafficPolicy", routing.internal().word());
    }
    spec.addProperty("sessionAffinity", routing.affinitySeconds().isPresent() ? "ClientIP" : "None");
    routing.affinitySeconds().ifPresent(s -> {
      JsonObject client = new JsonObject();
      client.addProperty("timeoutSeconds", s);
      JsonObject config = new JsonObject();
      config.add("clientIP", client);
      spec.add("sessionAffinityConfig", config);
    });
    addUnlessEmpty(spec, "loadBalancerSourceRanges", texts(routing.balancerSources()));
    routing.healthCheckNodePort().ifPresent(p -> spec.addProperty("healthCheckNodePort", p));
    if (routing.publishNotReady()) {
      spec.addProperty("publishNotReadyAddresses", true);
    }
    routing.distribution().ifPresent(d -> spec.addProperty("trafficDistribution", d));
    json.add("spec", spec);
    balancer(json, addressing.balancerIps());
  }

  private static void balancer(JsonObject json, List<IpAddress> addresses) {
    JsonArray ingress = new JsonArray();
    addresses.forEach(ip -> ingress.add(with("ip", ip.toString())));
    JsonObject balancer = new JsonObject();
    addUnlessEmpty(balancer, "ingress", ingress);
    JsonObject status = new JsonObject();
    status.add("loadBalancer", balancer);
    json.add("status", status);
  }

  private static JsonObject port(KubeService.Port port) {
    JsonObject json = new JsonObject();
    port.name().ifPresent(n -> json.addProperty("name", n));
    json.addProperty("protocol", port.protocol().name());
    json.addProperty("port", port.port());
    add(json, "targetPort", port.target());
    port.nodePort().ifPresent(n -> json.addProperty("nodePort", n));
    return json;
  }

  static void add(JsonObject json, String name, PortName port) {
    switch (port) {
      case PortName.Number(int number) -> json.addProperty(name, number);
      case PortName.Named(String named) -> json.addProperty(name, named);
    }
  }

  private static void slice(JsonObject json, EndpointSlice slice) {
    json.addProperty("addressType", Families.word(slice.family()));
    JsonArray ports = new JsonArray();
    for (EndpointSlice.Port port : slice.ports()) {
      JsonObject row = with("name", port.name().orElse(""));
      row.addProperty("protocol", port.protocol().name());
      row.addProperty("port", port.port());
      ports.add(row);
    }
    json.add("ports", ports);
    JsonArray endpoints = new JsonArray();
    slice.endpoints().forEach(e -> endpoints.add(endpoint(e)));
    json.add("endpoints", endpoints);
  }

  private static JsonObject endpoint(EndpointSlice.Endpoint endpoint) {
    JsonObject json = new JsonObject();
    json.add("addresses", texts(endpoint.addresses()));
    JsonObject conditions = new JsonObject();
    conditions.addProperty("ready", endpoint.conditions().ready());
    conditions.addProperty("serving", endpoint.conditions().serving());
    conditions.addProperty("terminating", endpoint.conditions().terminating());
    json.add("conditions", conditions);
    endpoint.hostname().ifPresent(h -> json.addProperty("hostname", h));
    endpoint.node().ifPresent(n -> json.addProperty("nodeName", n));
    endpoint.target().ifPresent(t -> json.add("targetRef", target(t)));
    EndpointSlice.Topology topology = endpoint.topology();
    addIf(json, "zone", topology.zone());
    JsonObject hints = new JsonObject();
    addUnlessEmpty(hints, "forZones", named(topology.forZones()));
    addUnlessEmpty(hints, "forNodes", named(topology.forNodes()));
    if (!hints.isEmpty()) {
      json.add("hints", hints);
    }
    return json;
  }

  private static JsonArray named(List<String> names) {
    JsonArray rows = new JsonArray();
    names.forEach(n -> rows.add(with("name", n)));
    return rows;
  }

  private static JsonObject target(ObjectKey target) {
    JsonObject json = with("kind", target.kind().word());
    json.addProperty("namespace", target.namespace());
    json.addProperty("name", target.name());
    return json;
  }

  static JsonObject selector(Selector selector) {
    JsonObject json = new JsonObject();
    addTexts(json, "matchLabels", selector.labels());
    JsonArray expressions = new JsonArray();
    for (Selector.Expression expression : selector.expressions()) {
      JsonObject row = with("key", expression.key());
      row.addProperty("operator", expression.operator().word());
      addUnlessEmpty(row, "values", texts(expression.values()));
      expressions.add(row);
    }
    addUnlessEmpty(json, "matchExpressions", expressions);
    return json;
  }

  static JsonObject with(String name, String value) {
    JsonObject json = new JsonObject();
    json.addProperty(name, value);
    return json;
  }

  static JsonArray list(JsonObject one) {
    JsonArray list = new JsonArray();
    list.add(one);
    return list;
  }

  static JsonArray texts(List<?> values) {
    JsonArray texts = new JsonArray();
    values.forEach(v -> texts.add(v.toString()));
    return texts;
  }

  static void addUnlessEmpty(JsonObject json, String name, JsonArray values) {
    if (!values.isEmpty()) {
      json.add(name, values);
    }
  }

  static void addTexts(JsonObject json, String name, Map<String, String> texts) {
    if (!texts.isEmpty()) {
      JsonObject object = new JsonObject();
      texts.forEach(object::addProperty);
      json.add(name, object);
    }
  }

  static void addIf(JsonObject json, String name, Optional<String> value) {
    value.ifPresent(v -> json.addProperty(name, v));
  }
}
