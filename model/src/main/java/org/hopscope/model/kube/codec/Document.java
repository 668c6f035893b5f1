package org.hopscope.model.kube.codec;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hopscope.model.kube.Cluster;
import org.hopscope.model.kube.object.KubeObject;
import org.hopscope.model.net.VirtualTime;

/** An object, or a list of them, as an API server gives it away: what {@code kubectl get -o} prints and is asked about. */
public final class Document {
  private final JsonObject json;

  private Document(JsonObject json) {
    this.json = json;
  }

  /** An object with what the control plane and the kubelets say of it. */
  public static Document of(Cluster cluster, KubeObject object, VirtualTime now) {
    return new Document(StatusWriter.of(cluster, object, now));
  }

  /** A list of documents. */
  public static Document list(List<Document> documents) {
    return new Document(ObjectText.list(documents.stream().map(d -> d.json).toList()));
  }

  /** Whether a path can be asked for at all. */
  public static void check(String path) throws QueryException {
    JsonPath.values(path, new JsonObject());
  }

  public List<String> yaml() {
    return YamlText.of(json);
  }

  public List<String> lines() {
    return ObjectText.json(json);
  }

  /** What a template of JSONPath makes of it. */
  public String filled(String template) throws QueryException {
    return JsonPath.of(template, json);
  }

  /** What a path leads to, texts without quotes and objects as JSON. */
  public List<String> values(String path) throws QueryException {
    return JsonPath.values(path, json).stream().map(JsonPath::shown).toList();
  }

  /** What a path leads to as it stands in a column; empty for nothing. */
  public String column(String path) throws QueryException {
    return JsonPath.values(path, json).stream().map(JsonPath::column).collect(Collectors.joining(","));
  }

  /** The status of a condition by its type, whatever its capital letters. */
  public Optional<String> condition(String type) {
    return StatusWriter.condition(json, type);
  }

  /** A field that holds no others, by its names with dots between; empty where it is not said. */
  public Optional<String> field(String names) {
    JsonElement at = json;
    for (String name : names.split("\\.")) {
      if (!(at instanceof JsonObject object) || !object.has(name)) {
        return Optional.empty();
      }
      at = object.get(name);
    }
    return at.isJsonPrimitive() ? Optional.of(at.getAsString()) : Optional.empty();
  }

  /** Numbers by their value, everything else by its letters. */
  public static int compared(String one, String other) {
    return JsonPath.compared(one, other);
  }
}
