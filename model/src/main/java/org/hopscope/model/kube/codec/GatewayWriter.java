package org.hopscope.model.kube.codec;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.kube.ingress.RouteStatus;
import org.hopscope.model.kube.object.Gateway;
import org.hopscope.model.kube.object.HttpRoute;
import org.hopscope.model.kube.object.Kind;
import org.hopscope.model.kube.object.ReferenceGrant;

/** Writes the Gateway API's kinds. */
final class GatewayWriter {
  private GatewayWriter() {
  }

  static JsonObject gateway(Gateway gateway) {
    JsonObject spec = ObjectWriter.with("gatewayClassName", gateway.className());
    JsonArray listeners = new JsonArray();
    gateway.listeners().forEach(l -> listeners.add(listener(l)));
    spec.add("listeners", listeners);
    return spec;
  }

  static JsonObject status(Gateway gateway) {
    JsonObject status = new JsonObject();
    JsonArray addresses = new JsonArray();
    for (IpAddress address : gateway.addresses()) {
      JsonObject row = ObjectWriter.with("type", "IPAddress");
      row.addProperty("value", address.toString());
      addresses.add(row);
    }
    ObjectWriter.addUnlessEmpty(status, "addresses", addresses);
    status.add("conditions", ObjectWriter.list(ObjectWriter.condition("Programmed", !gateway.addresses().isEmpty())));
    return status;
  }

  private static JsonObject listener(Gateway.Listener listener) {
    JsonObject json = ObjectWriter.with("name", listener.name());
    ObjectWriter.addIf(json, "hostname", listener.hostname());
    json.addProperty("port", listener.port());
    json.addProperty("protocol", listener.protocol().name());
    if (!listener.certificates().isEmpty()) {
      JsonArray certificates = new JsonArray();
      for (Gateway.CertificateRef each : listener.certificates()) {
        JsonObject row = ObjectWriter.with("group", each.unknown().map(HttpRoute.UnknownKind::group).orElse(""));
        row.addProperty("kind", each.unknown().map(HttpRoute.UnknownKind::kind).orElse("Secret"));
        row.addProperty("name", each.name());
        ObjectWriter.addIf(row, "namespace", each.namespace());
        certificates.add(row);
      }
      JsonObject tls = ObjectWriter.with("mode", "Terminate");
      tls.add("certificateRefs", certificates);
      json.add("tls", tls);
    }
    JsonObject namespaces = ObjectWriter.with("from", listener.from().word());
    listener.namespaces().ifPresent(s -> namespaces.add("selector", ObjectWriter.selector(s)));
    JsonObject allowed = new JsonObject();
    allowed.add("namespaces", namespaces);
    ObjectWriter.addUnlessEmpty(allowed, "kinds", kinds(listener.kinds()));
    json.add("allowedRoutes", allowed);
    return json;
  }

  private static JsonArray kinds(List<HttpRoute.UnknownKind> kinds) {
    JsonArray rows = new JsonArray();
    for (HttpRoute.UnknownKind each : kinds) {
      JsonObject row = ObjectWriter.with("group", each.group());
      row.addProperty("kind", each.kind());
      rows.add(row);
    }
    return rows;
  }

  static JsonObject grant(ReferenceGrant grant) {
    JsonArray from = new JsonArray();
    for (ReferenceGrant.From each : grant.from()) {
      JsonObject row = ObjectWriter.with("group", each.group());
      row.addProperty("kind", each.kind());
      row.addProperty("namespace", each.namespace());
      from.add(row);
    }
    JsonArray to = new JsonArray();
    for (ReferenceGrant.To each : grant.to()) {
      JsonObject row = ObjectWriter.with("group", each.group());
      row.addProperty("kind", each.kind());
      ObjectWriter.addIf(row, "name", each.name());
      to.add(row);
    }
    JsonObject spec = new JsonObject();
    spec.add("from", from);
    spec.add("to", to);
    return spec;
  }

  /** What controllers say of a route. */
  static JsonObject status(List<RouteStatus.OfParent> parents, int generation) {
    JsonArray rows = new JsonArray();
    for (RouteStatus.OfParent each : parents) {
      JsonObject row = new JsonObject();
      row.add("parentRef", parent(each.parent()));
      row.addProperty("controllerName", each.controller());
      row.add("conditions", conditions(each.conditions(), generation));
      rows.add(row);
    }
    JsonObject status = new JsonObject();
    status.add("parents", rows);
    return status;
  }

  /** @param generation what of the object the controller has seen: always the newest here */
  static JsonArray conditions(List<RouteStatus.Condition> conditions, int generation) {
    JsonArray rows = new JsonArray();
    for (RouteStatus.Condition each : conditions) {
      JsonObject row = ObjectWriter.with("type", each.type());
      row.addProperty("status", each.status());
      row.addProperty("reason", each.reason());
      row.addProperty("message", each.message());
      row.addProperty("observedGeneration", generation);
      rows.add(row);
    }
    return rows;
  }

  /** What is said of the doors of a Gateway. */
  static JsonArray listeners(List<RouteStatus.OfListener> listeners, int generation) {
    JsonArray rows = new JsonArray();
    for (RouteStatus.OfListener each : listeners) {
      JsonObject row = ObjectWriter.with("name", each.listener().name());
      row.add("supportedKinds", kinds(each.takesHttpRoutes() ? List.of(new HttpRoute.UnknownKind(Kind.HTTP_ROUTE
          .group(), Kind.HTTP_ROUTE.word())) : List.of()));
      row.addProperty("attachedRoutes", each.routes());
      row.add("conditions", conditions(each.conditions(), generation));
      rows.add(row);
    }
    return rows;
  }

  private static JsonObject parent(HttpRoute.Parent parent) {
    JsonObject row = ObjectWriter.with("name", parent.name());
    ObjectWriter.addIf(row, "namespace", parent.namespace());
    ObjectWriter.addIf(row, "sectionName", parent.section());
    parent.port().ifPresent(p -> row.addProperty("port", p));
    return row;
  }

  static JsonObject route(HttpRoute route) {
    JsonObject spec = new JsonObject();
    JsonArray parents = new JsonArray();
    route.parents().forEach(p -> parents.add(parent(p)));
    ObjectWriter.addUnlessEmpty(spec, "parentRefs", parents);
    ObjectWriter.addUnlessEmpty(spec, "hostnames", ObjectWriter.texts(route.hostnames()));
    JsonArray rules = new JsonArray();
    route.rules().forEach(r -> rules.add(rule(r)));
    ObjectWriter.addUnlessEmpty(spec, "rules", rules);
    return spec;
  }

  private static JsonObject rule(HttpRoute.Rule rule) {
    JsonObject json = new JsonObject();
    JsonArray matches = new JsonArray();
    rule.matches().forEach(m -> matches.add(match(m)));
    json.add("matches", matches);
    ObjectWriter.addUnlessEmpty(json, "filters", FilterReader.json(rule.filters()));
    JsonArray backends = new JsonArray();
    for (HttpRoute.Backend backend : rule.backends()) {
      JsonObject row = reference(backend);
      row.addProperty("weight", backend.weight());
      ObjectWriter.addUnlessEmpty(row, "filters", FilterReader.json(backend.filters()));
      backends.add(row);
    }
    ObjectWriter.addUnlessEmpty(json, "backendRefs", backends);
    if (!rule.timeouts().equals(HttpRoute.Timeouts.NONE)) {
      JsonObject timeouts = new JsonObject();
      ObjectWriter.addIf(timeouts, "request", rule.timeouts().request().map(HttpRoute.Lapse::text));
      ObjectWriter.addIf(timeouts, "backendRequest", rule.timeouts().backendRequest().map(HttpRoute.Lapse::text));
      json.add("timeouts", timeouts);
    }
    return json;
  }

  /** Which Service a backend is, or which object of another kind. */
  static JsonObject reference(HttpRoute.Backend backend) {
    JsonObject row = ObjectWriter.with("name", backend.service());
    ObjectWriter.addIf(row, "namespace", backend.namespace());
    backend.unknown().ifPresent(k -> {
      row.addProperty("group", k.group());
      row.addProperty("kind", k.kind());
    });
    if (backend.port() > 0) {
      row.addProperty("port", backend.port());
    }
    return row;
  }

  private static JsonObject match(HttpRoute.Match match) {
    JsonObject path = ObjectWriter.with("type", match.path().comparison().word());
    path.addProperty("value", match.path().value());
    JsonObject json = new JsonObject();
    json.add("path", path);
    ObjectWriter.addUnlessEmpty(json, "headers", values(match.headers()));
    ObjectWriter.addUnlessEmpty(json, "queryParams", values(match.query()));
    ObjectWriter.addIf(json, "method", match.method());
    return json;
  }

  private static JsonArray values(List<HttpRoute.Value> values) {
    JsonArray all = new JsonArray();
    for (HttpRoute.Value value : values) {
      JsonObject row = ObjectWriter.with("type", value.comparison().word());
      row.addProperty("name", value.name());
      row.addProperty("value", value.value());
      all.add(row);
    }
    return all;
  }
}
