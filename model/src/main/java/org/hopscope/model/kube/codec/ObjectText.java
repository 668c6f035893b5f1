package org.hopscope.model.kube.codec;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.List;
import org.hopscope.model.kube.object.KubeObject;
import org.hopscope.model.net.VirtualTime;

/** Objects as {@code kubectl get -o json} and {@code -o yaml} print them. */
public final class ObjectText {
  private static final Gson GSON = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  private ObjectText() {
  }

  /** An instant of the lab's clock on the calendar that its objects are dated by. */
  public static Instant instant(VirtualTime time) {
    return MetaReader.BEGIN.plusNanos(time.nanos());
  }

  /** A document as JSON. */
  public static List<String> json(JsonObject document) {
    return GSON.toJson(document).lines().toList();
  }

  /** A list of documents. */
  public static JsonObject list(List<JsonObject> documents) {
    JsonObject list = new JsonObject();
    list.addProperty("apiVersion", "v1");
    JsonArray items = new JsonArray();
    documents.forEach(items::add);
    list.add("items", items);
    list.addProperty("kind", "List");
    return list;
  }

  /** One object as JSON. */
  public static List<String> json(KubeObject object) {
    return GSON.toJson(ObjectWriter.write(object)).lines().toList();
  }

  /** One object as YAML. */
  public static List<String> yaml(KubeObject object) {
    return YamlText.of(ObjectWriter.write(object));
  }

}
