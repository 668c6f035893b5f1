package org.hopscope.model.kube.codec;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import org.hopscope.model.kube.object.Ingress;
import org.hopscope.model.kube.object.NetworkPolicy;
import org.hopscope.model.kube.object.PortName;

/** Writes NetworkPolicies and Ingresses. */
final class RuleSpecWriter {
  private RuleSpecWriter() {
  }

  static JsonObject policy(NetworkPolicy policy) {
    JsonObject spec = new JsonObject();
    spec.add("podSelector", ObjectWriter.selector(policy.selector()));
    JsonArray types = new JsonArray();
    policy.ingress().ifPresent(rules -> {
      types.add("Ingress");
      ObjectWriter.addUnlessEmpty(spec, "ingress", rules(rules, "from"));
    });
    policy.egress().ifPresent(rules -> {
      types.add("Egress");
      ObjectWriter.addUnlessEmpty(spec, "egress", rules(rules, "to"));
    });
    spec.add("policyTypes", types);
    return spec;
  }

  private static JsonArray rules(List<NetworkPolicy.Rule> rules, String peers) {
    JsonArray json = new JsonArray();
    for (NetworkPolicy.Rule rule : rules) {
      JsonObject row = new JsonObject();
      JsonArray theirs = new JsonArray();
      rule.peers().forEach(p -> theirs.add(peer(p)));
      ObjectWriter.addUnlessEmpty(row, peers, theirs);
      JsonArray ports = new JsonArray();
      rule.ports().forEach(p -> ports.add(port(p)));
      ObjectWriter.addUnlessEmpty(row, "ports", ports);
      json.add(row);
    }
    return json;
  }

  private static JsonObject peer(NetworkPolicy.Peer peer) {
    JsonObject json = new JsonObject();
    switch (peer) {
      case NetworkPolicy.Peer.Pods(var pods, var namespaces) -> {
        namespaces.ifPresent(s -> json.add("namespaceSelector", ObjectWriter.selector(s)));
        pods.ifPresent(s -> json.add("podSelector", ObjectWriter.selector(s)));
      }
      case NetworkPolicy.Peer.Block(var cidr, var except) -> {
        JsonObject block = ObjectWriter.with("cidr", cidr.toString());
        ObjectWriter.addUnlessEmpty(block, "except", ObjectWriter.texts(except));
        json.add("ipBlock", block);
      }
    }
    return json;
  }

  private static JsonObject port(NetworkPolicy.Port port) {
    JsonObject json = ObjectWriter.with("protocol", port.protocol().name());
    port.port().ifPresent(p -> ObjectWriter.add(json, "port", p));
    port.endPort().ifPresent(p -> json.addProperty("endPort", p));
    return json;
  }

  static JsonObject ingress(Ingress ingress) {
    JsonObject spec = new JsonObject();
    ObjectWriter.addIf(spec, "ingressClassName", ingress.className());
    ingress.fallback().ifPresent(b -> spec.add("defaultBackend", backend(b)));
    JsonArray rules = new JsonArray();
    for (Ingress.Rule rule : ingress.rules()) {
      JsonObject row = new JsonObject();
      ObjectWriter.addIf(row, "host", rule.host());
      JsonArray paths = new JsonArray();
      rule.paths().forEach(p -> paths.add(path(p)));
      JsonObject http = new JsonObject();
      http.add("paths", paths);
      row.add("http", http);
      rules.add(row);
    }
    ObjectWriter.addUnlessEmpty(spec, "rules", rules);
    JsonArray tls = new JsonArray();
    for (Ingress.Tls end : ingress.tls()) {
      JsonObject row = new JsonObject();
      ObjectWriter.addUnlessEmpty(row, "hosts", ObjectWriter.texts(end.hosts()));
      ObjectWriter.addIf(row, "secretName", end.secret());
      tls.add(row);
    }
    ObjectWriter.addUnlessEmpty(spec, "tls", tls);
    return spec;
  }

  private static JsonObject path(Ingress.Path path) {
    JsonObject json = ObjectWriter.with("path", path.path());
    json.addProperty("pathType", path.type().word());
    json.add("backend", backend(path.backend()));
    return json;
  }

  private static JsonObject backend(Ingress.Backend backend) {
    JsonObject port = new JsonObject();
    switch (backend.port()) {
      case PortName.Number(int number) -> port.addProperty("number", number);
      case PortName.Named(String name) -> port.addProperty("name", name);
    }
    JsonObject service = ObjectWriter.with("name", backend.service());
    service.add("port", port);
    JsonObject json = new JsonObject();
    json.add("service", service);
    return json;
  }
}
